package engine

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// shippedNotices is an engine over the notices and judged questions that the
// weights were learned from, beside the shipped documents.
func shippedNotices(t testing.TB) (*Engine, []Judged) {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/notices/docs/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no notices", err)
	}
	for _, f := range files {
		d, err := parse.Parse(f, readAll(t, f))
		if err != nil {
			t.Fatal(err)
		}
		d.ID, d.Validity = filepath.Base(f), knowledge.InForce
		if err := l.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	judged, err := ReadJudged(bytes.NewReader(readAll(t, "testdata/notices/questions.jsonl")))
	if err != nil {
		t.Fatal(err)
	}
	words, err := index.LoadWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := NewPool(l, words, func(d *knowledge.Document) bool { return d.Shipped })
	x, err := index.OpenMemory(p.Passages())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	m, err := ShippedModel()
	if err != nil {
		t.Fatal(err)
	}
	return New(p, x, m), judged
}

func readAll(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestShippedNotices holds what the shipped weights reach on a sample of the
// questions they were learned from: it tells when a change of the code parts
// from its weights, not how well they do on others. For that: bot eval train.
func TestShippedNotices(t *testing.T) {
	if testing.Short() {
		t.Skip("asks 160 questions, one after another: needs a run without -short")
	}
	e, judged := shippedNotices(t)
	random := rand.New(rand.NewPCG(17, 30))
	var r Ranking
	sure, right, wrong, false_, refusals := 0, 0, 0, 0, 0
	for _, i := range random.Perm(len(judged))[:160] {
		j := judged[i]
		got, err := e.Ask(context.Background(), j.Turns)
		if err != nil {
			t.Fatal(err)
		}
		if j.Expect != "answer" {
			refusals++
			if got.Outcome == Sure {
				false_++
			}
			continue
		}
		r.N++
		for rank, x := range got.Shown {
			if label(x, j.Evidence) == 0 {
				continue
			}
			r.First += one64(rank < 1)
			r.Five++
			break
		}
		if got.Outcome == Sure {
			sure++
			if label(got.Shown[0], j.Evidence) != 0 {
				right++
			} else {
				wrong++
			}
		}
	}
	s := r.shares()
	n := float64(r.N)
	t.Logf("%d answerable: first %.3f, shown %.3f, sure and right %.3f, sure but wrong %.3f; of %d others sure %.3f", r.N, s.First, s.Five,
		float64(right)/n, float64(wrong)/n, refusals, float64(false_)/float64(refusals))
	if s.First < 0.70 || s.Five < 0.89 || float64(right)/n < 0.40 || float64(wrong)/n > 0.07 || float64(false_)/float64(refusals) > 0.12 { // of a sample: one of 53 is .02
		t.Error("less than the floors")
	}
}

// TestTheFirstLineIsVerbatim holds that what a first line is made of stands in
// the documents.
func TestTheFirstLineIsVerbatim(t *testing.T) {
	e, judged := shippedNotices(t)
	random := rand.New(rand.NewPCG(3, 9))
	for _, i := range random.Perm(len(judged))[:60] {
		got, err := e.Ask(context.Background(), judged[i].Turns)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range got.Basis {
			d := e.pool.byDoc[b.Document]
			if d == nil || b.Clause >= len(d.document.Clauses) || b.From < 0 || b.To > len(d.document.Clauses[b.Clause].Text) || b.From >= b.To {
				t.Errorf("%v: %+v is no stretch", judged[i].Turns, b)
			}
		}
		if n := len([]rune(got.Text)); n > longestReply {
			t.Errorf("%v: %d characters", judged[i].Turns, n)
		}
	}
}
