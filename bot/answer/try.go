package answer

import (
	"context"
	"maps"
	"runtime"
	"slices"
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

// How many known ways of asking are tried for what is taught: of those nearest to
// it, all for one way of asking and a share of them where it brings many; of those
// with a word that it is about, and of the rest, so many, evenly spread.
const (
	nearTried = 60
	leastNear = 5
	wordTried = 90
	restTried = 150
)

// Move is a known way of asking that leads elsewhere than it led; see Leads.
type Move struct{ Way, From, To string }

// Changed gives the known ways of asking that lead elsewhere than they led
// before, and how many were tried of how many: those nearest to what was taught,
// which about says, those with one of its words, and some of the rest. No model is
// asked.
func (a *Answerer) Changed(ctx context.Context, before *Answerer, about, words []string) (moved []Move, tried, all int, err error) {
	ways := before.waysNear(ctx, about, words)
	led := make([]Move, len(ways))
	var wait sync.WaitGroup
	for part := range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := part; i < len(ways) && ctx.Err() == nil; i += runtime.GOMAXPROCS(0) {
				led[i] = Move{ways[i], before.Leads(ctx, ways[i]), a.Leads(ctx, ways[i])}
			}
		})
	}
	wait.Wait()
	for _, m := range led {
		if m.From != m.To {
			moved = append(moved, m)
		}
	}
	return moved, len(ways), len(before.pool.AskTexts()), ctx.Err()
}

// waysNear gives the known ways of asking that are tried.
func (a *Answerer) waysNear(ctx context.Context, about, words []string) []string {
	tried := map[string]bool{}
	for _, x := range about {
		like := a.engine.AsksLike(ctx, a.clean(x))
		if len(about) > 1 {
			like = like[:min(len(like), max(leastNear, nearTried/len(about)))]
		}
		for _, way := range like {
			tried[way.Text] = true
		}
	}
	all := a.pool.AskTexts()
	var having []string
	for _, way := range all {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(way, w) }) {
			having = append(having, way)
		}
	}
	for _, way := range slices.Concat(spread(having, wordTried), spread(all, restTried)) {
		tried[way] = true
	}
	return slices.Sorted(maps.Keys(tried))
}

// spread gives so many of a list, evenly.
func spread(list []string, most int) []string {
	var out []string
	n := min(most, len(list))
	for i := range n {
		out = append(out, list[i*len(list)/n])
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
