package answer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zujian/knowledge"
)

// TestUndefinedWordsAreExplained asks for words that the documents use and do not
// define: what is told is never quoted as theirs, and an office's own goes first.
func TestUndefinedWordsAreExplained(t *testing.T) {
	a := newAnswerer(t, false)
	got := a.Answer(t.Context(), []string{"属地管理是什么意思"})
	if got.Status == Answered && !strings.Contains(got.Text, "属地管理") {
		t.Errorf("%s", got.Text)
	}
	got = a.Answer(t.Context(), []string{"什么叫执委"})
	if got.Status != NotStated || !strings.Contains(got.Text, "不是文件里写的") || len(got.Citations) > 0 {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	file := filepath.Join(t.TempDir(), "glossary.yaml")
	own := "terms:\n  - term: 执委\n    says: 我们街道选出来管妇联事的人。\n    source: 本街道妇联\n"
	if err := os.WriteFile(file, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := knowledge.ReadGlossary(file)
	if err != nil {
		t.Fatal(err)
	}
	a.ExplainWith(g)
	if got := a.Answer(t.Context(), []string{"什么叫执委"}); !strings.Contains(got.Text, "我们街道选出来管妇联事的人") {
		t.Errorf("%s", got.Text)
	}
}
