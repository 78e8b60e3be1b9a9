package index

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// fusedFrom is how many of each ranking are joined.
const fusedFrom = 50

// judgeMeanings judges what vectors find alone, and what words and vectors find
// joined. The time of a search has that of the question's own vector in it.
func (set *judged) judgeMeanings(ctx context.Context, dir string, o JudgeOptions) ([]Report, error) {
	v := OpenVectors("", o.By)
	began := time.Now()
	if err := v.Fill(ctx, set.source, func(done, of int) { o.Progress("算向量", done, of) }); err != nil {
		return nil, fmt.Errorf("检索评测算向量：%w", err)
	}
	built := time.Since(began)
	x, err := Open(ctx, filepath.Join(dir, "own"), set.name, set.source)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	search, err := newSearcher(ctx, x, set.passages)
	if err != nil {
		return nil, err
	}
	m := v.Over(set.source)
	alone, err := set.ask(ctx, "提问（向量）", o, func(q string) ([]string, error) { return m.Near(ctx, q, 10) })
	if err != nil {
		return nil, err
	}
	both, err := set.ask(ctx, "提问（字词加向量）", o, func(q string) ([]string, error) {
		words, err := search.idsFor(ctx, q, fusedFrom)
		if err != nil {
			return nil, err
		}
		near, _ := m.Near(ctx, q, fusedFrom) // where that fails the words stand alone
		return fuse(words, near), nil
	})
	alone.Set, both.Set = set.name+"/向量", set.name+"/字词加向量"
	for _, r := range []*Report{&alone, &both} {
		r.Halves = nil
		r.IndexPerS = float64(len(set.passages)) / built.Seconds()
		r.VectorsMB = float64(v.Bytes()) / (1 << 20)
	}
	return []Report{alone, both}, err
}
