package index

import (
	"encoding/json"
	"math"
)

// stats is what scoring has to know of the whole index.
type stats struct {
	Passages int // of all fields
	Fields   map[string]*fieldStats
}

// fieldStats is what is known of one field.
type fieldStats struct{ Passages, Grams int }

func newStats() *stats {
	s := &stats{Fields: map[string]*fieldStats{}}
	for _, f := range []string{fieldBody, fieldWhole, fieldAsks, fieldGaps, fieldOutside} {
		s.Fields[f] = new(fieldStats)
	}
	return s
}

// count takes one passage's normal form.
func (s *stats) count(field, text string) {
	s.Passages++
	f := s.Fields[field]
	f.Passages++
	eachGram(text, func(int, int) { f.Grams++ })
}

func (s *stats) merge(o *stats) {
	s.Passages += o.Passages
	for name, f := range o.Fields {
		s.Fields[name].Passages += f.Passages
		s.Fields[name].Grams += f.Grams
	}
}

func (s *stats) body() *fieldStats { return s.Fields[fieldBody] }

// average is the mean number of grams of a passage, at least 1.
func (f *fieldStats) average() float64 {
	return math.Max(1, float64(f.Grams)/math.Max(1, float64(f.Passages)))
}

// idf is how telling it is that a passage holds something that df passages
// hold; 0 and more.
func (f *fieldStats) idf(df int) float64 {
	return math.Log(1 + (float64(max(0, f.Passages-df))+0.5)/(float64(df)+0.5))
}

func decodeStats(b []byte) (*stats, error) {
	s := newStats()
	return s, json.Unmarshal(b, s)
}
