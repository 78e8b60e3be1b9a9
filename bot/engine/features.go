package engine

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// courtesy is what a question has that is not about anything.
var courtesy = text.NewPattern(`什么时候|啥时候|多少|几个|几天|怎么样|怎么|咋样|咋|如何|哪些|哪个|哪里|哪儿|什么|啥|是不是|能不能|可不可以|要不要|有没有|吗|呢|吧|我们|你们|我|你|请问|的|了|一下|那个|这个|来着|到底|咱|俺|啊|呀|嘛|不$|没$`)

var (
	denying  = text.NewPattern(`不得|不能|不可以|不予|不再|不受理|不接受|除外|不属于|不列入|不适用|不享受|不发|不安排|不单独|不需要|无须|不必|不兼任|不办理|不纳入|不占|不包括|不计|严禁|禁止|不准|不许|未.{0,10}的`)
	allowing = text.NewPattern(`可以|可|应当|须|允许|准予|享受|给予|视为|按`)
)

// candidate is an entry that may answer, with what it has of the question.
type candidate struct {
	view     *view
	found    float64 // BM25 by the index
	first    float64 // by which candidates are chosen for the close comparison
	asked    bool    // a way of asking like the question leads to it
	beside   bool    // it stands beside what answered the turn before
	features []float64
	score    float64
	own      float64 // of an entry of the office's own document: its score among those
}

// comparison is a question with its candidates.
type comparison struct {
	q          *question
	words      []sought
	candidates []candidate
	document   map[*docView]float64 // how likely each document is meant; they sum to 1
	meant      *docView             // the likeliest
	asks       []Ask                // the ways of asking that are most like it, best first
	lean       float64              // how much the last turn is worded like what no document answers
	earlier    *earlier             // what the last turn leans on; nil: nothing
}

// How many entries the index gives, and how many of them are compared closely.
const (
	fromIndex = 220
	closely   = 90
	homeShare = 25 // of the office's own document, beside those
)

// compare finds the candidates of a question and measures each.
func (a *Engine) compare(ctx context.Context, q *question) (*comparison, error) {
	c := &comparison{q: q}
	var err error
	if c.words, err = a.seek(ctx, q); err != nil {
		return nil, err
	}
	wanted := map[string]float64{}
	for g, w := range q.gramsOf(false) {
		if utf8.RuneCountInString(g) > 1 || g[0] < utf8.RuneSelf {
			wanted[g] = w
		}
	}
	for g, w := range nearGrams(c.words) {
		wanted[g] = max(wanted[g], 0.5*w)
	}
	found, err := a.finder.Find(ctx, index.Wanted{Kind: index.KindEntry, Grams: wanted, Size: fromIndex})
	if err != nil {
		return nil, err
	}
	docs, err := a.finder.Find(ctx, index.Wanted{Kind: index.KindDocument, Grams: wanted, Size: 60})
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if v := a.pool.byID[f.ID]; v != nil {
			c.candidates = append(c.candidates, candidate{view: v, found: f.Score})
		}
	}
	if c.asks, err = a.asksLike(ctx, q); err != nil {
		return nil, err
	}
	c.lean = a.lean(termsOf(q.turns[len(q.turns)-1], a.concepts))
	if c.earlier, err = a.lookBack(ctx, q); err != nil {
		return nil, err
	}
	c.addPlaces(a)
	c.addAsked(a)
	c.addEarlier()
	a.measure(ctx, c, docs)
	return c, nil
}

// addPlaces makes candidates of the entries at the place that is named, which
// the words alone may not find.
func (c *comparison) addPlaces(a *Engine) {
	if len(c.q.place) == 0 {
		return
	}
	have := map[*view]bool{}
	docs := map[*docView]int{}
	for _, x := range c.candidates {
		have[x.view] = true
		docs[x.view.doc]++
	}
	for d := range docs {
		for _, v := range d.entries {
			if !have[v] && v.entry.Answers() && c.q.place.names(v) {
				c.candidates = append(c.candidates, candidate{view: v})
			}
		}
	}
}

// row is the measurements of one candidate.
type row []float64

func (r *row) set(name string, v float64) {
	i := featureAt(name)
	for len(*r) <= i {
		*r = append(*r, 0)
	}
	(*r)[i] = v
}

