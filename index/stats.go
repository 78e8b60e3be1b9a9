package index

import (
	"encoding/binary"
	"errors"
	"math"
)

// stats is what scoring has to know of the whole index.
type stats struct {
	passages int
	grams    int           // over all passages
	chars    map[rune]int  // in how many passages a character stands
	seen     map[rune]bool // of the passage being counted
}

func newStats() *stats {
	return &stats{chars: map[rune]int{}, seen: map[rune]bool{}}
}

// count takes one passage's normal form.
func (s *stats) count(text string) {
	s.passages++
	eachGram(text, func(int, int) { s.grams++ })
	clear(s.seen)
	for _, r := range text {
		if !s.seen[r] {
			s.seen[r] = true
			s.chars[r]++
		}
	}
}

func (s *stats) merge(o *stats) {
	s.passages += o.passages
	s.grams += o.grams
	for r, n := range o.chars {
		s.chars[r] += n
	}
}

// average is the mean number of grams of a passage, at least 1.
func (s *stats) average() float64 {
	return math.Max(1, float64(s.grams)/math.Max(1, float64(s.passages)))
}

// idf is how telling it is that a passage holds something that df passages
// hold; 0 and more.
func (s *stats) idf(df int) float64 {
	return math.Log(1 + (float64(s.passages-df)+0.5)/(float64(df)+0.5))
}

func (s *stats) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(s.passages))
	b = binary.AppendUvarint(b, uint64(s.grams))
	for r, n := range s.chars {
		b = binary.AppendUvarint(b, uint64(r))
		b = binary.AppendUvarint(b, uint64(n))
	}
	return b
}

var errStats = errors.New("the index's statistics are cut short")

func decodeStats(b []byte) (*stats, error) {
	var v []uint64
	for len(b) > 0 {
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errStats
		}
		v, b = append(v, x), b[n:]
	}
	if len(v) < 2 || len(v)%2 != 0 {
		return nil, errStats
	}
	s := &stats{passages: int(v[0]), grams: int(v[1]), chars: make(map[rune]int, len(v)/2)}
	for i := 2; i < len(v); i += 2 {
		s.chars[rune(v[i])] = int(v[i+1])
	}
	return s, nil
}
