package answer

import (
	"hash/maphash"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"zujian/bot/chat"
	"zujian/index"
	"zujian/knowledge/text"
)

// longTexts gives texts of thousands of characters made of the guard's sentences,
// with what may stand between them.
func longTexts(t *testing.T, n int) (out []string) {
	all := sentences(t)
	r := rand.New(rand.NewPCG(7, 11))
	between := []string{"", " ", "\n", "。", "，", "；\n\n", "★", "\u200b", "打断"}
	for range n {
		var b strings.Builder
		kind := all[r.IntN(len(all))][0]
		for b.Len() < 2_500 {
			x := all[r.IntN(len(all))]
			if x[0] == "none" || x[0] == kind && r.IntN(8) == 0 {
				b.WriteString(x[1] + between[r.IntN(len(between))])
			}
		}
		out = append(out, b.String())
	}
	return out
}

// TestLongTextsAreJudgedAsRegexpsJudge holds every pattern of the guard, which
// reads long texts in its own way, against its regular expression.
func TestLongTextsAreJudgedAsRegexpsJudge(t *testing.T) {
	patterns := append([]*text.Screen{matters, matterDone, aTopic, harmlessUse, secretWords, notSecret, form, titled, named, pronoun, holder, lookUp},
		dangers...)
	found, told := make([]int, len(patterns)), map[Status]int{}
	for _, long := range longTexts(t, 90) {
		plain := index.Normalise(long)
		for i, p := range patterns {
			for _, s := range []string{long, plain} {
				want := p.Regexp().MatchString(s)
				if p.MatchString(s) != want {
					t.Fatalf("%.60s in %q: not %v", p.Regexp(), s, want)
				}
				if want {
					found[i]++
				}
			}
		}
		for _, p := range []*text.Screen{aTopic, harmlessUse} {
			if got, want := p.ReplaceWithin(plain, " ", " "), p.Regexp().ReplaceAllString(plain, " "); got != want {
				t.Fatalf("%.60s leaves\n%q, want\n%q", p.Regexp(), got, want)
			}
		}
		if got, want := notSecret.ReplaceWithin(long, "\n", " "), notSecret.Regexp().ReplaceAllString(long, " "); got != want {
			t.Fatalf("left\n%q, want\n%q", got, want)
		}
		if got, want := chat.GivesPersonal(long), chat.Mask(long) != long; got && !want {
			t.Fatalf("nothing to mask in %q", long)
		}
		told[Guard(long).Status]++
	}
	if least := slices.Min(found); least == 0 || len(told) < 4 {
		t.Errorf("a pattern that is in no text: %v; %v", found, told)
	}
}

// TestATextIsLookedAtOnce has a text come again, at once and after many others.
func TestATextIsLookedAtOnce(t *testing.T) {
	var looked []string
	judge := func(s string) Refusal { looked = append(looked, s); return Refusal{Say: s} }
	l := lately{seed: maphash.MakeSeed()}
	for _, s := range []string{"甲", "甲", "", "", "乙", "甲"} {
		if got := l.of(s, judge); got.Say != s {
			t.Errorf("%q is told of %q", got.Say, s)
		}
	}
	if want := []string{"甲", "", "乙"}; !slices.Equal(looked, want) {
		t.Errorf("looked at %q, want %q", looked, want)
	}
	for range len(l.last) {
		l.of(strings.Repeat("丙", len(looked)), judge)
	}
	if l.of("甲", judge); looked[len(looked)-1] != "甲" {
		t.Errorf("the first is still remembered: %q", looked)
	}
}
