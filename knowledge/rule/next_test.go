package rule

import (
	"maps"
	"slices"
	"testing"
)

// TestNoPathAsksMoreThanFive walks every answer, 不清楚 among them, to every
// question, for each kind of organisation and for one not yet named. A
// question is only asked where two of its answers lead to different ends.
// The dialog stops at five; then only who may head it can still be open, and
// whether the conditions are ripe.
func TestNoPathAsksMoreThanFive(t *testing.T) {
	b := shipped(t)
	most, paths, stopped := 0, 0, 0
	named := false
	var walk func(f Facts, asked int)
	walk = func(f Facts, asked int) {
		q := Next(b, f)
		most = max(most, asked)
		if q == nil {
			paths++
			return
		}
		if asked == 5 {
			stopped++
			onlyHead(t, b, f, q.Fact, named)
			return
		}
		if f[q.Fact] != "" {
			t.Fatalf("%s is asked again: %v", q.Fact, f)
		}
		ends := map[string]bool{}
		for _, v := range append(answersTo(b, q.Fact), Unknown) {
			g := maps.Clone(f)
			g[q.Fact] = v
			ends[ends5(b, g)] = true
			walk(g, asked+1)
		}
		if len(ends) < 2 {
			t.Fatalf("%s is asked and changes nothing: %v", q.Fact, f)
		}
	}
	kind, _ := b.Fact(kindFact)
	for _, v := range append([]string{""}, valuesOf(kind)...) {
		f := Facts{}
		if v != "" {
			f[kindFact] = v
			b.implied(f)
		}
		named = v != ""
		walk(f, 0)
	}
	t.Logf("%d paths, at most %d questions; %d stop at the fifth", paths, most, stopped)
	if most < 3 || paths < 1000 {
		t.Errorf("only %d paths with at most %d questions were walked", paths, most)
	}
}

// onlyHead holds that a question that is no longer put bears on the head alone.
// Whether the conditions are ripe may be left open, and the role of an association
// whose kind had to be asked: then both forms are given.
func onlyHead(t *testing.T, b *Book, f Facts, fact string, named bool) {
	t.Helper()
	if fact == "ready" || !named && fact == "role" {
		return
	}
	g := maps.Clone(f)
	for _, v := range answersTo(b, fact) {
		g[fact] = v
		for l := range differences(Decide(b, f), Decide(b, g)) {
			if l != headLayer {
				t.Fatalf("%s is left out and changes %s: %v", fact, l, f)
			}
		}
	}
}

func valuesOf(f Fact) []string {
	var out []string
	for _, v := range f.Values {
		out = append(out, v.Value)
	}
	return out
}

func answersTo(b *Book, fact string) []string {
	f, _ := b.Fact(fact)
	if f.Number {
		return []string{"1", "3", "6"}
	}
	var out []string
	for _, o := range f.choices() {
		if !slices.Contains(out, o.Value) {
			out = append(out, o.Value)
		}
	}
	return out
}

// ends5 is where facts lead: all five layers.
func ends5(b *Book, f Facts) string {
	s := b.state(f)
	o := b.conclude(&s)
	out := ""
	for l := range b.Layers {
		for _, x := range b.list(&o, l) {
			out += x + " "
		}
		out += "|"
	}
	return out
}
