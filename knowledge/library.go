package knowledge

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"zujian/knowledge/text"
)

//go:embed library
var shipped embed.FS

// Library is the catalogue of the documents that are held.
type Library struct {
	Documents []*Document
	Outside   []string // everyday messages outside the field, for telling them apart
}

// Shipped gives the documents that are part of the program. They are read once;
// each caller gets a library that more may be put into.
func Shipped() (*Library, error) {
	l, err := readShipped()
	if err != nil {
		return nil, err
	}
	return l.Copy(), nil
}

var readShipped = sync.OnceValues(func() (*Library, error) {
	sub, err := fs.Sub(shipped, "library")
	if err != nil {
		return nil, err
	}
	l := &Library{}
	for _, folder := range []string{".", "digests"} {
		if err := l.readFolder(sub, folder); err != nil {
			return nil, fmt.Errorf("随程序带的文件库：%w", err)
		}
	}
	return l, l.readOutside(sub)
})

// readFolder reads every NAME.md of a folder that ships, with what stands beside
// it.
func (l *Library) readFolder(library fs.FS, folder string) error {
	dir, err := fs.Sub(library, folder)
	if err != nil {
		return err
	}
	names, err := fs.Glob(dir, "*.md") // in order
	if err != nil {
		return err
	}
	for _, name := range names {
		d, err := openDocument(dir, name)
		if err == nil {
			err = l.Add(d)
		}
		if err != nil {
			return fmt.Errorf("%s：%w", name, err)
		}
	}
	return nil
}

func openDocument(dir fs.FS, name string) (*Document, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, err
	}
	d, err := ReadMarkdown(data)
	if err != nil {
		return nil, err
	}
	d.Shipped = true
	return d, d.readBeside(dir, strings.TrimSuffix(name, ".md"), false)
}

// ReadBeside takes NAME.asks.yaml (what people ask of the document's clauses),
// NAME.gaps.yaml (what it is known not to state) and NAME.answers.yaml (short
// answers that the keeper wrote), where they exist. It fails, naming the entry,
// when a piece is not verbatim in exactly one clause, or the pieces do not carry
// what an answer says, or leave out what limits them.
func (d *Document) ReadBeside(dir fs.FS, name string) error { return d.readBeside(dir, name, true) }

// readBeside leaves the check of answers out for what ships: a test made it, and it
// is a part of every start.
func (d *Document) readBeside(dir fs.FS, name string, check bool) error {
	var asks, gaps, answers error // read side by side: they are most of what there is to read
	var wait sync.WaitGroup
	wait.Go(func() { asks = readFile(dir, name+".asks.yaml", d.ReadAsked) })
	wait.Go(func() {
		answers = readFile(dir, name+".answers.yaml", func(data []byte) error { return d.readAnswers(data, check) })
	})
	gaps = readFile(dir, name+".gaps.yaml", d.ReadGaps)
	wait.Wait()
	return errors.Join(asks, gaps, answers)
}

func readFile(dir fs.FS, name string, read func([]byte) error) error {
	data, err := fs.ReadFile(dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return read(data)
}

// readOutside reads everyday messages outside the field.
func (l *Library) readOutside(dir fs.FS) error {
	return readFile(dir, "outside.yaml", func(data []byte) error {
		var f struct {
			Outside Lines `yaml:"outside"`
		}
		if err := text.ReadYAML(data, &f); err != nil {
			return fmt.Errorf("outside.yaml：%w", err)
		}
		l.Outside = f.Outside
		return nil
	})
}

// Add puts a document into the catalogue. It refuses a second one with the
// same id.
func (l *Library) Add(d *Document) error {
	if l.Document(d.ID) != nil {
		return fmt.Errorf("编号“%s”已经有一份文件在用，请换一个", d.ID)
	}
	l.Documents = append(l.Documents, d)
	return nil
}

// Document gives the document with that id, or nil.
func (l *Library) Document(id string) *Document {
	if i := slices.IndexFunc(l.Documents, func(d *Document) bool { return d.ID == id }); i >= 0 {
		return l.Documents[i]
	}
	return nil
}

// each gives the library of what f makes of each document; nil leaves it out.
func (l *Library) each(f func(*Document) *Document) *Library {
	out := &Library{Outside: l.Outside}
	for _, d := range l.Documents {
		if d = f(d); d != nil {
			out.Documents = append(out.Documents, d)
		}
	}
	return out
}

// Bare gives the same documents without what their keepers wrote beside them,
// to measure what the engine does for a notice that has nothing beside it.
func (l *Library) Bare() *Library {
	return l.each(func(d *Document) *Document {
		c := *d
		c.Asked, c.Gaps, c.Written = nil, nil, nil
		return &c
	})
}

// Copy gives a library beside whose documents more can be put without changing
// this one's.
func (l *Library) Copy() *Library {
	return l.each(func(d *Document) *Document {
		c := *d
		c.Asked, c.Gaps, c.Written = slices.Clip(d.Asked), slices.Clip(d.Gaps), slices.Clip(d.Written)
		return &c
	})
}

// On gives the library as it stood on a day (2024-05-30): a document that did
// not hold yet is left out, one that was repealed or replaced only later is in
// force. A document without a day counts as held from the beginning.
func (l *Library) On(day string) *Library {
	return l.each(func(d *Document) *Document {
		if cmp.Or(d.Effective, d.Issued) > day {
			return nil
		}
		if d.Validity != InForce && d.Ended > day {
			c := *d
			c.Validity = InForce
			return &c
		}
		return d
	})
}

// For gives the documents that a group may see; the empty name stands for
// whoever is in no group.
func (l *Library) For(group string) *Library {
	return l.each(func(d *Document) *Document {
		if len(d.Groups) > 0 && !slices.Contains(d.Groups, group) {
			return nil
		}
		return d
	})
}

// Version changes whenever a document, or what stands beside it, does.
func (l *Library) Version() string {
	sum := text.NewDigest()
	for _, d := range l.Documents {
		sum.Add(d.ID, d.Hash, string(d.Validity), d.Title, d.Short, d.Issuer, d.Number, d.Issued, d.ReplacedBy, d.From)
		sum.Add(d.Groups...)
		for _, a := range d.Asked {
			sum.Add(wordsOf(a.Pieces)...)
			sum.Add(a.Asks...)
		}
		for _, g := range d.Gaps {
			sum.Add(g.Say)
			sum.Add(wordsOf(g.Near)...)
			sum.Add(g.Asks...)
		}
		for _, w := range d.Written {
			sum.Add(w.Text)
			sum.Add(wordsOf(w.Pieces)...)
			sum.Add(w.Asks...)
		}
	}
	return sum.Short()
}

func wordsOf(pieces []Piece) []string {
	out := make([]string, len(pieces))
	for i, p := range pieces {
		out[i] = strconv.Itoa(p.Clause) + " " + p.Text
	}
	return out
}
