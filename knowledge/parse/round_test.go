package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRoundTrip reads nine texts back from every format that real office
// software wrote (testdata/round/make.go) and counts the clauses that come back
// with their places.
func TestRoundTrip(t *testing.T) {
	sources, err := filepath.Glob("testdata/round/*.src")
	if err != nil || len(sources) < 9 {
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

// TestQuestionsInText has each question of a page of them lead to its answer.
func TestQuestionsInText(t *testing.T) {
	d := mustParse(t, "任意名", readFile(t, "testdata/round/9-questions.docx"))
	if len(d.Asked) != 8 {
		t.Fatalf("%d questions", len(d.Asked))
	}
	if a := d.Asked[4]; a.Asks[0] != "组建以后多长时间要换届？" || len(a.Pieces) != 2 || a.Pieces[0].Text != "每届任期五年。" {
		t.Errorf("%+v", a)
	}
	for _, a := range d.Asked {
		for _, p := range a.Pieces {
			if d.Clauses[p.Clause].Text != p.Text {
				t.Errorf("%q stands elsewhere", p.Text)
			}
		}
	}
}

// TestJointIssue has the head of a joint notice read from every format.
func TestJointIssue(t *testing.T) {
	for _, format := range []string{".docx", ".odt", ".rtf", ".doc", ".pdf", "-chromium.pdf", "-cmap.pdf", ".ofd", ".html", ".txt"} {
		s, err := readSource("任意名", readFile(t, "testdata/round/7-joint"+format), nil)
		if err != nil {
			t.Fatal(err)
		}
		checkHead(t, s, "关于在全县社会组织年度检查工作中同步采集妇女组织信息做好妇联组织组建工作的通知|某组通〔2025〕21号|中共某某县委组织部、某某县妇女联合会、某某县民政局|2025-03-09")
		switch format { // the others are written without notes
		case ".docx", ".odt", ".rtf", ".doc", ".pdf":
			if n := withoutBlank(s.Notes); len(n) != 2 || n[1] != "加分不与其他加分项目重复计算。" {
				t.Errorf("%s: notes %q", format, n)
			}
		}
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
func written(t *testing.T, from string) []string {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var rows [][]string
	count := map[string]int{}
	for l := range strings.SplitSeq(strings.TrimRight(string(data), "\n"), "\n") {
		if row, ok := strings.CutPrefix(l, "|"); ok {
			rows = append(rows, strings.Split(row, "|"))
			for i, c := range rows[len(rows)-1] {
				if c == "^" { // merged with the cell above
					rows[len(rows)-1][i] = rows[len(rows)-2][i]
				}
			}
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
	d, err := (&source{Lines: lines}).document("x")
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
