package index

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"runtime"
	"slices"
	"sync"
)

// Meanings finds passages by what they mean. It sees the vectors that are held
// when it is asked. It is safe for concurrent use.
type Meanings struct {
	v    *Vectors
	ids  []string
	keys []vectorKey

	mu    sync.Mutex
	seen  int // the vectors' count of changes when rows were looked up
	rows  []int32
	which []int32 // the passage of a row
}

// Over gives a search over the passages of a source.
func (v *Vectors) Over(source Source) *Meanings {
	m := &Meanings{v: v, seen: -1}
	for p := range source() {
		m.ids, m.keys = append(m.ids, p.ID), append(m.keys, v.key(&p))
	}
	return m
}

// near is a passage with its likeness.
type near struct {
	at    int32
	score float32
}

// Near gives the ids of the n passages nearest in meaning to a question, best
// first; fewer where fewer have a vector, none where none has. It fails where
// the embedder does.
func (m *Meanings) Near(ctx context.Context, question string, n int) ([]string, error) {
	if m.v.Len() == 0 || n <= 0 {
		return nil, nil
	}
	got, err := m.v.by.Embed(ctx, []string{question})
	if err != nil {
		return nil, err
	}
	if len(got) != 1 {
		return nil, fmt.Errorf("%d vectors for one question", len(got))
	}
	return m.nearest(got[0], n)
}

func (m *Meanings) nearest(x []float32, n int) ([]string, error) {
	m.v.mu.RLock()
	defer m.v.mu.RUnlock()
	if len(x) != m.v.dim {
		return nil, fmt.Errorf("a question of %d dimensions among vectors of %d", len(x), m.v.dim)
	}
	rows, which := m.look()
	question, _ := quantise(x)
	parts := max(1, min(runtime.GOMAXPROCS(0), len(rows)/4096))
	found := make([][]near, parts)
	var wait sync.WaitGroup
	for k := range parts {
		from, to := k*len(rows)/parts, (k+1)*len(rows)/parts
		wait.Go(func() { found[k] = m.v.scan(question, rows[from:to], which[from:to], n, closer/parts) })
	}
	wait.Wait()
	best := slices.Concat(found...)
	slices.SortFunc(best, byScore)
	var out []string
	for _, x := range best[:min(n, len(best))] {
		out = append(out, m.ids[x.at])
	}
	return out, nil
}

// look finds the rows of the passages, again whenever the vectors changed.
func (m *Meanings) look() (rows, which []int32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen != m.v.changed {
		m.seen, m.rows, m.which = m.v.changed, nil, nil
		for i, k := range m.keys {
			if row, ok := m.v.at[k]; ok {
				m.rows, m.which = append(m.rows, row), append(m.which, int32(i))
			}
		}
	}
	return m.rows, m.which
}

// closer is how many vectors are compared byte by byte, or all of them where
// there are not many more; of more, those whose signs agree most.
const closer = 8000

// scan gives the n best of some rows.
func (v *Vectors) scan(question []byte, rows, which []int32, n, closer int) []near {
	likely := func(int) bool { return true }
	if len(rows) > 2*closer {
		likely = v.likely(question, rows, closer)
	}
	out := make([]near, 0, 2*n)
	floor := float32(-1e9)
	for i, row := range rows {
		if !likely(i) {
			continue
		}
		s := float32(dot(question, v.row(row))) * v.scales[row]
		if s <= floor {
			continue
		}
		if out = append(out, near{which[i], s}); len(out) == 2*n {
			slices.SortFunc(out, byScore)
			out = out[:n]
			floor = out[n-1].score
		}
	}
	return out
}

// likely tells those rows whose signs agree most with the question's, about as
// many as are wanted.
func (v *Vectors) likely(question []byte, rows []int32, want int) func(i int) bool {
	signs, words := appendSigns(nil, question), signWords(v.dim)
	apart, count := make([]uint16, len(rows)), make([]int, v.dim+1)
	for i, row := range rows {
		d := 0
		for k, s := range v.signs[int(row)*words : (int(row)+1)*words] {
			d += bits.OnesCount64(s ^ signs[k])
		}
		apart[i] = uint16(d)
		count[d]++
	}
	most, met := 0, 0
	for met+count[most] <= want && most < v.dim {
		met += count[most]
		most++
	}
	return func(i int) bool { return int(apart[i]) <= most }
}

func signWords(dim int) int { return (dim + 63) / 64 }

func appendSigns(signs []uint64, row []byte) []uint64 {
	for i := 0; i < len(row); i += 64 {
		var w uint64
		for k, b := range row[i:min(i+64, len(row))] {
			w |= uint64(b>>7) << k
		}
		signs = append(signs, w)
	}
	return signs
}

func byScore(a, b near) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at)) }
