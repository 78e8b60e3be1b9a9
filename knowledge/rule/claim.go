package rule

import (
	"strings"

	"zujian/knowledge/text"
)

// Claim is one thing a description says: a fact, its value, the words it rests
// on, and how sure they are of it.
type Claim struct {
	Fact  string  `json:"fact"`
	Value string  `json:"value"`
	Words string  `json:"words"`
	Sure  float64 `json:"sure"` // 1 said outright, less where it is hedged

	fixes bool // it puts right what was said before
	now   bool // it says how things are today, where another tells of before
}

// Conflict is a fact that a description says in two ways, neither of which puts
// the other right.
type Conflict struct {
	Fact string `json:"fact"`
	This Claim  `json:"this"`
	That Claim  `json:"that"`
}

// say records what a stretch says of a fact, where the book has it.
func (r *reader) say(fact, value, words string) {
	f, ok := r.b.Fact(fact)
	if !ok || value != Unknown && f.encode(value) < 0 {
		return
	}
	c := Claim{Fact: fact, Value: value, Words: words, Sure: 1}
	if text.HasAny(words, "好像", "大概", "可能", "应该", "估计", "似乎", "据我所知", "印象") {
		c.Sure = 0.7
	}
	c.now = text.HasAny(words, "现在", "目前", "今年", "如今", "眼下", "刚")
	if r.at >= 0 && r.at < len(r.stretches) {
		c.fixes = r.stretches[r.at].fixes
	}
	r.claims = append(r.claims, c)
}

// settle gives each fact its value. What puts right an earlier word wins, then
// what is said of today; two that contradict each other leave the fact open and
// are named.
func (r *reader) settle() {
	for _, f := range r.b.Facts {
		said := r.of(f.ID)
		if len(said) == 0 {
			continue
		}
		win, conflict := r.winner(f.ID, said)
		if conflict != nil {
			r.out.Conflicts = append(r.out.Conflicts, *conflict)
			continue
		}
		r.out.Claims = append(r.out.Claims, win)
		r.out.Facts[f.ID], r.out.Words[f.ID] = win.Value, win.Words
	}
}

// of gives the claims of a fact from the last that puts the others right.
func (r *reader) of(fact string) []Claim {
	var out []Claim
	for _, c := range r.claims {
		if c.Fact != fact {
			continue
		}
		if c.fixes {
			out = nil
		}
		out = append(out, c)
	}
	var now []Claim
	for _, c := range out {
		if c.now {
			now = append(now, c)
		}
	}
	if len(now) > 0 && len(now) < len(out) {
		return now
	}
	return out
}

// stronger lists, for the facts that may well be said twice, which value says
// more than another.
var stronger = map[string][]string{
	"party_org":                {"partial"},
	"woman_on_party_committee": {Unknown, "yes"},
	"in_building":              {"yes"},
	"industry_can_push":        {"no"},
}

func (r *reader) winner(fact string, said []Claim) (Claim, *Conflict) {
	for _, value := range stronger[fact] {
		for _, c := range said {
			if c.Value == value {
				return c, nil
			}
		}
	}
	if fact == kindFact || fact == unitsFact || fact == countFact || fact == womenFact {
		return said[len(said)-1], nil
	}
	win := said[0]
	for _, c := range said[1:] {
		switch {
		case c.Value == win.Value:
		case win.Value == Unknown || fact == "in_park" && c.Value == "no":
			win = c
		case c.Value == Unknown:
		case fact == "party_org" && ofHigher(win, c):
			win = branch(win, c)
		default:
			return win, &Conflict{fact, win, c}
		}
	}
	return win, nil
}

// ofHigher says whether one claim denies a 党委 or 总支 and the other has a 支部:
// both are true.
func ofHigher(a, b Claim) bool {
	if a.Value == "yes" {
		a, b = b, a
	}
	return a.Value == "no" && text.HasAny(a.Words, "党委", "总支") && strings.Contains(b.Words, "支部")
}

func branch(a, b Claim) Claim {
	if a.Value == "yes" {
		return a
	}
	return b
}
