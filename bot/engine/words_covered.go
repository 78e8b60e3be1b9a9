package engine

import (
	"math"
	"slices"
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

type measurer struct {
	a                 *Engine
	c                 *comparison
	q                 *question
	p                 *presences
	all, near, rarity map[string]float64 // grams

	weighed, lastWeighed, nearWeighed []weighed
	total                             float64 // weight times rarity of all words
	lastTotal                         float64
	beside                            map[*docView][]float64 // how many candidates of a document have each word, and how many there are
	besideAll                         []float64
	bare                              string // the question without the words by which one asks
	starts                            []int  // where each character of it begins, and its end
	common                            map[*plain]int
	patterns, certain                 []*text.Pattern
}

// ready makes what is the same for every candidate.
func (m *measurer) ready() {
	m.bare = strings.ReplaceAll(courtesy.ReplaceAllString(m.q.text, ""), " ", "")
	m.bare = strings.ReplaceAll(m.bare, "。", "")
	for i := range m.bare {
		m.starts = append(m.starts, i)
	}
	m.starts = append(m.starts, len(m.bare))
	m.common = map[*plain]int{}
	m.patterns, m.certain = m.q.valuePatterns(), m.q.certainPatterns()
}

// firstPass chooses what is compared closely.
func (m *measurer) firstPass() {
	c := m.c
	m.total, m.lastTotal = 1e-6, 1e-6
	for _, w := range c.words {
		m.total += w.weight * w.rarity
		if w.last {
			m.lastTotal += w.weight * w.rarity
		}
	}
	most := 1e-6
	for _, x := range c.candidates {
		most = max(most, x.found)
	}
	m.countBeside()
	for i := range c.candidates {
		x := &c.candidates[i]
		m.coverage(x)
		m.coverageBeside(x)
		r := x.features
		x.first = 1.6*x.found/most + 1.2*r[featureAt("covers: text, lead, path")] + 0.8*r[featureAt("covers: all")] +
			0.8*c.document[x.view.doc]
		if len(m.q.place) > 0 && m.q.place.names(x.view) {
			x.first += 3 * c.document[x.view.doc]
		}
	}
	slices.SortStableFunc(c.candidates, func(a, b candidate) int {
		switch {
		case a.first > b.first:
			return -1
		case a.first < b.first:
			return 1
		}
		return a.view.index - b.view.index
	})
	kept, home := c.candidates[:0:0], 0
	for i, x := range c.candidates {
		if i < closely || x.asked || x.beside || x.view.doc.home && home < homeShare {
			kept = append(kept, x)
			home += int(one64(x.view.doc.home))
		}
	}
	c.candidates = kept
}

// countBeside counts how many candidates of each document, and of all, have
// each word.
func (m *measurer) countBeside() {
	m.beside = map[*docView][]float64{}
	n := len(m.c.words) + 1
	m.besideAll = make([]float64, n)
	for _, x := range m.c.candidates {
		v := x.view
		if v.entry.Kind == knowledge.EntryList {
			continue
		}
		counts := m.beside[v.doc]
		if counts == nil {
			counts = make([]float64, n)
			m.beside[v.doc] = counts
		}
		text, lead := m.p.in(v.text), m.p.in(v.lead)
		for i := range m.c.words {
			k := max(text[i], 0.6*lead[i])
			counts[i] += k
			m.besideAll[i] += k
		}
		counts[n-1]++
		m.besideAll[n-1]++
	}
}

// coverageBeside measures the words that tell a candidate from the others, of
// its document and of all.
func (m *measurer) coverageBeside(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	for _, beside := range []struct {
		name   string
		counts []float64
	}{{"among its document's", m.beside[v.doc]}, {"among candidates", m.besideAll}} {
		text, lead, path := m.p.in(v.text), m.p.in(v.lead), m.p.in(v.path)
		inText, inAll, best, miss, total := 0.0, 0.0, 0.0, 0.0, 1e-6
		n := len(m.c.words)
		for i := range m.c.words {
			w := &m.c.words[i]
			if len(beside.counts) == 0 || beside.counts[i] < 0.2 {
				continue
			}
			k := w.weight * math.Log(1+(beside.counts[n]+1)/(beside.counts[i]+1))
			all := max(text[i], 0.9*lead[i], 0.85*path[i])
			total += k
			inText += k * text[i]
			inAll += k * all
			best, miss = max(best, k*text[i]), max(miss, k*(1-all))
		}
		r.set("covers "+beside.name+": text", inText/total)
		r.set("covers "+beside.name+": text, path", inAll/total)
		r.set("covers "+beside.name+": mass", inText/8)
		r.set("covers "+beside.name+": best word", best/4)
		r.set("covers "+beside.name+": worst miss", miss/4)
	}
}

// coverage measures which of the question's words an entry has, and where.
func (m *measurer) coverage(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	text, lead, path, head := m.p.in(v.text), m.p.in(v.lead), m.p.in(v.path), m.p.in(v.doc.head)
	var before []float64
	if v.before != nil {
		before = m.p.in(v.before.text)
	}
	var t, tl, tlp, all, around, own, inPath, lastText, lastAll, literal, best, miss, mass float64
	var sp, spAll, spMax, spMass, spLast, spPrev, spTotal, spLastTotal float64
	for i := range m.c.words {
		w := &m.c.words[i]
		k := w.weight * w.rarity
		gT := text[i]
		gTL := max(gT, 0.9*lead[i])
		gTLP := max(gTL, 0.85*path[i])
		gAll := max(gTLP, 0.8*head[i])
		gAround := gAll
		prev := 0.0
		if before != nil {
			prev = before[i]
			gAround = max(gAround, 0.5*prev)
		}
		t += k * gT
		tl += k * gTL
		tlp += k * gTLP
		all += k * gAll
		around += k * gAround
		own += k * max(0.85*max(lead[i], path[i]), 0.8*head[i])
		inPath += k * max(lead[i], path[i])
		if gT == 1 {
			literal += k
		}
		best, miss = max(best, k*gT), max(miss, k*(1-gAround))
		mass += k * gT
		rare := w.weight * w.rareIn(v.doc)
		spTotal += rare
		sp += rare * gT
		spAll += rare * gTLP
		spMax = max(spMax, rare*gT)
		spMass += rare * gT
		spPrev += rare * max(gTLP, 0.6*prev)
		if w.last {
			lastText += k * gT
			lastAll += k * gAll
			spLastTotal += rare
			spLast += rare * gTL
		}
	}
	spTotal += 1e-6
	r.set("covers: text", t/m.total)
	r.set("covers: text, lead", tl/m.total)
	r.set("covers: text, lead, path", tlp/m.total)
	r.set("covers: all", all/m.total)
	r.set("covers: around", around/m.total)
	r.set("covers: literally", literal/m.total)
	r.set("covers: by near words", (t-literal)/m.total)
	r.set("covers: beyond its heads", (all-own)/m.total)
	r.set("covers: path", inPath/m.total)
	r.set("covers: path, if any", inPath/m.total*one64(v.path.text() != ""))
	r.set("covers: last, text", lastText/m.lastTotal)
	r.set("covers: last, all", lastAll/m.lastTotal)
	r.set("covers: mass", mass/10)
	r.set("covers: best word", best/8)
	r.set("covers: worst miss", miss/8)
	r.set("covers in document: text", sp/spTotal)
	r.set("covers in document: text, path", spAll/spTotal)
	r.set("covers in document: best word", spMax/4)
	r.set("covers in document: mass", spMass/8)
	r.set("covers in document: last", spLast/(spLastTotal+1e-6))
	r.set("covers in document: around", spPrev/spTotal)
	m.aspects(r, text, lead, path)
}

// aspects measures the words beside the question word.
func (m *measurer) aspects(r *row, text, lead, path []float64) {
	inText, inAll, total, least := 0.0, 0.0, 1e-6, 1.0
	any := false
	for i := range m.c.words {
		w := &m.c.words[i]
		if !slices.Contains(m.q.aspect, w.word) {
			continue
		}
		any = true
		g := max(text[i], 0.8*max(lead[i], path[i]))
		total += w.rarity
		inText += w.rarity * text[i]
		inAll += w.rarity * g
		least = min(least, g)
	}
	if !any {
		least = 0.5
	}
	r.set("aspect: text", inText/total)
	r.set("aspect: all", inAll/total)
	r.set("aspect: least", least)
}
