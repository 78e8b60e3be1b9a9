package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// wantsDefined find questions for what a word means and for nothing else.
var wantsDefined = []*text.Pattern{
	text.NewPattern(`^(?:请问|所谓)?(?:什么|啥|哪些|何|怎样的?|什么样的?)(?:才?是|才?叫|才?算|叫做|为)[“"]?(\p{Han}{2,24}?)[”"]?(?:啊|呀|呢|嘛)?[？?。!！]*$`),
	text.NewPattern(`^(?:请问|所谓)?[“"]?(\p{Han}{2,24}?)[”"]?(?:到底|究竟|具体)?(?:都?是指的?|指的是|都?是|指|算)(?:一?个)?(?:什么|啥|哪些|哪种|何)样?的?` +
		`(?:人员?|单位|东西|意思|企业|组织|情况|家庭|活动|群体)?(?:啊|呀|呢|嘛)?[？?。!！]*$`),
}

// defining finds where a text says what a word means.
var defining = text.NewPattern(`(?:^|[。；，、：:（(]|所称的?|所说的?|上述)[“"]?(\p{Han}{2,14}?)[”"]?(?:，|（[^（）]{2,30}）)?(?:是指|指的是|系指)`)

// longestBefore is how many characters a question may have before the word that is
// defined: a place, a document.
const longestBefore = 8

// wordAsked gives the word whose meaning is asked for; "" for every other question.
func wordAsked(question string) string {
	for _, p := range wantsDefined {
		if m := p.FindStringSubmatch(question); m != nil {
			return m[1]
		}
	}
	return ""
}

// defines says whether a text says what the word means with which asked ends.
func defines(written, asked string) bool {
	return slices.ContainsFunc(defining.FindAllStringSubmatch(written, -1), func(m []string) bool {
		before, ok := strings.CutSuffix(asked, m[1])
		return ok && utf8.RuneCountInString(before) <= longestBefore
	})
}

// definitionFirst puts what says what a word means first, where that is asked and
// one document alone says it.
func (c *comparison) definitionFirst(shown []*candidate) (_ []*candidate, found bool) {
	asked := wordAsked(c.q.turns[len(c.q.turns)-1])
	if asked == "" {
		return shown, false
	}
	var best *candidate
	for i := range c.candidates {
		x := &c.candidates[i]
		if e := x.view.entry; e.Kind == knowledge.EntryList || !e.Answers() || !defines(e.Text, asked) {
			continue
		}
		switch {
		case best == nil || len(x.view.entry.Text) < len(best.view.entry.Text) && x.view.doc == best.view.doc:
			best = x
		case x.view.doc != best.view.doc:
			return shown, false
		}
	}
	if best == nil {
		return shown, false
	}
	shown = slices.DeleteFunc(slices.Clone(shown), func(x *candidate) bool { return x == best })
	return append([]*candidate{best}, shown[:min(len(shown), mostShown-1)]...), true
}
