// Package ledger takes a whole ledger (台账, 明细账) of organisations and gives it
// back with a recommendation, the reasons and what is missing for every row.
// Every recommendation is the one that the dialog gives for the same facts.
//
// Names of people, telephones and identity numbers are neither read nor kept:
// their columns stay where they are, in the file.
package ledger

import (
	"zujian/knowledge/parse"
	"zujian/knowledge/rule"
)

// File is a ledger as it was read: its tables, what their columns were taken
// for, and the bytes it came in. It is for one goroutine at a time.
type File struct {
	book   *rule.Book
	name   string
	data   []byte
	sheets []*sheet
	tables []*table
	doubts []string // what a person should know of the file as a whole
	csv    bool
	kinds  map[string]string // texts read for a kind before
}

// Read reads a ledger, XLSX or CSV, and recognises its tables and columns by
// what the book knows; fixed is what a person said of headings before and may be
// nil. The name serves for messages only; the format is told by content. It fails
// with one of this package's errors.
func Read(b *rule.Book, name string, data []byte, fixed Fixed) (*File, error) {
	f := &File{book: b, name: name, data: data, kinds: map[string]string{}}
	var err error
	if f.sheets, f.csv, err = openSheets(data); err != nil {
		return nil, err
	}
	for _, s := range f.sheets {
		if secret(s) {
			return nil, errSecret
		}
		s.fixed = fixed
		f.tables = append(f.tables, f.findTables(s)...)
	}
	f.doubts = f.remarks()
	return f, nil
}

// Known reports whether there is a table with a column of names and at least
// one fact; Check fails with ErrNoHeader where there is none.
func (f *File) Known() bool { return len(f.usable()) > 0 }

// usable gives the tables that recommendations can be made for.
func (f *File) usable() []*table {
	var out []*table
	for _, t := range f.tables {
		if len(t.rows) > 0 && (t.column(roleName) >= 0 || t.facts() >= 2) && t.facts() > 0 {
			out = append(out, t)
		}
	}
	return out
}

// CSV reports whether the ledger came as CSV.
func (f *File) CSV() bool { return f.csv }

// Doubts gives what a person should know of the file, a sentence each.
func (f *File) Doubts() []string { return f.doubts }

// secret looks for a mark of secrecy above and below the tables, where such
// marks stand; a table's own cells are data.
func secret(s *sheet) bool {
	for i, row := range s.grid {
		if i > 8 && i < len(s.grid)-5 {
			continue
		}
		for _, c := range row {
			if c != "" && parse.Secret(c) {
				return true
			}
		}
	}
	return false
}
