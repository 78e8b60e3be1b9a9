package rule

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zujian/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEveryCombination tries every combination of the facts that a layer's
// rules and ties mention, known and not, for each layer by itself: layers are
// independent, so their product would only repeat it. Kinds that no rule tells
// apart are tried once, numbers on either side of each limit.
func TestEveryCombination(t *testing.T) {
	b := shipped(t)
	for l := range b.Layers {
		n, start := 0, time.Now()
		b.combinations(b.layerUses(l), func(f Facts) {
			n++
			s := b.state(f)
			o := b.conclude(&s)
			if !o.outside && !b.Layers[l].Optional && o.n[l] == 0 {
				t.Errorf("%s has no result for %v", b.Layers[l].ID, f)
			}
			if o.n[l] == mostEntries {
				t.Errorf("%s has more results than are kept for %v", b.Layers[l].ID, f)
			}
		})
		t.Logf("%s: %d combinations in %v", b.Layers[l].ID, n, time.Since(start).Round(time.Millisecond))
		if n < 4 && b.Layers[l].ID != ownerLayer {
			t.Errorf("%s: only %d combinations", b.Layers[l].ID, n)
		}
	}
}

// TestWhatIfKeepsItsPromise runs every promised change and looks at the layers
// it named. It takes a fixed sample over all
// facts together, too many to try whole, and looks that no change is left out.
func TestWhatIfKeepsItsPromise(t *testing.T) {
	if testing.Short() {
		t.Skip("decides 5,000 times, one after another: needs a run without -short")
	}
	b, docs := shipped(t), documents(t)
	tried, changes, start := 0, 0, time.Now()
	sample(b, 800, func(f Facts) {
		tried++
		r := Decide(b, f)
		checkCitations(t, docs, r)
		promised := map[string]bool{}
		for _, c := range r.WhatIf {
			changes++
			g := maps.Clone(f)
			for fact, v := range c.Change {
				g[fact] = valueText(v)
				promised[fact+"="+valueText(v)] = true
			}
			if got := differences(r, Decide(b, g)); !reflect.DeepEqual(got, c.Then) {
				t.Fatalf("%v: %v promised %v, gave %v", f, c.Change, c.Then, got)
			}
		}
		checkNoneLeftOut(t, b, f, r, promised)
	})
	t.Logf("%d combinations, %d changes in %v", tried, changes, time.Since(start).Round(time.Millisecond))
	if tried < 800 || changes < 5000 {
		t.Errorf("only %d combinations and %d changes", tried, changes)
	}
}

// checkNoneLeftOut tries the changes that were not promised.
func checkNoneLeftOut(t *testing.T, b *Book, f Facts, r Recommendation, promised map[string]bool) {
	t.Helper()
	for _, fact := range b.Facts {
		if fact.Fixed || fact.Number || r.Status == OutOfScope {
			continue
		}
		for _, v := range fact.Values {
			g := maps.Clone(f)
			g[fact.ID] = v.Value
			if got := differences(r, Decide(b, g)); got != nil && !promised[fact.ID+"="+v.Value] {
				t.Fatalf("%v: %s=%s changes %v and is not named", f, fact.ID, v.Value, got)
			}
		}
	}
}

// sample visits about n combinations over all facts, the same on every run: a
// walk with a step that is prime to the number of each fact's values.
func sample(b *Book, n int, visit func(Facts)) {
	for k := range n {
		f, x := Facts{}, uint64(k)*2654435761+12345
		for i := range b.Facts {
			x = x*6364136223846793005 + 1442695040888963407
			if pick := int(x>>33) % (b.choicesOf(i) + 2); pick > 1 {
				f[b.Facts[i].ID] = b.nth(i, pick-2)
			} else if pick == 1 {
				f[b.Facts[i].ID] = Unknown
			}
		}
		visit(f)
	}
}

var someNumbers = []string{"1", "2", "5", "6", "20", "40"}

func (b *Book) choicesOf(i int) int {
	if b.Facts[i].Number {
		return len(someNumbers)
	}
	return len(b.Facts[i].Values)
}

func (b *Book) nth(i, n int) string {
	if b.Facts[i].Number {
		return someNumbers[n]
	}
	return b.Facts[i].Values[n].Value
}

func layersOf(r Recommendation) map[string][]string {
	return map[string][]string{ownerLayer: r.Owner, pushLayer: r.Push, guideLayer: r.Guide, formLayer: r.Form, headLayer: r.Head}
}

