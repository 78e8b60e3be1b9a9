package answer

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

// Answerers over what ships are made once: their indexes take longer than the
// questions.
var (
	fullOnce = sync.OnceValues(func() (*Answerer, error) { return shipped(false) })
	bareOnce = sync.OnceValues(func() (*Answerer, error) { return shipped(true) })
)

func shipped(bare bool) (*Answerer, error) {
	words, err := index.LoadWords(nil)
	if err != nil {
		return nil, err
	}
	l, err := knowledge.Shipped()
	if err != nil {
		return nil, err
	}
	book, err := rule.Shipped(l.Documents)
	if err != nil {
		return nil, err
	}
	if bare {
		l = l.Bare()
	}
	return InMemory(l, words, book)
}

// newAnswerer gives one over what ships, a test's own but for its index.
func newAnswerer(t testing.TB, bare bool) *Answerer {
	t.Helper()
	once := fullOnce
	if bare {
		once = bareOnce
	}
	a, err := once()
	if err != nil {
		t.Fatal(err)
	}
	own := *a
	return &own
}

// allClauses gives every clause that is searched.
func allClauses(a *Answerer) []ref {
	var out []ref
	for _, d := range a.library.Documents {
		for i := range d.Clauses {
			if searched(d) {
				out = append(out, ref{doc: d, clause: i})
			}
		}
	}
	return out
}

func sharedCases(t testing.TB) []Case {
	t.Helper()
	f, err := os.Open("../../../shared/cases/questions.jsonl")
	if err != nil {
		t.Skip("needs the judged questions beside the project, which a clone elsewhere does not have")
	}
	defer f.Close()
	cases, err := ReadCases(f)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// TestJudgedQuestions holds what has been reached on questions that the weights
// were learned from, among others: it tells when the code parts from its weights.
func TestJudgedQuestions(t *testing.T) {
	cases := sharedCases(t)
	for _, x := range []struct {
		name                string
		bare                bool
		half                int
		first, any, refused float64
	}{
		{"first half", false, 0, 0.94, 0.94, 0.95},
		{"other half", false, 1, 0.85, 0.90, 0.97},
		{"first half, nothing beside", true, 0, 0.65, 0.67, 0.88},
		{"other half, nothing beside", true, 1, 0.47, 0.50, 0.84},
	} {
		t.Run(x.name, func(t *testing.T) {
			var half []Case
			for i := x.half; i < len(cases); i += 2 {
				half = append(half, cases[i])
			}
			r := newAnswerer(t, x.bare).Judge(context.Background(), half)
			t.Logf("first %.3f any %.3f all %.3f refused %.3f false answers %.3f", r.First, r.Any, r.All, r.Refused, r.FalseAnswers)
			if r.First < x.first || r.Any < x.any || r.Refused < x.refused {
				t.Errorf("below first %.2f, any %.2f or refused %.2f", x.first, x.any, x.refused)
			}
			if os.Getenv("WRONG") != "" && x.half == 0 {
				for _, v := range r.Wrong {
					t.Logf("%s %v %v\n%s", v.Case.ID, v.Case.Turns, v.Answer.Status, v.Answer.Text)
				}
			}
		})
	}
}

func TestReadCasesNamesTheLine(t *testing.T) {
	for _, text := range []string{"{", `{"id":"a"}`} {
		if _, err := ReadCases(strings.NewReader(text)); err == nil {
			t.Errorf("%s was accepted", text)
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	a := newAnswerer(b, false)
	questions := []string{"园区里的企业由谁负责指导组建妇联", "单独组建要多少人", "今天天气怎么样", "律所在园区里归谁管"}
	i := 0
	for b.Loop() {
		a.Answer(context.Background(), questions[i%len(questions):i%len(questions)+1])
		i++
	}
}
