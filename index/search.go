package index

import (
	"context"
	"fmt"
	"slices"
)

// search gives the passages that a question is most likely about, best first,
// size at most; none where the text holds nothing that can be searched.
func (x *Index) search(ctx context.Context, text string, size int) (out []Passage, err error) {
	err = x.on(ctx, func(s *snapshot) error {
		q := s.ask(Normalise(text))
		found, err := s.retrieve(ctx, q)
		if err != nil {
			return err
		}
		if err := s.rank(q, found); err != nil {
			return err
		}
		out = nil
		for _, c := range found[:min(size, len(found))] {
			out = append(out, c.passage)
		}
		return nil
	})
	return out, err
}

// candidate is a passage that shares something with the question.
type candidate struct {
	number  uint64
	score   float64 // BM25 over the grams, then the whole score
	around  float64 // coverage by the passage and those beside it
	passage Passage
}

// How many candidates are read and compared closely.
const closely = 100

func (s *snapshot) read(number uint64) (Passage, error) {
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
		return Passage{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	p, err := readRecord(id, record)
	if err != nil {
		return Passage{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return p, nil
}
