package dialog

import (
	"regexp"
	"strconv"
	"strings"

	"zujian/knowledge/rule"
	"zujian/knowledge/text"
)

// take reads a message as an answer, a correction or a description; a question
// of policy is handed to the caller.
func (m *Machine) take(s Session, text string) (Session, Reply) {
	q := m.Open(s)
	if q != nil && s.Heard[q.Fact] != "" {
		if t, r, done := m.settle(s, q, text); done {
			return t, r
		}
	}
	fixing, rest := correction(text)
	if q != nil && !fixing {
		if o, ok := m.answer(q.Fact, text); ok {
			return m.put(s.chosen(q.Fact, o), "")
		}
	}
	if !fixing && question(text) {
		return m.aside(s, q, text)
	}
	if !fixing && (q == nil || m.addsAnother(s, text)) {
		if t, r, done := m.elsewhere(s, text); done {
			return t, r
		}
	}
	facts := m.reading(q, rest)
	if len(facts.Facts) > 0 {
		return m.learn(s, q, facts)
	}
	if q != nil && fixing {
		if o, ok := m.answer(q.Fact, text); ok {
			return m.put(s.chosen(q.Fact, o), "")
		}
	}
	if q == nil && !fixing {
		return m.aside(s, q, text)
	}
	if fixing {
		return m.put(s, "没看明白改成什么，请说全一点，如“不对，它在园区外”。")
	}
	return m.missed(s, q)
}

// patience is how often a question is put again before it is put with an
// example.
const patience = 3

func (m *Machine) missed(s Session, q *rule.Question) (Session, Reply) {
	s.Missed++
	if s.Missed < patience {
		return m.put(s, "没看明白。")
	}
	s.Missed = 0
	example := "3"
	if len(q.Options) > 1 {
		example = "1”，就是“" + q.Options[0]
	}
	return m.put(s, "还是没看明白。比如回“"+example+"”；不知道就回“不清楚”，不想答了就回“退出”。")
}

// aside leaves a question to the caller; the organisation it tells of may be the
// next one.
func (m *Machine) aside(s Session, q *rule.Question, text string) (Session, Reply) {
	s.Asked = nil
	if m.TellsOf(text) {
		s.Asked = m.Book.Read(text).Facts
	}
	if q == nil {
		return s, Reply{Aside: true}
	}
	return s, Reply{Aside: true, Text: "回到刚才的问题：" + m.ask(s, q), Question: q}
}

// correction says whether a message puts something right, and gives the rest.
func correction(text string) (bool, string) {
	t := strings.TrimSpace(text)
	for _, w := range []string{"不对", "错了", "说错了", "我说错了", "搞错了", "更正", "改一下", "改成", "应该是", "其实", "弄错了", "不是的", "纠正", "刚才说错了", "写错了"} {
		if rest, ok := strings.CutPrefix(t, w); ok {
			return true, strings.TrimLeft(rest, "，,。：:；; 了")
		}
	}
	return false, t
}

// question says whether a message asks something.
func question(text string) bool {
	t := strings.TrimSpace(text)
	for _, end := range []string{"？", "?", "吗", "么", "呢"} {
		if strings.HasSuffix(t, end) {
			return true
		}
	}
	if howMany.MatchString(t) {
		return true
	}
	for _, w := range []string{"来着", "啥", "怎么", "什么", "多少", "谁", "哪", "能不能", "要不要", "可不可以", "如何", "是否", "为何", "几个人", "算不算", "该不该", "咋"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// howMany asks for a number without a question mark: 最多几家来着. 十几家 and 有几
// 个 tell one.
var howMany = regexp.MustCompile(`(?:^|[^十百千好有没就才这那])几(?:家|个|名|人)`)

// answer reads a short answer to the open question: a number of an option, its
// words, or yes and no.
func (m *Machine) answer(fact, said string) (rule.Option, bool) {
	t := bare(said)
	if t == "" {
		return rule.Option{}, false
	}
	f, _ := m.Book.Fact(fact)
	if f.Number {
		n, ok := text.Count(t)
		rest := strings.Trim(t[:n.From]+t[n.To:], "大概约一共有家个户支间左右吧")
		return rule.Option{Value: strconv.Itoa(n.N)}, ok && n.N > 0 && rest == ""
	}
	if n, ok := choice(t); ok {
		return m.Book.Choice(fact, n)
	}
	return m.Book.Answered(fact, t)
}

// choice reads the number of an option: 2, 2., 选2, 第二个, ②.
func choice(t string) (int, bool) {
	t = strings.TrimPrefix(strings.TrimPrefix(t, "选"), "第")
	t = strings.TrimRight(t, "个项号.、)）")
	if n, err := strconv.Atoi(t); err == nil {
		return n, n > 0
	}
	for i, forms := range []string{"一①１", "二②２", "三③３", "四④４", "五⑤５", "六⑥６", "七⑦７", "八⑧８", "九⑨９"} {
		for _, r := range forms {
			if t == string(r) {
				return i + 1, true
			}
		}
	}
	return 0, false
}

// reading reads facts from a message. Where it says nothing by itself, it is
// read once more as an answer to the open question (“三十来个” of women).
func (m *Machine) reading(q *rule.Question, text string) rule.Reading {
	r := m.Book.Read(text)
	if len(r.Facts) > 0 || q == nil {
		return r
	}
	switch q.Fact {
	case "women":
		return m.Book.Read("女工" + text)
	case "units":
		return m.Book.Read(text + "家")
	}
	return r
}

// learn takes facts that were read, over those there were, and says back what
// was understood and what no longer counts.
func (m *Machine) learn(s Session, q *rule.Question, r rule.Reading) (Session, Reply) {
	return m.learnFacts(s, q, r.Facts, r.Echo())
}

func (m *Machine) learnFacts(s Session, q *rule.Question, facts rule.Facts, lead string) (Session, Reply) {
	s.Missed = 0
	before := s.Facts()
	var given []Answer
	for _, f := range m.Book.Facts {
		v := facts[f.ID]
		if v == "" || before[f.ID] == v && (q == nil || q.Fact != f.ID) {
			continue
		}
		given = append(given, Answer{Fact: f.ID, Value: v, Turn: s.Turn, Asked: q != nil && q.Fact == f.ID})
	}
	given = m.forgetCount(s, facts, given)
	t, dropped := m.drop(s.with(given...))
	return m.put(t, lines(lead, dropped))
}

// forgetCount takes back a number of women that a later word stands over.
func (m *Machine) forgetCount(s Session, read rule.Facts, given []Answer) []Answer {
	if read["women"] != "" && read["women_count"] == "" && s.Facts()["women_count"] != "" {
		given = append(given, Answer{Fact: "women_count", Turn: s.Turn})
	}
	return given
}

// drop takes back answers to questions that no longer bear on anything, and
// names them.
func (m *Machine) drop(s Session) (Session, string) {
	f := s.Facts()
	if rule.Decide(m.Book, f).Status == rule.OutOfScope {
		return s, ""
	}
	var names []string
	seen := map[string]bool{}
	for _, a := range s.Answers {
		if !a.Asked || seen[a.Fact] || f[a.Fact] == "" || f[a.Fact] == rule.Unknown || a.Turn == s.Turn || rule.Matters(m.Book, f, a.Fact) {
			continue
		}
		seen[a.Fact] = true
		names = append(names, "“"+m.Book.ValueName(a.Fact, f[a.Fact])+"”")
		s = s.with(Answer{Fact: a.Fact, Turn: s.Turn})
	}
	if len(names) == 0 {
		return s, ""
	}
	return s, strings.Join(names, "") + "用不上了，已经去掉。"
}
