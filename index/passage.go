package index

import (
	"errors"
	"strings"
)

// Passage is what an Index holds and finds: a stretch of text, what it
// belongs to, and what its finder needs to name it.
type Passage struct {
	ID         string // unique within one Index
	Collection string // what a Query can be limited to, e.g. a document
	Kind       string // what it is; another such limit
	Title      string // of the document
	Section    string // heading or headings it stands under
	Label      string // how a person names the place; kept, not searched
	Text       string
}

// The kinds of passages that are held in fields of their own. Any other kind is
// searched like an entry.
const (
	KindEntry    = "entry"    // a part of a document that may answer
	KindDocument = "document" // all that a document says
	KindAsk      = "ask"      // a way of asking for an entry
	KindGap      = "gap"      // a way of asking for what a document does not say
	KindOutside  = "outside"  // a message out of the field
)

func (p *Passage) field() string {
	switch p.Kind {
	case KindDocument:
		return fieldWhole
	case KindAsk:
		return fieldAsks
	case KindGap:
		return fieldGaps
	case KindOutside:
		return fieldOutside
	}
	return fieldBody
}

// joined is what is searched: one field, since separate fields for title and
// section were measured to hurt.
func (p *Passage) joined() string {
	if p.isAsked() {
		return p.Text
	}
	return p.head() + p.Text
}

// isAsked says whether it is something that people ask or say.
func (p *Passage) isAsked() bool {
	return p.Kind == KindAsk || p.Kind == KindGap || p.Kind == KindOutside
}

func (p *Passage) head() string { return p.Title + "\n" + p.Section + "\n" }

// recordMark parts the fields of a stored passage; it cannot be met in text
// that a parser let through, and is dropped where it is.
const recordMark = "\x1f"

var errRecord = errors.New("stored passage has another number of fields")

func (p *Passage) record() []byte {
	fields := []string{p.Collection, p.Kind, p.Title, p.Section, p.Label, p.Text}
	if p.isAsked() {
		fields[5] = "" // its finder knows it by its label
	}
	for i, f := range fields {
		if strings.Contains(f, recordMark) {
			fields[i] = strings.ReplaceAll(f, recordMark, "")
		}
	}
	return []byte(strings.Join(fields, recordMark))
}

func readRecord(id, b string) (Passage, error) {
	f := strings.Split(b, recordMark)
	if len(f) != 6 {
		return Passage{}, errRecord
	}
	return Passage{ID: id, Collection: f[0], Kind: f[1], Title: f[2], Section: f[3], Label: f[4], Text: f[5]}, nil
}
