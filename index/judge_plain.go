package index

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
)

// judgePlain judges what bleve gives by itself: the cjk analyzer over title,
// section and text in one field, its own scoring. It is the yardstick beside
// which the figures of an Index are read.
func (set *judged) judgePlain(ctx context.Context, dir string, o JudgeOptions) (Report, error) {
	home := filepath.Join(dir, "plain")
	began := time.Now()
	b, err := set.openPlain(ctx, home, o)
	if err != nil {
		return Report{}, err
	}
	built := time.Since(began)
	r, err := set.ask(ctx, "提问（cjk）", o, func(q string) ([]string, error) {
		req := bleve.NewSearchRequest(bleve.NewMatchQuery(q))
		res, err := b.SearchInContext(ctx, req)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		return ids, nil
	})
	r.Set += "/cjk"
	r.IndexPerS = float64(len(set.passages)) / built.Seconds()
	r.IndexMB = megabytes(home)
	return r, errors.Join(err, b.Close())
}

func (set *judged) openPlain(ctx context.Context, home string, o JudgeOptions) (bleve.Index, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = cjk.AnalyzerName
	m.StoreDynamic, m.DocValuesDynamic = false, false
	b, err := bleve.New(home, m)
	if err != nil {
		return nil, err
	}
	if err := set.fillPlain(ctx, b, o); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func (set *judged) fillPlain(ctx context.Context, b bleve.Index, o JudgeOptions) error {
	for from := 0; from < len(set.passages); from += batchSize {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(from+batchSize, len(set.passages))
		batch := b.NewBatch()
		for i := range set.passages[from:to] {
			p := &set.passages[from+i]
			if err := batch.Index(p.ID, map[string]any{"all": p.joined()}); err != nil {
				return err
			}
		}
		if err := b.Batch(batch); err != nil {
			return err
		}
		o.Progress("建立索引（cjk）", to, len(set.passages))
	}
	return nil
}
