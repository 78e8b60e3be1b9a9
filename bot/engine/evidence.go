package engine

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// evidence is what a decision is made from: the entries that would be shown,
// and the words of the question in the first and around it.
type evidence struct {
	c        *comparison
	order    []int
	best     *candidate
	shown    []*candidate
	same     []*candidate // of the first entry's document, all that were compared
	words    []wordMet
	out      map[string]float64
	together bool
}

// wordMet is how much of a word of the question was met, from 0 to 1.
type wordMet struct {
	*sought
	weigh            float64 // how much of the question it is
	text, entry      float64 // in the first entry; with what it hangs on and its title
	around           float64 // with its neighbours
	nearby           float64 // in one of the nearest entries of its document
	document, others float64 // anywhere in its document; in any document
}

func newEvidence(c *comparison, order []int) *evidence {
	e := &evidence{c: c, order: order, best: &c.candidates[order[0]], out: map[string]float64{}}
	for _, i := range order {
		e.shown = append(e.shown, &c.candidates[i])
	}
	for i := range c.candidates {
		if x := &c.candidates[i]; x.view.doc == e.best.view.doc {
			e.same = append(e.same, x)
		}
	}
	slices.SortStableFunc(e.same, func(a, b *candidate) int { return -cmp.Compare(a.score, b.score) })
	p := &presences{c.words, map[*plain][]float64{}}
	for i := range c.words {
		e.words = append(e.words, e.meet(p, i))
	}
	return e
}

// How many of the nearest entries of a document stand for what it says of a
// matter.
const nearest = 8

func (e *evidence) meet(p *presences, i int) wordMet {
	w, v := &e.c.words[i], e.best.view
	m := wordMet{sought: w, weigh: w.weight * w.rarity, text: p.in(v.text)[i]}
	m.entry = max(m.text, 0.9*p.in(v.lead)[i], 0.85*p.in(v.path)[i], 0.8*p.in(v.doc.head)[i])
	m.around = m.entry
	for _, n := range []*view{v.before, v.after} {
		if n != nil {
			m.around = max(m.around, 0.7*p.in(n.text)[i])
		}
	}
	for _, x := range e.same[:min(nearest, len(e.same))] {
		m.nearby = max(m.nearby, p.in(x.view.text)[i])
	}
	m.document = min(1, max(w.inDoc[v.doc.document.ID], 0.8*p.in(v.doc.head)[i]))
	for d, k := range w.inDoc {
		if d != v.doc.document.ID {
			m.others = max(m.others, min(1, k))
		}
	}
	for d := range e.c.document {
		if d != v.doc {
			m.others = max(m.others, 0.8*p.in(d.head)[i])
		}
	}
	return m
}

// missing gives the words that say something and that no document has.
func (e *evidence) missing() []string {
	var out []string
	for _, w := range e.words {
		if w.weight == 1 && utf8.RuneCountInString(w.word) > 1 && max(w.document, w.others) < 0.3 && w.around < 0.2 {
			out = append(out, w.word)
		}
	}
	return out
}

// absent gives the words that some document has, and the chosen one has not.
func (e *evidence) absent() []string {
	var out []string
	for _, w := range e.words {
		if w.weight == 1 && utf8.RuneCountInString(w.word) > 1 && w.document < 0.3 && w.others >= 1 {
			out = append(out, w.word)
		}
	}
	return out
}

// features measures the evidence.
func (e *evidence) features() map[string]float64 {
	for i, name := range featureNames()[:len(e.best.features)] {
		e.out["first: "+name] = e.best.features[i]
	}
	e.scores()
	e.coverage()
	e.slots()
	e.sidesTold()
	e.agreement()
	e.years()
	e.kinds()
	e.rivals()
	e.explained()
	e.named()
	e.documentsNamed()
	e.kept()
	return e.out
}

// kept measures what the ways of asking that the keepers wrote down say of an entry
// of the office's own document. They say nothing against another document's.
func (e *evidence) kept() {
	d := e.best.view.doc
	if !d.home {
		return
	}
	own, any := e.c.keeper(d.document), e.c.keeper(nil)
	logOf := func(x float64) float64 { return math.Log(x+0.05) / 3 }
	e.set("keeper: answer", own.Answer)
	e.set("keeper: answer, log", logOf(own.Answer))
	e.set("keeper: gap", own.Gap)
	e.set("keeper: gap, log", logOf(own.Gap))
	e.set("keeper: gap ahead", own.Gap-own.Answer)
	e.set("keeper: outside", any.Outside)
	e.set("keeper: outside ahead", any.Outside-max(any.Answer, any.Gap))
	e.set("keeper: answered share", any.share)
	e.set("keeper: lean", e.c.lean)
	e.set("keeper: likely", any.likely)
	e.set("keeper: likely gap", any.likelyGap)
	e.set("keeper: likely gap ahead", any.likelyGap-any.likely)
	ahead := 5.0
	for _, x := range e.same {
		if x != e.best {
			ahead = min(ahead, max(0, e.best.own-x.own))
		}
	}
	e.set("ahead of own, among its own", ahead)
	e.set("score among its own", min(e.best.own, 50)/5)
}

func (e *evidence) set(name string, v float64) { e.out[name] = v }

// of gives a feature of the ranking.
func (x *candidate) of(name string) float64 {
	i := featureAt(name)
	if i >= len(x.features) {
		return 0
	}
	return x.features[i]
}

