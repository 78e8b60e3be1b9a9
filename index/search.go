package index

import (
	"context"
	"fmt"
	"slices"
)

// searcher ranks the passages of an index by a whole question. Judging alone
// searches so; answering finds entries by Find and has features of its own.
type searcher struct {
	x     *Index
	near  neighbours
	chars map[rune]int // in how many passages a character stands
}

// newSearcher makes one over an index of these passages, all of them entries.
func newSearcher(ctx context.Context, x *Index, passages []Passage) (*searcher, error) {
	r := &searcher{x: x, chars: map[rune]int{}}
	seen := map[rune]bool{}
	for i := range passages {
		clear(seen)
		for _, c := range Normalise(passages[i].joined()) {
			if !seen[c] {
				seen[c] = true
				r.chars[c]++
			}
		}
	}
	err := x.on(ctx, func(s *snapshot) (err error) {
		r.near, err = s.neighbours(passages)
		return err
	})
	return r, err
}

// searched is a snapshot with what a searcher knows of its passages.
type searched struct {
	*snapshot
	*searcher
}

// search gives the passages that a question is most likely about, best first,
// size at most; none where the text holds nothing that can be searched.
func (r *searcher) search(ctx context.Context, text string, size int) (out []Passage, err error) {
	err = r.x.on(ctx, func(held *snapshot) error {
		s := searched{held, r}
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
