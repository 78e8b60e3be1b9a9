package answer

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// sentences gives what a text is (none, urgent, secret or private) and the text.
// They were written without looking at what the guard makes of them.
func sentences(t *testing.T) (out [][2]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/guard.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		kind, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			t.Fatalf("no kind: %s", line)
		}
		out = append(out, [2]string{kind, text})
	}
	return out
}

// toldAs is the guard's word; none where only the length or the signs are
// against the text.
func toldAs(text string) string {
	switch s := Guard(text).Status; s {
	case Urgent, Secret, Private:
		return string(s)
	}
	return "none"
}

func TestGuardTells(t *testing.T) {
	wrong, all := 0, sentences(t)
	for _, x := range all {
		if got := toldAs(x[1]); got != x[0] {
			wrong++
			t.Logf("%s for %s: %s", got, x[0], x[1])
		}
	}
	if t.Logf("%d of %d wrong", wrong, len(all)); wrong*100 > len(all) {
		t.Errorf("more than one in a hundred is wrong")
	}
}

// TestGuardSeesTheWholeText has each sentence stand at the beginning, in the
// middle and at the end of texts of all lengths.
func TestGuardSeesTheWholeText(t *testing.T) {
	filler := []rune(strings.Repeat("园区里的两新组织由园区负责指导和推动组建工作。\n", 1000))
	for i, x := range sentences(t) {
		if i%61 != 0 || toldAs(x[1]) != x[0] {
			continue
		}
		for _, length := range []int{500, 1001, 20_000} {
			fill := string(filler[:length-utf8.RuneCountInString(x[1])])
			for _, text := range []string{x[1] + "\n" + fill, fill + "\n" + x[1], string(filler[:length/2]) + "\n" + x[1] + "\n" + string(filler[:length/2])} {
				r := Guard(text)
				want := Status(x[0])
				if want == "none" {
					want = ""
					if length > longestQuestion {
						want = TooLong
					}
				}
				if r.Status != want {
					t.Fatalf("%q among %d characters: %q, want %q", x[1], length, r.Status, want)
				}
				if (r.Say == "") != (want == "") {
					t.Fatalf("%q says %q", r.Status, r.Say)
				}
			}
		}
	}
}

func TestGuardOnSignsAndNotices(t *testing.T) {
	for text, want := range map[string]Status{
		"😀": Error, "👍👍": Error, "？": Error, " ": Error, "\xff\xfe": Error,
		"机\u200b密★三年 通知":             Secret,
		"救\u200b命":                   Urgent,
		"老公打\u2060我":                 Urgent,
		"他１３８ ００１１ ２２３３":             Private,
		strings.Repeat("通知正文。", 400): TooLong,
		strings.Repeat("😀", 2000):    Error,
	} {
		if got := Guard(text).Status; got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

func BenchmarkGuard(b *testing.B) {
	text := strings.Repeat("园区里的两新组织由园区负责指导和推动组建工作，联系电话另发。\n", 10_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		look(text)
	}
}
