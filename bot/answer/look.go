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
	Seen       []Seen // the clauses that were looked at, the likeliest first
}

// Seen is one clause and why it stands where it does.
type Seen struct {
	knowledge.Citation
	Cited  bool
	Score  float64  // all of it weighed; comparable within one question only
	Words  float64  // how alike the clause's own words are, 0 to 1
	Ask    string   // the nearest way of asking that leads to it; empty: none
	Near   float64  // how alike that one is, 0 to 1
	Rank   int      // its place in the index, from 1; 0: not among the first
	Common []string // what it has in common with the question, word for word
}

// mostSeen is how many clauses a look gives.
const mostSeen = 20

// Look answers a question and shows what was looked at for it.
func (a *Answerer) Look(ctx context.Context, question string) Look {
	l := Look{Answer: a.Answer(ctx, []string{question}), Understood: a.clean(a.heard(question))}
	s := a.scoreOne(ctx, l.Understood)
	near := a.asks.Top(s.features, mostNear)
	ranks := a.found(ctx, l.Understood)
	cited := map[string]bool{}
	for _, id := range l.Answer.Clauses {
		cited[id] = true
	}
	for _, x := range s.standings[:min(len(s.standings), mostSeen)] {
		id := clauseID(x.doc, x.clause)
		seen := Seen{Citation: x.cite(), Cited: cited[id], Score: x.z, Words: x.words, Common: inCommon(index.Normalise(question), index.Normalise(x.text()))}
		if i, ok := a.clauseAt[id]; ok {
			if rank, ok := ranks[i]; ok {
				seen.Rank = rank + 1
			}
		}
		seen.Ask, seen.Near = a.nearestAsk(near, x.ref)
		l.Seen = append(l.Seen, seen)
	}
	return l
}

// nearestAsk gives the nearest way of asking that leads to a clause.
func (a *Answerer) nearestAsk(near []index.Match, r ref) (string, float64) {
	for _, m := range near {
		t := a.targets[a.owner[m.ID]]
		if !t.field || t.gap != nil {
			continue
		}
		for _, p := range t.pieces {
			if p.same(r) {
				return a.asking[m.ID], m.Score
			}
		}
	}
	return "", 0
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
