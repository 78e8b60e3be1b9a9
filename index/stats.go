package index

import (
	"encoding/binary"
	"errors"
	"math"
)

// fieldsCounted are the fields whose passages are counted, in the order in which
// they are stored.
var fieldsCounted = []string{fieldBody, fieldWhole, fieldAsks, fieldGaps, fieldOutside}

// stats is what scoring has to know of the whole index.
type stats struct {
	passages int // of all fields
	fields   map[string]*fieldStats
	chars    map[rune]int  // in how many passages of the body a character stands
	seen     map[rune]bool // of the passage being counted
}

// fieldStats is what is known of one field.
type fieldStats struct{ passages, grams int }

func newStats() *stats {
	s := &stats{fields: map[string]*fieldStats{}, chars: map[rune]int{}, seen: map[rune]bool{}}
	for _, f := range fieldsCounted {
		s.fields[f] = new(fieldStats)
	}
	return s
}

// count takes one passage's normal form.
func (s *stats) count(field, text string) {
	s.passages++
	f := s.fields[field]
	f.passages++
	eachGram(text, func(int, int) { f.grams++ })
	if field != fieldBody {
		return
	}
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
	for name, f := range o.fields {
		s.fields[name].passages += f.passages
		s.fields[name].grams += f.grams
	}
	for r, n := range o.chars {
		s.chars[r] += n
	}
}

func (s *stats) body() *fieldStats { return s.fields[fieldBody] }

// average is the mean number of grams of a passage, at least 1.
func (f *fieldStats) average() float64 {
	return math.Max(1, float64(f.grams)/math.Max(1, float64(f.passages)))
}

// idf is how telling it is that a passage holds something that df passages
// hold; 0 and more.
func (f *fieldStats) idf(df int) float64 {
	return math.Log(1 + (float64(max(0, f.passages-df))+0.5)/(float64(df)+0.5))
}

func (s *stats) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(s.passages))
	for _, name := range fieldsCounted {
		b = binary.AppendUvarint(b, uint64(s.fields[name].passages))
		b = binary.AppendUvarint(b, uint64(s.fields[name].grams))
	}
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
	head := 1 + 2*len(fieldsCounted)
	if len(v) < head || (len(v)-head)%2 != 0 {
		return nil, errStats
	}
	s := newStats()
	s.passages = int(v[0])
	for i, name := range fieldsCounted {
		*s.fields[name] = fieldStats{int(v[1+2*i]), int(v[2+2*i])}
	}
	for i := head; i < len(v); i += 2 {
		s.chars[rune(v[i])] = int(v[i+1])
	}
	return s, nil
}
