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

// TestTextsThatMayMatch holds what patterns look for first against the expression:
// no text that matches is passed over, and most that do not are.
func TestTextsThatMayMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		expr   string
		passed bool // texts without a match can be told
	}{
		{`不得|不能|不准`, true}, {`第([一二三]+)条`, true}, {`(?:每|各)[人户]\d+元`, true}, {`^附件([一二三\d]*)`, true}, {`(?m)^一、|^二、$`, true},
		{`[一二三]{2,}`, true}, {`(?i)abc`, false}, {`元?人?`, false}, {`.*`, false}, {`\d+`, true}, {`[^元]人`, true}, {`(?:元|人)+户`, true},
		{"\\x{fffd}元", false}, {`[元\x{fffd}]`, false}, {`\b元\b|人$`, true}, {`(?:一|二|三|不|得|能|准|第|条|每|各|人|户)`, true}, {`元{0,2}人`, true},
	} {
		p, letters := NewPattern(c.expr), []rune("不得能准第一二三条每各人户元5附件、。a\n")
		matched, passed := 0, 0
		for range 3000 {
			var b strings.Builder
			for range 1 + r.IntN(12) {
				b.WriteRune(letters[r.IntN(len(letters))])
				if r.IntN(30) == 0 {
					b.WriteString("\xff")
				}
				if r.IntN(9) == 0 {
					b.WriteString([]string{"不得", "第一条", "每人5元", "附件一", "ABC", "元人"}[r.IntN(6)])
				}
			}
			s := b.String()
			if p.Regexp().MatchString(s) {
				if matched++; !p.mayMatch(s) {
					t.Fatalf("%s is passed over in %q", c.expr, s)
				}
			} else if !p.mayMatch(s) {
				passed++
			}
		}
		if matched == 0 || c.passed != (passed > 0) {
			t.Errorf("%s: %d match, %d are passed over", c.expr, matched, passed)
		}
	}
}
