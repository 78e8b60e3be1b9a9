package text

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestLongTextsAreReadAsRegexpsReadThem holds patterns with everything that an
// expression may have against the expression, on long texts of few characters.
func TestLongTextsAreReadAsRegexpsReadThem(t *testing.T) {
	letters := []string{"打", "我", "他", "a", "B", "_", "0", " ", "\n", "。", "𠮷", "\xff", "é"}
	r := rand.New(rand.NewPCG(1, 2))
	for _, expr := range []string{`打[^ ]{0,3}我他我`, `^我他|他我$`, `(?m)^我他_|_0$`, `\bB0\b`, `0\BB_\b`, `(?i)bab|Éé`, `𠮷{3}`, `[^\p{Han}]{7}我`, `\x{fffd}\x{fffd}我`,
		`(?s)我.{2,5}?打打他`, `\A他他他|a0_\z`, `(?:我|他+a)\s\s`} {
		p, found := NewScreen(expr), 0
		for range 300 {
			var b strings.Builder
			few := 3 + r.IntN(len(letters)-2)
			for b.Len() < longText {
				b.WriteString(letters[r.IntN(few)])
				if r.IntN(200) == 0 {
					b.WriteString("B0 𠮷𠮷𠮷\xff\xff我")
				}
			}
			s := b.String()
			want := p.Pattern.MatchString(s)
			if p.MatchString(s) != want {
				t.Fatalf("%s in %q: not %v", expr, s, want)
			}
			if want {
				found++
			}
		}
		if found == 0 {
			t.Errorf("%s is in none of them", expr)
		}
	}
}
