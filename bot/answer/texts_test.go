package answer

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"zujian/knowledge"
)

// TestTextsAreFitForAScreen looks at what a cadre reads for a sample of all that
// is asked, with and without what stands beside the document: every quotation
// verbatim with a place, nothing left over from making the text, and short.
func TestTextsAreFitForAScreen(t *testing.T) {
	full, bare := newAnswerer(t, false), newAnswerer(t, true)
	quoted := regexp.MustCompile(`(?s)“(.*)”（讲话[^（）]*(?:\([^)]*\))?[^（）]*）`)
	doc := full.library.Documents[0]
	var whole strings.Builder
	for _, c := range doc.Clauses {
		whole.WriteString(c.Text)
	}
	n, long := 0, 0
	stride := 41
	if testing.Short() {
		stride = 410
	}
	for i := 0; i < len(full.pool.AskTexts()); i += stride {
		for _, a := range []*Answerer{full, bare} {
			got := a.Answer(context.Background(), []string{full.pool.AskTexts()[i]})
			n++
			if got.Text == "" || strings.Contains(got.Text, "%!") || strings.Contains(got.Text, "\n\n") {
				t.Errorf("%s: %q", full.pool.AskTexts()[i], got.Text)
			}
			if utf8.RuneCountInString(got.Text) > 200 {
				long++
			}
			if m := utf8.RuneCountInString(got.Text); m > 700 {
				t.Errorf("%s: %d characters", full.pool.AskTexts()[i], m)
			}
			for _, line := range strings.Split(got.Text, "\n") {
				if m := quoted.FindStringSubmatch(line); m != nil && !strings.Contains(whole.String(), m[1]) {
					t.Errorf("%s: not in the document: %s", full.pool.AskTexts()[i], m[1])
				}
			}
			checkCitations(t, doc, got)
		}
	}
	t.Logf("%d texts, %d of them over 200 characters", n, long)
}

func checkCitations(t *testing.T, doc *knowledge.Document, got Answer) {
	t.Helper()
	for _, c := range append(got.Citations, got.Related...) {
		if c.Document != doc.Title {
			if !strings.Contains(got.Text, "这是摘编，请核对原文") || !strings.Contains(got.Text, c.Quote) {
				t.Errorf("a digest is not told as one: %+v", c)
			}
			continue
		}
		if _, ok := doc.Find(c.Quote); !ok || c.Locator == "" {
			t.Errorf("does not resolve: %+v", c)
		}
	}
	if got.Status == Answered && len(got.Citations) == 0 {
		t.Errorf("answered without a citation: %s", got.Text)
	}
}
