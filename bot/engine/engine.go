// Package engine answers a question from any document that is held: it
// understands what is asked, finds entries by the index, ranks them by one
// trained model, decides whether they answer, and says the answer in spans of
// the entries.
package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// Engine answers questions from the documents of a library that are in force.
// It is safe for concurrent use.
type Engine struct {
	pool      *pool
	finder    Finder
	thesaurus *index.Thesaurus
	words     *index.Words
	u         *understander
	model     *Model
}

// searched says whether a document answers questions: those in force, without
// the digests of other organisations' rules.
func searched(d *knowledge.Document) bool {
	return d.Validity == knowledge.InForce && d.Kind != knowledge.Digest
}

// Pool is the documents of a library as they are indexed and compared.
type Pool struct {
	p     *pool
	words *index.Words
}

// NewPool cuts the documents in force into entries. home says of a document
// that it is the office's own: a question that names none leans to it.
func NewPool(l *knowledge.Library, words *index.Words, home func(*knowledge.Document) bool) *Pool {
	return &Pool{newPool(l, words, home), words}
}

// Passages is what an index holds of the pool.
func (p *Pool) Passages() index.Source { return p.p.Passages(true) }

// Version changes whenever the Passages do.
func (p *Pool) Version() string {
	sum := text.NewDigest()
	sum.Add(p.words.Version()) // of which the terms of the ways of asking are made
	for x := range p.p.Passages(false)() {
		sum.Add(x.ID, x.Kind, x.Title, x.Section, x.Text)
	}
	return sum.Short()
}

// Foreign says whether the pool has documents that are not the office's own.
func (p *Pool) Foreign() bool {
	return slices.ContainsFunc(p.p.docs, func(d *docView) bool { return !d.home })
}

// New makes an engine over a pool and the index of its passages.
func New(p *Pool, finder Finder, model *Model) *Engine {
	t := p.words.Thesaurus()
	e := &Engine{pool: p.p, finder: finder, thesaurus: t, words: p.words, model: model}
	e.u = &understander{thesaurus: t, words: p.words, known: e.known}
	return e
}

// known says whether some document has a stretch.
func (e *Engine) known(s string) bool {
	sp, err := e.finder.Spreads(context.Background(), []string{s})
	return err == nil && len(sp) == 1 && (sp[0].Entries > 0 || len(sp[0].Documents) > 0)
}

// mostShown is how many entries an answer has to choose from.
const mostShown = 5

// ranked compares a question with the entries and puts them in order.
func (e *Engine) ranked(ctx context.Context, turns []string) (*comparison, []*candidate, error) {
	c, err := e.compare(ctx, e.u.understand(turns))
	if err != nil {
		return nil, nil, err
	}
	return c, c.order(e.model, mostShown), nil
}

// order scores the candidates and gives the k best, best first, none containing
// another, whole lists only where one is asked for.
func (c *comparison) order(m *Model, k int) []*candidate {
	weights := m.weights(general)
	for i := range c.candidates {
		c.candidates[i].score = c.candidates[i].weighed(weights)
	}
	c.orderHome(m.weights(ofHome))
	c.placeRule()
	all := make([]*candidate, len(c.candidates))
	for i := range c.candidates {
		all[i] = &c.candidates[i]
	}
	slices.SortStableFunc(all, func(a, b *candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.view.index - b.view.index
	})
	var out []*candidate
	lists := c.q.wantsList()
	for _, x := range all {
		if x.view.entry.Kind == knowledge.EntryList && !lists {
			continue
		}
		within := func(o *candidate) bool {
			return strings.Contains(o.view.text.text(), x.view.text.text()) || strings.Contains(x.view.text.text(), o.view.text.text())
		}
		if slices.ContainsFunc(out, within) {
			continue
		}
		if out = append(out, x); len(out) == k {
			break
		}
	}
	return out
}

func (x *candidate) weighed(weights []float64) float64 {
	sum := 0.0
	for f, v := range x.features {
		if f < len(weights) {
			sum += weights[f] * v
		}
	}
	return sum
}

// orderHome puts the entries of the office's own document in the order of weights
// that were learned from it alone, in the places that it has among the others:
// its keeper wrote down how it is asked for, which says more than its words.
func (c *comparison) orderHome(weights []float64) {
	var home []*candidate
	var places []float64
	for i := range c.candidates {
		if x := &c.candidates[i]; x.view.doc.home {
			x.own = x.weighed(weights)
			home, places = append(home, x), append(places, x.score)
		}
	}
	slices.SortStableFunc(home, func(a, b *candidate) int { return -cmp.Compare(a.own, b.own) })
	slices.SortFunc(places, func(a, b float64) int { return -cmp.Compare(a, b) })
	for i, x := range home {
		x.score = places[i]
	}
}
