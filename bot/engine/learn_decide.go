package engine

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// DecisionCase is a judged question with what its decision is made from, by a
// ranking that had not learned from it.
type DecisionCase struct {
	Features   map[string]float64
	Answerable bool   // some document answers
	Right      bool   // the first entry does
	Group      string // its document or part: learned from together or not at all
	Home       bool   // the first entry is of the office's own document
}

// DecisionRates are how often what is said surely may be wrong: of the
// questions that a document answers, and of those that none does. Among the
// bounds that keep to both, the one with most right answers is taken. Unstated
// is how many answerable questions may be called not stated.
type DecisionRates struct{ Wrong, False, Unstated float64 }

// WantedRates are those that the shipped model is made for, HomeRates where the
// office's own document comes first: there the keeper's words tell more.
var (
	WantedRates = DecisionRates{Wrong: 0.06, False: 0.09, Unstated: 0.05}
	HomeRates   = DecisionRates{Wrong: 0.08, False: 0.08, Unstated: 0.02}
)

// DecisionFigures are what came of decisions on judged questions. Shares of
// Right, Wrong and Unstated are of the answerable ones, those of False and
// Refused of the others.
type DecisionFigures struct {
	Answerable int     `yaml:"answerable"`
	Others     int     `yaml:"others"`
	Right      float64 `yaml:"right"`    // surely answered, and right
	Wrong      float64 `yaml:"wrong"`    // surely answered, and not
	Unstated   float64 `yaml:"unstated"` // called not stated
	False      float64 `yaml:"false"`    // surely answered where nothing answers
	Refused    float64 `yaml:"refused"`  // called not stated where nothing answers
}

const (
	decisionPenalty = 100
	decisionFolds   = 5
)

// LearnDecision learns both models, their calibration and the bounds. Bounds
// and calibration come of cases that the weights they stand for were not
// learned from.
func LearnDecision(cases []DecisionCase, rates DecisionRates) *DecisionModel {
	m := &DecisionModel{}
	apart := make([]chances, len(cases))
	for train, test := range foldsOf(cases, decisionFolds) {
		part := learnWeights(pick(cases, train))
		for _, i := range test {
			apart[i] = chances{part.Answerable.sum(cases[i].Features), part.Right.sum(cases[i].Features)}
		}
	}
	*m = *learnWeights(cases)
	calibrate(&m.Answerable, cases, func(i int) float64 { return apart[i].answerable }, func(c *DecisionCase) bool { return c.Answerable })
	calibrate(&m.Right, cases, func(i int) float64 { return apart[i].right }, func(c *DecisionCase) bool { return c.Right })
	for i := range apart {
		apart[i].answerable = m.Answerable.calibrated(apart[i].answerable)
		apart[i].right = m.Right.calibrated(apart[i].right)
	}
	m.choose(cases, apart, rates)
	return m
}

// TryDecision learns from all groups but some, decides those, and so on for
// all: the figures are of questions that nothing was learned from.
func TryDecision(cases []DecisionCase, rates DecisionRates, folds int) (DecisionFigures, []Outcome) {
	outcomes := make([]Outcome, len(cases))
	for train, test := range foldsOf(cases, folds) {
		m := LearnDecision(pick(cases, train), rates)
		for _, i := range test {
			f := cases[i].Features
			outcomes[i] = m.outcome(m.Answerable.Probability(f), m.Right.Probability(f))
		}
	}
	return figuresOf(cases, outcomes), outcomes
}

// chances are how likely, as a sum of weights, a case is answerable and right.
type chances struct{ answerable, right float64 }

// foldsOf gives, for each fold, the cases to learn from and those to try.
// Groups go to folds in turn, by name.
func foldsOf(cases []DecisionCase, folds int) func(yield func(train, test []int) bool) {
	groups := map[string]int{}
	for _, c := range cases {
		groups[c.Group] = 0
	}
	for i, g := range slices.Sorted(maps.Keys(groups)) {
		groups[g] = i % folds
	}
	return func(yield func(train, test []int) bool) {
		for f := range min(folds, len(groups)) {
			var train, test []int
			for i, c := range cases {
				if groups[c.Group] == f {
					test = append(test, i)
				} else {
					train = append(train, i)
				}
			}
			if !yield(train, test) {
				return
			}
		}
	}
}

func pick(cases []DecisionCase, at []int) []DecisionCase {
	out := make([]DecisionCase, len(at))
	for k, i := range at {
		out[k] = cases[i]
	}
	return out
}

