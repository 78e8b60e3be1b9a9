// Package answer turns a question into the one to three sentences of the
// documents that answer it, or into the plain word that they do not say.
// Every quotation it gives is a substring of its document.
package answer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/rule"
)

// Status says what became of a question.
type Status string

// What may become of a question.
const (
	Answered   Status = "answered"
	Unsure     Status = "unsure"       // the nearest sentences, which may not answer
	NotStated  Status = "not_stated"   // in the field, but the documents do not say
	OutOfScope Status = "out_of_scope" // not in the field
	Private    Status = "private"      // personal data asked for or typed in
	Secret     Status = "secret"       // bears a mark of secrecy
	Urgent     Status = "urgent"       // someone in danger
	Dialog     Status = "dialog"       // starts the lead dialog
	TooLong    Status = "too_long"     // a document rather than a question; nothing of it is kept
	Error      Status = "error"
)

// Answer is what a cadre gets. Citations rest the answer; Related are the
// nearest sentences beside them. TookMS is in milliseconds.
type Answer struct {
	Status    Status               `json:"status"`
	Text      string               `json:"text"`
	Citations []knowledge.Citation `json:"citations"`
	Related   []knowledge.Citation `json:"related"`
	Lead      string               `json:"lead,omitempty"`  // the first line
	Basis     []engine.Basis       `json:"basis,omitempty"` // the spans that it is made of
	TookMS    float64              `json:"took_ms"`

	Worded  bool     `json:"-"` // a model put it into words
	Person  bool     `json:"-"` // somebody to talk to is asked for
	Clauses []string `json:"-"` // what was cited, as document#clause, for the record
}

// Answer answers the last of the turns of one conversation; the ones before it
// say what it leans on. It never fails: what goes wrong is a status.
func (a *Answerer) Answer(ctx context.Context, turns []string) Answer {
	start := time.Now()
	f := a.resolve(ctx, turns)
	if len(turns) > 0 {
		last := turns[len(turns)-1]
		f = a.withOthers(ctx, a.withVerdict(a.shortened(f, last), last), last)
		f = a.withStanding(ctx, a.withNumbers(f, last), strings.Join(turns, " "))
	}
	f.first = len(turns) == 1
	out := a.finish(ctx, f, turns)
	out.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return out
}

// finish lets what helps add to a resolved question and puts it into words.
func (a *Answerer) finish(ctx context.Context, f found, turns []string) Answer {
	return a.render(a.help(ctx, f, turns))
}

// ref points to a clause of a document and the piece of it that answers.
type ref struct {
	doc    *knowledge.Document
	clause int
	label  string  // whom the sentence makes responsible, where rules chose it
	piece  string  // verbatim; empty means the whole clause
	place  string  // of what stands beside the clauses, such as 文号; clause is -1 then
	line   string  // what it says, as a line of its own; empty where it was not sought by words
	behind float64 // how much lower it is weighed than the nearest

	entry *knowledge.Entry // where it is more or less than a clause; nil: the clause
}

func (r ref) text() string {
	if r.entry != nil {
		return r.entry.Text
	}
	if r.clause < 0 {
		return r.piece
	}
	return r.doc.Clauses[r.clause].Text
}

func (r ref) locator() string {
	if r.clause < 0 {
		return r.place
	}
	return r.doc.Clauses[r.clause].Locator
}

// cite gives the citation of the whole clause.
func (r ref) cite() knowledge.Citation {
	return knowledge.Citation{Document: r.doc.Title, Locator: r.locator(), Quote: r.text()}
}

// shown is what of the clause a small screen gets.
func (r ref) shown() string {
	if text := r.text(); r.piece == "" || utf8.RuneCountInString(text) <= wholeSentence {
		return text
	}
	return r.piece
}

// basis is where what is shown stands.
func (r ref) basis() engine.Basis {
	at := max(0, strings.Index(r.text(), r.shown()))
	return engine.Basis{Document: r.doc.ID, Clause: r.clause, From: at, To: at + len(r.shown())}
}

// wholeSentence is up to how many characters a sentence is shown whole: a piece
// of it may lack what is said of the thing.
const wholeSentence = 100

// inClauseOf says whether two point into one clause, whatever of it answers.
func (r ref) inClauseOf(o ref) bool { return r.doc == o.doc && r.clause == o.clause }

func (r ref) same(o ref) bool { return r.doc == o.doc && r.clause == o.clause && r.entry == o.entry }

// found is a resolved question before it is worded.
type found struct {
	status  Status
	say     string // what is said before any quotation, or instead of one
	far     bool   // the nearest sentence is about another thing and not shown
	cited   []ref
	related []ref
	whole   bool   // quote whole clauses: the original words were asked for
	bare    bool   // it is worded already; nothing is quoted under it or added
	warn    string // what a reader has to know before the first word
	worded  string // what a model made of the cited clauses, and they carry
	other   *ref   // of another document than that which has a gap, what may answer
	aside   *ref   // the digest of a public rule that is told beside it
	query   string // the question as it was understood, for turns that lean on it

	nearest bool    // it is not sure, or not stated, and related is what comes nearest
	listed  []ref   // what a number opens
	likely  float64 // how likely the first that was found answers

	text  string         // all of it, where that is made of spans
	lead  string         // its first line
	basis []engine.Basis // the spans

	first    bool // it is the first question of a conversation
	searched bool // it came of a search, so that another may add to it

	wantsPerson bool // it asks for somebody to talk to
	pinned      int  // how many of related its document's keeper put down
}

