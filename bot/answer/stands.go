package answer

import "math"

// stands weighs what speaks for a question being answered by the best target
// against what speaks for its being one of those that the documents do not
// answer: above 0 it is more likely answered. The weights are of a logistic
// regression over questions written for it.
func (a *Answerer) stands(q, last string, s scored, answer candidate, covered float64, w wanted) float64 {
	if answer.score == 0 {
		return math.Inf(-1)
	}
	nearest, gap, _ := a.best(s.raw)
	z := -1.817 +
		0.226*logOf(answer.score) +
		1.463*logOf(nearest.score) -
		1.548*logOf(gap.score) -
		3.193*a.stated.Lean(last) +
		0.070*covered +
		1.310*s.share
	if w != anything {
		z += 1.029
		if !w.answers(a.targets[answer.target].pieces[0].shown()) {
			z -= 2.196
		}
	}
	if !listed(last, a.targets[answer.target].pieces) {
		z -= 2.652
	}
	return z
}

// logOf is the logarithm of a likeness, with a floor under it.
func logOf(x float64) float64 { return math.Log(x + 0.03) }

// answeredShare is how much of the nearest ways of asking, the nearer counting
// more, leads to an answer.
func (a *Answerer) answeredShare(q string) float64 {
	answered, all := 0.0, 1e-9
	for _, m := range a.asks.Top(q, 12) {
		t := a.targets[a.owner[m.ID]]
		v := m.Score * m.Score
		all += v
		if t.field && t.gap == nil {
			answered += v
		}
	}
	return answered / all
}
