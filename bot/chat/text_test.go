package chat

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSplitKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.StringMatching(`[一-龥]{1,30}[。，；\n”😀]`), 1, 40).Draw(t, "words"), "")
		longest := rapid.IntRange(20, 200).Draw(t, "longest")
		parts := Split(text, longest)
		var whole strings.Builder
		for i, p := range parts {
			if n := utf8.RuneCountInString(p); n > longest {
				t.Fatalf("part %d has %d runes, limit %d", i, n, longest)
			}
			if len(parts) > 1 {
				p = strings.TrimPrefix(p, fmt.Sprintf("（%d/%d）", i+1, len(parts)))
			}
			whole.WriteString(p)
		}
		if whole.String() != text {
			t.Fatalf("pieces do not make up the text: %q", whole.String())
		}
	})
}

func TestSplitAtSentences(t *testing.T) {
	text := strings.Repeat("这是一句话。", 10)
	for _, p := range Split(text, 30) {
		if !strings.HasSuffix(p, "。") {
			t.Errorf("part ends inside a sentence: %q", p)
		}
	}
}

func TestPlain(t *testing.T) {
	if got := Plain("## 结论\n**可以**联合组建`x`"); got != "结论\n可以联合组建x" {
		t.Errorf("got %q", got)
	}
}

func TestEveryStateAndErrorIsWorded(t *testing.T) {
	for s := Starting; s <= Refused; s++ {
		if s.String() == "" || s.String() == "不清楚" {
			t.Errorf("state %d has no words", s)
		}
		if s.Down() && s.Advice() == "" {
			t.Errorf("%s says nothing of what to do", s)
		}
	}
	for _, err := range []error{ErrLoggedOut, ErrRefused, ErrTooOften, ErrUnreachable, ErrNoTarget, ErrAmbiguous, ErrRejected, TooOften{}, ErrWindowClosed} {
		if !NotSent(err) || Explain(err) == Explain(nil) {
			t.Errorf("%v is not explained", err)
		}
	}
}
