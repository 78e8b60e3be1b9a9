package engine

import (
	"context"
	"math"

	"zujian/knowledge"
)

// earlier is what the turns before the last are about, which it leans on.
type earlier struct {
	documents map[*docView]float64 // how likely each is the one; they sum to 1
	entry     *view                // the likeliest to have answered
}

// besideEarlier is how many entries before and behind the one that answered the turn
// before are candidates, whatever words they have.
const besideEarlier = 30

// lookBack answers the turns before the last; nil where there are none, or nothing
// is near to them.
func (a *Engine) lookBack(ctx context.Context, q *question) (*earlier, error) {
	if !q.several() {
		return nil, nil
	}
	c, shown, err := a.ranked(ctx, q.turns[:len(q.turns)-1])
	if err != nil || len(shown) == 0 {
		return nil, err
	}
	b := &earlier{documents: map[*docView]float64{}, entry: shown[0].view}
	sum := 0.0
	for _, x := range c.candidates { // in their order, so that it is the same to the last bit
		best := max(b.documents[x.view.doc], math.Exp(x.score-shown[0].score))
		sum += best - b.documents[x.view.doc]
		b.documents[x.view.doc] = best
	}
	for d := range b.documents {
		b.documents[d] /= sum
	}
	return b, nil
}

// addEarlier makes candidates of the entries around the one that answered before.
func (c *comparison) addEarlier() {
	if c.earlier == nil {
		return
	}
	at, doc := c.earlier.entry.index, c.earlier.entry.doc
	beside := func(v *view) bool { return v.doc == doc && v.index >= at-besideEarlier && v.index <= at+besideEarlier }
	have := map[*view]bool{}
	for i := range c.candidates {
		x := &c.candidates[i]
		x.beside = beside(x.view)
		have[x.view] = true
	}
	for _, v := range doc.entries {
		if !have[v] && v.entry.Answers() && beside(v) {
			c.candidates = append(c.candidates, candidate{view: v, beside: true})
		}
	}
}

// measureEarlier measures what a candidate has to do with the turns before.
func (c *comparison) measureEarlier() {
	if c.earlier == nil {
		return
	}
	from := c.earlier.entry
	for i := range c.candidates {
		x := &c.candidates[i]
		r, v := (*row)(&x.features), x.view
		r.set("turns: document before", c.earlier.documents[v.doc])
		if v.doc != from.doc {
			continue
		}
		r.set("turns: entry before", one64(v == from))
		r.set("turns: beside the entry before", math.Exp(-math.Abs(float64(v.index-from.index))/4))
		r.set("turns: section of the entry before", one64(sectionOf(v.entry) == sectionOf(from.entry)))
	}
}

func sectionOf(e *knowledge.Entry) int { return e.Document.Clauses[e.From].Section }
