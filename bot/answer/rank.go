package answer

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"zujian/index"
	"zujian/knowledge"
)

// clauseKey is a clause of a document, as a key.
type clauseKey struct {
	doc    *knowledge.Document
	clause int
}

// standing is what speaks for a clause as the answer to a question.
type standing struct {
	ref
	near    [3]float64 // the likeness of the nearest ways of asking that lead to it
	piece   float64    // how many pieces its keeper put before it
	profile float64    // the likeness of all that is asked of it together
	words   float64    // the likeness of the clause itself
	votes   float64    // its share of the votes of the near ways of asking
	heading float64
	likely  float64 // by the wording of all that is asked of it
	target  int     // of the nearest way of asking; -1: none
	z       float64 // all of it weighed
}

// How much each counts, of a regression over questions written for it.
var standingWeights = [...]float64{3.51, 2.12, 0.98, 0.18, 0.78, 4.57, 1.77, -2.52, 2.51}

func (s *standing) features() [9]float64 {
	return [9]float64{s.near[0], s.near[1], s.near[2], s.piece, s.profile, s.words, s.votes, s.heading, s.likely}
}

func (s *standing) weigh() {
	s.z = 0
	for i, f := range s.features() {
		s.z += standingWeights[i] * f
	}
}

// standings gives the clauses that may answer a question, the likeliest first.
func (a *Answerer) standings(q index.Text, asked []index.Match, text []scoredRef) []*standing {
	all := map[clauseKey]*standing{}
	at := func(r ref) *standing {
		k := clauseKey{r.doc, r.clause}
		if all[k] == nil {
			s := &standing{ref: r, target: -1}
			if isHeading(r) {
				s.heading = 1
			}
			all[k] = s
		}
		return all[k]
	}
	votes := 0.0
	for _, m := range asked {
		t := a.targets[a.owner[m.ID]]
		if !t.field || t.gap != nil {
			continue
		}
		for i, r := range t.pieces {
			s := at(r)
			s.meets(m.Score, float64(i), a.owner[m.ID], r)
			v := m.Score * m.Score * math.Pow(0.7, float64(i))
			s.votes += v
			votes += v
		}
	}
	for i, r := range text {
		if i < 8 {
			at(r.ref)
		}
	}
	for _, m := range a.profiles.Top(q, len(a.profiled)) {
		if s := all[a.profiled[m.ID]]; s != nil {
			s.profile = m.Score
		}
	}
	likely := a.sorter.Score(q)[:len(a.profiled)]
	best := -9.0
	for _, x := range likely {
		best = max(best, x)
	}
	for i, k := range a.profiled {
		if s := all[k]; s != nil {
			s.likely = likely[i] - best
		}
	}
	var out []*standing
	for _, s := range all {
		s.words = likest([]ref{s.ref}, text)
		s.votes /= votes + 1e-9
		s.weigh()
		out = append(out, s)
	}
	sortStandings(out)
	return out
}

const mostNear = 40 // ways of asking that are looked at

// meets takes in one way of asking that leads to the clause.
func (s *standing) meets(score, piece float64, target int, r ref) {
	if s.near[0] == 0 {
		s.piece, s.target, s.ref = min(piece, 3), target, r
	}
	for i := range s.near {
		if s.near[i] == 0 {
			s.near[i] = score
			return
		}
	}
}

func sortStandings(out []*standing) {
	slices.SortFunc(out, func(x, y *standing) int {
		return cmp.Or(cmp.Compare(y.z, x.z), cmp.Compare(x.clause, y.clause), strings.Compare(x.doc.ID, y.doc.ID))
	})
}

// blendStandings joins what the whole conversation says with what its last turn
// says. What only one of them has is as low in the other as its last.
func blendStandings(whole, last []*standing) []*standing {
	low := func(in []*standing) float64 {
		if len(in) == 0 {
			return 0
		}
		return in[len(in)-1].z
	}
	lowWhole, lowLast := low(whole), low(last)
	at := map[clauseKey]*standing{}
	for _, s := range whole {
		at[clauseKey{s.doc, s.clause}] = s
		s.z = wholeShare*s.z + (1-wholeShare)*lowLast
	}
	for _, s := range last {
		if w := at[clauseKey{s.doc, s.clause}]; w != nil {
			w.z += (1 - wholeShare) * (s.z - lowLast)
			continue
		}
		s.z = wholeShare*lowWhole + (1-wholeShare)*s.z
		whole = append(whole, s)
	}
	sortStandings(whole)
	return whole
}

// wholeShare is how much the whole conversation counts, beside its last turn.
const wholeShare = 0.55

// likelihoods are how much the wording of a question speaks for its being
// answered, and for its being a known gap.
type likelihoods struct{ answered, gap float64 }

func (a *Answerer) likelihoods(q index.Text) likelihoods {
	scores := a.sorter.Score(q)
	n := len(a.profiled)
	l := likelihoods{-9, -9}
	if n > 0 {
		l.answered = slices.Max(scores[:n])
	}
	for i, t := range a.targets {
		if t.gap != nil {
			l.gap = max(l.gap, scores[n+i])
		}
	}
	return l
}

// and is the mean of two.
func (l likelihoods) and(m likelihoods) likelihoods {
	return likelihoods{(l.answered + m.answered) / 2, (l.gap + m.gap) / 2}
}

// sortAsks learns how each clause, each gap and what is outside the field is
// asked for, and joins all that is asked of each clause into one text.
func (a *Answerer) sortAsks(texts []index.Text) {
	number := map[clauseKey]int{}
	for _, x := range a.targets {
		if k, ok := x.clause(); ok {
			if _, known := number[k]; !known {
				number[k] = len(a.profiled)
				a.profiled = append(a.profiled, k)
			}
		}
	}
	kinds := make([]int, len(texts))
	joined := make([][]index.Text, len(a.profiled))
	for i, t := range texts {
		kinds[i] = len(a.profiled) + a.owner[i]
		if k, ok := a.targets[a.owner[i]].clause(); ok {
			kinds[i] = number[k]
			joined[kinds[i]] = append(joined[kinds[i]], t)
		}
	}
	a.sorter = index.NewSorter(texts, kinds, len(a.profiled)+len(a.targets))
	profiles := make([]index.Text, len(joined))
	for i := range joined {
		profiles[i] = index.Join(joined[i]...)
	}
	a.profiles = index.NewMatcher(profiles)
}

// clause gives the clause that answers first, where the target answers.
func (t target) clause() (clauseKey, bool) {
	if !t.field || t.gap != nil {
		return clauseKey{}, false
	}
	return clauseKey{t.pieces[0].doc, t.pieces[0].clause}, true
}
