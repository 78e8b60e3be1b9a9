package engine

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// Lesson is a judged question with its candidates measured.
type Lesson struct {
	Judged
	c      *comparison
	labels []int8
}

// Measure compares every judged question with the entries. progress is called
// as it goes on; nil is not.
func (e *Engine) Measure(ctx context.Context, judged []Judged, progress func(done, of int)) ([]*Lesson, error) {
	out := make([]*Lesson, len(judged))
	for i, j := range judged {
		c, err := e.compare(ctx, e.u.understand(j.Turns))
		if err != nil {
			return nil, fmt.Errorf("第%d问：%w", i+1, err)
		}
		l := &Lesson{Judged: j, c: c}
		for k := range c.candidates {
			l.labels = append(l.labels, label(c.candidates[k].view.entry, j.Evidence))
		}
		out[i] = l
		if progress != nil {
			progress(i+1, len(judged))
		}
	}
	return out, nil
}

// How the ranker is trained.
const (
	rankPenalty  = 150
	homePenalty  = 100 // where only the office's own document is learned from
	mostWrong    = 40  // wrong candidates of a question, the likeliest
	questionMass = 40  // what all pairs of a question count together

	// What all questions on the office's own document count together, of what the
	// others do: they lean on its keeper's words, which no other document has.
	homeMass = 0.1
)

// LearnRanking learns how much each feature counts.
func LearnRanking(lessons []*Lesson) *Model {
	return &Model{Rank: learnGeneral(lessons), OfHome: learnOfHome(lessons)}
}

// learnOfHome learns from the questions on the office's own document which of its
// entries answers.
func learnOfHome(lessons []*Lesson) map[string]float64 {
	var p pairs
	for _, l := range lessons {
		if l.home() && l.Expect == "answer" {
			l.pairs(&p, questionMass, func(v *view) bool { return v.doc.home })
		}
	}
	if len(p.rows) == 0 {
		return nil
	}
	return byName(fitPairs(p, homePenalty))
}

func byName(weights []float64) map[string]float64 {
	out := map[string]float64{}
	for i, w := range weights {
		out[featureNames()[i]] = w
	}
	return out
}

func learnGeneral(lessons []*Lesson) map[string]float64 {
	var p pairs
	home, others := 0.0, 0.0
	for _, l := range lessons {
		home += one64(l.home())
		others += one64(!l.home())
	}
	for _, l := range lessons {
		mass := float64(questionMass)
		if l.home() && others > 0 {
			mass *= min(1, homeMass*others/home)
		}
		if l.Expect == "answer" {
			l.pairs(&p, mass, func(*view) bool { return true })
		}
	}
	return byName(fitPairs(p, rankPenalty))
}

func (l *Lesson) pairs(p *pairs, mass float64, among func(*view) bool) {
	var right, wrong []int
	for i, y := range l.labels {
		switch {
		case !among(l.c.candidates[i].view):
		case y == 1:
			right = append(right, i)
		case y == 0 && len(wrong) < mostWrong:
			wrong = append(wrong, i)
		}
	}
	for _, i := range right {
		for _, k := range wrong {
			r := make([]float32, len(featureNames()))
			for f, v := range l.c.candidates[i].features {
				r[f] += float32(v)
			}
			for f, v := range l.c.candidates[k].features {
				r[f] -= float32(v)
			}
			p.rows = append(p.rows, r)
			p.weights = append(p.weights, mass/float64(len(right))/float64(len(wrong)))
		}
	}
}

// Ranking is how well entries were ranked. First, Three and Five are shares of
// the questions that are answered by the documents: the right entry first,
// among three, among five; Document: the first is of the right document.
type Ranking struct {
	N        int     `json:"n"`
	First    float64 `json:"first"`
	Three    float64 `json:"any"`
	Five     float64 `json:"shown"`
	Document float64 `json:"document"`
}

func (r *Ranking) add(l *Lesson, shown []*candidate) {
	r.N++
	for rank, x := range shown {
		if label(x.view.entry, l.Evidence) == 0 {
			continue
		}
		r.First += one64(rank < 1)
		r.Three += one64(rank < 3)
		r.Five++
		break
	}
	if len(shown) > 0 {
		d := shown[0].view.doc.document.ID
		r.Document += one64(l.Document == "" || d == l.Document || slices.Contains(l.Several, d))
	}
}

func (r *Ranking) shares() Ranking {
	n := float64(max(r.N, 1))
	return Ranking{r.N, r.First / n, r.Three / n, r.Five / n, r.Document / n}
}

// Folds says in which fold a question is left out.
type Folds func(*Lesson) int

// ByDocument leaves out the questions of a tenth of the documents at a time.
func ByDocument(lessons []*Lesson) Folds {
	var docs []string
	for _, l := range lessons {
		if !slices.Contains(docs, l.Document) {
			docs = append(docs, l.Document)
		}
	}
	slices.Sort(docs)
	return func(l *Lesson) int {
		if l.home() {
			return l.draw(10)
		}
		return slices.Index(docs, l.Document) % 10
	}
}

