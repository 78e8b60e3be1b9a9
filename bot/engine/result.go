package engine

import (
	"context"
	"slices"
	"strings"

	"zujian/knowledge"
)

// Result is what was found for a question.
type Result struct {
	Outcome  Outcome
	Decision Decision           // and why
	Home     bool               // the best is of the office's own document
	Asks     []Ask              // what the keepers wrote down that is most like it, best first
	Keeper   Keeper             // what that says
	Unmet    float64            // the share of its words that no document has
	Defines  bool               // it asks what a word means
	Named    bool               // the question has a name that the title of its document has, and few others
	Shown    []*knowledge.Entry // the best first, five at most
	Answers  int                // how many of them answer, where it is answered
	Lead     string             // the first line; of the first entry alone, where it is not sure
	Basis    []Basis            // what the first line is made of
	Text     string             // where it is sure: all that a person reads
	Lines    []string           // where it is not: what each of Shown says, as a line
	Behind   []float64          // and how much lower each is weighed than the first
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
	if len(shown) == 0 {
		return r, nil
	}
	shown, defined := c.definitionFirst(shown)
	if defined {
		r.Decision = e.model.decide(c, shown)
	} else {
		r.Decision, shown = e.decide(c, shown)
	}
	for _, x := range shown {
		r.Shown = append(r.Shown, x.view.entry)
	}
	r.Home = shown[0].view.doc.home
	r.Named = shown[0].of("document: named") >= surelyNamed
	r.Unmet = r.Decision.Features["unmet: any"]
	r.Outcome = r.Decision.Outcome
	if defined || !r.Home && shown[0].of("keeper: asked so") >= askedSurely {
		r.Outcome = Sure
	}
	if r.Outcome == Sure {
		r.Answers = c.answering(shown)
	}
	r.word(c, shown)
	return r, nil
}

// decide decides by the first entry. Where that is of the office's own document and
// lacks a word that a notice nearby has, the notice's entry is heard as well: what
// the one does not say, the other may.
func (e *Engine) decide(c *comparison, shown []*candidate) (Decision, []*candidate) {
	d := e.model.decide(c, shown)
	if !shown[0].view.doc.home || d.Outcome == Sure || len(d.Absent) == 0 {
		return d, shown
	}
	at := slices.IndexFunc(shown, func(x *candidate) bool {
		return !x.view.doc.home && slices.ContainsFunc(d.Absent, func(w string) bool { return strings.Contains(x.view.text.text(), w) })
	})
	if at < 0 {
		return d, shown
	}
	other := slices.Concat(shown[at:at+1], shown[:at], shown[at+1:])
	if second := e.model.decide(c, other); second.Outcome != NotStated {
		return second, other
	}
	return d, shown
}

// Away says whether a document that is not the office's own answers surely, or is
// named.
func (r *Result) Away() bool { return !r.Home && (r.Outcome == Sure || r.Named) }

// SpeaksFor says whether what a keeper wrote down as missing is of the document that
// the question is about.
func (r *Result) SpeaksFor(t *Target) bool {
	return len(r.Shown) == 0 || r.Shown[0].Document == t.Document
}

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

// askedSurely is how like a question has to be to a way of asking that somebody
// wrote down for an entry of a notice for it to be answered by that entry. There
// are too few of them to learn from.
const askedSurely = 0.62

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
	if c.rivals(shown[0], shown[1]) || c.q.asksTwo() || c.q.is("compare") {
		return 2
	}
	return 1
}

// asTwin is how much an entry of another document has in common with the first to
// say the same of the same.
const asTwin = 0.45

// rivals says whether an entry of another document answers as well: it comes as
// close, or says the same of the same and the question has no word that only the
// first's document goes by.
func (c *comparison) rivals(first, other *candidate) bool {
	if other.view.doc == first.view.doc || other.view.doc.home {
		return false
	}
	if first.score-other.score < asWell {
		return true
	}
	named := slices.ContainsFunc(c.words, func(w sought) bool {
		return strings.Contains(first.view.doc.head.text(), w.word) &&
			!strings.Contains(other.view.doc.head.text(), w.word) && !strings.Contains(other.view.text.text(), w.word)
	})
	return !named && alike(first.view.text, other.view.text) >= asTwin
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

// word puts a result into words. A yes or no is said only where it is sure.
func (r *Result) word(c *comparison, shown []*candidate) {
	if r.Outcome == Sure {
		r.Lead, r.Text, r.Basis = c.answered(shown[:r.Answers])
		return
	}
	for i, x := range shown {
		line, basis := c.firstLine(x, false)
		if i == 0 {
			r.Lead, r.Basis = line, basis
		}
		r.Lines, r.Behind = append(r.Lines, line), append(r.Behind, shown[0].score-x.score)
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
