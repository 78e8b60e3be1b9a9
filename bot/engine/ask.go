package engine

import (
	"context"
	"slices"

	"zujian/knowledge"
)

// Outcome is what became of a question.
type Outcome int

// The outcomes of a question.
const (
	NotStated Outcome = iota // the documents do not say
	Unsure                   // the nearest, which may not answer
	Answered
)

// Result is what was found for a question.
type Result struct {
	Outcome Outcome
	Home    bool               // the best is of the office's own document
	Shown   []*knowledge.Entry // the best first, five at most
	Answers int                // how many of them answer, where it is answered
	Lead    string             // the first line
	Text    string             // all that a person reads
	Basis   []Basis            // what the first line is made of
}

// Ask answers the last of the turns from the documents; only bounds it to some
// of them. It fails where the index does.
func (e *Engine) Ask(ctx context.Context, turns []string, only ...*knowledge.Document) (Result, error) {
	c, shown, err := e.ranked(ctx, turns)
	if err != nil {
		return Result{}, err
	}
	if len(only) > 0 {
		c.keep(only)
		shown = c.order(e.model.weights(), mostShown)
	}
	var r Result
	for _, x := range shown {
		r.Shown = append(r.Shown, x.view.entry)
	}
	if len(shown) == 0 {
		return r, nil
	}
	r.Home = shown[0].view.doc.home
	r.Outcome, r.Answers = Answered, 1
	if !r.Home {
		r.word(c, shown)
	}
	return r, nil
}

// word puts a result into words.
func (r *Result) word(c *comparison, shown []*candidate) {
	switch r.Outcome {
	case Answered:
		r.Lead, r.Text, r.Basis = c.answered(shown[:r.Answers])
	case Unsure:
		r.Text = c.unsure(shown)
	default:
		r.Text = c.notStated(shown)
	}
}

// keep leaves the candidates of some documents.
func (c *comparison) keep(only []*knowledge.Document) {
	c.candidates = slices.DeleteFunc(c.candidates, func(x candidate) bool {
		return !slices.ContainsFunc(only, func(d *knowledge.Document) bool { return d.ID == x.view.doc.document.ID })
	})
	if len(c.candidates) > 0 {
		c.meant = c.candidates[0].view.doc
	}
}
