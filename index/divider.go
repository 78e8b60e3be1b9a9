package index

import "math"

// Divider tells which of two kinds a short text is, from examples of each. It
// is read-only once made.
type Divider struct {
	concepts func(text string) []string
	odds     map[string]float32 // of the second kind, as a logarithm
}

const (
	divideSmooth = 0.5 // examples of either kind that are taken to have every feature
	surestOdds   = 2.5 // one feature counts no more than this
)

// NewDivider learns from texts as Normalise gives them. concepts is as for
// NewMatcher.
func NewDivider(first, second []string, concepts func(text string) []string) *Divider {
	d := &Divider{concepts: concepts, odds: map[string]float32{}}
	counts := [2]map[string]float64{{}, {}}
	for i, texts := range [2][]string{first, second} {
		for _, t := range texts {
			for f := range featuresOf(t, concepts) {
				counts[i][f]++
			}
		}
	}
	n, m := float64(len(first))+1, float64(len(second))+1
	for _, c := range counts {
		for f := range c {
			x := math.Log((counts[1][f] + divideSmooth) / m / ((counts[0][f] + divideSmooth) / n))
			d.odds[f] = float32(max(-surestOdds, min(surestOdds, x)))
		}
	}
	return d
}

// Lean gives how much a text is like the second kind (above 0) or the first
// (below 0): the mean over what it has, from about -2 to 2. What no example
// had says nothing.
func (d *Divider) Lean(text string) float64 {
	var sum, n float64
	for f := range featuresOf(text, d.concepts) {
		if x, ok := d.odds[f]; ok {
			sum += float64(x)
			n++
		}
	}
	return sum / (n + 1)
}

func featuresOf(text string, concepts func(text string) []string) map[string]bool {
	m := Matcher{concepts: concepts}
	out := map[string]bool{}
	m.eachFeature(text, func(f string, _ float32) { out[f] = true })
	return out
}
