package index

import "math"

// Sorter tells which of several kinds a short text is most likely of, from
// examples of each: naive Bayes. It is read-only once made.
type Sorter struct {
	starts []int32 // by feature: where its odds begin
	odds   []kindOdds
	absent []float64 // by kind: what a feature says that the kind never had
}

// kindOdds is what a feature says for a kind, beside what its absence says.
type kindOdds struct {
	kind int32
	odds float32
}

// sorterDoubt is how many examples a kind is taken to have of what is usual
// anywhere, beside its own.
const sorterDoubt = 4

// NewSorter learns from texts that were learned; kinds has the kind of each,
// from 0 to n-1.
func NewSorter(texts []Text, kinds []int, n int) *Sorter {
	s := &Sorter{absent: make([]float64, n)}
	size := make([]float64, n)
	counts := make([][]kindOdds, most(texts)+1) // odds holds the number at first
	for i, t := range texts {
		k := int32(kinds[i])
		size[k]++
		for _, f := range t {
			counts[f.id] = count(counts[f.id], k)
		}
	}
	for k := range s.absent {
		s.absent[k] = math.Log(sorterDoubt / (size[k] + sorterDoubt))
	}
	s.starts = make([]int32, len(counts)+1)
	for id, c := range counts {
		all := 0.0
		for _, x := range c {
			all += float64(x.odds)
		}
		usual := all / float64(len(texts))
		for _, x := range c {
			p := (float64(x.odds) + sorterDoubt*usual) / (size[x.kind] + sorterDoubt)
			s.odds = append(s.odds, kindOdds{x.kind, float32(math.Log(p/usual) - s.absent[x.kind])})
		}
		s.starts[id+1] = int32(len(s.odds))
	}
	return s
}

// count adds one of a kind; texts of a kind come one after another for the
// most part, so that the last is looked at first.
func count(c []kindOdds, kind int32) []kindOdds {
	for i := len(c) - 1; i >= 0; i-- {
		if c[i].kind == kind {
			c[i].odds++
			return c
		}
	}
	return append(c, kindOdds{kind, 1})
}

// Score gives how much a text speaks for each kind: the mean, over what it
// has, of how much more usual that is there than anywhere, as a logarithm.
func (s *Sorter) Score(text Text) []float64 {
	out := make([]float64, len(s.absent))
	n := 0.0
	for _, f := range text {
		if f.id < 0 || int(f.id) >= len(s.starts)-1 || s.starts[f.id] == s.starts[f.id+1] {
			continue
		}
		n++
		for _, o := range s.odds[s.starts[f.id]:s.starts[f.id+1]] {
			out[o.kind] += float64(o.odds)
		}
	}
	for k := range out {
		out[k] = (out[k] + n*s.absent[k]) / (n + 1)
	}
	return out
}
