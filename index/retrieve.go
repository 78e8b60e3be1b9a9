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
func (s searched) retrieve(ctx context.Context, q *question) ([]candidate, error) {
	lists, err := s.rarest(ctx, q)
	defer closeAll(lists)
	if err != nil {
		return nil, err
	}
	var found []candidate
	err = s.score(lists, fieldBody, func(w *scratch) {
		found = w.best(closely)
		for i := range found {
			found[i].around = s.around(q, w, uint32(found[i].number))
		}
	})
	return found, err
}

// around says how much of the question, by rarity, a passage has together with
// those beside it: what it goes on about was often named just before.
func (s searched) around(q *question, w *scratch, number uint32) float64 {
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

// rarest opens the lists of the question's grams, the rarest first.
func (s searched) rarest(ctx context.Context, q *question) ([]postings, error) {
	var out []postings
	for _, g := range q.grams {
		p, err := s.postings(ctx, fieldBody, g, 1)
		if err != nil {
			return out, err
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b postings) int { return cmp.Compare(a.Count(), b.Count()) })
	for _, p := range out {
		q.weights = append(q.weights, p.weight)
		q.allWeights += p.weight
	}
	return out, nil
}

// postings lists the passages that have a gram, which counts so much.
type postings struct {
	bindex.TermFieldReader
	weight float64
}

// postings opens the list of a gram in a field; it counts by its rarity, so many
// times.
func (s *snapshot) postings(ctx context.Context, field, gram string, times float64) (postings, error) {
	r, err := s.snap.TermFieldReader(ctx, []byte(gram), field, true, true, false)
	if err != nil {
		return postings{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return postings{r, times * s.stats.Fields[field].idf(int(r.Count()))}, nil
}

func closeAll(lists []postings) {
	for _, l := range lists {
		_ = l.Close()
	}
}

// score adds up what passages have of the lists, the first lists first, and has
// f take from that what it wants.
func (s *snapshot) score(lists []postings, field string, f func(*scratch)) error {
	w := scratches.Get().(*scratch)
	defer scratches.Put(w)
	w.ready(s.stats.Passages)
	defer w.clear()
	read, average := 0, s.stats.Fields[field].average()
	for i, l := range lists {
		if read += int(l.Count()); read > mostPostings && i > 0 {
			break
		}
		weight, bit := l.weight*(bm25K+1), uint64(0)
		if i < 64 {
			bit = 1 << i
		}
		err := drain(l, func(d *bindex.TermFieldDoc) {
			n := d.ID.Value()
			if w.scores[n] == 0 {
				w.touched = append(w.touched, uint32(n))
			}
			w.grams[n] |= bit
			length, tf := 1/(d.Norm*d.Norm), float64(d.Freq)
			w.scores[n] += float32(weight * tf / (tf + bm25K*(1-bm25B+bm25B*length/average)))
		})
		if err != nil {
			return err
		}
	}
	f(w)
	return nil
}

// drain calls f with all that a list has. What f gets is valid during the call
// only.
func drain(r bindex.TermFieldReader, f func(*bindex.TermFieldDoc)) error {
	var d bindex.TermFieldDoc
	for {
		next, err := r.Next(&d)
		if err != nil {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
		if next == nil {
			return nil
		}
		f(next)
	}
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
