package answer

import (
	"fmt"
	"os"
	"testing"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

func TestDump(t *testing.T) {
	f, _ := os.Open("../../../shared/cases/questions.jsonl")
	defer f.Close()
	cases, _ := ReadCases(f)
	ws, _ := index.LoadWords()
	l, _ := knowledge.Shipped()
	bk, _ := rule.Shipped(l.Documents)
	if os.Getenv("BARE") != "" {
		l = l.Bare()
	}
	a, _ := New(l, ws, bk)
	for i := 0; i < len(cases); i += 2 {
		c := cases[i]
		if len(c.Turns) > 1 {
			continue
		}
		q := a.clean(c.Turns[0])
		s := a.score(q, q)
		an, g, o := a.best(s.asked)
		w, cov := 0.0, 0.0
		if len(s.text) > 0 {
			w = s.text[0].score
			cov = a.text.Covers(q, withHeading(s.text[0].doc, s.text[0].clause))
		}
		fmt.Printf("%s %-10s %-7s a %.2f g %.2f o %.2f w %.2f cov %.2f want %d %s\n", c.ID, c.Kind, c.Expect, an.score, g.score, o.score, w, cov, want(q), c.Turns[0])
	}
}
