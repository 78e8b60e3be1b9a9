package office

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"zujian/bot/answer"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/rule"
)

// Library gives the shipped documents and the office's own, as they stand
// today. It takes nothing in: TakeIn does.
func (p *Office) Library() (*knowledge.Library, error) {
	l, err := p.AllDocuments()
	if err != nil {
		return nil, err
	}
	return l.On(p.Today()), nil
}

// AllDocuments gives every document that is held, those that do not hold yet
// or no longer among them.
func (p *Office) AllDocuments() (*knowledge.Library, error) {
	l, err := p.documentsWithout()
	if err != nil {
		return nil, err
	}
	added, err := p.AdditionsInForce()
	if err != nil {
		return nil, err
	}
	for _, x := range l.Apply(added) {
		fmt.Fprintf(p.Err, "自己加的第%d条用不上了，文件里没有那一句：%s。\n", x.Number, x)
	}
	return l, nil
}

// documentsWithout gives the documents without what the office added beside
// them one by one.
func (p *Office) documentsWithout() (*knowledge.Library, error) {
	l, err := knowledge.Shipped()
	if err != nil {
		return nil, Refuse("%v", err)
	}
	p.caughtUp()
	c := p.catalogue(l)
	s, own, err := p.ownDocuments(c)
	if err != nil {
		fmt.Fprintf(p.Err, "%v。这次只用随程序带的文件。\n", err)
		return l, nil
	}
	s.Apply(l.Documents)
	for _, d := range l.Documents {
		if err := d.ReadBeside(os.DirFS(p.shippedBeside()), d.ID); err != nil {
			return nil, Refuse("%s：%v", filepath.Join(p.shippedBeside(), d.ID), err)
		}
	}
	for _, d := range own {
		if err := p.addOwn(l, d, s.Entry(d.ID).File); err != nil {
			return nil, err
		}
	}
	p.addShared(l)
	return l, nil
}

// ownDocuments gives the catalogue and the documents that an office added. What is
// damaged is put right where it can be, and told.
func (p *Office) ownDocuments(c *catalogue.Catalogue) (*catalogue.State, []*knowledge.Document, error) {
	s, err := c.Read()
	if err != nil {
		return nil, nil, err
	}
	s.Expire(p.Today())
	own, damaged := c.Documents(s)
	if !s.Recovered() && len(damaged) == 0 {
		return s, own, nil
	}
	if p.shares() && p.copy().FetchAgain(p.Ctx) == nil { // else it says below what is missing
		fmt.Fprintf(p.Err, "这台机器上的文件有坏了的，从 PostgreSQL 里重新取了。\n")
	}
	m, err := c.Mend(p.Now())
	if err != nil {
		fmt.Fprintf(p.Err, "文件目录坏了的地方这次没有修好：%v\n", err)
	}
	if m.Catalogue {
		fmt.Fprintf(p.Err, "文件目录坏了或者不见了，用的是留着的最近一份，请用 bot knowledge list 看一眼对不对。\n")
	}
	for _, id := range m.Rebuilt {
		fmt.Fprintf(p.Err, "文件 %s 的正文被改动过或者坏了，已经照原件重新读了一遍。\n", id)
	}
	for _, id := range m.Lost {
		fmt.Fprintf(p.Err, "文件 %s 的正文坏了，原件也不在，这次没有用上。%s\n", id, sayAddAgain)
	}
	if s, err = c.Read(); err != nil {
		return nil, nil, err
	}
	s.Expire(p.Today())
	own, _ = c.Documents(s)
	return s, own, nil
}

const sayAddAgain = "请把原来的文件用 bot knowledge add 再加一次，内容一样的会补回来。"

// Today is the day by which documents hold.
func (p *Office) Today() string { return p.Now().Format(time.DateOnly) }

// additionsFile is where what an office adds beside the documents is kept.
func (p *Office) additionsFile() string { return filepath.Join(p.Data, "additions.yaml") }

// AdditionsInForce is what answers rest on; additions is the file as it is, for
// whoever changes it.
func (p *Office) AdditionsInForce() (a *knowledge.Additions, err error) {
	err = p.lastGood(p.additionsFile(), func(path string) error {
		a, err = knowledge.ReadAdditions(path)
		return err
	})
	if err != nil {
		return nil, Refuse("%v", err)
	}
	return a, nil
}

// Additions is what the office added one by one.
func (p *Office) Additions() (*knowledge.Additions, error) {
	p.caughtUp()
	a, err := knowledge.ReadAdditions(p.additionsFile())
	if err != nil {
		return nil, Refuse("%v", err)
	}
	return a, nil
}

// folder is where an office may lay its files.
func (p *Office) folder() string { return filepath.Join(p.Data, "documents") }

