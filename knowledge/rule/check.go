package rule

import (
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge"
)

// How a condition of forming singly stands.
const (
	there    = "有"
	missing  = "没有"
	notKnown = "不清楚"
)

// Eligibility answers 能不能单独建: what the sentence asks for, and what of it
// is there.
type Eligibility struct {
	Single     string               `json:"single"` // 可以, 不够, 还不能定, 不适用
	Joint      bool                 `json:"joint"`  // 联合组建 is open
	Conditions []Requirement        `json:"conditions"`
	Missing    []string             `json:"missing"` // names of what is not there or not known
	Citations  []knowledge.Citation `json:"citations"`
	Text       string               `json:"text"`
}

// Requirement is one condition of the sentence and how it stands.
type Requirement struct {
	Fact  string `json:"fact"`
	Name  string `json:"name"`
	State string `json:"state"` // 有, 没有, 不清楚
}

// Check gives the eligibility for forming singly. The conditions are those of
// the book's rule for 单独组建; a headcount is named only where an office set
// one.
func Check(b *Book, f Facts) Eligibility {
	r := Decide(b, f)
	e := Eligibility{Single: "不适用", Conditions: []Requirement{}, Missing: []string{}, Citations: []knowledge.Citation{}, Text: r.Text}
	if r.Status == OutOfScope {
		return e
	}
	s := b.state(f)
	single := b.singleRule()
	if single == nil {
		return e
	}
	e.Conditions = b.requirements(single, &s)
	e.Joint = slices.Contains(r.Form, "联合组建")
	e.Single = standing(e.Conditions)
	for _, c := range e.Conditions {
		if c.State != there {
			e.Missing = append(e.Missing, c.Name)
		}
	}
	e.Citations = append(e.Citations, single.citation)
	e.Text = b.wordCheck(&e, &r, single)
	return e
}

func (b *Book) singleRule() *Rule {
	for i := range b.Rules {
		if b.Rules[i].Result == "单独组建" {
			return &b.Rules[i]
		}
	}
	return nil
}

// requirements takes the conditions that must all hold, leaving out those that
// only say when the rule is not meant.
func (b *Book) requirements(r *Rule, s *state) []Requirement {
	out := []Requirement{}
	for i := range r.when.kids {
		k := &r.when.kids[i]
		if k.op != opSet {
			continue
		}
		f := b.Facts[k.fact]
		name := f.Name
		if first := firstBit(k.set); first < len(f.Values) {
			name = f.Values[first].Name
		}
		state := map[truth]string{yes: there, no: missing, open: notKnown}[k.try(s)]
		out = append(out, Requirement{f.ID, name, b.partyLess(f.ID, state, s)})
	}
	return out
}

// partyLess keeps 党建基础 from counting as there while there is no party
// organisation to have it.
func (b *Book) partyLess(fact, state string, s *state) string {
	i, ok := b.facts["party_org"]
	if ok && fact == "party_base" && state == there && s.val[i] == b.Facts[i].encode("no") {
		return notKnown
	}
	return state
}

func firstBit(set uint64) int {
	for i := range 64 {
		if set&(1<<i) != 0 {
			return i
		}
	}
	return 64
}

func standing(conditions []Requirement) string {
	out := "可以"
	for _, c := range conditions {
		switch c.State {
		case missing:
			return "不够"
		case notKnown:
			out = "还不能定"
		}
	}
	return out
}

func (b *Book) wordCheck(e *Eligibility, r *Recommendation, single *Rule) string {
	head := map[string]string{
		"可以":   "可以单独建：三个条件都有，应当单独组建。",
		"不够":   "单独建还不够。",
		"还不能定": "能不能单独建还不能定。",
	}[e.Single]
	var states []string
	for _, c := range e.Conditions {
		states = append(states, c.Name+"："+c.State)
	}
	if e.Single != "可以" && len(e.Missing) > 0 {
		head += "还差或者还要弄清：" + strings.Join(e.Missing, "、") + "。"
	}
	return joinLines(head, strings.Join(states, "；")+"。", b.otherForms(r), single.quoted(), b.headcountSays())
}

func (b *Book) otherForms(r *Recommendation) string {
	var out []string
	for _, x := range r.Form {
		if x != "单独组建" {
			out = append(out, b.Say(x))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "看情况还有：" + strings.Join(out, "、") + "。"
}

func (b *Book) headcountSays() string {
	if h := b.Headcount; h != nil {
		return "本地人数标准：女性" + strconv.Itoa(h.Women) + "人。" + h.quoted()
	}
	return "“较多”是多少人，文件里没有写，请向" + b.federation() + "核实。"
}
