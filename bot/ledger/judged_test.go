package ledger_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"zujian/bot/dialog"
	"zujian/bot/ledger"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

func book(t testing.TB, overlays ...rule.File) *rule.Book {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	b, err := rule.Shipped(l.Documents, overlays...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// headcount is an office's own number, for the ledgers judged with one.
var headcount = rule.File{Name: "formation.yaml", Data: []byte("headcount: {women: 30, document: speech, sentence: 覆盖单位一般不超过5个}\n")}

// figures count what came out right.
type figures struct{ columns, columnsRight, rows, rowsRight, same int }

func (f *figures) add(g figures) {
	f.columns += g.columns
	f.columnsRight += g.columnsRight
	f.rows += g.rows
	f.rowsRight += g.rowsRight
	f.same += g.same
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

func (f figures) String() string {
	return fmt.Sprintf("列 %d/%d（%.3f），事实全对的行 %d/%d（%.3f），建议跟对话一样 %d/%d（%.3f）", f.columnsRight, f.columns, share(f.columnsRight, f.columns),
		f.rowsRight, f.rows, share(f.rowsRight, f.rows), f.same, f.rows, share(f.same, f.rows))
}

// TestFortyLedgers reads forty ledgers set out as offices do. What each row
// tells is known from its making. The failures of those that are kept apart
// are counted and not shown.
func TestFortyLedgers(t *testing.T) {
	books := map[string]*rule.Book{"": book(t), "按本地人数标准": book(t, headcount)}
	for name, b := range books {
		var seen, apart figures
		for i, l := range layouts() {
			if keptApart(i) {
				apart.add(judge(t, b, l, false))
			} else {
				seen.add(judge(t, b, l, true))
			}
		}
		t.Logf("%s30份：%v", name, seen)
		t.Logf("%s没有用来调的10份：%v", name, apart)
		for _, f := range []figures{seen, apart} {
			if share(f.columnsRight, f.columns) < 0.97 || share(f.rowsRight, f.rows) < 0.97 {
				t.Errorf("too little is recognised: %v", f)
			}
			if f.same != f.rows || f.rows == 0 {
				t.Errorf("a recommendation is not the dialog's: %v", f)
			}
		}
	}
}

func judge(t *testing.T, b *rule.Book, l layout, show bool) figures {
	t.Helper()
	data, want := l.make(t)
	keep(t, l.name, data)
	f, err := ledger.Read(b, l.name, data, nil)
	if err != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	var out figures
	got := map[string]map[string]string{}
	for _, m := range f.Mapping() {
		roles := map[string]string{}
		for _, c := range m.Columns {
			roles[c.Letter] = c.Role
		}
		got[place(m.Sheet, m.Header-1)] = roles
	}
	for where, roles := range want.roles {
		for c, role := range roles {
			out.columns++
			have := got[where][letterOf(c)]
			if plainRole(have) == role {
				out.columnsRight++
			} else if show {
				t.Logf("%s %s %s列：应是“%s”，读成“%s”", l.name, where, letterOf(c), role, have)
			}
		}
	}
	res, err := f.Check(context.Background(), nil)
	if err != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	judgeRows(t, b, l, res, want, &out, show)
	return out
}

func judgeRows(t *testing.T, b *rule.Book, l layout, res *ledger.Result, want *wanted, out *figures, show bool) {
	t.Helper()
	seen := map[string]bool{}
	for i := range res.Rows {
		r := &res.Rows[i]
		where := place(r.Sheet, r.Line-1)
		told, ok := want.rows[where]
		out.rows++
		seen[where] = true
		if !ok {
			if show {
				t.Logf("%s %s：这一行不是单位", l.name, where)
			}
			continue
		}
		expect := expected(t, b, told)
		if sameFacts(expect, r.Facts) {
			out.rowsRight++
		} else if show {
			t.Logf("%s %s：应是 %v，读成 %v %v", l.name, where, expect, r.Facts, r.Remarks)
		}
		if sameAsDialog(b, r) {
			out.same++
		} else if show {
			t.Errorf("%s %s：建议跟对话不一样", l.name, where)
		}
	}
	for where := range want.rows {
		if !seen[where] {
			out.rows++
			out.same++ // there is no recommendation to compare
			if show {
				t.Logf("%s %s：漏了这一家", l.name, where)
			}
		}
	}
}

func letterOf(c int) string { return string(rune('A' + c)) }

// plainRole takes together what is not used.
func plainRole(role string) string {
	if role == "serial" || role == "unused" {
		return ""
	}
	return role
}

// expected makes facts of what the cells of a row tell. A number of women
// tells only that there are none, or what the office's headcount says.
func expected(t *testing.T, b *rule.Book, cells told) rule.Facts {
	t.Helper()
	raw := map[string]any{}
	for k, v := range cells {
		if k != lo && k != hi {
			raw[k] = v
		}
	}
	from, to := cells[lo], cells[hi]
	if a, err := strconv.Atoi(from); err == nil {
		z, _ := strconv.Atoi(to)
		switch {
		case z == 0:
			raw["women"] = "none"
		case b.Headcount != nil && (a >= b.Headcount.Women) == (z >= b.Headcount.Women):
			raw["women_count"] = from
		}
	}
	f, err := b.TakeFacts(raw)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sameFacts compares facts; not asked and not known come to the same.
func sameFacts(x, y rule.Facts) bool {
	for _, pair := range [][2]rule.Facts{{x, y}, {y, x}} {
		for k, v := range pair[0] {
			if v != rule.Unknown && pair[1][k] != v {
				return false
			}
		}
	}
	return true
}

// sameAsDialog puts the facts of a row into a dialog, answers 不清楚 to all that
// it still asks, and compares the conclusion.
func sameAsDialog(b *rule.Book, r *ledger.Row) bool {
	m := &dialog.Machine{Book: b}
	now := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
	s := dialog.Session{At: now}
	for fact, v := range r.Facts {
		s.Answers = append(s.Answers, dialog.Answer{Fact: fact, Value: v})
	}
	s, reply := m.Step(s, "不清楚", now)
	for range dialog.MostQuestions + 1 {
		if reply.Recommendation != nil {
			break
		}
		s, reply = m.Step(s, "不清楚", now)
	}
	if reply.Recommendation == nil {
		return false
	}
	d := *reply.Recommendation
	cells := r.Cells(b)
	if d.Status == rule.OutOfScope {
		return r.Recommendation.Status == d.Status && cells[1] == "" && cells[3] == ""
	}
	lines := map[string]string{"owner": cells[0], "push": cells[1], "guide": cells[2], "form": cells[3], "head": cells[4]}
	for _, l := range d.Lines {
		if lines[l.Layer] != l.Text {
			return false
		}
		delete(lines, l.Layer)
	}
	for _, rest := range lines {
		if rest != "" {
			return false
		}
	}
	return slices.Equal(d.Unknown, r.Recommendation.Unknown) && slices.Equal(d.Points, r.Recommendation.Points) && d.Text == r.Recommendation.Text
}

// keep writes the ledgers to a folder where one is named, to be looked at.
func keep(t *testing.T, name string, data []byte) {
	dir := os.Getenv("LEDGERS")
	if dir == "" {
		return
	}
	ext := ".csv"
	if len(data) > 1 && data[0] == 'P' && data[1] == 'K' {
		ext = ".xlsx"
	}
	if err := os.WriteFile(dir+"/"+name+ext, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
