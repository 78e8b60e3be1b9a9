package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"zujian/knowledge"
)

// Query is what to search for.
type Query struct {
	Text        string
	Collections []string // only passages of these; empty is all
	Kinds       []string // only passages of these; empty is all
	Size        int      // how many hits at most; 0 is 10
}

// Hit is a passage found.
type Hit struct {
	Passage
	Score    float64 // higher is better; comparable within one search
	Coverage float64 // how much of the question the passage has, by rarity, 0 to 1
}

// Search gives the passages that a question is most likely about, best first;
// none where the text holds nothing that can be searched. An index found
// damaged while searching is built again and searched once more.
func (x *Index) Search(ctx context.Context, q Query) ([]Hit, error) {
	x.mu.RLock()
	s := x.shelf
	hits, err := s.search(ctx, q)
	x.mu.RUnlock()
	if err == nil || !errors.Is(err, ErrDamaged) || x.source == nil || x.home.dir == "" {
		return hits, err
	}
	if err := x.mend(ctx, s); err != nil {
		return nil, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.shelf.search(ctx, q)
}

// mend exchanges the damaged shelf for a new one, unless another search has.
func (x *Index) mend(ctx context.Context, damaged *shelf) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.shelf != damaged {
		return nil
	}
	x.home.condemn()
	s, err := x.home.rebuild(ctx, x.source)
	if err != nil {
		return err
	}
	x.shelf = s
	_ = damaged.close() // its files are known to be bad
	return nil
}

// candidate is a passage that shares something with the question.
type candidate struct {
	number   uint64
	score    float64 // BM25 over the grams, then the whole score
	coverage float64
	around   float64 // coverage by the passage and those beside it
	passage  Passage
}

// How many candidates are read and compared closely.
const closely = 100

func (s *shelf) search(ctx context.Context, q Query) (hits []Hit, err error) {
	defer func() {
		if r := recover(); r != nil {
			knowledge.Caught(r)
			hits, err = nil, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	question := s.ask(Normalise(q.Text))
	allowed, err := s.allowed(ctx, q)
	if err != nil {
		return nil, err
	}
	found, err := s.retrieve(ctx, question, allowed)
	if err != nil {
		return nil, err
	}
	if err := s.rank(question, found); err != nil {
		return nil, err
	}
	size := cmp.Or(q.Size, 10)
	for _, c := range found[:min(size, len(found))] {
		hits = append(hits, Hit{Passage: c.passage, Score: c.score, Coverage: c.coverage})
	}
	return hits, nil
}

// allowed gives the passages that a query is limited to, as bits, or nil for
// all of them.
func (s *shelf) allowed(ctx context.Context, q Query) ([]uint64, error) {
	in, err := s.anyOf(ctx, fieldCollection, q.Collections)
	if err != nil {
		return nil, err
	}
	of, err := s.anyOf(ctx, fieldKind, q.Kinds)
	if err != nil {
		return nil, err
	}
	if in == nil || of == nil {
		return append(in, of...), nil // at most one of them is set
	}
	both := make([]uint64, len(in))
	for i := range in {
		both[i] = in[i] & of[i]
	}
	return both, nil
}
