package dialog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/rule"
)

// mostCard is how many characters the card has, before what is said under it.
const mostCard = 200

// conclude gives the conclusion as a card a cadre can act on: whose duty it is,
// whom to see first, the form and with whom, the head, what is missing, and a
// line to copy into a ledger. The reasons come when they are asked for.
func (m *Machine) conclude(lead string, f rule.Facts, r rule.Recommendation) string {
	const hint = "依据和没定的回“为什么”，留底回“导出”，说错了直接改。"
	if r.Status == rule.OutOfScope {
		return lines(lead, r.Text, hint)
	}
	return lines(lead, m.card(f, r), m.Book.Note(&r), hint)
}

// card drops what can be read elsewhere until it is short enough: the points that
// are not settled, what the unit is, the conditions and other forms, and at last
// who pushes and guides, which the line for the ledger says too.
func (m *Machine) card(f rule.Facts, r rule.Recommendation) string {
	whole, short := m.sayLines(f, r, r.Lines), m.sayLines(f, r, briefly(r.Bare))
	row, result, missing := m.row(f, r), m.row(nil, r), m.missing(f, r, len(r.Unknown))
	out := ""
	for _, parts := range [][]string{
		{whole, r.Open, row}, {whole, missing, row}, {whole, missing, result},
		{short, missing, row}, {short, missing, result},
		{short, m.missing(f, r, 2), result},
	} {
		if out = lines(parts...); utf8.RuneCountInString(out) <= mostCard {
			return out
		}
	}
	shortest := slices.DeleteFunc(briefly(r.Bare), func(l rule.Line) bool { return l.Layer == "push" || l.Layer == "guide" })
	return lines(m.sayLines(f, r, shortest), m.missing(f, r, 1), result)
}

// conditioned is a form with the condition it was taken under.
var conditioned = regexp.MustCompile(`（[^（]*(?:（[^）]*）)?[^）]*的(应当|可以|探索|一般)）`)

// briefly leaves out conditions, of which it says that they are there, other forms
// and a second thing on the head.
func briefly(of []rule.Line) []rule.Line {
	var out []rule.Line
	for _, l := range of {
		l.Text, _, _ = strings.Cut(l.Text, "。另外")
		l.Text, _, _ = strings.Cut(l.Text, "；可以")
		l.Text = conditioned.ReplaceAllString(l.Text, "（$1）")
		if form, _, open := strings.Cut(l.Text, "，前提是"); open {
			l.Text = form + "，有前提"
		}
		if _, then, ok := strings.Cut(l.Text, "不是党员，"); ok && l.Layer == "head" {
			l.Text = then
		}
		out = append(out, l)
	}
	return out
}

// sayLines spells the layers out, with whom and whom to see first.
func (m *Machine) sayLines(f rule.Facts, r rule.Recommendation, of []rule.Line) string {
	var out []string
	head := false
	for _, l := range of {
		out = append(out, l.Name+"："+l.Text+"。")
		head = head || l.Layer == "head"
	}
	if !head {
		out = append(out, sayHead(f))
	}
	return lines(append(out, r.With, r.First)...)
}

// sayHead says who may head it where no rule that holds does.
func sayHead(f rule.Facts) string {
	if f["party_org"] == "no" {
		return "负责人：由谁当讲话没有写，问本级妇联。"
	}
	return "负责人：党组织班子里有女同志的，提倡兼任。"
}

// missing says what is still to be found out, so many by name, what the program
// presumed of a number, and whether more is not settled.
func (m *Machine) missing(f rule.Facts, r rule.Recommendation, most int) string {
	var names []string
	for _, id := range r.Unknown {
		fact, _ := m.Book.Fact(id)
		names = append(names, fact.Name)
	}
	out := ""
	switch {
	case len(names) > most:
		out = "还差：" + strings.Join(names[:most], "、") + "等" + strconv.Itoa(len(names)) + "样。"
	case len(names) > 0:
		out = "还差：" + strings.Join(names, "、") + "。"
	}
	presumed := m.Book.Presumed(f)
	if len(r.Points) > 1 || len(r.Points) == 1 && presumed == "" {
		return out + presumed + "另有没定的。"
	}
	return out + presumed
}

// row is one line to copy into a ledger: what the unit is, where its facts are
// given, and who and how.
func (m *Machine) row(f rule.Facts, r rule.Recommendation) string {
	is := rule.Facts{}
	for _, id := range []string{"kind", "in_park", "party_org"} {
		if v := f[id]; v != "" && v != rule.Unknown {
			is[id] = v
		}
	}
	said := m.Book.Describe(is)
	if len(is) > 0 {
		said += "；"
	} else {
		said = ""
	}
	form := orAsk(m.Book, r.Form[:min(1, len(r.Form))])
	return "记台账：" + said + "推动" + orAsk(m.Book, r.Push) + "；指导" + orAsk(m.Book, r.Guide) + "；" + form + "。"
}
