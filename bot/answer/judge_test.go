package answer

import (
	"context"
	"fmt"
	"os"
	"testing"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

func TestTune(t *testing.T) {
	f, err := os.Open("../../../shared/cases/questions.jsonl")
	if err != nil {
		t.Skip("needs the judged cases beside the project")
	}
	defer f.Close()
	cases, err := ReadCases(f)
	if err != nil {
		t.Fatal(err)
	}
	ws, err := index.LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	bk, err := rule.Shipped(l.Documents)
	if err != nil {
		t.Fatal(err)
	}
	for _, lib := range []*knowledge.Library{l, l.Bare()} {
		a, err := New(lib, ws, bk)
		if err != nil {
			t.Fatal(err)
		}
		for half := range 2 {
			var cs []Case
			for i := half; i < len(cases); i += 2 {
				cs = append(cs, cases[i])
			}
			r := a.Judge(context.Background(), cs)
			fmt.Printf("half %d: first %.3f any %.3f all %.3f refused %.3f false %.3f p50 %.2f p99 %.2f\n", half, r.First, r.Any, r.All, r.Refused, r.FalseAnswers, r.P50, r.P99)
			kinds := map[string]int{}
			for _, v := range r.Wrong {
				kinds[fmt.Sprint(v.Case.Kind, " ", v.Case.Expect, " ", v.Answer.how, " first ", v.First, " ", v.Answer.Status)]++
			}
			fmt.Println("   ", kinds)
			if half == 0 && os.Getenv("HOW") != "" {
				for i := half; i < len(cases); i += 2 {
					x := a.Answer(context.Background(), cases[i].Turns)
					fmt.Println("HOW", cases[i].Kind, cases[i].Expect, x.Status, x.how, cases[i].Turns)
				}
			}
			if half == 0 && os.Getenv("WRONG") != "" {
				for _, v := range r.Wrong {
					fmt.Println(v.Case.ID, v.Case.Kind, v.Case.Expect, v.Case.Turns, v.First, v.Any, v.All, v.Status)
					fmt.Println("     got", v.Answer.Status, v.Answer.Text)
				}
			}
		}
	}
}
