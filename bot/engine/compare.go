package engine

import (
	"context"
	"math"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge/text"
)

// courtesy is what a question has that is not about anything.
var courtesy = text.NewPattern(`什么时候|啥时候|多少|几个|几天|怎么样|怎么|咋样|咋|如何|哪些|哪个|哪里|哪儿|什么|啥|是不是|能不能|可不可以|要不要|有没有|吗|呢|吧|我们|你们|我` +
	`|你|请问|的|了|一下|那个|这个|来着|到底|咱|俺|啊|呀|嘛|不$|没$`)

var (
	denying = text.NewPattern(`不得|不能|不可以|不予|不再|不受理|不接受|除外|不属于|不列入|不适用|不享受|不发|不安排|不单独|不需要|无须|不必|不兼任|不办理|不纳入|不占|不包括|不计` +
		`|严禁|禁止|不准|不许|未.{0,10}的`)
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
	c.lean = a.lean(termsOf(q.turns[len(q.turns)-1], a.words))
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
	if i >= len(*r) {
		*r = append(*r, make([]float64, max(i+1, len(featureNames()))-len(*r))...)
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

// measure fills in the features of every candidate that is close enough.
func (a *Engine) measure(ctx context.Context, c *comparison, docs []index.Found) {
	if len(c.candidates) == 0 {
		return
	}
	q := c.q
	all, last, near := q.gramsOf(false), q.gramsOf(true), nearGrams(c.words)
	rarity := a.gramRarity(ctx, merged(all, near))
	p := &presences{c.words, map[*plain][]float64{}}
	m := &measurer{a: a, c: c, q: q, p: p, all: all, near: near, rarity: rarity,
		weighed: weigh(all, rarity), lastWeighed: weigh(last, rarity), nearWeighed: weigh(near, rarity)}
	a.weighDocuments(c, p, docs, m.weighed)
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
