package index

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTally adds up answers whose figures can be reckoned by hand.
func TestTally(t *testing.T) {
	found := map[string][]string{
		"first":   {"1", "2"},
		"third":   {"7", "8", "1"},
		"half":    {"9", "4"}, // one of two groups
		"nothing": nil,
	}
	set := &judged{name: "hand", questions: []judgedQuestion{
		{"first", [][]string{{"1"}}}, {"third", [][]string{{"5", "1"}}}, {"half", [][]string{{"4"}, {"6"}}}, {"nothing", [][]string{{"1"}}},
	}}
	r, err := set.ask(context.Background(), "", JudgeOptions{Progress: func(string, int, int) {}}, func(q string) ([]string, error) {
		return found[q], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := [...]float64{float64(r.N), r.Hit1, r.Hit5, r.Hit10, r.Recall10, r.MRR10}
	want := [...]float64{4, 0.25, 0.75, 0.75, (1 + 1 + 0.5) / 4, (1 + 1.0/3 + 0.5) / 4}
	if got != want {
		t.Errorf("figures %v, want %v", got, want)
	}
	if len(r.Halves) != 2 || r.Halves[0].N != 2 || r.Halves[0].Hit1 != 0.5 || r.Halves[1].Hit1 != 0 {
		t.Errorf("halves %+v", r.Halves)
	}
}

func TestReadJudged(t *testing.T) {
	const passages, queries = `{"id": 1, "title": "甲", "text": "乙"}` + "\n", `{"q": "", "gold": [[1]]}` + "\n"
	for _, c := range []struct{ name, passages, queries, want string }{
		{"right", passages, queries, ""},
		{"byte order mark and empty lines", "\ufeff" + passages + "\n", "\n" + queries, ""},
		{"cut line", passages + `{"id": 2, "te`, queries, "第2行：不是一个完整的 JSON 对象"},
		{"no text", passages + "\n" + `{"id": 2}`, queries, "第3行：段落要有 id 和 text"},
		{"twice", passages + passages, queries, "第2行：id 1 前面已经有了"},
		{"no gold", passages, queries + `{"q": "甲"}`, "第2行：问题要有 q 和 gold"},
		{"no question", passages, `{"gold": [[1]]}`, "第1行：问题要有 q 和 gold"},
		{"no passages", "", queries, "没有段落"},
		{"no questions", passages, "\n", "没有问题"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, q := filepath.Join(t.TempDir(), "p.gz"), filepath.Join(t.TempDir(), "q")
			writeFile(t, p, zipped(t, c.passages))
			writeFile(t, q, []byte(c.queries))
			set, err := readJudged(p, q)
			switch {
			case c.want == "" && (err != nil || len(set.passages) != 1 || len(set.questions) != 1):
				t.Errorf("read %+v (%v)", set, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v does not say %q", err, c.want)
			}
		})
	}
	if _, err := readJudged(filepath.Join(t.TempDir(), "none"), ""); err == nil || !strings.Contains(err.Error(), "没有找到文件") {
		t.Errorf("a file that is not there: %v", err)
	}
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeFile(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
