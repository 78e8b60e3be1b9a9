package answer

import (
	"math"

	"zujian/index"
)

// stands weighs what speaks for a question being answered by the best clause
// against what speaks for its being one of those that the documents do not
// answer: above 0 it is more likely answered. The weights are of a logistic
// regression over questions written for it.
func (a *Answerer) stands(last string, s scored, w wanted) float64 {
	if len(s.standings) == 0 || s.standings[0].target < 0 {
		return math.Inf(-1)
	}
	z := standsBias
	for i, f := range a.standsFor(last, s, w) {
		z += standsWeights[i] * f
	}
	return z
}

const standsBias = -1.04

var standsWeights = [...]float64{-2.86, -1.20, -1.50, 0.28, 0.90, -0.86, 1.38, 1.71, -1.29}

// standsFor gives what stands weighs.
func (a *Answerer) standsFor(last string, s scored, w wanted) [9]float64 {
	answer, gap, _ := a.best(s.asked)
	pieces := a.targets[s.standings[0].target].pieces
	return [9]float64{
		s.lean,
		yes(w != anything && !w.answers(s.standings[0].shown())),
		yes(!listed(last, pieces)),
		yes(w != anything),
		logOf(answer.score),
		logOf(gap.score),
		s.share,
		s.likely.answered,
		s.likely.gap,
	}
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// logOf is the logarithm of a likeness, with a floor under it.
func logOf(x float64) float64 { return math.Log(x + 0.03) }

// answeredShare is how much of the nearest ways of asking, the nearer counting
// more, leads to an answer.
func (a *Answerer) answeredShare(near []index.Match) float64 {
	answered, all := 0.0, 1e-9
	for _, m := range near[:min(len(near), 12)] {
		t := a.targets[a.owner[m.ID]]
		v := m.Score * m.Score
		all += v
		if t.field && t.gap == nil {
			answered += v
		}
	}
	return answered / all
}