// learnWeights learns both models as they are before calibration.
func learnWeights(cases []DecisionCase) *DecisionModel {
	names := namesOf(cases)
	rows := make([][]float32, len(cases))
	for i, c := range cases {
		rows[i] = make([]float32, len(names))
		for k, n := range names {
			rows[i][k] = float32(c.Features[n])
		}
	}
	learn := func(is func(*DecisionCase) bool) Logistic {
		l := Logistic{Weights: map[string]float64{}, Slope: 1}
		if len(cases) == 0 {
			return l
		}
		w := fit(len(rows), len(names), func(i int) []float32 { return rows[i] },
			func(i int) (float64, float64) { return one64(is(&cases[i])), 1 }, decisionPenalty, true)
		for k, n := range names {
			l.Weights[n] = w[k]
		}
		l.Intercept = w[len(names)]
		return l
	}
	return &DecisionModel{
		Answerable: learn(func(c *DecisionCase) bool { return c.Answerable }),
		Right:      learn(func(c *DecisionCase) bool { return c.Right }),
	}
}

// namesOf gives the features that are not the same everywhere.
func namesOf(cases []DecisionCase) []string {
	varies := map[string]bool{}
	for _, c := range cases {
		for n, v := range c.Features {
			if v != cases[0].Features[n] {
				varies[n] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(varies))
}

// calibrate stretches a model's sums so that of the cases that it calls so
// likely so many are.
func calibrate(l *Logistic, cases []DecisionCase, sum func(int) float64, is func(*DecisionCase) bool) {
	w := fit(len(cases), 1, func(i int) []float32 { return []float32{float32(sum(i))} },
		func(i int) (float64, float64) { return one64(is(&cases[i])), 1 }, 1e-3, true)
	l.Slope, l.Offset = w[0], w[1]
}

// choose sets the bounds: how much answerable counts beside right, from where
// on the sum is sure, and below what nothing is stated.
func (m *DecisionModel) choose(cases []DecisionCase, apart []chances, rates DecisionRates) {
	most := -1
	for step := range 11 {
		beside := float64(step) / 10
		at, right := boundOf(cases, apart, beside, rates)
		if right > most {
			most, m.Beside, m.Sure = right, beside, at
		}
	}
	var all []float64
	for i, c := range cases {
		if c.Answerable {
			all = append(all, probability(apart[i].answerable))
		}
	}
	slices.Sort(all)
	if n := int(rates.Unstated * float64(len(all))); n < len(all) {
		m.NotStated = all[n]
	}
}

// boundOf gives the lowest bound that keeps to the rates, and how many cases
// are surely and rightly answered by it.
func boundOf(cases []DecisionCase, apart []chances, beside float64, rates DecisionRates) (at float64, right int) {
	order := make([]int, len(cases))
	answerable, others := 1e-6, 1e-6
	for i, c := range cases {
		order[i] = i
		answerable += one64(c.Answerable)
		others += one64(!c.Answerable)
	}
	sum := func(i int) float64 { return apart[i].right + beside*apart[i].answerable }
	slices.SortFunc(order, func(a, b int) int { return -cmp.Compare(sum(a), sum(b)) })
	at = math.MaxFloat64
	wrong, vain, met := 0.0, 0.0, 0
	for _, i := range order {
		switch c := cases[i]; {
		case c.Right:
			met++
		case c.Answerable:
			wrong++
		default:
			vain++
		}
		if wrong/answerable > rates.Wrong || vain/others > rates.False {
			break
		}
		if cases[i].Right {
			at, right = sum(i), met
		}
	}
	return at, right
}

func figuresOf(cases []DecisionCase, outcomes []Outcome) DecisionFigures {
	var f DecisionFigures
	for i, c := range cases {
		f.Answerable += int(one64(c.Answerable))
		f.Others += int(one64(!c.Answerable))
		switch {
		case outcomes[i] == Sure && c.Right:
			f.Right++
		case outcomes[i] == Sure && c.Answerable:
			f.Wrong++
		case outcomes[i] == Sure:
			f.False++
		case outcomes[i] == NotStated && c.Answerable:
			f.Unstated++
		case outcomes[i] == NotStated:
			f.Refused++
		}
	}
	n, others := max(1, float64(f.Answerable)), max(1, float64(f.Others))
	f.Right, f.Wrong, f.Unstated = f.Right/n, f.Wrong/n, f.Unstated/n
	f.False, f.Refused = f.False/others, f.Refused/others
	return f
}

// Apart gives the cases where a notice comes first, and those where the office's
// own document does.
func Apart(cases []DecisionCase) (away, home []DecisionCase) {
	for _, c := range cases {
		if c.Home {
			home = append(home, c)
		} else {
			away = append(away, c)
		}
	}
	return away, home
}
