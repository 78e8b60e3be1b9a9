package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRoundTrip reads six texts back from every format that real office
// software wrote (testdata/round/make.go) and counts the clauses that come back
// with their places.
func TestRoundTrip(t *testing.T) {
	sources, err := filepath.Glob("testdata/round/*.src")
	if err != nil || len(sources) < 6 {
		t.Fatalf("%d sources, %v", len(sources), err)
	}
	for _, format := range []string{".docx", ".odt", ".rtf", ".doc", ".pdf", "-chromium.pdf", "-cmap.pdf", ".ofd", ".html", ".txt"} {
		t.Run(strings.TrimPrefix(format, "."), func(t *testing.T) {
			found, all := 0, 0
			for _, source := range sources {
				f, n := roundTrip(t, source, format)
				found, all = found+f, all+n
			}
			share := float64(found) / float64(all)
			t.Logf("%s: %d of %d clauses with their places, %.3f", format, found, all, share)
			if share < 0.99 {
				t.Errorf("only %.3f came back", share)
			}
		})
	}
}

func roundTrip(t *testing.T, source, format string) (found, all int) {
	t.Helper()
	name := strings.TrimSuffix(source, ".src") + format
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	d := mustParse(t, "任意名", data)
	got := map[string]bool{}
	for _, c := range d.Clauses {
		got[c.Locator+" "+squeeze(c.Text)] = true
	}
	want := written(t, source)
	for _, c := range want {
		if got[c] {
			found++
			continue
		}
		t.Logf("%s: no %q", filepath.Base(name), c)
	}
	if more := len(d.Clauses) - len(want); more > 0 && os.Getenv("ROUND") != "" {
		t.Logf("%s: %d clauses too many\n%s", name, more, clauses(d))
	}
	return found, len(want)
}

func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u3000' }), "")
}

// written gives the clauses of a source as they stand in the text with its
// numbers written out.
func written(t *testing.T, source string) []string {
	t.Helper()
	data, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var rows [][]string
	count := map[string]int{}
	for l := range strings.SplitSeq(strings.TrimRight(string(data), "\n"), "\n") {
		if row, ok := strings.CutPrefix(l, "|"); ok {
			rows = append(rows, strings.Split(row, "|"))
			continue
		}
		if len(rows) > 0 {
			lines = append(lines, tableLines(rows)...)
			rows = nil
		}
		if l != "%" && !strings.HasPrefix(l, "@") {
			lines = append(lines, numberedLine(count, l))
		}
	}
	d, err := (&Source{Lines: lines}).Document("x")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range d.Clauses {
		out = append(out, c.Locator+" "+squeeze(c.Text))
	}
	return out
}

func numberedLine(count map[string]int, l string) string {
	for from := strings.Index(l, "[["); from >= 0; from = strings.Index(l, "[[") {
		l = l[:from] + l[strings.Index(l, "]]")+2:]
	}
	mark, rest, _ := strings.Cut(l, " ")
	below := map[string]string{"#1": "#2#3#4", "#2": "#3#4", "#3": "#4", "#a": "#e", "#4": "", "#z": "", "#e": ""}
	under, ok := below[mark]
	if !ok {
		return strings.TrimPrefix(l, "!")
	}
	count[mark]++
	for m := range below {
		if strings.Contains(under, m) {
			count[m] = 0
		}
	}
	n := count[mark]
	chinese := numberAs("chineseCounting", n)
	return map[string]string{"#1": chinese + "、", "#2": "（" + chinese + "）", "#e": "（" + chinese + "）", "#3": fmt.Sprintf("%d.", n), "#4": fmt.Sprintf("（%d）", n),
		"#z": "第" + chinese + "章　", "#a": "第" + chinese + "条　"}[mark] + rest
}