// ByPart leaves out one part at a time.
func ByPart(lessons []*Lesson) Folds {
	var parts []string
	for _, l := range lessons {
		if !slices.Contains(parts, l.Part()) {
			parts = append(parts, l.Part())
		}
	}
	slices.Sort(parts)
	return func(l *Lesson) int {
		if l.home() {
			return l.draw(len(parts))
		}
		return slices.Index(parts, l.Part())
	}
}

// draw gives one of n by what is asked, so that a question that is measured beside
// several libraries is left out with all of them.
func (l *Lesson) draw(n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.Join(l.Turns, "\n")))
	return int(h.Sum32() % uint32(n))
}

// home says whether the question is about the office's own document. There is
// but one, so that its questions are left out one by one.
func (l *Lesson) home() bool { return l.Document == "speech" }

// CrossValidate ranks every question by what was learned from the other folds,
// in all and by what by names: a kind, a part.
func CrossValidate(lessons []*Lesson, folds Folds, by func(*Lesson) string) (all Ranking, each map[string]Ranking) {
	held := map[int][]*Lesson{}
	for _, l := range lessons {
		held[folds(l)] = append(held[folds(l)], l)
	}
	sums := map[string]*Ranking{}
	for f, out := range held {
		var rest []*Lesson
		for _, l := range lessons {
			if folds(l) != f {
				rest = append(rest, l)
			}
		}
		m := LearnRanking(rest)
		for _, l := range out {
			if l.Expect != "answer" {
				continue
			}
			shown := l.c.order(m, mostShown)
			all.add(l, shown)
			if sums[by(l)] == nil {
				sums[by(l)] = &Ranking{}
			}
			sums[by(l)].add(l, shown)
		}
	}
	each = map[string]Ranking{}
	for k, r := range sums {
		each[k] = r.shares()
	}
	return all.shares(), each
}

// WriteModel writes a model as ReadModel reads it.
func WriteModel(m *Model, now time.Time) ([]byte, error) {
	m.Trained = now.Format(time.DateOnly)
	data, err := yaml.Marshal(m)
	if err != nil {
		return nil, err
	}
	return append([]byte("# Made by: bot eval train. Do not edit.\n"), data...), nil
}

// Rank ranks every question by a model, in all and by what by names.
func Rank(m *Model, lessons []*Lesson, by func(*Lesson) string) (all Ranking, each map[string]Ranking) {
	sums := map[string]*Ranking{}
	for _, l := range lessons {
		if l.Expect != "answer" {
			continue
		}
		shown := l.c.order(m, mostShown)
		all.add(l, shown)
		if sums[by(l)] == nil {
			sums[by(l)] = &Ranking{}
		}
		sums[by(l)].add(l, shown)
	}
	each = map[string]Ranking{}
	for k, r := range sums {
		each[k] = r.shares()
	}
	return all.shares(), each
}

// DecisionCases decides from rankings that had not learned from the question:
// what is needed to learn deciding.
func DecisionCases(lessons []*Lesson, folds Folds) []DecisionCase {
	held := map[int][]*Lesson{}
	for _, l := range lessons {
		held[folds(l)] = append(held[folds(l)], l)
	}
	var out []DecisionCase
	for f := range len(held) {
		var rest []*Lesson
		for _, l := range lessons {
			if folds(l) != f {
				rest = append(rest, l)
			}
		}
		m := LearnRanking(rest)
		for _, l := range held[f] {
			out = append(out, l.decision(m)...)
		}
	}
	return out
}

// decision is the case of a question. Those on the office's own document are in
// as many groups as there are folds, since there is but one document.
func (l *Lesson) decision(m *Model) []DecisionCase {
	shown := l.c.order(m, mostShown)
	if len(shown) == 0 {
		return nil
	}
	group := l.Document
	if l.home() {
		group = fmt.Sprintf("%s %d", group, l.draw(decisionFolds))
	}
	return []DecisionCase{{
		Features:   newEvidence(l.c, l.c.indices(shown)).features(),
		Answerable: l.Expect == "answer",
		Right:      l.Expect == "answer" && label(shown[0].view.entry, l.Evidence) != 0,
		Group:      group,
		Home:       shown[0].view.doc.home,
	}}
}

// Decided decides questions by a model, and counts.
func Decided(m *Model, lessons []*Lesson) DecisionFigures {
	var cases []DecisionCase
	var outcomes []Outcome
	for _, l := range lessons {
		shown := l.c.order(m, mostShown)
		right := l.Expect == "answer" && len(shown) > 0 && label(shown[0].view.entry, l.Evidence) != 0
		cases = append(cases, DecisionCase{Answerable: l.Expect == "answer", Right: right})
		outcomes = append(outcomes, m.decide(l.c, shown).Outcome)
	}
	return figuresOf(cases, outcomes)
}
