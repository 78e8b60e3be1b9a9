package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// kindWords say in a word what a question of a kind asks for.
var kindWords = map[string]string{
	"money": "钱", "percent": "比例", "count": "数目", "days": "期限", "date": "时间", "freq": "多久一次", "who": "由谁", "materials": "材料",
	"where": "地点", "phone": "联系方式", "penalty": "后果", "how": "怎么办理", "permit": "可不可以", "oblige": "要不要", "isit": "是不是",
	"define": "是什么意思", "cond": "条件", "list": "有哪些", "reason": "为什么", "compare": "比较", "whole": "整份讲什么", "ref": "某一处",
	"effective": "施行和作废", "interpret": "谁解释",
}

// reasonWords say what the features whose names begin so speak for.
var reasonWords = []struct{ prefix, word string }{
	{"covers", "字词对得上"}, {"literal", "字词对得上"}, {"longest stretch", "字词对得上"}, {"BM25", "整句相像"}, {"document", "文件对得上"},
	{"gives", "有要问的那一类内容"},
	{"surely gives", "有要问的那一类内容"}, {"unit", "数和单位对得上"}, {"number", "数和单位对得上"}, {"aspect", "问的那一面对得上"}, {"side", "问的那一面对得上"},
	{"one part", "问的和答的在同一截里"}, {"asked", "说的情形对得上"}, {"keeper", "有人这样问过"}, {"place", "位置对得上"}, {"yes or no", "说了可不可以"},
}

// Explain says, in words an operator understands, how a question was worked on:
// what it asks for, what was looked for, the nearest entries and what speaks for
// each, and why it was decided so. It fails where the index does.
func (e *Engine) Explain(ctx context.Context, turns []string) (string, error) {
	c, shown, err := e.ranked(ctx, turns)
	if err != nil {
		return "", err
	}
	var d Decision
	if len(shown) > 0 {
		d, shown = e.decide(c, shown)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "问的是：%s\n", c.q.kindsInWords())
	fmt.Fprintf(&b, "找的词：%s\n", c.wordsInWords())
	if c.meant != nil {
		fmt.Fprintf(&b, "最像在问：%s（%.0f%%）\n", NameOf(c.meant.document), 100*c.document[c.meant])
	}
	weights := e.model.weights(general)
	for i, x := range shown {
		fmt.Fprintf(&b, "%d. %.2f %s（%s）\n　因为：%s\n", i+1, x.score, clipped(strings.ReplaceAll(x.view.entry.Text, "\n", " ")),
			source(x.view.entry), x.reasons(weights))
	}
	if len(shown) == 0 {
		return b.String() + "没有一句跟它有相同的字词。\n", nil
	}
	word := map[Outcome]string{Sure: "有把握，答", Unsure: "没有把握，只列最接近的", NotStated: "没有写到"}[d.Outcome]
	fmt.Fprintf(&b, "决定：%s。文件里有答案的可能 %.0f%%，第一句就对的可能 %.0f%%。\n", word, 100*d.Answerable, 100*d.Right)
	if len(d.Missing) > 0 {
		fmt.Fprintf(&b, "哪份文件都没有的词：%s\n", strings.Join(d.Missing, "、"))
	}
	if len(d.Absent) > 0 {
		fmt.Fprintf(&b, "这份文件没有、别的文件有的词：%s\n", strings.Join(d.Absent, "、"))
	}
	return b.String(), nil
}

func (q *question) kindsInWords() string {
	var out []string
	for _, k := range q.kinds {
		out = append(out, kindWords[k.name])
	}
	if len(out) == 0 {
		return "没有看出是哪一类"
	}
	return strings.Join(out, "、")
}

// mostNearShown is how many near words of each word are told.
const mostNearShown = 4

func (c *comparison) wordsInWords() string {
	var out []string
	for _, w := range c.words {
		s := w.word
		var near []string
		for _, n := range w.near[1:min(len(w.near), 1+mostNearShown)] {
			near = append(near, n.Word)
		}
		if len(near) > 0 {
			s += "（也找" + strings.Join(near, "、") + "）"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// reasons gives what speaks most for a candidate.
func (x *candidate) reasons(weights []float64) string {
	sums := map[string]float64{}
	for i, name := range featureNames() {
		if i >= len(x.features) || i >= len(weights) {
			break
		}
		for _, r := range reasonWords {
			if strings.HasPrefix(name, r.prefix) {
				sums[r.word] += weights[i] * x.features[i]
				break
			}
		}
	}
	var words []string
	for w, v := range sums {
		if v > 0.05 {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if sums[a] > sums[b] || sums[a] == sums[b] && a < b {
			return -1
		}
		return 1
	})
	for i, w := range words[:min(3, len(words))] {
		words[i] = fmt.Sprintf("%s %.1f", w, sums[w])
	}
	return strings.Join(words[:min(3, len(words))], "，")
}

// Near is an entry that came near to a question, and why.
type Near struct {
	Entry *knowledge.Entry
	Score float64 // comparable within one question only
	Why   string
	Ask   string  // the nearest way of asking that leads to it; empty: none
	Like  float64 // how like the question that one is, from 0 to 1
}

// Nearest gives the entries nearest to the last of the turns, best first, n at
// most. It fails where the index does.
func (e *Engine) Nearest(ctx context.Context, turns []string, n int) ([]Near, error) {
	c, err := e.compare(ctx, e.u.understand(turns))
	if err != nil {
		return nil, err
	}
	weights := e.model.weights(general)
	var out []Near
	for _, x := range c.order(e.model, n) {
		near := Near{Entry: x.view.entry, Score: x.score, Why: x.reasons(weights)}
		for _, a := range c.asks {
			leads := func(p knowledge.Piece) bool { return p.Clause >= x.view.entry.From && p.Clause <= x.view.entry.To }
			if a.Target.Answers() && a.Target.Document == x.view.entry.Document && slices.ContainsFunc(a.Target.Pieces, leads) {
				near.Ask, near.Like = a.Text, a.Like
				break
			}
		}
		out = append(out, near)
	}
	return out, nil
}

// Gives says whether a sentence has what a question asks for: a number of the
// unit, a time, a reason. One that asks for nothing of a kind is given by any.
func Gives(question, sentence string) bool {
	question = index.Normalise(question)
	for _, m := range measuresRE {
		if m.asked.MatchString(question) && !m.value.MatchString(sentence) {
			return false
		}
	}
	if peopleAsked.MatchString(question) && !peopleGiven.MatchString(sentence) {
		return false
	}
	asked := false
	for _, k := range kindsOf(question) {
		if k.valueRE == nil || vague[k.name] {
			continue
		}
		if k.valueRE.MatchString(sentence) {
			return true
		}
		asked = true
	}
	return !asked
}

// A number of people is asked for by these words, and given by no 5个 of anything.
var (
	peopleAsked = text.NewPattern(`(?:多少|几|好多)(?:名|位|个?人|女|个?(?:女?职工|女?员工))|人数`)
	peopleGiven = text.NewPattern(`[\d一二两三四五六七八九十百半]+多?(?:人|名|位)|(?:人|名|位)(?:以上|以下)`)
)
