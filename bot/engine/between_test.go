package engine

import (
	"testing"

	"zujian/knowledge"
)

// TestBetweenArticles holds that an article put in later is not taken for the one
// before it, nor the other way round.
func TestBetweenArticles(t *testing.T) {
	for _, x := range []struct {
		question string
		at       placed
		want     bool
	}{
		{"第十条之一讲什么", placed{"article": 10, "between": 1}, true},
		{"第十条之一讲什么", placed{"article": 10}, false},
		{"第十条讲什么", placed{"article": 10, "between": 1}, false},
		{"第10条讲什么", placed{"article": 10}, true},
		{"第十条之二写了啥", placed{"article": 10, "between": 1}, false},
	} {
		if got := placeOf(x.question, x.question).names(&view{at: x.at, entry: &knowledge.Entry{}}); got != x.want {
			t.Errorf("%s at %v: %v", x.question, x.at, got)
		}
	}
}
