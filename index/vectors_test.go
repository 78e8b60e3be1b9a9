package index

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// gramEmbedder is an embedder that works: the hashes of a text's pairs of
// characters. It counts what it is asked.
type gramEmbedder struct {
	name  string
	dim   int
	texts int
	fails error
}

func (g *gramEmbedder) Name() string { return g.name }

func (g *gramEmbedder) Embed(_ context.Context, texts []string) ([][]float32, error) {
	if g.fails != nil {
		return nil, g.fails
	}
	g.texts += len(texts)
	var out [][]float32
	for _, t := range texts {
		x, r := make([]float32, g.dim), []rune(Normalise(t))
		for i := range r {
			h := fnv.New32a()
			h.Write([]byte(string(r[i:min(i+2, len(r))])))
			x[h.Sum32()%uint32(g.dim)]++
		}
		out = append(out, x)
	}
	return out, nil
}

func passagesOf(texts ...string) Source {
	return func() iter.Seq[Passage] {
		return func(yield func(Passage) bool) {
			for i, t := range texts {
				if !yield(Passage{ID: fmt.Sprint(i), Text: t}) {
					return
				}
			}
		}
	}
}

// TestVectorsAskOnlyForWhatChanged fills, opens again, changes one text, has
// the file damaged, and takes another model.
func TestVectorsAskOnlyForWhatChanged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "vectors")
	g := &gramEmbedder{name: "m", dim: 64}
	fill := func(want int, texts ...string) *Vectors {
		t.Helper()
		g.texts = 0
		v := OpenVectors(file, g)
		told := 0
		if err := v.Fill(t.Context(), passagesOf(texts...), func(done, _ int) { told = done }); err != nil {
			t.Fatal(err)
		}
		if g.texts != want || want > 0 && told == 0 {
			t.Errorf("asked for %d texts, want %d; told %d", g.texts, want, told)
		}
		return v
	}
	park := []string{"园区内的两新组织由园区负责", "律师事务所由行业综合党委指导", "联合组建一般不超过5家"}
	v := fill(3, park...)
	fill(0, park...)
	fill(1, append(slices.Clone(park), "新的一句话")...)
	got, err := v.Over(passagesOf(park...)).Near(t.Context(), "联合组建最多几家", 2)
	if err != nil || len(got) != 2 || got[0] != "2" {
		t.Errorf("%v %v", got, err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{0, 3, len(data) / 2, len(data) - 1} {
		if err := os.WriteFile(file, data[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		fill(3, park...)
	}
	for _, at := range []int{2, 20, len(data) / 2, len(data) - 2} {
		bad := slices.Clone(data)
		bad[at] ^= 0x10
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		fill(3, park...)
	}
	g = &gramEmbedder{name: "other", dim: 32}
	fill(3, park...)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*.new")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestVectorsFail holds that what was had before a failure stays, and that a
// search says what went wrong.
func TestVectorsFail(t *testing.T) {
	g := &gramEmbedder{name: "m", dim: 16}
	v := OpenVectors("", g)
	m := v.Over(passagesOf("甲句", "乙句"))
	if got, err := m.Near(t.Context(), "甲", 3); got != nil || err != nil {
		t.Errorf("%v %v", got, err)
	}
	if err := v.Fill(t.Context(), passagesOf("甲句"), nil); err != nil {
		t.Fatal(err)
	}
	if got, err := m.Near(t.Context(), "甲句", 3); err != nil || !slices.Equal(got, []string{"0"}) {
		t.Errorf("%v %v", got, err)
	}
	g.fails = errors.New("down")
	if err := v.Fill(t.Context(), passagesOf("甲句", "乙句"), nil); err == nil || v.Len() != 1 {
		t.Errorf("%v, %d held", err, v.Len())
	}
	if _, err := m.Near(t.Context(), "甲", 3); err == nil {
		t.Error("no error")
	}
	g.fails, g.dim = nil, 17
	if err := v.Fill(t.Context(), passagesOf("甲句", "乙句"), nil); err == nil || v.Len() != 1 {
		t.Errorf("another length was taken: %v", err)
	}
	if _, err := m.Near(t.Context(), "甲", 3); err == nil {
		t.Error("a question of another length was compared")
	}
}

// TestBytesAreNearEnough compares a search over quantised vectors with one over
// the vectors themselves.
func TestBytesAreNearEnough(t *testing.T) {
	const n, dim, k = 20_000, 128, 10 // more than are compared one by one
	v, full := randomVectors(n, dim)
	m := v.Over(numbered(n))
	r := rand.New(rand.NewPCG(9, 9))
	met := 0
	for range 8 {
		q := around(r, full[r.IntN(n)])
		got, err := m.nearest(q, k)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range exactly(full, q, k) {
			if slices.Contains(got, id) {
				met++
			}
		}
	}
	t.Logf("%d of %d of the nearest are the same", met, 8*k)
	if met < 8*k*9/10 {
		t.Error("too few")
	}
}

func exactly(full [][]float32, q []float32, k int) []string {
	var all []near
	for i, x := range full {
		var s, l float64
		for j := range x {
			s += float64(x[j]) * float64(q[j])
			l += float64(x[j]) * float64(x[j])
		}
		all = append(all, near{int32(i), float32(s / math.Sqrt(l))})
	}
	slices.SortFunc(all, byScore)
	var out []string
	for _, x := range all[:k] {
		out = append(out, fmt.Sprint(x.at))
	}
	return out
}

func around(r *rand.Rand, x []float32) []float32 {
	out := slices.Clone(x)
	for i := range out {
		out[i] += float32(r.NormFloat64()) * 0.7
	}
	return out
}

// randomVectors gives vectors for the passages of numbered.
func randomVectors(n, dim int) (*Vectors, [][]float32) {
	v := OpenVectors("", &gramEmbedder{name: "m", dim: dim})
	r := rand.New(rand.NewPCG(1, 2))
	var full [][]float32
	for p := range numbered(n)() {
		x := make([]float32, dim)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		full = append(full, x)
		if err := v.add(v.key(&p), x); err != nil {
			panic(err)
		}
	}
	return v, full
}

// numbered gives passages of common words, as many as are wanted.
func numbered(n int) Source {
	words := []rune(words2)
	return func() iter.Seq[Passage] {
		return func(yield func(Passage) bool) {
			for i := range n {
				var text strings.Builder
				for k := range 12 {
					at := (i*7919 + k*k*104729) % (len(words)/2 - 1)
					text.WriteString(string(words[2*at : 2*at+2]))
				}
				if !yield(Passage{ID: fmt.Sprint(i), Title: fmt.Sprintf("第%d号", i/50), Text: fmt.Sprint(text.String(), i)}) {
					return
				}
			}
		}
	}
}

func TestFuse(t *testing.T) {
	got := fuse([]string{"a", "b", "c"}, []string{"c", "d", "a"})
	if !slices.Equal(got, []string{"a", "c", "b", "d"}) {
		t.Error(got)
	}
}

// BenchmarkHundredThousand searches 100,000 clauses by their words and by
// vectors of 512 dimensions, in the same run.
func BenchmarkHundredThousand(b *testing.B) {
	const n, dim = 100_000, 512
	b.Run("words", func(b *testing.B) {
		x := open(b, b.TempDir(), "n", numbered(n))
		defer closeIndex(b, x)
		r, questions := searching(b, x, slices.Collect(numbered(n)())), slices.Collect(numbered(200)())
		i := 0
		for b.Loop() {
			if _, err := r.search(context.Background(), questions[i%200].Text, 10); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
	b.Run("meanings", func(b *testing.B) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		v, full := randomVectors(n, dim)
		question := full[7]
		full = nil
		runtime.GC()
		runtime.ReadMemStats(&after)
		m := v.Over(numbered(n))
		for b.Loop() {
			if _, err := m.nearest(question, 10); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
		b.ReportMetric(float64(v.Bytes())/(1<<20), "MB-counted")
	})
}