func differences(x, y Recommendation) map[string][]string {
	var out map[string][]string
	for l, results := range layersOf(y) {
		if !slices.Equal(layersOf(x)[l], results) {
			if out == nil {
				out = map[string][]string{}
			}
			out[l] = results
		}
	}
	return out
}

func checkCitations(t *testing.T, docs []*knowledge.Document, r Recommendation) {
	t.Helper()
	cited := map[string]bool{}
	for _, x := range r.Reasons {
		cited[x.Layer+x.Result] = true
		found := false
		for _, d := range docs {
			if d.Title != x.Citation.Document {
				continue
			}
			p, ok := d.Find(x.Citation.Quote)
			found = ok && p.Text == x.Citation.Quote && d.Clauses[p.Clause].Locator == x.Citation.Locator && x.Citation.Locator != ""
		}
		if !found {
			t.Fatalf("%s: %v is in no document", x.Rule, x.Citation)
		}
	}
	for l, results := range layersOf(r) {
		for _, x := range results {
			if !cited[l+x] {
				t.Fatalf("%s %s has no reason", l, x)
			}
		}
	}
}

// TestOutcomes holds every outcome of every layer in a golden file: one line
// for each condition that comes out differently. A star marks a result that
// hangs on what is not known yet.
func TestOutcomes(t *testing.T) {
	b := shipped(t)
	var out strings.Builder
	for l := range b.Layers {
		out.WriteString("# " + b.Layers[l].ID + " " + b.Layers[l].Name + "\n\n")
		for _, line := range b.tree(l) {
			out.WriteString(line + "\n")
		}
		out.WriteString("\n")
	}
	golden(t, "outcomes.golden", out.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; look at the difference after go test -update", path)
	}
}

// tree gives a layer's outcomes as an indented tree: a fact that tells
// nothing apart is left out, values that come out the same share a line.
func (b *Book) tree(l int) []string {
	var order []int
	uses := b.layerUses(l)
	for _, id := range []string{"industry_chain", womenFact, kindFact, "ready", "role", "party_base", "in_building", unitsFact} {
		if i := b.facts[id]; uses&(1<<i) != 0 {
			order = append(order, i)
		}
	}
	for i := range b.Facts {
		if uses&(1<<i) != 0 && !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	return b.branch(l, order, Facts{})
}

func (b *Book) branch(l int, order []int, f Facts) []string {
	if len(order) == 0 {
		return []string{b.leaf(l, f)}
	}
	i := order[0]
	id := b.Facts[i].ID
	var trees [][]string
	names := map[string][]string{}
	var keys []string
	for _, v := range append([]string{""}, b.named(i)...) {
		f[id] = v
		tree := b.branch(l, order[1:], f)
		key := strings.Join(tree, "\n")
		if names[key] == nil {
			keys, trees = append(keys, key), append(trees, tree)
		}
		if v == "" {
			v = "?"
		}
		names[key] = append(names[key], v)
	}
	delete(f, id)
	if len(trees) == 1 {
		return trees[0]
	}
	var out []string
	for k, tree := range trees {
		head := id + " " + strings.Join(names[keys[k]], "|")
		if len(tree) == 1 && strings.HasPrefix(tree[0], "→") {
			out = append(out, head+" "+tree[0])
			continue
		}
		out = append(out, head)
		for _, line := range tree {
			out = append(out, "  "+line)
		}
	}
	return out
}

// named gives every value of a fact, or a number of each class.
func (b *Book) named(i int) []string {
	var out []string
	if b.Facts[i].Number {
		for _, v := range b.limits(i) {
			out = append(out, strconv.Itoa(int(v)))
		}
		return out
	}
	for _, v := range b.Facts[i].Values {
		out = append(out, v.Value)
	}
	return out
}

func (b *Book) leaf(l int, f Facts) string {
	s := b.state(f)
	o := b.conclude(&s)
	if o.outside && l != b.layers[scopeLayer] {
		return "→ 不适用"
	}
	var parts []string
	open := map[string]bool{}
	for _, e := range o.of(l) {
		x := b.Rules[e.rule].Result
		if x == "" {
			x = "没有写"
		}
		if !slices.Contains(parts, x) {
			parts = append(parts, x)
			open[x] = true
		}
		open[x] = open[x] && e.open
	}
	for i, x := range parts {
		if open[x] {
			parts[i] = x + "*"
		}
	}
	if len(parts) == 0 {
		return "→ 无"
	}
	for i := range b.Ties {
		if b.Ties[i].layer == l && b.Ties[i].both() && b.Ties[i].when.try(&s) == yes {
			return "→ " + strings.Join(parts, "、") + "（两可）"
		}
	}
	return "→ " + strings.Join(parts, "、")
}
