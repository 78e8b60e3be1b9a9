package index

import (
	"cmp"
	"fmt"
	"slices"
)

// features are what a close comparison measures, each about 0 to 1.
type features [6]float64

const (
	byGrams     = iota // BM25 of the grams, as a share of the best candidate's
	byPairs            // coverage of characters and pairs
	byChars            // coverage of characters
	byCharsBM25        // BM25 of characters
	byRun              // longest run of characters in common
	byPhrase           // coverage by the best single phrase
)

// weights say how much each feature counts. They were tuned on the even
// questions of two judged sets, statutes and encyclopedia, and hold on the
// odd ones.
var weights = features{
	byGrams: 1.4, byPairs: 0.15, byChars: 0.8, byCharsBM25: 0.85, byRun: 0.2, byPhrase: 0.1,
}

// rank reads the candidates, compares each with the question and sorts them.
func (s *shelf) rank(q *question, found []candidate) error {
	if len(found) == 0 {
		return nil
	}
	c := newComparer(s, q)
	best := found[0].score
	var text []rune
	for i := range found {
		f := &found[i]
		var err error
		if f.passage, err = s.read(f.number); err != nil {
			return err
		}
		text = normalRunes(text[:0], f.passage.joined())
		v := c.compare(text)
		v[byGrams] = f.score / best
		f.coverage, f.score = v[byPairs], 0
		for k, w := range weights {
			f.score += w * v[k]
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return nil
}

func (s *shelf) read(number uint64) (Passage, error) {
	i, found := slices.BinarySearch(s.starts, number)
	if !found {
		i--
	}
	var id, record string
	err := s.snap.Segments()[i].VisitDocument(number-s.starts[i], func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case "_id":
			id = string(value)
		case fieldRecord:
			record = string(value)
		}
		return true
	})
	if err != nil {
		return Passage{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	p, err := readRecord(id, record)
	if err != nil {
		return Passage{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return p, nil
}
