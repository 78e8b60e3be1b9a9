package engine

import (
	"context"
	"strings"
	"testing"
)

// TestATurnStaysInItsDocument asks the same of two notices: which is meant says the
// turn before.
func TestATurnStaysInItsDocument(t *testing.T) {
	a := answererOf(t, notices)
	m, err := ShippedModel()
	if err != nil {
		t.Fatal(err)
	}
	a.model = m
	for first, want := range map[string]string{
		"荷塘镇妇女之家一年补助多少": "15日内向镇妇联申请复查",
		"石桥镇临时救助最多给多少":  "镇民政办应当在20日内答复",
	} {
		r, err := a.Ask(context.Background(), []string{first, "不服的怎么复查"})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Shown) == 0 || !strings.Contains(r.Shown[0].Text, want) {
			t.Errorf("after %s: %+v", first, r.Shown)
		}
	}
}

// TestEarlierTurnsAreMeasured holds that a turn by itself leans on nothing, and that
// the entries around the one that answered before are compared, whatever their words.
func TestEarlierTurnsAreMeasured(t *testing.T) {
	a := answererOf(t, notices)
	c, err := a.compare(context.Background(), a.u.understand([]string{"荷塘镇妇女之家一年补助多少"}))
	if err != nil || c.earlier != nil {
		t.Fatalf("%v %v", c.earlier, err)
	}
	c, err = a.compare(context.Background(), a.u.understand([]string{"荷塘镇妇女之家一年补助多少", "那物料讲师呢"}))
	if err != nil {
		t.Fatal(err)
	}
	if c.earlier == nil || c.earlier.entry.doc.document.ID != "hetang.txt" {
		t.Fatalf("leans on %+v", c.earlier)
	}
	seen := 0
	for _, x := range c.candidates {
		if x.view.doc == c.earlier.entry.doc {
			seen++
		}
		if share := x.of("turns: document before"); (share > 0.5) != (x.view.doc == c.earlier.entry.doc) {
			t.Errorf("%s: %.2f", x.view.entry.Text, share)
		}
	}
	if seen < 3 {
		t.Errorf("%d entries of the document before", seen)
	}
}