func (p *Office) catalogue(l *knowledge.Library) *catalogue.Catalogue {
	c := catalogue.In(filepath.Join(p.Data, catalogueFolder), l.Documents...)
	if p.shares() {
		c = c.KeptAt(home{p})
	}
	if p.Apart == nil {
		return c
	}
	return c.ReadBy(p.Apart)
}

// TakeIn takes in what lies new in the folder documents of the data folder, and
// says what it could not take in and what waits. It never keeps an answer back.
// While PostgreSQL is away what is new waits.
func (p *Office) TakeIn() []catalogue.Outcome {
	if p.caughtUp(); !p.inStep() {
		return nil
	}
	shipped, err := knowledge.Shipped()
	if err != nil {
		return nil // Library says it
	}
	outcomes, err := p.catalogue(shipped).Follow(p.folder(), p.Now())
	if err != nil {
		fmt.Fprintf(p.Err, "文件夹 %s 里的新文件这次没有收进来：%v\n", p.folder(), err)
		return nil
	}
	for _, o := range outcomes {
		switch o.Status {
		case catalogue.Refused:
			fmt.Fprintf(p.Err, "没有收：%s\n", o.Say)
		case catalogue.Waiting, catalogue.Retired:
			fmt.Fprintf(p.Err, "%s。\n", o.Say)
		}
	}
	return outcomes
}

// addOwn adds one of the office's documents with what stands beside its file.
func (p *Office) addOwn(l *knowledge.Library, d *knowledge.Document, file string) error {
	if err := d.ReadBeside(os.DirFS(p.folder()), strings.TrimSuffix(file, filepath.Ext(file))); err != nil {
		return Refuse("%s：%v", file, err)
	}
	if err := l.Add(d); err != nil {
		return Refuse("%s：%v", file, err)
	}
	return nil
}

// words gives the synonyms, under the office's own words.yaml and what it added
// one by one.
func (p *Office) words() (*index.Words, error) {
	p.caughtUp()
	added, err := p.AdditionsInForce()
	if err != nil {
		return nil, err
	}
	return p.wordsWith(added)
}

func (p *Office) wordsWith(added *knowledge.Additions) (*index.Words, error) {
	own := filepath.Join(p.Data, "words.yaml")
	var w *index.Words
	load := func(files ...string) (err error) {
		w, err = index.LoadWords(added.Synonyms(), files...)
		return err
	}
	var err error
	if exists(own) {
		err = p.lastGood(own, func(path string) error { return load(path) })
	} else if p.Place != nil && len(added.Synonyms()) == 0 {
		w, err = p.Place.Shared.words()
	} else {
		err = load()
	}
	if err != nil {
		return nil, Refuse("%v", err)
	}
	return w, nil
}

// sayNoRules is for whoever asks for a recommendation where formation.yaml is not
// right. What an office laid down for itself must not be passed over, so nothing
// is recommended meanwhile; where it is wrong is for the operator.
const sayNoRules = "本单位的组建规则写得有一处不对，改好以前不出组建建议，免得说错。别的问题照常回答。请告诉管理员：用 bot doctor 看是哪一处。"

// BookOrFault is book for answering questions: with rules that are not right it
// gives one by which nothing is recommended, and tells the operator.
func (p *Office) BookOrFault(l *knowledge.Library) (*rule.Book, error) {
	b, err := p.Book(l)
	if err == nil {
		return b, nil
	}
	shipped, wrong := rule.Shipped(l.Documents)
	if wrong != nil {
		return nil, Refuse("%v", wrong)
	}
	fmt.Fprintf(p.Err, "%v\n改好以前不出组建建议，别的照常。\n", err)
	b = shipped.On(p.Now())
	b.Fault = sayNoRules
	return b, nil
}

// Book gives the rules of formation, under the office's own formation.yaml.
func (p *Office) Book(l *knowledge.Library) (*rule.Book, error) {
	var overlays []rule.File
	data, err := os.ReadFile(p.formationFile())
	if err == nil {
		overlays = append(overlays, rule.File{Name: p.formationFile(), Data: data})
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, Refuse("%s 打不开：%v", p.formationFile(), err)
	}
	b, err := rule.Shipped(l.Documents, overlays...)
	if err != nil {
		return nil, Refuse("%v", err)
	}
	return b.On(p.Now()), nil
}

// Rules gives the documents of today and the rules by them.
func (p *Office) Rules() (*knowledge.Library, *rule.Book, error) {
	l, err := p.Library()
	if err != nil {
		return nil, nil, err
	}
	b, err := p.Book(l)
	return l, b, err
}

func (p *Office) formationFile() string { return filepath.Join(p.Data, "formation.yaml") }

// ReadWords begins to read the synonyms, once, while other things are read; what
// it gives waits for them.
func (p *Office) ReadWords() func() (*index.Words, error) {
	p.wordsLock.Lock()
	defer p.wordsLock.Unlock()
	if p.wordsRead == nil {
		read := sync.OnceValues(p.words)
		p.wordsRead = read
		go func() { _, _ = read() }()
	}
	return p.wordsRead
}

