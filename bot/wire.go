package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"zujian/bot/answer"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
	"zujian/knowledge/rule"
)

// library gives the shipped documents and the office's own, which stand in the
// folder documents of the data folder.
func (p *program) library() (*knowledge.Library, error) {
	l, err := knowledge.Shipped()
	if err != nil {
		return nil, refuse("%v", err)
	}
	dir := filepath.Join(p.data, "documents")
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, refuse("文件夹 %s 打不开：%v", dir, err)
	}
	for _, e := range entries {
		if e.IsDir() || !isDocument(e.Name()) {
			continue
		}
		if err := addOwn(l, dir, e.Name()); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func isDocument(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".txt", ".html", ".htm", ".docx", ".doc", ".wps", ".pdf", ".odt", ".rtf", ".xlsx", ".ofd":
		return true
	}
	return false
}

// addOwn reads one of the office's documents and what stands beside it.
func addOwn(l *knowledge.Library, dir, name string) error {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return refuse("文件 %s 打不开：%v", name, err)
	}
	d, err := parse.Parse(name, data)
	if err != nil {
		return refuse("%v\n请把它移出 %s 再试。", err, dir)
	}
	if err := d.ReadBeside(os.DirFS(dir), strings.TrimSuffix(name, filepath.Ext(name))); err != nil {
		return refuse("%s：%v", name, err)
	}
	if err := l.Add(d); err != nil {
		return refuse("%s：%v", name, err)
	}
	return nil
}

// words gives the synonyms, under the office's own words.yaml.
func (p *program) words() (*index.Words, error) {
	own := filepath.Join(p.data, "words.yaml")
	var files []string
	if _, err := os.Stat(own); err == nil {
		files = append(files, own)
	}
	w, err := index.LoadWords(files...)
	if err != nil {
		return nil, refuse("%v", err)
	}
	return w, nil
}

// book gives the rules of formation, under the office's own formation.yaml.
func (p *program) book(l *knowledge.Library) (*rule.Book, error) {
	own := filepath.Join(p.data, "formation.yaml")
	var overlays []rule.File
	if data, err := os.ReadFile(own); err == nil {
		overlays = append(overlays, rule.File{Name: own, Data: data})
	}
	b, err := rule.Shipped(l.Documents, overlays...)
	if err != nil {
		return nil, refuse("%v", err)
	}
	return b.On(p.now()), nil
}

// readWords begins to read the synonyms, once, while other things are read; what
// it gives waits for them.
func (p *program) readWords() func() (*index.Words, error) {
	if p.wordsRead == nil {
		p.wordsRead = sync.OnceValues(p.words)
		go func() { _, _ = p.wordsRead() }()
	}
	return p.wordsRead
}

// answererOver makes the answerer; bare leaves out what stands beside the
// documents.
func (p *program) answererOver(bare bool) (*answer.Answerer, error) {
	p.readWords()
	l, err := p.library()
	if err != nil {
		return nil, err
	}
	b, err := p.book(l)
	if err != nil {
		return nil, err
	}
	if bare {
		l = l.Bare()
	}
	return p.answererWith(l, b)
}

func (p *program) answererWith(l *knowledge.Library, b *rule.Book) (*answer.Answerer, error) {
	w, err := p.readWords()()
	if err != nil {
		return nil, err
	}
	a, err := answer.New(l, w, b)
	if err != nil {
		return nil, refuse("%v", err)
	}
	x, err := p.index(l)
	if err != nil {
		return nil, err
	}
	a.SearchWith(x)
	return a, nil
}

// index gives the index of the documents' clauses: that of the data folder,
// built when it is first needed and again when a document changes. Where the
// folder cannot hold one, or another program is building it just now, it is one
// in memory, so that a question is answered all the same.
func (p *program) index(l *knowledge.Library) (*index.Index, error) {
	source := answer.Passages(l)
	x, err := index.Open(p.ctx, filepath.Join(p.data, "index"), answer.PassagesVersion(l), source)
	if err != nil {
		if p.ctx.Err() != nil {
			return nil, p.ctx.Err()
		}
		fmt.Fprintf(p.err, "索引这次放在内存里：%v\n", err)
		if x, err = index.OpenMemory(source); err != nil {
			return nil, refuse("索引建不起来：%v", err)
		}
	}
	p.closers = append(p.closers, x)
	return x, nil
}
