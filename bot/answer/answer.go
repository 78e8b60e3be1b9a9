// Package answer turns a question into the one to three sentences of the
// documents that answer it, or into the plain word that they do not say.
// Every quotation it gives is a substring of its document.
package answer

import (
	"context"
	"time"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/knowledge"
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
	Clauses []string `json:"-"` // what was cited, as document#clause, for the record
}

// Answer answers the last of the turns of one conversation; the ones before it
// say what it leans on. It never fails: what goes wrong is a status.
func (a *Answerer) Answer(ctx context.Context, turns []string) Answer {
	start := time.Now()
	f := a.resolve(ctx, turns)
	if len(turns) > 0 {
		last := turns[len(turns)-1]
		f = a.withOthers(ctx, a.withVerdict(a.shortened(a.guessed(f, last), last), last), last)
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
	label  string // whom the sentence makes responsible, where rules chose it
	piece  string // verbatim; empty means the whole clause
	place  string // of what stands beside the clauses, such as 文号; clause is -1 then

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

// wholeSentence is up to how many characters a sentence is shown whole: a piece
// of it may lack what is said of the thing.
const wholeSentence = 100

func (r ref) same(o ref) bool { return r.doc == o.doc && r.clause == o.clause && r.entry == o.entry }

// found is a resolved question before it is worded.
type found struct {
	status  Status
	say     string // what is said before any quotation, or instead of one
	hint    string // what is said after all quotations
	far     bool   // the nearest sentence is about another thing and not shown
	cited   []ref
	related []ref
	whole   bool   // quote whole clauses: the original words were asked for
	bare    bool   // say says it all; the citation is not quoted under it
	warn    string // what a reader has to know before the first word
	worded  string // what a model made of the cited clauses, and they carry
	aside   *ref   // the digest of a public rule that is told beside it
	query   string // the question as it was understood, for turns that lean on it

	text  string         // all of it, where that is made of spans
	lead  string         // its first line
	basis []engine.Basis // the spans

	first    bool // it is the first question of a conversation
	searched bool // it came of a search, so that another may add to it

	wantsPerson bool // it asks for somebody to talk to
	pinned      int  // how many of related its document's keeper put down
}
