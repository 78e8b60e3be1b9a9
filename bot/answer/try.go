package answer

import (
	"context"
	"runtime"
	"strings"
	"sync"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
)

// Look is a question as it was worked on, for somebody who wants to know why it
// was answered as it was.
type Look struct {
	Answer     Answer
	Understood string // the question as it was searched, with the words of the documents
	Explained  string // what it asks for, what was looked for, and why it was decided so
	Seen       []Seen // the entries that came nearest, the likeliest first
}

// Seen is one entry and why it stands where it does.
type Seen struct {
	knowledge.Citation
	Cited  bool
	Score  float64  // all of it weighed; comparable within one question only
	Why    string   // what speaks for it
	Ask    string   // the nearest way of asking that leads to it; empty: none
	Near   float64  // how alike that one is, 0 to 1
	Common []string // what it has in common with the question, word for word
}

// mostSeen is how many entries a look gives.
const mostSeen = 20

// Look answers a question and shows what was looked at for it.
func (a *Answerer) Look(ctx context.Context, question string) Look {
	l := Look{Answer: a.Answer(ctx, []string{question}), Understood: a.clean(a.heard(question))}
	if a.engine == nil {
		return l
	}
	l.Explained, _ = a.engine.Explain(ctx, []string{l.Understood})
	near, err := a.engine.Nearest(ctx, []string{l.Understood}, mostSeen)
	if err != nil {
		return l
	}
	for _, n := range near {
		seen := Seen{Citation: clauseIn(n.Entry), Score: n.Score, Why: n.Why, Ask: n.Ask, Near: n.Like}
		for _, c := range l.Answer.Citations {
			seen.Cited = seen.Cited || strings.Contains(c.Quote, seen.Quote) || strings.Contains(seen.Quote, c.Quote)
		}
		seen.Common = inCommon(index.Normalise(question), index.Normalise(seen.Quote))
		l.Seen = append(l.Seen, seen)
	}
	return l
}

// inCommon gives the longest stretches, of two characters and more, that two
// texts have in common, in the order of the first.
func inCommon(a, b string) []string {
	var out []string
	r := []rune(a)
	for i := 0; i < len(r); {
		n := 0
		for i+n < len(r) && strings.Contains(b, string(r[i:i+n+1])) {
			n++
		}
		if n >= 2 && strings.TrimSpace(string(r[i:i+n])) == string(r[i:i+n]) {
			out = append(out, string(r[i:i+n]))
		}
		i += max(n, 1)
	}
	return out
}

// clauseIn is the clause that an entry ends with, or the stretch of one that it
// is: what may be pointed to as a piece that answers.
func clauseIn(e *knowledge.Entry) knowledge.Citation {
	c := e.Cite()
	if text := e.Document.Clauses[e.To].Text; !strings.Contains(text, c.Quote) {
		c.Quote, c.Locator = text, e.Document.Clauses[e.To].Locator
	}
	return c
}

// Fits says whether a sentence has the kind of thing that a question asks for: a
// number, a time, a reason. A question that asks for nothing in particular fits
// any.
func Fits(question, sentence string) bool { return engine.Gives(question, sentence) }

// Alike groups questions that ask about the same: each joins the first group
// whose first question it is at least so like, from 0 to 1. It gives positions;
// groups and their members are in the order of the questions.
func (a *Answerer) Alike(questions []string, least float64) [][]int {
	var groups [][]int
	for i := range questions {
		at := -1
		for g, members := range groups {
			if a.pool.Likeness(a.clean(questions[i]), a.clean(questions[members[0]])) >= least {
				at = g
				break
			}
		}
		if at < 0 {
			groups = append(groups, nil)
			at = len(groups) - 1
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

// restTried is of how many known ways of asking, beside those nearest to something
// added, one is tried for it.
const restTried = 25

// Changed gives the known ways of asking that lead elsewhere than they led
// before, and how many were tried: those nearest to what was added, which about
// says, and one in so many of the rest. No model is asked.
func (a *Answerer) Changed(ctx context.Context, before *Answerer, about string) (changed []string, tried int, err error) {
	ways := before.waysNear(ctx, about)
	led := make([]bool, len(ways))
	var wait sync.WaitGroup
	for part := range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := part; i < len(ways) && ctx.Err() == nil; i += runtime.GOMAXPROCS(0) {
				led[i] = a.Leads(ctx, ways[i]) == before.Leads(ctx, ways[i])
			}
		})
	}
	wait.Wait()
	if ctx.Err() != nil {
		return nil, 0, ctx.Err()
	}
	for i, same := range led {
		if !same {
			changed = append(changed, ways[i])
		}
	}
	return changed, len(ways), nil
}

// waysNear gives the known ways of asking that are tried.
func (a *Answerer) waysNear(ctx context.Context, about string) []string {
	near := map[string]bool{}
	for _, x := range a.engine.AsksLike(ctx, a.clean(about)) {
		near[x.Text] = true
	}
	var out []string
	for i, way := range a.pool.AskTexts() {
		if near[way] || i%restTried == 0 {
			out = append(out, way)
		}
	}
	return out
}

// Leads says where a question leads, for comparing two answerers: what becomes of
// it, or the id of the clause that is cited first. It asks no model and does not
// read the question by its sound.
func (a *Answerer) Leads(ctx context.Context, question string) string {
	f := a.search(ctx, []string{a.clean(question)})
	if f.status != Answered || len(f.cited) == 0 {
		return string(f.status)
	}
	return clauseID(f.cited[0].doc, f.cited[0].clause)
}

// WithoutModel gives the same answerer without a language model.
func (a *Answerer) WithoutModel() *Answerer {
	alone := *a
	alone.model = nil
	return &alone
}
