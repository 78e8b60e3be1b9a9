package draft

import (
	"context"
	"slices"
	"strings"
	"sync"

	"zujian/bot/answer"
	"zujian/knowledge"
)

// Result is what accepting a draft does.
type Result struct {
	Led    int       `json:"led"`    // of the draft's ways of asking: how many lead where they should
	Asked  int       `json:"asked"`  // of how many
	Lost   []string  `json:"lost"`   // those that do not
	Kept   int       `json:"kept"`   // of the other ways of asking that were tried: how many lead where they led
	Tried  int       `json:"tried"`  // of how many
	All    int       `json:"all"`    // how many others there are
	Moved  []string  `json:"moved"`  // those that lead elsewhere
	Gained []Outcome `json:"gained"` // what the draft's questions give now
}

// Outcome is what a question gives before and after.
type Outcome struct {
	Question string        `json:"question"`
	Before   answer.Status `json:"before"`
	After    answer.Status `json:"after"`
	Text     string        `json:"text"` // after
}

// mostTried is how many of the other ways of asking are tried, spread evenly.
const mostTried = 150

// Try asks what a draft is about, and other ways of asking of the library,
// before it and after it. Neither answerer should have a model.
func Try(ctx context.Context, f File, l *knowledge.Library, before, after *answer.Answerer) Result {
	r := Result{Lost: []string{}, Moved: []string{}, Gained: []Outcome{}}
	for _, b := range f.Documents {
		r.tryNew(ctx, b, after)
	}
	others := f.others(l)
	r.All = len(others)
	for i := range min(mostTried, len(others)) {
		q := others[i*len(others)/min(mostTried, len(others))]
		r.Tried++
		if before.Leads(ctx, q) == after.Leads(ctx, q) {
			r.Kept++
			continue
		}
		r.Moved = append(r.Moved, q)
	}
	for _, q := range f.Questions {
		was, is := both(ctx, before, after, q)
		r.Gained = append(r.Gained, Outcome{q, was.Status, is.Status, is.Text})
	}
	return r
}

// both asks two answerers at the same time.
func both(ctx context.Context, before, after *answer.Answerer, q string) (was, is answer.Answer) {
	var wait sync.WaitGroup
	wait.Go(func() { was = before.Answer(ctx, []string{q}) })
	is = after.Answer(ctx, []string{q})
	wait.Wait()
	return was, is
}

func (r *Result) tryNew(ctx context.Context, b Beside, after *answer.Answerer) {
	count := func(q string, ok bool) {
		r.Asked++
		if ok {
			r.Led++
		} else {
			r.Lost = append(r.Lost, q)
		}
	}
	for _, a := range b.Asked {
		for _, q := range a.Asks {
			got := after.Answer(ctx, []string{q})
			count(q, got.Status == answer.Answered && slices.ContainsFunc(got.Citations, func(c knowledge.Citation) bool {
				return slices.ContainsFunc(a.Pieces, func(p string) bool { return strings.Contains(c.Quote, p) })
			}))
		}
	}
	for _, g := range b.Gaps {
		for _, q := range g.Asks {
			count(q, after.Answer(ctx, []string{q}).Status == answer.NotStated)
		}
	}
}

// others gives the ways of asking that were there before: of the documents the
// draft is about, or of all of them where it brings words.
func (f File) others(l *knowledge.Library) []string {
	var out []string
	for _, d := range l.Documents {
		about := slices.ContainsFunc(f.Documents, func(b Beside) bool { return b.ID == d.ID })
		if !about && len(f.Words) == 0 || d.Validity != knowledge.InForce {
			continue
		}
		for _, a := range d.Asked {
			out = append(out, a.Asks...)
		}
		for _, g := range d.Gaps {
			out = append(out, g.Asks...)
		}
	}
	return out
}

// On gives a library with a draft laid over it; the library itself stays as it
// is. The draft must have passed Check.
func (f File) On(l *knowledge.Library) (*knowledge.Library, error) {
	out := &knowledge.Library{Outside: l.Outside}
	for _, d := range l.Documents {
		c := *d
		for _, b := range f.Documents {
			if b.ID != d.ID {
				continue
			}
			c.Asked, c.Gaps = slices.Clone(d.Asked), slices.Clone(d.Gaps)
			asks, gaps, err := b.encode()
			if err != nil {
				return nil, err
			}
			if err := c.ReadAsked(asks); err != nil {
				return nil, err
			}
			if err := c.ReadGaps(gaps); err != nil {
				return nil, err
			}
		}
		out.Documents = append(out.Documents, &c)
	}
	return out, nil
}
