package rule

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// drawFacts draws any facts of the book, absent and 不清楚 among them.
func drawFacts(t *rapid.T, b *Book) Facts {
	f := Facts{}
	for i := range b.Facts {
		n := rapid.IntRange(0, b.choicesOf(i)+1).Draw(t, b.Facts[i].ID)
		switch n {
		case 0:
		case 1:
			f[b.Facts[i].ID] = Unknown
		default:
			f[b.Facts[i].ID] = b.nth(i, n-2)
		}
	}
	return f
}

// TestLearningOnlyNarrows holds that no answer adds a push or guide that was
// not among the branches before, and that what is open is all the branches
// together. Presumed facts are left out: there an answer overturns a guess
// that was never given as certain.
func TestLearningOnlyNarrows(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t, b)
		fact := rapid.SampledFrom([]string{kindFact, "in_park", "party_org", "supervisor"}).Draw(t, "learned")
		delete(f, fact)
		before := layersOf(Decide(b, f))
		together := map[string][]string{}
		for _, v := range valuesOf(b.Facts[b.facts[fact]]) {
			g := maps.Clone(f)
			g[fact] = v
			r := Decide(b, g)
			for _, l := range []string{pushLayer, guideLayer} {
				for _, x := range layersOf(r)[l] {
					together[l] = append(together[l], x)
					if !slices.Contains(before[l], x) {
						t.Fatalf("%s=%s adds %s to %v of %v", fact, v, x, before[l], f)
					}
				}
			}
		}
		for _, l := range []string{pushLayer, guideLayer} {
			for _, x := range before[l] {
				if !slices.Contains(together[l], x) && len(together[l]) > 0 {
					t.Fatalf("%s: %s is a branch of no %s: %v", l, x, fact, f)
				}
			}
		}
	})
}

// TestUnknownIsAbsent holds that 不清楚 concludes as a fact nobody spoke of: it
// is only not asked again.
func TestUnknownIsAbsent(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t, b)
		g := maps.Clone(f)
		maps.DeleteFunc(g, func(_, v string) bool { return v == Unknown })
		x, y := Decide(b, f), Decide(b, g)
		if x.Text != y.Text || differences(x, y) != nil {
			t.Fatalf("%v and %v come out differently", f, g)
		}
		if q := Next(b, f); q != nil && f[q.Fact] != "" {
			t.Fatalf("%s is asked again: %v", q.Fact, f)
		}
	})
}

// TestTextKeepsItsLength holds the lengths a small screen allows, and that a
// text says no more than its reasons.
func TestTextKeepsItsLength(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		r := Decide(b, drawFacts(t, b))
		if n := utf8.RuneCountInString(r.Short); n > shortest {
			t.Fatalf("the conclusion has %d characters:\n%s", n, r.Short)
		}
		for _, line := range []string{"责任主体：", "推动：", "指导：", "形式："} {
			if r.Status != OutOfScope && !strings.Contains(r.Short, line) {
				t.Fatalf("the conclusion has no %s\n%s", line, r.Short)
			}
		}
		if n := utf8.RuneCountInString(r.Text); n > longest {
			t.Fatalf("the text has %d characters:\n%s", n, r.Text)
		}
		if strings.ContainsAny(r.Text, "!！*#`") || strings.Contains(r.Text, "\n\n") {
			t.Fatalf("the text has marks no cadre writes:\n%s", r.Text)
		}
	})
}

// FuzzRead holds that any text reads without failing, only into facts and
// values of the book, and the same way twice.
func FuzzRead(f *testing.F) {
	b := shipped(f)
	for _, s := range []string{"开发区里一家厂，女工六百来人，有支部", "勿勒园区", "一万二", "十", "第三十", "99999999999999999999家", "\xff女", "没", "女没有没有女", "1.万", "有没有党支部不清楚"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := b.Read(text)
		for id, v := range r.Facts {
			fact, ok := b.Fact(id)
			if !ok || v != Unknown && fact.encode(v) < 0 {
				t.Fatalf("%q gives %s=%s", text, id, v)
			}
		}
		if again := b.Read(text); !maps.Equal(again.Facts, r.Facts) {
			t.Fatalf("%q reads in two ways: %v and %v", text, r.Facts, again.Facts)
		}
		Decide(b, r.Facts)
		_ = r.Echo()
	})
}

// The outcome of each benchmark is kept so that nothing is left out.
var kept Recommendation

// BenchmarkDecide must stay under 100 µs; the second case has all open.
func BenchmarkDecide(b *testing.B) {
	book := shipped(b)
	for name, f := range map[string]Facts{
		"known": {kindFact: "企业", "in_park": "yes", "party_org": "yes", womenFact: "many", unitsFact: "1"},
		"open":  {},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				kept = Decide(book, f)
			}
		})
	}
}

func BenchmarkNext(b *testing.B) {
	book := shipped(b)
	for b.Loop() {
		Next(book, Facts{kindFact: "企业"})
	}
}

func BenchmarkRead(b *testing.B) {
	book := shipped(b)
	for b.Loop() {
		book.Read("开发区里一家电子厂，女工六百来人，有支部，副书记是女的，工会没有女职工委员会")
	}
}
