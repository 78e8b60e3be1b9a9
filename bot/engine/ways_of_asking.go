package engine

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// Target is where a way of asking leads, as the keeper of a document wrote it
// down: words of the document, the knowledge that it does not say, or out of the
// field.
type Target struct {
	Document *knowledge.Document // nil: outside the field
	Pieces   []knowledge.Piece   // what answers; of a gap the nearest words there are
	Gap      *knowledge.Gap      // nil where pieces answer
	Written  *knowledge.Written  // a short answer of the keeper's own; nil: none
	Own      bool                // an office added it: who asks in these very words gets it

	wordings *wordings
}

// Answers says whether the target's pieces answer.
func (t *Target) Answers() bool { return t.Document != nil && t.Gap == nil }

// kind is under what the index holds the target's ways of asking.
func (t *Target) kind() string {
	switch {
	case t.Document == nil:
		return index.KindOutside
	case t.Gap != nil:
		return index.KindGap
	}
	return index.KindAsk
}

// ask is one way of asking.
type ask struct {
	*wording
	target *Target
}

// wordings is the ways of asking for one thing, as questions are compared with them.
// Offices that have the same ones have one of these together.
type wordings struct {
	words *index.Words
	each  []wording

	once   sync.Once
	counts map[string]float64 // of them, how many have a term
}

// wording is a way of asking with what it is compared by, which is made when it is
// first needed.
type wording struct {
	text    string
	once    sync.Once
	terms   []term
	weighed atomic.Pointer[termWeights]
}

// termWeights is what a wording's terms count by their rarity.
type termWeights struct {
	by      *rarities
	weights []float64
	norm    float64 // of all of them
}

// term is what a way of asking is compared by, with how much it counts before
// its rarity.
type term struct {
	name   string
	weight float64
}

// Ask is a way of asking that is like a question, from 0 to 1.
type Ask struct {
	Text   string
	Target *Target
	Like   float64
	likely float64 // by the wording of all that is asked of its target
}

// askID begins the ids of ways of asking in the index.
const askID = "ask/"

// collectAsks takes what the keepers wrote down that people ask.
func (p *pool) collectAsks(l *knowledge.Library) {
	all, version := text.NewDigest(), p.words.Version()
	all.Add(version)
	add := func(t *Target, asks []string) {
		t.wordings = wordingsOf(p.words, version, asks)
		for i := range t.wordings.each {
			p.asks = append(p.asks, ask{&t.wordings.each[i], t})
		}
		all.Add(t.kind())
		all.Add(asks...)
	}
	for _, d := range p.docs {
		d := d.document
		for _, k := range d.Asked {
			add(&Target{Document: d, Pieces: k.Pieces, Own: k.Own}, k.Asks)
		}
		for i := range d.Written {
			w := &d.Written[i]
			add(&Target{Document: d, Pieces: w.Pieces, Written: w, Own: w.Own}, w.Asks)
		}
		for i := range d.Gaps {
			g := &d.Gaps[i]
			add(&Target{Document: d, Pieces: g.Near, Gap: g, Own: g.Own}, g.Asks)
		}
	}
	add(&Target{}, l.Outside)
	p.rarity = raritiesKept.get(all.Short(), func() *rarities { return new(rarities) })
}

// What offices have in common of ways of asking.
var (
	wordingsKept kept[wordings]
	raritiesKept kept[rarities]
)

func wordingsOf(words *index.Words, version string, asks []string) *wordings {
	return wordingsKept.get(version+strings.Join(asks, "\n"), func() *wordings {
		w := &wordings{words: words, each: make([]wording, len(asks))}
		for i, q := range asks {
			w.each[i].text = q
		}
		return w
	})
}

// having gives how many of the ways of asking have a term.
func (w *wordings) having(name string) float64 {
	w.once.Do(func() {
		w.counts = map[string]float64{}
		for i := range w.each {
			for _, x := range w.each[i].compared(w.words) {
				w.counts[x.name]++
			}
		}
	})
	return w.counts[name]
}

