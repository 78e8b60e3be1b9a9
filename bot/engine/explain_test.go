package engine

import (
	"context"
	"strings"
	"testing"
)

// TestExplain holds that an explanation names what was asked for, what was
// looked for, and the decision, in Chinese.
func TestExplain(t *testing.T) {
	a := answererOf(t, notices)
	a.model = &Model{Rank: map[string]float64{"covers: text": 5}, Decide: &DecisionModel{}, Home: &DecisionModel{}}
	got, err := a.Explain(context.Background(), []string{"临时救助每户最多给多少钱"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"问的是：", "钱", "找的词：", "因为：字词对得上", "决定："} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s:\n%s", want, got)
		}
	}
}
