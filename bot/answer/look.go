package answer

import (
	"context"
	"strings"

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
