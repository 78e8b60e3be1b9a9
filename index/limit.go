package index

import (
	"context"
	"fmt"

	bindex "github.com/blevesearch/bleve_index_api"
)

// anyOf gives, as bits, the passages whose field is one of values; nil for no
// values. What it finds is kept, since a shelf never changes.
func (s *shelf) anyOf(ctx context.Context, field string, values []string) ([]uint64, error) {
	if len(values) == 0 {
		return nil, nil
	}
	out := make([]uint64, s.stats.passages/64+1)
	for _, v := range values {
		set, err := s.set(ctx, field, v)
		if err != nil {
			return nil, err
		}
		for i, w := range set {
			out[i] |= w
		}
	}
	return out, nil
}

func (s *shelf) set(ctx context.Context, field, value string) ([]uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := field + "\x00" + value
	if set, ok := s.sets[key]; ok {
		return set, nil
	}
	set := make([]uint64, s.stats.passages/64+1)
	err := s.each(ctx, field, value, func(d *bindex.TermFieldDoc) {
		n := d.ID.Value()
		set[n/64] |= 1 << (n % 64)
	})
	if err != nil {
		return nil, err
	}
	s.sets[key] = set
	return set, nil
}

// each calls f with every passage whose field has term. What f gets is valid
// during the call only.
func (s *shelf) each(ctx context.Context, field, term string, f func(*bindex.TermFieldDoc)) error {
	r, err := s.snap.TermFieldReader(ctx, []byte(term), field, true, true, false)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer r.Close()
	return drain(r, f)
}

func drain(r bindex.TermFieldReader, f func(*bindex.TermFieldDoc)) error {
	var d bindex.TermFieldDoc
	for {
		next, err := r.Next(&d)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if next == nil {
			return nil
		}
		f(next)
	}
}
