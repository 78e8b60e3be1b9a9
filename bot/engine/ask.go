package engine

import (
	"context"
	"slices"

	"zujian/knowledge"
)

// Result is what was found for a question.
type Result struct {
	Outcome  Outcome
	Decision Decision           // and why
	Home     bool               // the best is of the office's own document
	Asks     []Ask              // what the keepers wrote down that is most like it, best first
	Keeper   Keeper             // what that says, of the first entry's document
	Unmet    float64            // the share of its words that no document has
	Defines  bool               // it asks what a word means
	Named    bool               // the question has a name that the title of its document has, and few others
	Shown    []*knowledge.Entry // the best first, five at most
	Answers  int                // how many of them answer, where it is answered
	Lead     string             // the first line
	Text     string             // all that a person reads
	Basis    []Basis            // what the first line is made of
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
		shown = c.order(e.model, mostShown)
	}
	r := Result{Asks: c.asks, Keeper: c.keeper(nil), Unmet: 1, Defines: c.q.is("define")}
	for _, x := range shown {
		r.Shown = append(r.Shown, x.view.entry)
	}
	if len(shown) == 0 {
		return r, nil
	}
	r.Home = shown[0].view.doc.home
	r.Named = shown[0].of("document: named") >= surelyNamed
	if d := shown[0].view.doc; !d.home {
		r.Keeper = c.keeper(d.document)
	}
	r.Decision = e.model.decide(c, shown)
	r.Unmet = r.Decision.Features["unmet: any"]
	r.Outcome = r.Decision.Outcome
	if r.Outcome == Sure {
		r.Answers = c.answering(shown)
	}
	r.word(c, shown)
	return r, nil
}

// Away says whether a document that is not the office's own answers surely, or is
// named.
func (r *Result) Away() bool { return !r.Home && (r.Outcome == Sure || r.Named) }

// indices gives where candidates stand among all.
func (c *comparison) indices(shown []*candidate) []int {
	out := make([]int, 0, len(shown))
	for _, x := range shown {
		for i := range c.candidates {
			if x == &c.candidates[i] {
				out = append(out, i)
			}
		}
	}
	return out
}

// surelyNamed is from when the title of a document is taken to be named.
const surelyNamed = 0.9

// asWell is by how much the score of another document's entry may be lower for
// both to be told.
const asWell = 0.5

// answering says how many of the first entries answer: another one beside the
// first where a second thing is asked or compared, or where another document
// answers as well and the question does not say which is meant.
func (c *comparison) answering(shown []*candidate) int {
	if len(shown) < 2 {
		return len(shown)
	}
	if shown[0].view.doc.home {
		return answeringHome(shown)
	}
	first, second := shown[0], shown[1]
	rival := second.view.doc != first.view.doc && !second.view.doc.home && first.score-second.score < asWell
	if c.q.asksTwo() || c.q.is("compare") || rival {
		return 2
	}
	return 1
}

// How much lower the score of another entry of the office's own document may be
// for it to be told as well, and how many there may be.
const (
	homeAsWell = 1.2
	mostOfHome = 3
)

func answeringHome(shown []*candidate) int {
	n := 1
	for n < min(mostOfHome, len(shown)) && shown[n].view.doc.home && shown[n].own >= shown[0].own-homeAsWell {
		n++
	}
	return n
}

// word puts a result into words.
func (r *Result) word(c *comparison, shown []*candidate) {
	switch r.Outcome {
	case Sure:
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
