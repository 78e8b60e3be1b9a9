package index

import "math"

// Divider tells which of two kinds a short text is, from examples of each. It
// is read-only once made.
type Divider struct {
	odds []float32 // by feature: of the second kind, as a logarithm
}

const (
	divideSmooth = 0.5 // examples of either kind that are taken to have every feature
	surestOdds   = 2.5 // one feature counts no more than this
)

// NewDivider learns from texts that were learned.
func NewDivider(first, second []Text) *Divider {
	n := max(most(first), most(second)) + 1
	counts := [2][]float64{make([]float64, n), make([]float64, n)}
	for i, texts := range [2][]Text{first, second} {
		for _, t := range texts {
			for _, f := range t {
				counts[i][f.id]++
			}
		}
	}
	d := &Divider{odds: make([]float32, n)}
	of, other := float64(len(first))+1, float64(len(second))+1
	for id := range d.odds {
		if counts[0][id]+counts[1][id] > 0 {
			x := math.Log((counts[1][id] + divideSmooth) / other / ((counts[0][id] + divideSmooth) / of))
			d.odds[id] = float32(max(-surestOdds, min(surestOdds, x)))
		}
	}
	return d
}

// Lean gives how much a text is like the second kind (above 0) or the first
// (below 0): the mean over what it has, from about -2 to 2. What no example
// had says nothing.
func (d *Divider) Lean(text Text) float64 {
	var sum, n float64
	for _, f := range text {
		if f.id >= 0 && int(f.id) < len(d.odds) && d.odds[f.id] != 0 {
			sum += float64(d.odds[f.id])
			n++
		}
	}
	return sum / (n + 1)
}
