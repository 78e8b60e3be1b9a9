package rule

import "strings"

// Reading is what a description says of an organisation, and the words each
// fact rests on. It holds nothing the description does not say.
type Reading struct {
	Facts Facts
	Words map[string]string // fact → the words it was read from

	book *Book
}

// reader works through one description.
type reader struct {
	b       *Book
	l       *lexicon
	text    string
	clauses []string
	out     Reading
}

// Read takes the facts out of a description in a cadre's own words. A fact
// that is said not to be known comes as Unknown; one that is not spoken of, or
// said in two ways, is absent.
func (b *Book) Read(text string) Reading {
	r := &reader{b: b, l: b.lexicon, text: plain(normal(text))}
	r.clauses = clauses(r.text)
	r.out = Reading{Facts: Facts{}, Words: map[string]string{}, book: b}
	r.kind()
	r.dropQuestions()
	for _, read := range []func(*reader){
		(*reader).park, (*reader).party, (*reader).women, (*reader).units,
		(*reader).committee, (*reader).union, (*reader).supervisor, (*reader).registered,
		(*reader).building, (*reader).chain, (*reader).industry, (*reader).candidate,
		(*reader).role, (*reader).base, (*reader).ready,
	} {
		read(r)
	}
	b.implied(r.out.Facts)
	return r.out
}

// dropQuestions leaves out what asks whether something is so: 有党支部吗. What
// asks for a consequence, 没有支部能建吗, still states its case.
func (r *reader) dropQuestions() {
	for i, c := range r.clauses {
		if endsWithAny(c, "吗", "了没", "了没有") && !containsAny(c, "能", "可以", "可不", "行", "该", "要", "算", "归") {
			r.clauses[i] = ""
		}
	}
}

// say records a fact and the words it rests on, where the book has the fact.
func (r *reader) say(fact, value, words string) {
	if f, ok := r.b.Fact(fact); ok && (value == Unknown || f.encode(value) >= 0) {
		r.out.Facts[fact] = value
		r.out.Words[fact] = words
	}
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
	if r.l.any(r.clauses[i], "unsure") {
		return true
	}
	return r.l.any(r.clauses[i], "question") && i+1 < len(r.clauses) && r.l.any(r.clauses[i+1], "unsure")
}

// negated says whether what stands at [from, to) of a clause is denied: a
// denying word just before it with nothing of its own in between, or just
// after it.
func (r *reader) negated(clause string, from, to int) bool {
	return r.deniedBefore(clause[:from]) || r.deniedAfter(clause[to:])
}

const (
	fillBefore = "有建立成设组过一个自己的独本单位任何什么正式在民政工商局那儿里也都入去要专门另行挂办这哪得营业统"
	fillAfter  = "也都还尚至今一直目前暂时根本压就是个的并倒却从来现在更"
)

func (r *reader) deniedBefore(before string) bool {
	rest := strings.TrimRight(before, fillBefore)
	for _, w := range r.l.words["neg"] {
		for _, part := range []string{before, rest, rest + "有"} {
			if strings.HasSuffix(part, w) && !endsWithQuestion(part) {
				return true
			}
		}
	}
	return false
}

func endsWithQuestion(s string) bool {
	for _, q := range []string{"有没有", "有没", "有无", "无论", "是否有没有"} {
		if strings.HasSuffix(s, q) {
			return true
		}
	}
	return false
}

func (r *reader) deniedAfter(after string) bool {
	rest := strings.TrimLeft(after, fillAfter)
	for _, w := range r.l.words["neg"] {
		tail, ok := strings.CutPrefix(rest, w)
		if ok && !strings.HasPrefix(tail, "女") && !strings.HasPrefix(tail, "个女") && !strings.HasPrefix(tail, "一个女") {
			return true
		}
	}
	return strings.HasPrefix(rest, "没") && !strings.Contains(rest, "女")
}

// before and after give the stretch of a clause beside a place.
func tailRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func headRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
