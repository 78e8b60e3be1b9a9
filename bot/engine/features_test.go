package engine

import (
	"context"
	"slices"
	"testing"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
)

const (
	craft = "云岭县手工编织创业补贴通知\n\n各乡镇：\n为扶持手工编织，现将创业补贴有关事项通知如下：\n" +
		"一、标准\n每户一次性补贴3000元。\n二、申请\n申请人应当在5月20日前向乡镇政府提出申请，由县妇联审核。\n"
	shops = "云岭县小店创业补贴办法\n\n第一条 为扶持小店，制定本办法。\n第二条 小店每户补贴8000元。\n" +
		"第三条 手工编织的小店，另外补贴1000元。\n第四条 申请人应当向街道提出申请。\n"
)

// trial is an answerer that holds the given texts.
func trial(t *testing.T, texts map[string]string) *Engine {
	t.Helper()
	l := &knowledge.Library{}
	for id, text := range texts {
		d, err := parse.Parse(id+".txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d.ID, d.Validity = id, knowledge.InForce
		if err := l.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	w, err := index.LoadWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := NewPool(l, w, func(*knowledge.Document) bool { return false })
	x, err := index.OpenMemory(p.Passages())
	if err != nil {
		t.Fatal(err)
	}
	a := New(p, x, &Model{Decide: &DecisionModel{}, Home: &DecisionModel{}})
	a.u.known = func(string) bool { return false }
	return a
}

func comparedFor(t *testing.T, a *Engine, question string) *comparison {
	t.Helper()
	c, err := a.compare(context.Background(), a.u.understand([]string{question}))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.candidates) == 0 {
		t.Fatalf("%s: nothing found", question)
	}
	return c
}

// most gives the text of the candidate that has most of a feature.
func (c *comparison) most(feature string) candidate {
	return slices.MaxFunc(c.candidates, func(a, b candidate) int {
		if a.features[featureAt(feature)] < b.features[featureAt(feature)] {
			return -1
		}
		return 1
	})
}

func TestDocumentIsMeantByTheWordsOnlyItsTitleHas(t *testing.T) {
	a := trial(t, map[string]string{"craft": craft, "shops": shops})
	for question, want := range map[string]string{"手工编织创业补贴给多少": "craft", "小店创业补贴给多少": "shops"} {
		if got := comparedFor(t, a, question).most("document: named").view.doc.document.ID; got != want {
			t.Errorf("%s: %s is meant, want %s", question, got, want)
		}
	}
}

func TestValueStandsInTheSamePart(t *testing.T) {
	a := trial(t, map[string]string{"craft": craft})
	got := comparedFor(t, a, "申请最晚几号交").most("one part: covers with certain value").view.entry.Text
	if want := "申请人应当在5月20日前向乡镇政府提出申请，由县妇联审核。"; got != want {
		t.Errorf("the day is found in %q, want %q", got, want)
	}
}

func TestLongestCommon(t *testing.T) {
	for _, x := range []struct {
		question, text string
		want           int
	}{
		{"启动经费给多少", "拨付一次性启动经费", 4},
		{"启动经费给多少", "由区妇联负责解释", 0},
	} {
		m := &measurer{q: &question{text: x.question, last: x.question}}
		m.ready()
		if got := m.longestCommon(plainOf(x.text)); got != x.want {
			t.Errorf("%s, %s: %d characters in common, want %d", x.question, x.text, got, x.want)
		}
	}
}