// gramRarity gives how rare grams are among the entries.
func (a *Engine) gramRarity(ctx context.Context, grams map[string]float64) map[string]float64 {
	var list []string
	for g := range grams {
		if utf8.RuneCountInString(g) > 1 {
			list = append(list, g)
		}
	}
	out := map[string]float64{}
	spreads, err := a.finder.Counts(ctx, index.KindEntry, list)
	if err != nil {
		return out
	}
	scale := usualEntries / math.Log(2+float64(a.finder.Held(index.KindEntry)))
	for i, g := range list {
		out[g] = a.finder.IDF(spreads[i]) * scale
	}
	return out
}

func one64(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// bm25 compares grams with one field of a candidate.
func bm25(grams, rarity map[string]float64, t *plain, average float64) float64 {
	counts := t.counts()
	if len(counts) == 0 {
		return 0
	}
	norm := 1.2 * (0.4 + 0.6*float64(t.size)/max(average, 1))
	sum := 0.0
	for g, w := range grams {
		k := counts[g]
		if k == 0 {
			continue
		}
		r, ok := rarity[g]
		if !ok {
			r = 1.2 // a single character
		}
		sum += w * r * float64(k) * 2.2 / (float64(k) + norm)
	}
	return sum
}

// measure fills in the features of every candidate that is close enough.
func (a *Engine) measure(ctx context.Context, c *comparison, docs []index.Found) {
	if len(c.candidates) == 0 {
		return
	}
	q := c.q
	all, last, near := q.gramsOf(false), q.gramsOf(true), nearGrams(c.words)
	rarity := a.gramRarity(ctx, merged(all, near))
	p := &presences{c.words, map[*plain][]float64{}}
	a.weighDocuments(c, p, docs, all, rarity)
	m := &measurer{a: a, c: c, q: q, p: p, all: all, last: last, near: near, rarity: rarity}
	m.ready()
	m.firstPass()
	m.closePass()
	c.measureAsked()
	c.measureEarlier()
}

func merged(maps ...map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for _, m := range maps {
		for k, v := range m {
			out[k] = max(out[k], v)
		}
	}
	return out
}

// docMeasure is what a document has of the question.
type docMeasure struct {
	title, body, titleBM, bodyBM float64
	named                        float64 // of the words that titles have, the share that its title has
	score                        float64
}

// weighDocuments says how likely each document of a candidate is meant.
func (a *Engine) weighDocuments(c *comparison, p *presences, docs []index.Found, grams, rarity map[string]float64) {
	c.document = map[*docView]float64{}
	found := map[string]float64{}
	for _, f := range docs {
		found[f.ID] = f.Score
	}
	measures := map[*docView]*docMeasure{}
	total, most := 1e-6, docMeasure{title: 1e-6, body: 1e-6, titleBM: 1e-6, bodyBM: 1e-6}
	for _, w := range c.words {
		total += w.weight * w.rareDoc
	}
	average := 0.0
	for _, x := range c.candidates {
		d := x.view.doc
		if measures[d] != nil {
			continue
		}
		average += float64(len(d.head.text())) * 2 / 3
		m := &docMeasure{}
		measures[d] = m
		head := p.in(d.head)
		for i, w := range c.words {
			m.title += w.weight * w.rareDoc * head[i]
			m.body += w.weight * w.rareDoc * min(1, w.inDoc[d.document.ID])
		}
		m.body /= total
		m.bodyBM = found[d.document.ID]
	}
	average /= float64(len(measures))
	c.weighNames(p, measures)
	for d, m := range measures {
		m.titleBM = bm25(grams, rarity, d.head, average)
		most.title, most.body = max(most.title, m.title), max(most.body, m.body)
		most.titleBM, most.bodyBM = max(most.titleBM, m.titleBM), max(most.bodyBM, m.bodyBM)
	}
	best, sum := math.Inf(-1), 0.0
	for d, m := range measures {
		m.score = m.title/6 + 2*m.body + m.titleBM/most.titleBM + 0.5*m.bodyBM/most.bodyBM
		if m.score > best || m.score == best && d.document.ID < c.meant.document.ID {
			best, c.meant = m.score, d
		}
	}
	for d, m := range measures {
		c.document[d] = math.Exp(3 * (m.score - best))
		sum += c.document[d]
	}
	for d := range measures {
		c.document[d] /= sum
	}
	c.documents(measures, most, total)
}

// weighNames measures by which of the words that stand in titles a question
// means a document: the fewer titles have one, the more it says.
func (c *comparison) weighNames(p *presences, measures map[*docView]*docMeasure) {
	total := 1e-6
	for i, w := range c.words {
		have, most := 0.0, 0.0
		for d := range measures {
			have += p.in(d.head)[i]
			most = max(most, p.in(d.head)[i])
		}
		worth := w.weight * math.Log(1+float64(len(measures))/(have+0.5))
		total += worth * most
		for d, m := range measures {
			m.named += worth * p.in(d.head)[i]
		}
	}
	for _, m := range measures {
		m.named /= total
	}
}

// documents keeps what was measured of documents, for the features.
func (c *comparison) documents(measures map[*docView]*docMeasure, most docMeasure, total float64) {
	mostNamed := 0.0
	for _, m := range measures {
		mostNamed = max(mostNamed, m.named)
	}
	for i := range c.candidates {
		d := c.candidates[i].view.doc
		m := measures[d]
		r := (*row)(&c.candidates[i].features)
		r.set("document: title", m.title/total)
		r.set("document: body", m.body)
		r.set("document: title of best", m.title/most.title)
		r.set("document: body BM25", m.bodyBM/most.bodyBM)
		r.set("document: share", c.document[d])
		r.set("document: meant", one64(d == c.meant))
		r.set("document: body of best", m.body/most.body)
		r.set("document: named", m.named)
		r.set("document: named less", mostNamed-m.named)
		r.set("document: named, squared", m.named*m.named)
		r.set("document: home", one64(d.home))
		r.set("document: home, none named", one64(d.home)*(1-mostNamed))
	}
}

type measurer struct {
	a                       *Engine
	c                       *comparison
	q                       *question
	p                       *presences
	all, last, near, rarity map[string]float64
	total                   float64 // weight times rarity of all words
	lastTotal               float64
	beside                  map[*docView][]float64 // how many candidates of a document have each word, and how many there are
	besideAll               []float64
	bare                    string // the question without the words by which one asks
	starts                  []int  // where each character of it begins, and its end
	common                  map[*plain]int
	patterns, certain       []*text.Pattern
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
		x.first = 1.6*x.found/most + 1.2*r[featureAt("covers: text, lead, path")] + 0.8*r[featureAt("covers: all")] + 0.8*c.document[x.view.doc]
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

// closePass measures the chosen candidates.
func (m *measurer) closePass() {
	m.fields()
	for i := range m.c.candidates {
		x := &m.c.candidates[i]
		x.view.prepare()
		m.kind(x)
		m.shape(x)
		m.numbers(x)
		m.stretches(x)
	}
}

// fields compares the grams of the question with each field.
func (m *measurer) fields() {
	fields := []struct {
		name string
		of   func(*view) *plain
	}{
		{"text", func(v *view) *plain { return v.text }},
		{"lead", func(v *view) *plain { return v.lead }},
		{"path", func(v *view) *plain { return v.path }},
		{"title", func(v *view) *plain { return v.doc.head }},
	}
	cs := m.c.candidates
	size := math.Log(2 + float64(utf8.RuneCountInString(m.q.text)))
	put := func(name string, values []float64) {
		most := 1e-6
		for _, v := range values {
			most = max(most, v)
		}
		for i := range cs {
			r := (*row)(&cs[i].features)
			r.set("BM25: "+name, values[i]/10/size)
			r.set("BM25 of best: "+name, values[i]/most)
		}
	}
	sum, lasts := make([]float64, len(cs)), make([]float64, len(cs))
	nears := make([]float64, len(cs))
	byField := map[string][]float64{}
	for _, f := range fields {
		average := 0.0
		for i := range cs {
			t := f.of(cs[i].view)
			t.counts()
			average += float64(t.size) / float64(len(cs))
		}
		values := make([]float64, len(cs))
		memo := map[*plain][3]float64{}
		for i := range cs {
			t := f.of(cs[i].view)
			k, ok := memo[t]
			if !ok {
				k[0] = bm25(m.all, m.rarity, t, average)
				if f.name != "title" {
					k[1] = k[0]
					if m.q.several() {
						k[1] = bm25(m.last, m.rarity, t, average)
					}
					k[2] = bm25(m.near, m.rarity, t, average)
				}
				memo[t] = k
			}
			values[i] = k[0]
			lasts[i] += k[1]
			nears[i] += k[2]
		}
		byField[f.name] = values
		put(f.name, values)
	}
	around, beside := make([]float64, len(cs)), map[*plain]float64{}
	for i := range cs {
		sum[i] = cs[i].found
		for _, v := range []*view{cs[i].view.before, cs[i].view.after} {
			if v != nil {
				k, ok := beside[v.text]
				if !ok {
					v.text.counts()
					k = bm25(m.all, m.rarity, v.text, 60)
					beside[v.text] = k
				}
				around[i] += k
			}
		}
	}
	put("whole", sum)
	put("last", lasts)
	put("near words", nears)
	put("around", around)
	context := make([]float64, len(cs))
	for i := range cs {
		context[i] = byField["text"][i] + byField["lead"][i] + byField["path"][i]
	}
	put("text, lead, path", context)
}

// kindNames are the kinds that have features of their own.
var kindNames = []string{"money", "who", "where", "phone", "materials", "penalty", "date", "days", "count", "percent", "freq", "permit", "define", "reason", "effective", "interpret", "cond", "how", "oblige"}

var strictNames = []string{"date", "who", "money", "where", "days", "materials", "how", "penalty", "permit", "cond", "count", "define"}

// vague are the kinds whose values say little.
var vague = wordSet("list compare isit whole ref how")

// kind measures whether the entry has what is asked for.
func (m *measurer) kind(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	asked, met, heading := 0.0, 0.0, 0.0
	is := map[string]bool{}
	for i := range kinds {
		k := &kinds[i]
		if !slices.Contains(m.q.kinds, k) {
			continue
		}
		is[k.name] = true
		if v.headed(i) {
			heading = 1
		}
		gives := v.gives(i)
		if !vague[k.name] {
			asked++
			met += one64(gives)
		}
		if slices.Contains(kindNames, k.name) {
			r.set("gives "+k.name, one64(gives))
		}
		if slices.Contains(strictNames, k.name) {
			r.set("surely gives "+k.name, one64(v.surely(i)))
		}
	}
	gives := 0.5
	if asked > 0 {
		gives = met / asked
	}
	unit := 0.5
	if len(m.q.values) > 0 {
		unit = 0
		for _, p := range m.q.values {
			unit += one64(p.MatchString(v.entry.Text)) / float64(len(m.q.values))
		}
	}
	covers, beyond := x.features[featureAt("covers: text, lead, path")], x.features[featureAt("covers: beyond its heads")]
	r.set("gives", gives)
	r.set("gives, under its heading", heading)
	r.set("gives × beyond", gives*beyond)
	certain, sure := 0.0, 0.0
	for i := range kinds {
		if kinds[i].strictRE != nil && is[kinds[i].name] {
			certain++
			sure += one64(v.surely(i))
		}
	}
	share := 0.5
	if certain > 0 {
		share = sure / certain
	}
	r.set("certain", share)
	r.set("certain × beyond", share*beyond)
	r.set("certain × covers", share*covers)
	r.set("gives × covers", gives*covers)
	r.set("unit", unit)
	r.set("unit: none", one64(unit == 0))
	r.set("unit × covers", unit*covers)
	r.set("unit × beyond", unit*beyond)
	m.sides(x, covers)
	yes := one64(m.q.yesNo)
	r.set("yes or no: denies", yes*one64(v.denies))
	r.set("yes or no: allows", yes*one64(v.allows))
	r.set("yes or no: says", yes*one64(v.denies || v.allows))
	r.set("enumerates", v.listing*one64(is["list"] || is["materials"] || is["define"] || is["whole"]))
	m.form(x, is)
}

func firstOf(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// sides measures whether the side is told that is asked about.
func (m *measurer) sides(x *candidate, covers float64) {
	r := (*row)(&x.features)
	share := 0.5
	if len(m.q.sides) > 0 {
		share = 0
		t := x.view.entry.Text + " " + strings.Join(x.view.entry.Path, "。") + " " + firstOf(x.view.entry.Lead, 60)
		for _, s := range m.q.sides {
			share += one64(s.told.MatchString(t)) / float64(len(m.q.sides))
		}
	}
	r.set("side", share)
	r.set("side: missed", one64(share < 0.5))
	r.set("side × covers", share*covers)
}

// form measures what sort of entry it is.
func (m *measurer) form(x *candidate, is map[string]bool) {
	v, r := x.view, (*row)(&x.features)
	k := v.entry.Kind
	list := one64(k == knowledge.EntryList)
	wantsList := one64(is["list"] || is["materials"] || is["how"] || is["cond"] || is["whole"] || is["define"])
	inPath := x.features[featureAt("covers: path")]
	r.set("is item", one64(k == knowledge.EntryItem))
	r.set("is row", one64(k == knowledge.EntryRow))
	r.set("is answer", one64(k == knowledge.EntryAnswer))
	r.set("is list", list)
	r.set("is list, wanted", list*wantsList)
	r.set("is list, wanted × path", list*wantsList*inPath)
	r.set("is attachment", one64(k == knowledge.EntryAttached))
	r.set("is attachment, wanted", one64(k == knowledge.EntryAttached)*one64(strings.Contains(m.q.text, "附件")))
	r.set("is signature", one64(k == knowledge.EntrySigned))
	r.set("is purpose", one64(k == knowledge.EntryPurpose))
	r.set("is purpose, wanted", one64(k == knowledge.EntryPurpose)*one64(is["whole"] || is["reason"]))
	r.set("is row, wanted", one64(k == knowledge.EntryRow)*one64(is["money"] || is["date"] || is["who"] || is["count"] || is["days"] || is["percent"]))
	leads := one64(strings.HasSuffix(v.entry.Text, "：") || strings.HasSuffix(v.entry.Text, ":"))
	r.set("leads a list", leads)
	r.set("leads a list, wanted", leads*one64(is["list"]))
}

func (m *measurer) shape(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	r.set("length", math.Log1p(float64(v.length))/5)
	r.set("very short", one64(v.length < 9))
	r.set("segments", float64(len(v.segments))/10)
	named := one64(len(m.q.place) > 0 && m.q.place.names(v))
	r.set("place", named)
	r.set("place × document", named*m.c.document[v.doc])
}

// numbers measures the numbers of the question against the entry's.
func (m *measurer) numbers(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	digits := 0.0
	for d := range m.q.digits {
		if v.digits[d] {
			digits = 1
		}
	}
	equal, inside, outside := 0.0, 0.0, 0.0
	for _, n := range m.q.numbers {
		if v.amounts[n] {
			equal = 1
		}
		for _, i := range v.ranges {
			switch {
			case i.unit != n.unit:
			case i.holds(n.value):
				inside = 1
			default:
				outside = 1
			}
		}
	}
	r.set("number: same digits", digits)
	r.set("number: same amount", equal)
	r.set("number: in range", inside)
	r.set("number: out of range", outside*(1-inside))
}

// stretches measures the longest stretch in common, and what of the question
// stands together in one part of the sentence.
func (m *measurer) stretches(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	r.set("longest stretch: text", float64(m.longestCommon(v.text))/8)
	r.set("longest stretch: heads", float64(max(m.longestCommon(v.path), m.longestCommon(v.lead)))/8)
	inText := m.p.in(v.text)
	patterns, certain := m.patterns, m.certain
	best, typed, sure, aspect, aspectTyped, aspectSure := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	aspectTotal := 1e-6
	for k := range m.c.words {
		if w := &m.c.words[k]; slices.Contains(m.q.aspect, w.word) {
			aspectTotal += w.weight * w.rarity
		}
	}
	for i, seg := range v.joined {
		sum, asp := 0.0, 0.0
		for k := range m.c.words {
			if w := &m.c.words[k]; inText[k] > 0 {
				g := w.weight * w.rarity * w.presence(seg)
				sum += g
				if slices.Contains(m.q.aspect, w.word) {
					asp += g
				}
			}
		}
		best, aspect = max(best, sum), max(aspect, asp)
		if (sum > sure || asp > aspectSure) && slices.ContainsFunc(certain, func(p *text.Pattern) bool { return p.MatchString(v.segments[i]) }) {
			sure, aspectSure = max(sure, sum), max(aspectSure, asp)
		}
		if asp > aspectTyped && slices.ContainsFunc(patterns, func(p *text.Pattern) bool { return p.MatchString(v.segments[i]) }) {
			aspectTyped = asp
		}
		if sum > typed && slices.ContainsFunc(patterns, func(p *text.Pattern) bool { return p.MatchString(v.segments[i]) }) {
			typed = sum
		}
	}
	r.set("one part: covers", best/m.total)
	if len(patterns) == 0 {
		typed = best
	}
	r.set("one part: covers with value", typed/m.total)
	if len(patterns) == 0 {
		aspectTyped = aspect
	}
	if len(certain) == 0 {
		sure, aspectSure = best, aspect
	}
	r.set("one part: covers with certain value", sure/m.total)
	r.set("one part: has certain value", one64(len(certain) > 0 && sure > 0))
	r.set("one part: aspect", aspect/aspectTotal)
	r.set("one part: aspect with value", aspectTyped/aspectTotal)
	r.set("one part: aspect with certain value", aspectSure/aspectTotal)
	r.set("one part: has value", one64(len(patterns) > 0 && typed > 0))
	m.backwards(x)
}

// valuePatterns are those of values that are told apart well.
func (q *question) valuePatterns() []*text.Pattern {
	if len(q.values) > 0 {
		return q.values
	}
	var out []*text.Pattern
	for _, k := range q.kinds {
		if k.valueRE != nil && isOne(k.name, "money", "percent", "count", "days", "date", "freq", "phone") {
			out = append(out, k.valueRE)
		}
	}
	return out
}

// certainPatterns are those of what gives a kind of thing for certain.
func (q *question) certainPatterns() []*text.Pattern {
	out := slices.Clone(q.values)
	for _, k := range q.kinds {
		if k.strictRE != nil {
			out = append(out, k.strictRE)
		}
	}
	return out
}

// longestCommon gives how many characters the longest stretch has that the
// question and a text share.
func (m *measurer) longestCommon(t *plain) int {
	if n, ok := m.common[t]; ok {
		return n
	}
	best := 0
	for i := range m.starts[:len(m.starts)-1] {
		for i+best+1 < len(m.starts) && strings.Contains(t.text(), m.bare[m.starts[i]:m.starts[i+best+1]]) {
			best++
		}
	}
	m.common[t] = best
	return best
}

// backwards measures how much of what the entry hangs on the question has: its
// condition, its heading, the question it answers, the key of its row.
func (m *measurer) backwards(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	condition := 0.0
	for _, s := range v.segments[:max(0, len(v.segments)-1)] {
		if len([]rune(s)) > 3 && (strings.HasSuffix(s, "的") || strings.HasSuffix(s, "后") || strings.HasSuffix(s, "前") || strings.HasSuffix(s, "期间") || strings.HasSuffix(s, "时")) {
			condition = max(condition, m.has(s))
		}
	}
	r.set("asked: its condition", condition)
	heading := 0.0
	if n := len(v.entry.Path); n > 0 {
		heading = m.has(v.entry.Path[n-1])
	}
	r.set("asked: its heading", heading)
	own := 0.0
	if v.entry.Kind == knowledge.EntryAnswer || v.entry.Document.Clauses[v.entry.From].Kind == knowledge.Question {
		own = m.has(v.entry.Lead)
	}
	r.set("asked: its own question", own)
	r.set("asked: its row", m.rowKey(v))
}

// has says how much of a stretch, by rarity, the question has.
func (m *measurer) has(s string) float64 {
	met, total := 0.0, 0.0
	for _, g := range index.Grams(index.Compact(s)) {
		k, ok := m.rarity[g]
		if !ok {
			k = 7
		}
		total += k
		if m.all[g] > 0 || m.near[g] > 0 {
			met += k
		}
	}
	return met / (total + 4)
}

// rowKey says whether the question names the row by one of its first cells.
func (m *measurer) rowKey(v *view) float64 {
	best := 0.0
	for _, cell := range v.cells[:min(3, len(v.cells))] {
		n := utf8.RuneCountInString(cell)
		if n < 2 || n > 14 {
			continue
		}
		last := strings.ReplaceAll(m.q.last, " ", "")
		switch {
		case strings.Contains(last, cell):
			best = max(best, 1)
			continue
		case strings.Contains(strings.ReplaceAll(m.q.text, " ", ""), cell):
			best = max(best, 0.6)
			continue
		}
		for _, w := range m.c.words {
			share := 0.6
			if w.last {
				share = 1
			}
			if utf8.RuneCountInString(w.word) >= 2 && strings.HasPrefix(cell, w.word) {
				best = max(best, 0.8*share)
			}
			for _, n := range w.near[1:] {
				if n.Word == cell || utf8.RuneCountInString(n.Word) >= 3 && strings.Contains(cell, n.Word) {
					best = max(best, n.Weight*share)
				}
			}
		}
	}
	return best
}
