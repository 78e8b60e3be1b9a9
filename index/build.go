package index

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/mapping"
	bindex "github.com/blevesearch/bleve_index_api"
)

// The fields of a passage in bleve.
const (
	fieldBody    = "body"    // grams of title, section and text, not stored
	fieldText    = "text"    // grams of the text alone, not stored
	fieldWhole   = "whole"   // grams of all that a document says, not stored
	fieldAsks    = "asks"    // terms of a way of asking, not stored
	fieldGaps    = "gaps"    // terms of a way of asking for a gap, not stored
	fieldOutside = "outside" // terms of a message out of the field, not stored
	fieldRecord  = "record"  // stored, not searched
)

// Keys of what an index keeps about itself.
var (
	keyStats       = []byte("zujian.stats")
	keyFingerprint = []byte("zujian.fingerprint")
)

// batchSize is how many passages go to disk at once.
const batchSize = 2000

// emptyMapping says nothing: passages come as ready fields, since a mapping
// whose name differs from the property silently loses its analyzer.
func emptyMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	return m
}

// fill puts every passage into b, then what b has to know of itself.
func fill(
	ctx context.Context, b bleve.Index, fingerprint string, passages iter.Seq[Passage], progress func(int),
) (*stats, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	chunks := make(chan []Passage, 1)
	total, mu, wg := newStats(), sync.Mutex{}, sync.WaitGroup{}
	for range max(2, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for chunk := range chunks {
				st, err := fillBatch(b, chunk)
				if err != nil {
					cancel(err)
					continue
				}
				mu.Lock()
				total.merge(st)
				progress(total.Passages)
				mu.Unlock()
			}
		})
	}
	err := sendChunks(ctx, passages, chunks)
	close(chunks)
	wg.Wait()
	if err := cmp.Or(err, context.Cause(ctx)); err != nil {
		return nil, fmt.Errorf("index passages: %w", err)
	}
	return total, describe(b, total, fingerprint)
}

// sendChunks gives the passages on; it fails where two have one id.
func sendChunks(ctx context.Context, passages iter.Seq[Passage], chunks chan<- []Passage) error {
	seen := map[string]bool{}
	var chunk []Passage
	for p := range passages {
		if seen[p.ID] {
			return fmt.Errorf("两个段落的 id 都是 %q", p.ID)
		}
		seen[p.ID] = true
		if chunk = append(chunk, p); len(chunk) < batchSize {
			continue
		}
		select {
		case chunks <- chunk:
			chunk = nil
		case <-ctx.Done():
			return nil
		}
	}
	if len(chunk) > 0 {
		select {
		case chunks <- chunk:
		case <-ctx.Done():
		}
	}
	return nil
}

func fillBatch(b bleve.Index, chunk []Passage) (*stats, error) {
	st, batch := newStats(), b.NewBatch()
	for i := range chunk {
		p := &chunk[i]
		text := Normalise(p.joined())
		st.count(p.field(), text)
		if err := batch.IndexAdvanced(asDocument(p, text)); err != nil {
			return nil, err
		}
	}
	return st, b.Batch(batch)
}

func asDocument(p *Passage, text string) *document.Document {
	d := document.NewDocument(p.ID)
	d.AddField(document.NewTextFieldCustom(p.field(), nil, []byte(text), bindex.IndexField, gramAnalyzer{}))
	if p.Kind == KindEntry {
		d.AddField(document.NewTextFieldCustom(fieldText, nil, []byte(Normalise(p.Text)), bindex.IndexField, gramAnalyzer{}))
	}
	d.AddField(document.NewTextFieldWithIndexingOptions(fieldRecord, nil, p.record(), bindex.StoreField))
	return d
}

func describe(b bleve.Index, st *stats, fingerprint string) error {
	known, err := json.Marshal(st)
	if err != nil {
		return fmt.Errorf("store statistics: %w", err)
	}
	if err := b.SetInternal(keyStats, known); err != nil {
		return fmt.Errorf("store statistics: %w", err)
	}
	if err := b.SetInternal(keyFingerprint, []byte(fingerprint)); err != nil {
		return fmt.Errorf("store fingerprint: %w", err)
	}
	return nil
}

// mergeAll makes one segment of many, in one go: a question then reads one
// list a term.
func mergeAll(ctx context.Context, b bleve.Index) error {
	inner, err := b.Advanced()
	if err != nil {
		return err
	}
	if s, ok := inner.(*scorch.Scorch); ok {
		o := mergeplan.SingleSegmentMergePlanOptions
		o.SegmentsPerMergeTask = manySegments
		return s.ForceMerge(ctx, &o)
	}
	return nil
}

// manySegments is more than a build ever has.
const manySegments = 10000

// buildConfig keeps every batch safe on disk before the next is taken, and
// leaves the merging to the end.
func buildConfig() map[string]any {
	return map[string]any{
		"unsafe_batch": false,
		"scorchMergePlanOptions": map[string]any{
			"MaxSegmentsPerTier": manySegments, "SegmentsPerMergeTask": manySegments,
		},
	}
}