// forgetWords has the synonyms read again when they are next needed.
func (p *Office) forgetWords() {
	p.wordsLock.Lock()
	defer p.wordsLock.Unlock()
	p.wordsRead = nil
}

// AnswererOver makes the answerer; bare leaves out what stands beside the
// documents.
func (p *Office) AnswererOver(bare bool) (*answer.Answerer, error) {
	p.ReadWords()
	l, err := p.Library()
	if err != nil {
		return nil, err
	}
	b, err := p.BookOrFault(l)
	if err != nil {
		return nil, err
	}
	if bare {
		l = l.Bare()
	}
	return p.answererWith(l, b)
}

func (p *Office) answererWith(l *knowledge.Library, b *rule.Book) (*answer.Answerer, error) {
	a, x, err := p.answererFor(l, b, everything)
	if err != nil {
		return nil, err
	}
	p.Closers = append(p.Closers, a, x)
	return a, nil
}

// InMemory answers from a library by its words alone, on an index in memory.
func (p *Office) InMemory(l *knowledge.Library, w *index.Words) (*answer.Answerer, error) {
	b, err := p.BookOrFault(l)
	if err != nil {
		return nil, err
	}
	a, err := answer.InMemory(l, w, b)
	if err != nil {
		return nil, Refuse("%v", err)
	}
	p.Closers = append(p.Closers, a)
	return a, nil
}

// answererFor makes the answerer of a group, and gives the index it stands on
// for closing.
func (p *Office) answererFor(l *knowledge.Library, b *rule.Book, group string) (*answer.Answerer, io.Closer, error) {
	w, err := p.ReadWords()()
	if err != nil {
		return nil, nil, err
	}
	a, err := answer.New(l, w, b)
	if err != nil {
		return nil, nil, Refuse("%v", err)
	}
	x, err := p.index(a, group)
	if err != nil {
		return nil, nil, err
	}
	if err := a.SearchWith(x); err != nil {
		return nil, nil, errors.Join(err, x.Close())
	}
	if err := errors.Join(p.explain(a), a.TurnTo(p.Config().Contact.Body, p.Config().Contact.Telephone)); err != nil {
		return nil, nil, errors.Join(err, x.Close())
	}
	m, err := p.Model()
	if err != nil {
		return nil, nil, errors.Join(err, x.Close())
	}
	if m != nil {
		p.helpWith(a, m, answer.Passages(l))
	}
	return a, x, nil
}

// explain gives an answerer the words that the office's glossary.yaml explains,
// beside those that come with the program.
func (p *Office) explain(a *answer.Answerer) error {
	own := filepath.Join(p.Data, "glossary.yaml")
	if !exists(own) {
		return nil
	}
	var g *knowledge.Glossary
	err := p.lastGood(own, func(path string) (err error) {
		g, err = knowledge.ReadGlossary(path)
		return err
	})
	if err != nil {
		return Refuse("%v", err)
	}
	a.ExplainWith(g)
	return nil
}

// index gives the index of the documents' clauses: that of the data folder,
// built when it is first needed and again when a document changes. Where the
// folder cannot hold one, or another program is building it just now, it is one
// in memory, so that a question is answered all the same.
func (p *Office) index(a *answer.Answerer, group string) (*index.Index, error) {
	source := a.Entries()
	dir := filepath.Join(p.Data, "index")
	if group != everything {
		sum := sha256.Sum256([]byte(group))
		dir = filepath.Join(dir, "groups", hex.EncodeToString(sum[:6]))
	}
	x, err := index.Open(p.Ctx, dir, a.EntriesVersion(), source)
	if err != nil {
		if p.Ctx.Err() != nil {
			return nil, p.Ctx.Err()
		}
		fmt.Fprintf(p.Err, "索引这次放在内存里：%v\n", err)
		if x, err = index.OpenMemory(source); err != nil {
			return nil, Refuse("索引建不起来：%v", err)
		}
	}
	return x, nil
}

// shippedBeside is where an office lays what goes beside the documents that
// ship.
func (p *Office) shippedBeside() string { return filepath.Join(p.Data, "asks") }

// besideStamp changes whenever a file beside a document, the synonyms or the
// rules do.
func (p *Office) besideStamp() string {
	var b strings.Builder
	for _, pattern := range []string{filepath.Join(p.folder(), "*.yaml"), filepath.Join(p.shippedBeside(), "*.yaml"),
		filepath.Join(p.Data, "words.yaml"), filepath.Join(p.Data, "glossary.yaml"), p.additionsFile(), p.formationFile()} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if info, err := os.Stat(f); err == nil {
				fmt.Fprintf(&b, "%s %d %s\n", filepath.Base(f), info.Size(), info.ModTime().Format(time.RFC3339Nano))
			}
		}
	}
	return b.String()
}
