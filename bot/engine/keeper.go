package engine

import (
	"math"

	"zujian/knowledge"
)

// mostAskedFor is how many of the nearest ways of asking make candidates.
const mostAskedFor = 16

// addAsked makes candidates of what the nearest ways of asking lead to.
func (c *comparison) addAsked(a *Engine) {
	have := map[*view]int{}
	for i, x := range c.candidates {
		have[x.view] = i
	}
	for _, near := range c.asks[:min(mostAskedFor, len(c.asks))] {
		if !near.Target.Answers() {
			continue
		}
		d := a.pool.byDoc[near.Target.Document.ID]
		for _, p := range near.Target.Pieces {
			v := d.entryOf(p)
			if v == nil {
				continue
			}
			i, ok := have[v]
			if !ok {
				i = len(c.candidates)
				have[v] = i
				c.candidates = append(c.candidates, candidate{view: v})
			}
			c.candidates[i].asked = true
		}
	}
}

// askedFor is what the ways of asking say for the clauses of one document.
type askedFor struct {
	near  [3]float64 // how like the nearest ones are
	piece float64    // how many pieces their keeper put before it, in the nearest
	votes float64

	likely float64 // by the wording of all that is asked of the target
}

// leastLikely is for what nobody asks for so.
const leastLikely = -2.0

// measureAsked measures how like the question is to what leads to each candidate.
func (c *comparison) measureAsked() {
	clauses, documents, votes := c.askedClauses()
	likeliest := leastLikely
	for _, near := range c.asks {
		if near.Target.Answers() {
			likeliest = max(likeliest, near.likely)
		}
	}
	for i := range c.candidates {
		x := &c.candidates[i]
		v := x.view
		id := v.doc.document.ID
		best := askedFor{piece: 3, likely: leastLikely}
		for k := v.entry.From; k <= v.entry.To; k++ {
			if x := clauses[id][k]; x != nil && x.near[0] > best.near[0] {
				best = *x
			}
		}
		r := (*row)(&x.features)
		like := best.near[0]
		r.set("keeper: asked so", like)
		r.set("keeper: asked so, squared", like*like)
		r.set("keeper: second", best.near[1])
		r.set("keeper: third", best.near[2])
		r.set("keeper: piece", (3-best.piece)/3*like)
		r.set("keeper: votes", best.votes/votes)
		r.set("keeper: likely", max(leastLikely, best.likely-likeliest)/2)
		r.set("keeper: document", documents[id])
		r.set("keeper: document, squared", documents[id]*documents[id])
		r.set("keeper: document, none named", documents[id]*x.of("document: home, none named"))
	}
}

// askedClauses gives by document and clause what leads there, and how like the
// question is to what is asked of each document, its gaps among it.
func (c *comparison) askedClauses() (clauses map[string]map[int]*askedFor, documents map[string]float64, votes float64) {
	clauses, documents, votes = map[string]map[int]*askedFor{}, map[string]float64{}, 1e-6
	for _, near := range c.asks {
		t := near.Target
		if t.Document == nil {
			continue
		}
		id := t.Document.ID
		documents[id] = max(documents[id], near.Like)
		if !t.Answers() {
			continue
		}
		if clauses[id] == nil {
			clauses[id] = map[int]*askedFor{}
		}
		for i, p := range t.Pieces {
			vote := near.Like * near.Like * math.Pow(0.7, float64(i))
			clauses[id][p.Clause] = clauses[id][p.Clause].with(near, i, vote)
			votes += vote
		}
	}
	return clauses, documents, votes
}

// with takes in one more way of asking; they come best first.
func (x *askedFor) with(near Ask, piece int, vote float64) *askedFor {
	if x == nil {
		x = &askedFor{piece: float64(min(piece, 3)), likely: near.likely}
	}
	x.votes += vote
	x.likely = max(x.likely, near.likely)
	for i := range x.near {
		if x.near[i] == 0 {
			x.near[i] = near.Like
			break
		}
	}
	return x
}

// Keeper is what the ways of asking that a document's keeper wrote down say of a
// question as a whole.
type Keeper struct {
	Answer, Gap, Outside float64 // how like the nearest of each is, from 0 to 1
	Missing              *Target // the nearest gap; nil: none
	share                float64 // of the twelve nearest: how much leads to an answer
	likely, likelyGap    float64 // of each kind the likeliest by its wording
}

// nearestTwelve is how many of the ways of asking vote on whether it is answered.
const nearestTwelve = 12

func (c *comparison) keeper(of *knowledge.Document) Keeper {
	k := Keeper{likely: leastLikely, likelyGap: leastLikely}
	answered, all := 0.0, 1e-9
	for i, near := range c.asks {
		t := near.Target
		switch {
		case t.Document == nil:
			k.Outside = max(k.Outside, near.Like)
		case of != nil && t.Document != of:
			continue
		case t.Gap != nil:
			k.likelyGap = max(k.likelyGap, near.likely)
			if near.Like > k.Gap {
				k.Gap, k.Missing = near.Like, t
			}
		default:
			k.likely = max(k.likely, near.likely)
			k.Answer = max(k.Answer, near.Like)
		}
		if i < nearestTwelve {
			v := near.Like * near.Like
			all += v
			answered += v * one64(t.Answers())
		}
	}
	k.share = answered / all
	return k
}
