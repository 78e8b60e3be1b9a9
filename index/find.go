package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	bindex "github.com/blevesearch/bleve_index_api"
)

// Wanted is what Find looks for: grams, each with how much it counts, in
// passages of one kind.
type Wanted struct {
	Kind  string
	Grams map[string]float64
	Size  int // how many at most
}

// Found is a passage that Find met.
type Found struct {
	ID    string
	Label string  // as the passage has it
	Score float64 // BM25, comparable within one Find
}

// Grams gives the stretches of a text that are indexed, each as often as it
// stands there. The text is in normal form.
func Grams(text string) []string {
	var out []string
	eachGram(text, func(from, to int) { out = append(out, text[from:to]) })
	return out
}

// Find gives the passages that hold the rarest of what is wanted, best first.
// It fails where the files cannot be read.
func (x *Index) Find(ctx context.Context, w Wanted) (out []Found, err error) {
	err = x.on(ctx, func(s *snapshot) error {
		out = nil
		scored, err := s.scored(ctx, w)
		if err != nil {
			return err
		}
		for _, c := range scored {
			p, err := s.read(c.number)
			if err != nil {
				return err
			}
			out = append(out, Found{ID: p.ID, Label: p.Label, Score: c.score})
		}
		return nil
	})
	return out, err
}

func (s *snapshot) scored(ctx context.Context, w Wanted) (found []candidate, err error) {
	field := (&Passage{Kind: w.Kind}).field()
	lists, err := s.wanted(ctx, field, w.Grams)
	defer closeAll(lists)
	if err != nil {
		return nil, err
	}
	err = s.score(lists, field, func(m *scratch) { found = m.best(w.Size) })
	return found, err
}

// wanted opens the lists of grams, those that count most first.
func (s *snapshot) wanted(ctx context.Context, field string, grams map[string]float64) ([]postings, error) {
	var out []postings
	for g, times := range grams {
		p, err := s.postings(ctx, field, g, times)
		if err != nil {
			return out, err
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b postings) int { return cmp.Compare(b.weight, a.weight) })
	return out, nil
}

// mostKept is how many documents are named by what is remembered of stretches:
// some tens of megabytes.
const mostKept = 500_000

// spread gives where a stretch stands, and remembers it: people ask in the same
// words, and half of an answer's time went into looking them up. The map it gives
// is for reading.
func (s *snapshot) spread(ctx context.Context, stretch string) (Spread, error) {
	s.mu.Lock()
	known, ok := s.spreads[stretch]
	s.mu.Unlock()
	if ok {
		return known, nil
	}
	found, err := s.lookUp(ctx, stretch)
	if err != nil {
		return found, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept += len(found.Documents) + 1; s.kept > mostKept {
		clear(s.spreads)
		s.kept = len(found.Documents) + 1
	}
	s.spreads[stretch] = found
	return found, nil
}

// Spread says where a stretch of text stands.
type Spread struct {
	Entries   int            // that have it in their text
	Documents map[string]int // how often each document has it, by collection
}

// Spreads says where stretches of text stand, each at least one gram long; a
// longer one stands, to be quick, where the rarest of its grams does. Entries
// is how many entries the index holds.
func (x *Index) Spreads(ctx context.Context, stretches []string) ([]Spread, error) {
	out := make([]Spread, len(stretches))
	err := x.on(ctx, func(s *snapshot) (err error) {
		for i, t := range stretches {
			if out[i], err = s.spread(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Held is how many passages of a kind are held.
func (x *Index) Held(kind string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if st := x.snapshot.stats.Fields[(&Passage{Kind: kind}).field()]; st != nil {
		return st.Passages
	}
	return 0
}

// Counts says how many passages of a kind have each gram, of entries in their
// own text.
func (x *Index) Counts(ctx context.Context, kind string, grams []string) ([]int, error) {
	field := (&Passage{Kind: kind}).field()
	if field == fieldBody {
		field = fieldText
	}
	out := make([]int, len(grams))
	err := x.on(ctx, func(s *snapshot) (err error) {
		for i, g := range grams {
			if out[i], err = s.count(ctx, field, g); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// IDF is how rare a gram is that df entries have.
func (x *Index) IDF(df int) float64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.snapshot.stats.body().idf(df)
}

func (s *snapshot) lookUp(ctx context.Context, stretch string) (Spread, error) {
	out := Spread{Entries: math.MaxInt}
	for i, g := range Grams(stretch) {
		n, err := s.count(ctx, fieldText, g)
		if err != nil {
			return out, err
		}
		if n < out.Entries {
			out.Entries = n
		}
		if n == 0 && i > 0 {
			break
		}
		in, err := s.inDocuments(ctx, g)
		if err != nil {
			return out, err
		}
		if out.Documents == nil {
			out.Documents = in
			continue
		}
		for d, k := range out.Documents {
			if m := in[d]; m < k {
				out.Documents[d] = m
			}
			if in[d] == 0 {
				delete(out.Documents, d)
			}
		}
	}
	if out.Entries == math.MaxInt {
		out.Entries = 0
	}
	if out.Entries == 0 && len([]rune(stretch)) > 2 {
		out.Documents = nil
	}
	return out, nil
}

// count is how many passages have a gram in a field.
func (s *snapshot) count(ctx context.Context, field, gram string) (int, error) {
	r, err := s.snap.TermFieldReader(ctx, []byte(gram), field, false, false, false)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errDamaged, err)
	}
	defer r.Close()
	return int(r.Count()), nil
}

func (s *snapshot) inDocuments(ctx context.Context, gram string) (map[string]int, error) {
	r, err := s.snap.TermFieldReader(ctx, []byte(gram), fieldWhole, true, false, false)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	defer r.Close()
	if r.Count() == 0 {
		return nil, nil
	}
	out := make(map[string]int, r.Count())
	err = drain(r, func(d *bindex.TermFieldDoc) {
		out[s.collection(d.ID.Value())] = int(d.Freq)
	})
	return out, err
}

// collection gives the document that a passage is of.
func (s *snapshot) collection(number uint64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.names[number]; ok {
		return c
	}
	p, err := s.read(number)
	if err != nil {
		return ""
	}
	s.names[number] = p.Collection
	return p.Collection
}