// coverage measures what of the question's words is not met, and where not.
func (e *evidence) coverage() {
	total, last := 1e-6, 1e-6
	sums, worst := map[string]float64{}, map[string]float64{}
	miss := func(name string, k float64) {
		sums[name] += k
		worst[name] = max(worst[name], k)
	}
	for i := range e.words {
		w := &e.words[i]
		total += w.weigh
		miss("text", w.weigh*(1-w.text))
		miss("entry", w.weigh*(1-w.entry))
		miss("around", w.weigh*(1-w.around))
		miss("nearby", w.weigh*(1-max(w.entry, w.nearby)))
		miss("document", w.weigh*(1-w.document))
		miss("any", w.weigh*(1-max(w.document, w.others)))
		miss("elsewhere", w.weigh*max(0, w.others-max(w.document, w.entry)))
		miss("named elsewhere", w.weight*w.rareDoc*max(0, w.others-max(w.document, w.entry)))
		if w.last {
			last += w.weigh
			miss("last", w.weigh*(1-w.around))
		}
	}
	for name, k := range sums {
		share := k / total
		if name == "last" {
			share = k / last
		}
		e.set("unmet: "+name, share)
		e.set("unmet, worst: "+name, worst[name]/6)
	}
	e.set("words", float64(len(e.words))/8)
	e.set("words: weight", total/20)
	e.aspects()
}

// aspects measures the words beside the question word.
func (e *evidence) aspects() {
	var n, text, around, nearby, document float64
	least := wordMet{text: 1, around: 1, nearby: 1, document: 1}
	for i := range e.words {
		w := &e.words[i]
		if !slices.Contains(e.c.q.aspect, w.word) {
			continue
		}
		n += w.weigh
		text += w.weigh * w.text
		around += w.weigh * w.around
		nearby += w.weigh * w.nearby
		document += w.weigh * w.document
		least.text, least.around = min(least.text, w.text), min(least.around, w.around)
		least.nearby, least.document = min(least.nearby, w.nearby), min(least.document, w.document)
	}
	if n == 0 {
		n, text, around, nearby, document = 1, 0.5, 0.5, 0.5, 0.5
	}
	e.set("aspect met: text", text/n)
	e.set("aspect met: around", around/n)
	e.set("aspect met: nearby", nearby/n)
	e.set("aspect met: document", document/n)
	e.set("aspect least: text", least.text)
	e.set("aspect least: around", least.around)
	e.set("aspect least: nearby", least.nearby)
	e.set("aspect least: document", least.document)
}

// sidesTold measures whether the side that is asked about is spoken of: in the
// first entry, in those of its document nearest to the question, anywhere in it.
func (e *evidence) sidesTold() {
	sides := e.c.q.sides
	entry, near, document := 1.0, 1.0, 1.0
	if n := float64(len(sides)); n > 0 {
		entry, near, document = 0, 0, 0
		for _, s := range sides {
			entry += one64(s.toldBy(e.best.view)) / n
			near += one64(slices.ContainsFunc(e.same[:min(nearest, len(e.same))], func(x *candidate) bool { return s.toldBy(x.view) })) / n
			document += one64(slices.ContainsFunc(e.best.view.doc.entries, s.toldBy)) / n
		}
	}
	e.set("side: asked", one64(len(sides) > 0))
	e.set("side: told", entry)
	e.set("side: told, all", one64(entry == 1))
	e.set("side: told nearby", near)
	e.set("side: told in document", document)
	e.set("side: untold", one64(len(sides) > 0)*(1-entry))
}

func (s side) toldBy(v *view) bool {
	return s.told.MatchString(v.entry.Text) || s.told.MatchString(strings.Join(v.entry.Path, "。"))
}

// years measures whether a year or another long number that is asked about
// stands where the answer does.
func (e *evidence) years() {
	v := e.best.view
	wide := v.text.text() + "|" + v.path.text() + "|" + v.lead.text() + "|" + v.doc.head.text()
	unmet := 0.0
	for d := range e.c.q.digits {
		if len(d) >= 3 && !strings.Contains(wide, d) {
			unmet = 1
		}
	}
	e.set("long number unmet", unmet)
}

// kinds tells what is asked for: some kinds are answered more surely.
func (e *evidence) kinds() {
	q := e.c.q
	for i := range kinds {
		e.set("asked: "+kinds[i].name, one64(slices.Contains(q.kinds, &kinds[i])))
	}
	e.set("asked: nothing known", one64(len(q.kinds) == 0))
	e.set("asked: several turns", one64(q.several()))
	e.set("asked: shortly", one64(q.short))
	e.set("asked: yes or no", one64(q.yesNo))
	e.set("asked: place", one64(len(q.place) > 0))
	e.set("asked: length", float64(utf8.RuneCountInString(q.last))/30)
}

// nameOfFew is how many documents at most may have a word above their text for
// it to be the name of a place or a programme that they are about.
const nameOfFew = 4

// documentsNamed measures whether the question names what only some documents are about, by
// the words above their text, and whether the first entry's is one of them.
func (e *evidence) documentsNamed() {
	this, other, notHere := 0.0, 0.0, 0.0
	for i := range e.words {
		w := &e.words[i]
		if utf8.RuneCountInString(w.word) < 2 {
			continue
		}
		few, own := 0, false
		for d := range e.c.document {
			if strings.Contains(d.head.text(), w.word) {
				few++
				own = own || d == e.best.view.doc
			}
		}
		switch {
		case few == 0 || few > nameOfFew:
		case own:
			this = max(this, w.rareDoc)
		default:
			other = max(other, w.rareDoc)
			notHere = max(notHere, w.rareDoc*(1-w.document))
		}
	}
	e.set("name: of this document", this/4)
	e.set("name: of another", other/4)
	e.set("name: of another, not here", notHere/4)
	e.set("name: of another only", one64(this == 0)*other/4)
	e.set("name: of another only, not here", one64(this == 0 && notHere > 0))
}
