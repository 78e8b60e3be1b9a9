package answer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"

	"zujian/index"
	"zujian/knowledge"
)

// Searcher finds passages; an index.Index is one.
type Searcher interface {
	Search(ctx context.Context, q index.Query) ([]index.Hit, error)
}

// Passages gives the clauses of the documents in force as an index holds them.
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

// PassagesVersion changes whenever the Passages do.
func PassagesVersion(l *knowledge.Library) string {
	h := sha256.New()
	for p := range Passages(l)() {
		fmt.Fprintf(h, "%q\n", []string{p.ID, p.Title, p.Section, p.Label, p.Text})
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func clauseID(d *knowledge.Document, clause int) string { return fmt.Sprintf("%s#%d", d.ID, clause) }

// SearchWith lets the answerer ask an index of Passages for clauses, beside its
// own comparison of words. It is for before the first question. Where the index
// fails, the comparison stands alone.
func (a *Answerer) SearchWith(s Searcher) {
	a.searcher = s
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
		if at, ok := a.clauseAt[h.ID]; ok {
			out[at] = i
		}
	}
	return out
}
