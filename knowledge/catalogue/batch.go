package catalogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zujian/knowledge/parse"
	"zujian/knowledge/text"
)

// batch is files that were read together. Their texts wait in a folder of their
// own until the catalogue, under its lock, takes them over: nobody else tidies
// them away meanwhile.
type batch struct {
	c        *Catalogue
	before   *State // when the files were begun to be read
	dir      string
	outcomes []Outcome
	entries  []Entry
}

func (b *batch) close() { _ = os.RemoveAll(b.dir) }

// readAll reads files side by side.
func (c *Catalogue) readAll(paths []string, g Given, now time.Time, heard func(done, all int)) (*batch, error) {
	before, err := c.Read()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.coming(), 0o700); err != nil {
		return nil, fmt.Errorf("文件夹 %s 写不进去：%w", c.dir, err)
	}
	dir, err := os.MkdirTemp(c.coming(), "*")
	if err != nil {
		return nil, err
	}
	b := &batch{c, before, dir, make([]Outcome, len(paths)), make([]Entry, len(paths))}
	known := c.holder(before)
	defer c.reader.Rest()
	var mu sync.Mutex
	done := 0
	inParallel(len(paths), func(i int) {
		b.outcomes[i], b.entries[i] = b.take(paths[i], g, now, known)
		mu.Lock()
		defer mu.Unlock()
		if done++; heard != nil {
			heard(done, len(paths))
		}
	})
	return b, nil
}

// into puts the texts in their places and the entries into the catalogue, which
// is being changed.
func (b *batch) into(s *State, g Given, now time.Time) error {
	for i, o := range b.outcomes {
		if o.Status != Added {
			continue
		}
		e := b.entries[i]
		if err := errors.Join(moveInto(b.text(e), b.c.text(e)), moveInto(b.original(e), b.c.Original(e))); err != nil {
			return err
		}
		pictures, _ := filepath.Glob(filepath.Join(b.dir, e.stem()+".page*"))
		for _, p := range pictures {
			if err := moveInto(p, filepath.Join(filepath.Dir(b.c.Original(e)), filepath.Base(p))); err != nil {
				return err
			}
		}
	}
	return s.add(b.outcomes, b.entries, b.c.shipped, g, now)
}

// moveInto moves a file; of two of the same content the first was moved already.
func moveInto(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := text.Rename(from, to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, err := os.Stat(to)
	return err
}

func (b *batch) text(e Entry) string { return filepath.Join(b.dir, filepath.Base(b.c.text(e))) }

func (b *batch) original(e Entry) string { return filepath.Join(b.dir, filepath.Base(b.c.Original(e))) }

// store writes a document's text, its file and the pictures of scanned pages, and
// notes what the text is.
func (b *batch) store(e *Entry, r *parse.Reading, file []byte) error {
	data, err := json.Marshal(r.Document)
	if err != nil {
		return err
	}
	e.Text = hashOf(data)
	for n, picture := range r.Pictures {
		if err := text.WriteWhole(filepath.Join(b.dir, filepath.Base(b.c.Picture(*e, n))), picture); err != nil {
			return err
		}
	}
	return errors.Join(text.WriteWhole(b.original(*e), file), text.WriteWhole(b.text(*e), data))
}

// coming is where files wait that are being read.
func (c *Catalogue) coming() string { return filepath.Join(c.dir, "coming") }

// tidyComing removes what a program left there that was ended on its way.
func (c *Catalogue) tidyComing() {
	all, _ := os.ReadDir(c.coming())
	for _, e := range all {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(filepath.Join(c.coming(), e.Name()))
		}
	}
}
