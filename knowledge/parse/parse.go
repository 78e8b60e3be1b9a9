// Package parse reads a file in an office's format into a document.
package parse

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge"
)

// Largest is how many bytes a file may have.
const Largest = 50 << 20

// source is a file as it was read: the lines of its text, and what was seen
// that a person should look at.
type source struct {
	Format   string // "DOCX", "XLSX", …
	Title    string // empty where the lines hold it
	Issuer   string // as the file says, or empty; so Number and Issued
	Number   string
	Issued   string   // a day as 2024-05-30
	Lines    []string // one paragraph or table row each, numbers rendered
	Asked    []answered
	Notes    []string       // footnotes and endnotes, which stand behind everything else
	Scanned  []pageText     // the pages that were recognised on pictures
	Pictures map[int][]byte // of those pages, as JPEG
	Doubts   []string       // what may have been read wrong, a sentence each
	Hash     string         // SHA-256 of the file, hexadecimal
	Trace    string         // where the program failed on the way, though it read the file; for the log

	ready *knowledge.Document // Markdown with front matter is a document as it stands
}

// answered is one row of a list of questions and answers.
type answered struct {
	Question, Answer, Basis string
}

// Reading is a file as it was read.
type Reading struct {
	Document *knowledge.Document
	Doubts   []string       // what may have been read wrong, a sentence each
	Pictures map[int][]byte // of pages that were recognised, by their number, as JPEG
	Trace    string         // as of source
}

// Parse reads a file into a document. The name serves only to name it; the
// format is told by content. It fails with one of this package's errors, in
// Chinese with what to do.
func Parse(name string, data []byte) (*knowledge.Document, error) {
	r, err := ReadDocument(name, data, nil)
	if err != nil {
		return nil, err
	}
	return r.Document, nil
}

// ReadDocument is Parse with what a person should look at. progress, where it is
// not nil, is called with how far a long reading is.
func ReadDocument(name string, data []byte, progress func(string)) (*Reading, error) {
	r, err := safely(readAsDocument, name, data, progress)
	noteFailure(name, r, err)
	return r, err
}

func readAsDocument(name string, data []byte, progress func(string)) (*Reading, error) {
	s, err := readSource(name, data, progress)
	if err != nil {
		return nil, err
	}
	d, err := s.document(name)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", filepath.Base(name), err)
	}
	return &Reading{Document: d, Doubts: s.Doubts, Pictures: s.Pictures, Trace: s.Trace}, nil
}

func readSource(name string, data []byte, progress func(string)) (*source, error) {
	if len(data) > Largest {
		return nil, fmt.Errorf("%s：%w", filepath.Base(name), ErrTooLarge)
	}
	s, err := read(name, data, progress)
	if err == nil && s.beyond() {
		err = ErrTooLarge
	}
	if err == nil && Secret(s.Title+"\n"+strings.Join(slices.Concat(s.Lines, s.Notes), "\n")) {
		err = ErrSecret
	}
	if err != nil {
		return nil, fmt.Errorf("%s：%w", filepath.Base(name), err)
	}
	sum := sha256.Sum256(data)
	s.Hash = hex.EncodeToString(sum[:])
	return s, nil
}

// What no office's document comes near: beyond it a file is data, or made to
// bring the program down.
const (
	mostLines = 200_000
	mostText  = 24 << 20 // bytes
	mostHTML  = 16 << 20 // bytes; its tree takes many times that
)

func (s *source) beyond() bool {
	n := 0
	for _, l := range slices.Concat(s.Lines, s.Notes) {
		n += len(l)
	}
	return len(s.Lines)+len(s.Notes) > mostLines || n > mostText
}

// read tells the format by how the content begins.
func read(name string, data []byte, progress func(string)) (*source, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readZipped(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return readCompound(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return readPDF(data, progress)
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return readRTF(data)
	}
	if kind := picture(data); kind != "" {
		return readPicture(data, kind, progress)
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	return readText(name, text)
}

func picture(data []byte) string {
	for magic, kind := range map[string]string{"\x89PNG": "PNG", "\xff\xd8\xff": "JPG", "II*\x00": "TIFF", "MM\x00*": "TIFF",
		"GIF8": "GIF"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return kind
		}
	}
	return ""
}

func readText(name, text string) (*source, error) {
	switch {
	case strings.Count(text, "\n") > mostLines:
		return nil, ErrTooLarge
	case isOfficeXML(text):
		return readOfficeXML(text)
	case isMHT(text):
		return readMHT(text)
	case isHTML(text) && len(text) > mostHTML:
		return nil, ErrTooLarge
	case isHTML(text):
		return readHTML(text)
	case isForumText(text):
		return readForumText(text)
	case isTabular(name):
		return readCSV(text)
	case isMarkdown(name, text):
		return readMarkdown(text)
	}
	lines := strings.Split(text, "\n")
	return &source{Format: "TXT", Lines: spacedTables(lines)}, nil
}

// Document makes the document of the lines; name names it where nothing in it
// reads like a title.
func (s *source) document(name string) (*knowledge.Document, error) {
	if s.ready != nil {
		d := *s.ready
		return &d, nil
	}
	o := recognise(s.Lines, s.Title)
	if o.title == "" {
		o.title = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	d := &knowledge.Document{Title: o.title, Kind: kindOf(o.title), Validity: knowledge.InForce, Hash: s.Hash,
		Issuer: o.issuer, Number: o.number, Issued: o.issued, Addressee: o.addressee, DateLine: o.dateLine, Format: s.Format}
	d.Issuer, d.Number, d.Issued = cmp.Or(d.Issuer, s.Issuer), cmp.Or(d.Number, s.Number), cmp.Or(d.Issued, s.Issued)
	if len(s.Hash) >= 8 {
		d.ID = "f" + s.Hash[:8]
	}
	d.Sections, d.Clauses = knowledge.Structure(o.body)
	addNotes(d, withoutBlank(s.Notes))
	if len(d.Clauses) == 0 {
		return nil, ErrEmpty
	}
	d.Effective = effective(d)
	if len(s.Scanned) > 0 {
		d.Note = ScanNote
		onPages(d.Clauses, s.Scanned)
	}
	s.ask(d)
	askInText(d)
	return d, nil
}

// addNotes puts footnotes and endnotes behind the text, in a part of their own.
func addNotes(d *knowledge.Document, notes []string) {
	if len(notes) == 0 {
		return
	}
	d.Sections = append(d.Sections, knowledge.Section{Label: "脚注", Parent: -1})
	for i, n := range notes {
		d.Clauses = append(d.Clauses, knowledge.Clause{Index: len(d.Clauses), Section: len(d.Sections) - 1, Number: i + 1, Text: n,
			Locator: "脚注第" + strconv.Itoa(i+1) + "条"})
	}
}

func kindOf(title string) knowledge.Kind {
	switch {
	case strings.Contains(title, "讲话"):
		return knowledge.Speech
	case strings.HasSuffix(title, "条例"), strings.HasSuffix(title, "法"), strings.HasSuffix(title, "章程"):
		return knowledge.Regulation
	}
	return knowledge.Notice
}