// askPassages gives the ways of asking as an index holds them: by their terms, or
// as they are.
func (p *pool) askPassages(inTerms bool) iter.Seq[index.Passage] {
	return func(yield func(index.Passage) bool) {
		for i, a := range p.asks {
			text := a.text
			if inTerms {
				text = a.termsInOne(p.words)
			}
			if !yield(index.Passage{ID: askID + strconv.Itoa(i), Kind: a.target.kind(), Label: strconv.Itoa(i), Text: text}) {
				return
			}
		}
	}
}

func (a *wording) termsInOne(words *index.Words) string {
	var b strings.Builder
	for _, t := range a.compared(words) {
		b.WriteString(t.name + " ")
	}
	return b.String()
}

func (a *wording) compared(words *index.Words) []term {
	a.once.Do(func() { a.terms = termsOf(index.Normalise(a.text), words) })
	return a.terms
}

// How much each kind of term counts, before rarity.
const (
	weightSingle  = 0.5
	weightPair    = 1.0
	weightConcept = 5.0
	conceptSpan   = 2 // concepts this near to each other make a pair
)

// termsOf gives the terms of a text in normal form, each once: its characters,
// pairs of them, concepts and pairs of concepts.
func termsOf(text string, words *index.Words) []term {
	sums := map[string]float64{}
	eachCharacterAndPair(strings.ReplaceAll(text, " ", ""), func(g string) {
		if len([]rune(g)) == 1 {
			sums[g] += weightSingle
		} else {
			sums[g] += weightPair
		}
	})
	said := conceptsOf(words, text)
	for i, c := range said {
		sums[conceptName('c', c)] += weightConcept
		for _, d := range said[i+1 : min(len(said), i+1+conceptSpan)] {
			sums[conceptName('d', min(c, d)+"+"+max(c, d))] += weightPair
		}
	}
	out := make([]term, 0, len(sums))
	for name, w := range sums {
		out = append(out, term{name, math.Sqrt(w)})
	}
	slices.SortFunc(out, func(a, b term) int { return strings.Compare(a.name, b.name) })
	return out
}

// conceptName is a concept as one word of an index.
func conceptName(kind byte, concept string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(concept))
	return fmt.Sprintf("%c%x", kind, h.Sum32())
}

// How many ways of asking are looked at.
const (
	asksFromIndex = 80
	mostAsks      = 40
)

// asksLike gives the ways of asking that are most like the last turn, by itself
// or with the one before it, best first. It fails where the index does.
func (e *Engine) asksLike(ctx context.Context, q *question) ([]Ask, error) {
	if len(e.pool.asks) == 0 {
		return nil, nil
	}
	last := q.turns[len(q.turns)-1]
	out, err := e.asksLikeText(ctx, last)
	if err != nil || !q.several() {
		return out, err
	}
	joined, err := e.asksLikeText(ctx, q.turns[len(q.turns)-2]+" "+last)
	if err != nil {
		return nil, err
	}
	best := map[string]int{}
	for i, a := range out {
		best[a.Text] = i
	}
	for _, a := range joined {
		if i, ok := best[a.Text]; !ok {
			out = append(out, a)
		} else {
			out[i].Like, out[i].likely = max(out[i].Like, a.Like), (out[i].likely+a.likely)/2
		}
	}
	return likest(out), nil
}

func likest(asks []Ask) []Ask {
	slices.SortStableFunc(asks, func(a, b Ask) int { return cmp.Compare(b.Like, a.Like) })
	return asks[:min(mostAsks, len(asks))]
}