// Answerer holds what is needed to answer: the documents, the index of them and
// of what people ask of them, and the rules of formation. It is safe for
// concurrent use.
type Answerer struct {
	library   *knowledge.Library
	words     *index.Words
	book      *rule.Book // nil: nothing is worked out for one organisation
	thesaurus *index.Thesaurus
	manners   *Manners
	glossary  *knowledge.Glossary // words that documents use and do not define
	pool      *engine.Pool
	engine    *engine.Engine          // nil before SearchWith
	spoken    func() *spoken          // how the ways of asking sound
	titles    func() []saidTitle      // of the office's own documents
	said      func() []catalogue.Said // what the documents say of one another
	inner     *inner
	model     Model         // nil: none
	meanings  Meanings      // nil: none
	patience  time.Duration // how long an answer waits for help
	held      io.Closer     // the index, where it is the answerer's own; nil: none
}

// New makes an Answerer over the documents in force. It fails when the
// analysis data does not load.
func New(library *knowledge.Library, words *index.Words, book *rule.Book) (*Answerer, error) {
	if !slices.ContainsFunc(library.Documents, searched) {
		return nil, fmt.Errorf("文件库是空的，没有可以依据的文件")
	}
	manners, err := NewManners("", "")
	if err != nil {
		return nil, err
	}
	glossary, err := knowledge.ReadGlossary()
	if err != nil {
		return nil, err
	}
	a := &Answerer{inner: new(inner), library: library, words: words, book: book, manners: manners, glossary: glossary}
	a.thesaurus = words.Thesaurus()
	a.pool = engine.NewPool(library, words, isOwn)
	a.titles = sync.OnceValue(func() []saidTitle { return titlesOf(library) })
	a.said = sync.OnceValue(func() []catalogue.Said { return catalogue.Among(library.Documents) })
	a.spoken = sync.OnceValue(func() *spoken { return listen(a.pool.AskTexts()) })
	return a, nil
}

// InMemory makes an Answerer with an index of its own, which Close lets go.
func InMemory(library *knowledge.Library, words *index.Words, book *rule.Book) (*Answerer, error) {
	a, err := New(library, words, book)
	if err != nil {
		return nil, err
	}
	x, err := index.OpenMemory(a.Entries())
	if err != nil {
		return nil, fmt.Errorf("索引建不起来：%w", err)
	}
	a.held = x
	return a, a.SearchWith(x)
}

// Close lets go of the indexes that are the answerer's own: its index, where it was
// made InMemory, and those over documents that hold no longer. It is for after the
// last question.
func (a *Answerer) Close() error {
	a.inner.mu.Lock()
	defer a.inner.mu.Unlock()
	err := a.inner.clear()
	if a.held != nil {
		err = errors.Join(err, a.held.Close())
	}
	return err
}

// searched says whether a document answers questions: those in force, without
// the digests of other organisations' rules.
func searched(d *knowledge.Document) bool {
	return d.Validity == knowledge.InForce && d.Kind != knowledge.Digest
}

// isOwn says whether the office calls a document its own: what ships, and its own
// replies.
func isOwn(d *knowledge.Document) bool { return d.Shipped || d.ID == knowledge.Replies }

// Entries gives what an index has to hold for SearchWith.
func (a *Answerer) Entries() index.Source { return a.pool.Passages() }

// EntriesVersion changes whenever the Entries do.
func (a *Answerer) EntriesVersion() string { return a.pool.Version() }

// SearchWith has the answerer search an index of its Entries. It is for before
// the first question; without it there is no answer from the documents.
func (a *Answerer) SearchWith(f engine.Finder) error {
	m, err := engine.ShippedModel()
	if err != nil {
		return err
	}
	a.engine = engine.New(a.pool, f, m)
	return nil
}

// ExplainWith has the answerer explain words that the documents use and do not
// define by a glossary. It is for before the first question.
func (a *Answerer) ExplainWith(g *knowledge.Glossary) { a.glossary = g }

// TurnTo names whom people turn to who want a person. It is for before the first
// question.
func (a *Answerer) TurnTo(body, telephone string) error {
	m, err := NewManners(body, telephone)
	if err != nil {
		return err
	}
	a.manners = m
	return nil
}

// Engine is what finds and ranks entries; nil before SearchWith.
func (a *Answerer) Engine() *engine.Engine { return a.engine }

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

func clauseID(d *knowledge.Document, clause int) string { return fmt.Sprintf("%s#%d", d.ID, clause) }

// clauseOf gives the clause of an id as Passages gives it.
func (a *Answerer) clauseOf(id string) (ref, bool) {
	for _, d := range a.library.Documents {
		if len(id) <= len(d.ID) || id[:len(d.ID)] != d.ID || id[len(d.ID)] != '#' {
			continue
		}
		var n int
		if _, err := fmt.Sscanf(id[len(d.ID)+1:], "%d", &n); err == nil && n >= 0 && n < len(d.Clauses) {
			return ref{doc: d, clause: n}, true
		}
	}
	return ref{}, false
}

// headingsOf gives the headings that a sentence stands under, the widest first.
func headingsOf(d *knowledge.Document, clause int) string {
	s := ""
	c := d.Clauses[clause]
	for i := c.Section; i >= 0; i = d.Sections[i].Parent {
		if h := d.Sections[i].Heading; h != "" && c.Number > 0 {
			s = h + "。" + s
		}
	}
	return s
}

// clean brings a question into the one form that everything is compared in.
func (a *Answerer) clean(q string) string {
	out, _ := a.words.Rewrite(q)
	return out
}
