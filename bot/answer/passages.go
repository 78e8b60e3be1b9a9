package answer

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
)

// Searcher finds passages; an index.Index is one.
type Searcher interface {
	engine.Finder
	Search(ctx context.Context, q index.Query) ([]index.Hit, error)
}

// Passages gives the clauses of the documents in force, for vectors of what
// they mean.
func Passages(l *knowledge.Library) index.Source {
	return func() iter.Seq[index.Passage] {
		return func(yield func(index.Passage) bool) {
			for _, d := range l.Documents {
				if !searched(d) {
					continue
				}
				for i, c := range d.Clauses {
					p := index.Passage{ID: clauseID(d, i), Collection: d.ID, Kind: "clause", Title: d.Title,
						Section: headingsOf(d, i), Label: c.Locator, Text: c.Text}
					if !yield(p) {
						return
					}
				}
			}
		}
	}
}

// Entries gives what an index has to hold for SearchWith.
func (a *Answerer) Entries() index.Source { return a.pool.Passages() }

// EntriesVersion changes whenever the Entries do.
func (a *Answerer) EntriesVersion() string { return a.pool.Version() }

func clauseID(d *knowledge.Document, clause int) string { return fmt.Sprintf("%s#%d", d.ID, clause) }

// SearchWith lets the answerer ask an index of its Entries. It is for before
// the first question. Where the index fails, the office's own document alone
// is answered from, by the comparison of words.
func (a *Answerer) SearchWith(s Searcher) {
	a.searcher = s
	if m, err := engine.ShippedModel(); err == nil {
		a.engine = engine.New(a.pool, s, a.words, m, a.askedOf)
	}
	a.clauseAt = make(map[string]int, len(a.clauses))
	for i, r := range a.clauses {
		a.clauseAt[clauseID(r.doc, r.clause)] = i
	}
}

// found gives the rank, from 0, of each clause that the index finds.
func (a *Answerer) found(ctx context.Context, q string) map[int]int {
	if a.searcher == nil {
		return nil
	}
	hits, err := a.searcher.Search(ctx, index.Query{Text: q, Size: mostWordings})
	if err != nil {
		return nil
	}
	out := make(map[int]int, len(hits))
	for i, h := range hits {
		doc, clause, ok := a.pool.Clause(h.ID)
		if !ok {
			continue
		}
		if at, ok := a.clauseAt[doc+"#"+strconv.Itoa(clause)]; ok {
			if _, met := out[at]; !met {
				out[at] = i
			}
		}
	}
	return out
}

// Engine is what finds and ranks entries; nil before SearchWith.
func (a *Answerer) Engine() *engine.Engine { return a.engine }