// asksLikeText compares a text with the ways of asking that the index finds for
// it: the cosine of their terms, weighed by how rare each is among all.
func (e *Engine) asksLikeText(ctx context.Context, text string) ([]Ask, error) {
	terms := termsOf(text, e.words)
	if err := e.pool.rarity.know(ctx, e.finder, terms); err != nil {
		return nil, err
	}
	wanted, weights, norm := map[string]float64{}, map[string]float64{}, 0.0
	for _, t := range terms {
		w := t.weight * e.pool.rarity.of(t.name)
		wanted[t.name], weights[t.name] = t.weight, w
		norm += w * w
	}
	var found []index.Found
	for _, kind := range askKinds {
		some, err := e.finder.Find(ctx, index.Wanted{Kind: kind, Grams: wanted, Size: asksFromIndex})
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	var out []Ask
	for _, f := range found {
		i, err := strconv.Atoi(f.Label)
		if err != nil || i >= len(e.pool.asks) {
			continue
		}
		a := e.pool.asks[i]
		own, err := e.weighAsk(ctx, a.wording)
		if err != nil {
			return nil, err
		}
		both := 0.0
		for i, t := range a.terms {
			both += own.weights[i] * weights[t.name]
		}
		if both > 0 {
			out = append(out, Ask{Text: a.text, Target: a.target, Like: both / math.Sqrt(norm*own.norm)})
		}
	}
	out = likest(out)
	for i := range out {
		out[i].likely = e.likely(out[i].Target, terms)
	}
	return out, nil
}

// weighAsk weighs the terms of a way of asking, which is kept: it is the same for
// all that have the same ways of asking.
func (e *Engine) weighAsk(ctx context.Context, a *wording) (*termWeights, error) {
	if kept := a.weighed.Load(); kept != nil && kept.by == e.pool.rarity {
		return kept, nil
	}
	terms := a.compared(e.words)
	if err := e.pool.rarity.know(ctx, e.finder, terms); err != nil {
		return nil, err
	}
	r := &termWeights{by: e.pool.rarity, weights: make([]float64, len(terms))}
	for i, t := range terms {
		w := t.weight * e.pool.rarity.of(t.name)
		r.weights[i] = w
		r.norm += w * w
	}
	a.weighed.Store(r)
	return r, nil
}

// askKinds are what the index holds ways of asking under.
var askKinds = []string{index.KindAsk, index.KindGap, index.KindOutside}

// lean gives how much a text is worded like what is asked for gaps (above 0)
// rather than for answers: the mean over its terms.
func (e *Engine) lean(terms []term) float64 {
	sum, n := 0.0, 1.0
	for _, t := range terms {
		if odds := e.pool.rarity.all(t.name).odds; odds != 0 {
			sum += odds
			n++
		}
	}
	return sum / n
}

// targetDoubt is how many ways of asking a target is taken to have of what is
// usual anywhere, beside its own.
const targetDoubt = 4

// likely gives how much more usual a text's terms are among the ways of asking of
// a target than among all: the mean logarithm.
func (e *Engine) likely(t *Target, terms []term) float64 {
	all, sum, n := 0.0, 0.0, 1.0
	for _, kind := range askKinds {
		all += float64(e.finder.Held(kind))
	}
	for _, x := range terms {
		c := e.pool.rarity.all(x.name).counts
		usual := (c[0] + c[1] + c[2]) / all
		if usual == 0 {
			continue
		}
		sum += math.Log((t.wordings.having(x.name)/usual + targetDoubt) / (float64(len(t.wordings.each)) + targetDoubt))
		n++
	}
	return sum / n
}

// entryOf gives the shortest entry that holds a piece and may answer.
func (d *docView) entryOf(p knowledge.Piece) *view {
	var best *view
	for _, v := range d.entries {
		e := v.entry
		if p.Clause < e.From || p.Clause > e.To || !e.Answers() || e.Kind == knowledge.EntryList || !strings.Contains(e.Text, p.Text) {
			continue
		}
		if best == nil || len(e.Text) < len(best.entry.Text) {
			best = v
		}
	}
	return best
}

// AsksLike gives the ways of asking that are most like a text in the words of the
// documents, best first; none where the index fails.
func (e *Engine) AsksLike(ctx context.Context, text string) []Ask {
	out, err := e.asksLikeText(ctx, text)
	if err != nil {
		return nil
	}
	return out
}

// AskTexts gives every way of asking.
func (p *Pool) AskTexts() []string {
	out := make([]string, len(p.p.asks))
	for i, a := range p.p.asks {
		out[i] = a.text
	}
	return out
}

// Likeness says how like two texts in normal form are, from 0 to 1: the cosine of
// their terms.
func (p *Pool) Likeness(a, b string) float64 {
	both, one, other := 0.0, 0.0, 0.0
	has := map[string]float64{}
	for _, t := range termsOf(a, p.words) {
		has[t.name] = t.weight
		one += t.weight * t.weight
	}
	for _, t := range termsOf(b, p.words) {
		both += t.weight * has[t.name]
		other += t.weight * t.weight
	}
	if one == 0 || other == 0 {
		return 0
	}
	return both / math.Sqrt(one*other)
}
