package engine

import (
	"maps"
	"math"
	"slices"
)

// Outcome is how far a question is answered.
type Outcome string

// The outcomes of a decision.
const (
	Sure      Outcome = "answered"   // the first entry answers
	Unsure    Outcome = "unsure"     // the nearest are shown, and that they may not answer
	NotStated Outcome = "not_stated" // no document says
)

// Decision is what was decided about a question, and from what.
type Decision struct {
	Outcome    Outcome
	Answerable float64  // how likely any document answers
	Right      float64  // how likely the first entry does
	Missing    []string // words that no document has
	Absent     []string // words that some document has, but not the one of the first entry
	Together   bool     // what is asked for stands in the same stretch as what it is asked of
	Features   map[string]float64
}

// DecisionModel is what was learned of deciding. Features that a model does not
// name count nothing.
type DecisionModel struct {
	Answerable Logistic `yaml:"answerable"`
	Right      Logistic `yaml:"right"`
	// An answer is sure from here on: the log odds of right, with Beside times
	// those of answerable.
	Sure   float64 `yaml:"sure"`
	Beside float64 `yaml:"beside"`
	// Where answerable is less likely than this, nothing is stated.
	NotStated float64 `yaml:"not_stated"`
}

// Logistic is a calibrated logistic model of named features: the sum of weights
// and intercept is stretched by Slope and moved by Offset.
type Logistic struct {
	Weights   map[string]float64 `yaml:"weights"`
	Intercept float64            `yaml:"intercept"`
	Slope     float64            `yaml:"slope"`
	Offset    float64            `yaml:"offset"`
}

// Probability gives how likely it is, from 0 to 1.
func (l *Logistic) Probability(features map[string]float64) float64 {
	return probability(l.calibrated(l.sum(features)))
}

func (l *Logistic) sum(features map[string]float64) float64 {
	z := l.Intercept
	for _, name := range slices.Sorted(maps.Keys(l.Weights)) { // so that it is the same to the last bit
		z += l.Weights[name] * features[name]
	}
	return z
}

func (l *Logistic) calibrated(sum float64) float64 { return l.Slope*sum + l.Offset }

func probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

func logOdds(p float64) float64 { return math.Log(max(p, 1e-9) / max(1-p, 1e-9)) }

// Decide says how far the entries shown answer the question. order are the
// candidates in the order in which they would be shown, none holding another.
func (m *DecisionModel) Decide(c *comparison, order []int) Decision {
	if len(order) == 0 {
		return Decision{Outcome: NotStated}
	}
	e := newEvidence(c, order)
	d := Decision{Features: e.features(), Missing: e.missing(), Absent: e.absent(), Together: e.together}
	d.Answerable, d.Right = m.Answerable.Probability(d.Features), m.Right.Probability(d.Features)
	d.Outcome = m.outcome(d.Answerable, d.Right)
	return d
}

func (m *DecisionModel) outcome(answerable, right float64) Outcome {
	switch {
	case logOdds(right)+m.Beside*logOdds(answerable) >= m.Sure:
		return Sure
	case answerable < m.NotStated:
		return NotStated
	}
	return Unsure
}
