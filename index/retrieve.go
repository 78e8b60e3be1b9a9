package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"sync"

	bindex "github.com/blevesearch/bleve_index_api"
)

// BM25 over the grams of the joined field.
const (
	bm25K = 1.2
	bm25B = 0.75
)

// mostPostings bounds what one question reads. The rarest grams come first;
// the common ones that no longer fit still count in the close comparison.
const mostPostings = 60000

// scratch is the memory of one retrieval, kept for the next.
type scratch struct {
	scores  []float32
	grams   []uint64 // which of the question's first 64 grams a passage has, as bits
	touched []uint32
}

func (w *scratch) ready(passages int) {
	if len(w.scores) < passages {
		w.scores, w.grams = make([]float32, passages), make([]uint64, passages)
	}
	w.touched = w.touched[:0]
}

func (w *scratch) clear() {
	for _, n := range w.touched {
		w.scores[n], w.grams[n] = 0, 0
	}
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// retrieve gives the passages that share the question's rarest grams, the
// best by BM25 first, as many as are compared closely.
func (s *shelf) retrieve(ctx context.Context, q *question, allowed []uint64) ([]candidate, error) {
	w := scratches.Get().(*scratch)
	defer scratches.Put(w)
	w.ready(s.stats.passages)
	defer w.clear()
	if err := s.score(ctx, q, allowed, w); err != nil {
		return nil, err
	}
	found := w.best(closely)
	for i := range found {
		found[i].around = s.around(q, w, uint32(found[i].number))
	}
	return found, nil
}

// around says how much of the question, by rarity, a passage has together with
// those beside it: what it goes on about was often named just before.
func (s *shelf) around(q *question, w *scratch, number uint32) float64 {
	has := w.grams[number]
	for _, side := range []int{before, behind} {
		if n, ok := s.near.of(number, side); ok {
			has |= w.grams[n]
		}
	}
	sum := 0.0
	for ; has != 0; has &= has - 1 {
		sum += q.weights[bits.TrailingZeros64(has)]
	}
	return sum / q.allWeights
}

func (s *shelf) score(ctx context.Context, q *question, allowed []uint64, w *scratch) error {
	readers, err := s.readers(ctx, q)
	defer func() {
		for _, r := range readers {
			_ = r.Close()
		}
	}()
	if err != nil {
		return err
	}
	read, average := 0, s.stats.body().average()
	for i, r := range readers {
		df := int(r.Count())
		if read += df; read > mostPostings && i > 0 {
			break
		}
		weight := s.stats.body().idf(df) * (bm25K + 1)
		bit := uint64(0)
		if i < 64 {
			bit = 1 << i
		}
		err := drain(r, func(d *bindex.TermFieldDoc) {
			n := d.ID.Value()
			if allowed != nil && allowed[n/64]&(1<<(n%64)) == 0 {
				return
			}
			if w.scores[n] == 0 {
				w.touched = append(w.touched, uint32(n))
			}
			w.grams[n] |= bit
			grams := 1 / (d.Norm * d.Norm)
			tf := float64(d.Freq)
			w.scores[n] += float32(weight * tf / (tf + bm25K*(1-bm25B+bm25B*grams/average)))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readers opens the lists of the question's grams, the rarest first.
func (s *shelf) readers(ctx context.Context, q *question) ([]bindex.TermFieldReader, error) {
	var out []bindex.TermFieldReader
	for _, g := range q.grams {
		r, err := s.snap.TermFieldReader(ctx, []byte(g), fieldBody, true, true, false)
		if err != nil {
			return out, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		q.df[g] = int(r.Count())
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b bindex.TermFieldReader) int { return cmp.Compare(a.Count(), b.Count()) })
	for _, r := range out {
		weight := s.stats.body().idf(int(r.Count()))
		q.weights = append(q.weights, weight)
		q.allWeights += weight
	}
	return out, nil
}

// best gives the k best of what was touched, best first.
func (w *scratch) best(k int) []candidate {
	floor := float32(math.Inf(-1))
	var kept []uint32
	shrink := func() {
		slices.SortFunc(kept, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(w.scores[b], w.scores[a]), cmp.Compare(a, b))
		})
		kept = kept[:min(k, len(kept))]
		if len(kept) == k {
			floor = w.scores[kept[k-1]]
		}
	}
	for _, n := range w.touched {
		if w.scores[n] < floor {
			continue
		}
		if kept = append(kept, n); len(kept) >= 8*k {
			shrink()
		}
	}
	shrink()
	out := make([]candidate, len(kept))
	for i, n := range kept {
		out[i] = candidate{number: uint64(n), score: float64(w.scores[n])}
	}
	return out
}
