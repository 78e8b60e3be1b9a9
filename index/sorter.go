package index

import "math"

// Sorter tells which of several kinds a short text is most likely of, from
// examples of each: naive Bayes over what a Matcher compares. It is read-only
// once made.
type Sorter struct {
	concepts func(text string) []string
	ids      map[string]int32
	odds     [][]kindOdds // by feature: what it says for a kind, beside what its absence says
	absent   []float64    // by kind: what a feature says that the kind never had
}

type kindOdds struct {
	kind int32
	odds float32
}

// sorterDoubt is how many examples a kind is taken to have of what is usual
// anywhere, beside its own.
const sorterDoubt = 4

// NewSorter learns from texts as Normalise gives them; kinds has the kind of
// each, from 0 to n-1. concepts is as for NewMatcher.
func NewSorter(texts []string, kinds []int, n int, concepts func(text string) []string) *Sorter {
	s := &Sorter{concepts: concepts, ids: map[string]int32{}, absent: make([]float64, n)}
	var counts []map[int32]float64
	size := make([]float64, n)
	for i, t := range texts {
		for f := range featuresOf(t, concepts) {
			id, ok := s.ids[f]
			if !ok {
				id = int32(len(s.ids))
				s.ids[f] = id
				counts = append(counts, map[int32]float64{})
			}
			counts[id][int32(kinds[i])]++
		}
		size[kinds[i]]++
	}
	for k := range s.absent {
		s.absent[k] = math.Log(sorterDoubt / (size[k] + sorterDoubt))
	}
	s.odds = make([][]kindOdds, len(counts))
	for id, c := range counts {
		all := 0.0
		for _, x := range c {
			all += x
		}
		usual := all / float64(len(texts))
		for k, x := range c {
			p := (x + sorterDoubt*usual) / (size[k] + sorterDoubt)
			s.odds[id] = append(s.odds[id], kindOdds{k, float32(math.Log(p/usual) - s.absent[k])})
		}
	}
	return s
}

// Score gives how much a text speaks for each kind: the mean, over what it
// has, of how much more usual that is there than anywhere, as a logarithm.
func (s *Sorter) Score(text string) []float64 {
	out := make([]float64, len(s.absent))
	n := 0.0
	for f := range featuresOf(text, s.concepts) {
		id, ok := s.ids[f]
		if !ok {
			continue
		}
		n++
		for _, o := range s.odds[id] {
			out[o.kind] += float64(o.odds)
		}
	}
	for k := range out {
		out[k] = (out[k] + n*s.absent[k]) / (n + 1)
	}
	return out
}
