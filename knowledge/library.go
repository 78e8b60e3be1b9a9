package knowledge

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sort"
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
	l, err := readFolder(sub, true)
	if err != nil {
		return nil, fmt.Errorf("随程序带的文件库：%w", err)
	}
	digests, err := fs.Sub(sub, "digests")
	if err != nil {
		return nil, err
	}
	more, err := readFolder(digests, true)
	if err != nil {
		return nil, fmt.Errorf("随程序带的摘编：%w", err)
	}
	l.Documents = append(l.Documents, more.Documents...)
	return l, nil
})

// Open reads every NAME.md of a folder as a document, and beside it
// NAME.asks.yaml, NAME.gaps.yaml and NAME.answers.yaml where they exist; outside.yaml holds
// everyday messages outside the field. It fails, in Chinese and naming the
// file, on the first one that is not right.
func Open(dir fs.FS) (*Library, error) { return readFolder(dir, false) }

func readFolder(dir fs.FS, ships bool) (*Library, error) {
	names, err := fs.Glob(dir, "*.md")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	l := &Library{}
	for _, name := range names {
		d, err := openDocument(dir, name, ships)
		if err != nil {
			return nil, fmt.Errorf("%s：%w", name, err)
		}
		if err := l.Add(d); err != nil {
			return nil, fmt.Errorf("%s：%w", name, err)
		}
	}
	return l, l.readOutside(dir)
}

func openDocument(dir fs.FS, name string, ships bool) (*Document, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, err
	}
	d, err := ReadMarkdown(data)
	if err != nil {
		return nil, err
	}
	d.Shipped = ships
	return d, d.readBeside(dir, strings.TrimSuffix(name, ".md"), !ships)
}

// ReadBeside takes NAME.asks.yaml, NAME.gaps.yaml and NAME.answers.yaml where
// they exist.
func (d *Document) ReadBeside(dir fs.FS, name string) error { return d.readBeside(dir, name, true) }

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
	for _, d := range l.Documents {
		if d.ID == id {
			return d
		}
	}
	return nil
}

// Bare gives the same documents without what their keepers wrote beside them,
// to measure what the engine does for a notice that has nothing beside it.
func (l *Library) Bare() *Library {
	out := &Library{Outside: l.Outside}
	for _, d := range l.Documents {
		c := *d
		c.Asked, c.Gaps, c.Written = nil, nil, nil
		out.Documents = append(out.Documents, &c)
	}
	return out
}

// Copy gives a library beside whose documents more can be put without changing
// this one's.
func (l *Library) Copy() *Library {
	out := &Library{Outside: l.Outside}
	for _, d := range l.Documents {
		c := *d
		c.Asked, c.Gaps, c.Written = slices.Clip(d.Asked), slices.Clip(d.Gaps), slices.Clip(d.Written)
		out.Documents = append(out.Documents, &c)
	}
	return out
}

// Version changes whenever a document, or what stands beside it, does.
func (l *Library) Version() string {
	h := sha256.New()
	for _, d := range l.Documents {
		fmt.Fprintf(h, "%q\n", []string{d.ID, d.Hash, string(d.Validity), d.Title, d.Short, d.Issuer, d.Number, d.Issued, d.ReplacedBy, d.From, strings.Join(d.Groups, "\n")})
		for _, a := range d.Asked {
			fmt.Fprintf(h, "%v%q\n", a.Pieces, a.Asks)
		}
		for _, g := range d.Gaps {
			fmt.Fprintf(h, "%s%v%q\n", g.Say, g.Near, g.Asks)
		}
		for _, w := range d.Written {
			fmt.Fprintf(h, "%s%v%q\n", w.Text, w.Pieces, w.Asks)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
