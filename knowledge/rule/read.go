package rule

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// Reading is what a description says of an organisation, and the words each
// fact rests on. It holds nothing the description does not say.
type Reading struct {
	Facts     Facts
	Words     map[string]string // fact → the words it was read from
	Claims    []Claim           // what was taken, in the book's order
	Conflicts []Conflict        // what was said in two ways, and is therefore absent

	book *Book
}

// reader works through one description.
type reader struct {
	b         *Book
	l         *lexicon
	text      string
	whole     []string // clauses as the punctuation has them
	stretches []stretch
	clauses   []string // the text of each stretch; "" where it states nothing
	at        int      // the stretch being read, -1 for none
	claims    []Claim
	twofold   []topic // things of which one span may be said either way
	out       Reading
}

// Read takes the facts out of a description in a cadre's own words. A fact
// that is said not to be known comes as Unknown; one that is not spoken of, or
// said in two ways, is absent.
func (b *Book) Read(description string) Reading {
	r := &reader{b: b, l: b.lexicon, text: womenByName(plain(text.Normalise(description))), at: -1}
	all := parts(r.text)
	for _, p := range all {
		r.whole = append(r.whole, p.text)
	}
	r.stretches = r.cut(all)
	for _, s := range r.stretches {
		r.clauses = append(r.clauses, s.text)
	}
	r.out = Reading{Facts: Facts{}, Words: map[string]string{}, book: b}
	r.kind()
	r.dropQuestions()
	r.women()
	r.units()
	r.each("in_park", r.parkIn)
	r.each("party_org", r.partyIn)
	r.each("woman_on_party_committee", r.committeeIn)
	r.each("union_women_committee", r.unionIn)
	r.each("supervisor", r.supervisorIn)
	r.each("registered", r.registeredIn)
	r.each("in_building", r.buildingIn)
	r.each("industry_chain", r.chainIn)
	r.each("industry_can_push", r.industryIn)
	r.each("head_party_member", r.candidateIn)
	r.base()
	r.ready()
	r.doubtTwofold()
	r.settle()
	r.role()
	b.implied(r.out.Facts)
	return r.out
}

// each reads one fact from every stretch; read gives "" where it is silent.
func (r *reader) each(fact string, read func(i int, c string) string) {
	for i, c := range r.clauses {
		r.at = i
		if c == "" {
			continue
		}
		if v := read(i, c); v != "" {
			r.say(fact, v, c)
		}
	}
	r.at = -1
}

// doubtTwofold leaves out what hangs on a span that may be said of either of two
// things: 支部有工会. It is asked.
func (r *reader) doubtTwofold() {
	r.claims = slices.DeleteFunc(r.claims, func(c Claim) bool { return slices.Contains(r.twofold, topic(c.Fact)) })
}

// dropQuestions leaves out what asks whether something is so: 有党支部吗. What
// asks for a consequence, 没有支部能建吗, still states its case.
func (r *reader) dropQuestions() {
	for i, c := range r.clauses {
		if text.EndsAny(c, "吗", "了没", "了没有") && !text.HasAny(c, "能", "可以", "可不", "行", "该", "要", "算", "归") || definition.MatchString(c) {
			r.clauses[i] = ""
		}
	}
}

// definition asks what a word means: 啥叫党组织.
var definition = text.NewPattern(`(?:啥|什么|咋|怎么)(?:叫|是|算)(?:个)?[^有没在]|(?:是|叫)(?:个)?(?:啥|什么)(?:东西|意思)?$`)

// Clash names what was said in two ways, by the names of the values and never in
// the words that were typed; "" where nothing was.
func (r Reading) Clash() string {
	var out []string
	for _, c := range r.Conflicts {
		out = append(out, "您说了"+r.book.ValueName(c.Fact, c.This.Value)+"，又说了"+r.book.ValueName(c.Fact, c.That.Value)+"，到底是哪个？")
	}
	return strings.Join(out, "")
}

// Echo says what was understood in one line, to be put right.
func (r Reading) Echo() string {
	var parts []string
	for _, f := range r.book.Facts {
		v := r.Facts[f.ID]
		if v == "" || r.Words[f.ID] == "" {
			continue
		}
		if p := r.part(f, v); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "我理解：" + strings.Join(parts, "，") + "。不对的地方请直接说。"
}

func (r Reading) part(f Fact, v string) string {
	switch {
	case f.ID == countFact && r.Facts[womenFact] == "":
		return r.Words[f.ID]
	case f.ID == countFact:
		return ""
	case f.ID == womenFact && r.Facts[countFact] != "":
		return r.Words[countFact] + "（按" + r.book.option(f, v) + "理解）"
	case f.ID == unitsFact:
		return "一共" + v + "家"
	}
	return r.book.ValueName(f.ID, v)
}

func (b *Book) option(f Fact, v string) string {
	if i := f.index(v); i >= 0 && f.Values[i].Option != "" {
		return f.Values[i].Option
	}
	return b.ValueName(f.ID, v)
}

// unsure says whether a clause, or the one after it, says that it is not
// known.
func (r *reader) unsure(i int) bool {
	if r.l.any(r.clauses[i], "unsure") || text.MoodOf(r.clauses[i]) == text.Doubted {
		return true
	}
	return r.l.any(r.clauses[i], "question") && i+1 < len(r.clauses) && r.l.any(r.clauses[i+1], "unsure")
}

// tailRunes and headRunes give the last and the first n characters.
func tailRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func headRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
