package parse

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// TestLargeInputs reads files of about 50 MB, each of the kind that is worst for
// its reader, and prints time and memory.
func TestLargeInputs(t *testing.T) {
	if os.Getenv("ZUJIAN_LONG") == "" {
		t.Skip("takes minutes and prints figures only: set ZUJIAN_LONG=1")
	}
	line := "（一）各地要按照属地管理与行业管理相结合的原则负责指导和推动所属社会组织妇联组织组建工作。"
	many := Largest / (len(line) + 60)
	repeat := func(open, each, end string) []byte {
		return []byte(open + strings.Repeat(each, many) + end)
	}
	word := wordOpen + strings.Repeat(wordPart("1|"+line), mostUnpacked/(len(line)+160)) + "</w:body></w:document>"
	for _, c := range []struct {
		name string
		data func() []byte
	}{
		{"text", func() []byte { return repeat("", line+"\n", "") }},
		{"text, one line", func() []byte { return repeat("", line, "") }},
		{"text, one character a line", func() []byte { return []byte(strings.Repeat("一\n", Largest/4)) }},
		{"html", func() []byte { return repeat("<html><body>", "<p>"+line+"</p>", "</body></html>")[:mostHTML/3*3] }},
		{"html, nested", func() []byte { return []byte("<html>" + strings.Repeat("<div>", Largest/5)) }},
		{"html, a table", func() []byte { return repeat("<html><table>", "<tr><td>"+line+"<td>一", "</table></html>")[:mostHTML] }},
		{"rtf", func() []byte { return repeat("{\\rtf1 ", "\\u19968?\\u19969?\\u19970?\\u12290?\\par ", "}") }},
		{"docx", func() []byte { return zipped(t, "word/document.xml", word, "word/numbering.xml", wordNumbers) }},
		{"pdf", func() []byte {
			return append(readFile(t, "testdata/round/1-notice-cmap.pdf"), make([]byte, Largest-10000)...)
		}},
	} {
		data := c.data()
		debug.FreeOSMemory()
		most, done := peak()
		began := time.Now()
		d, err := Parse("a", data[:min(len(data), Largest)])
		took := time.Since(began)
		close(done)
		n := 0
		if d != nil {
			n = len(d.Clauses)
		}
		t.Logf("%s: %d MB, %.1f s, at most %d MB, %d clauses, %v", c.name, len(data)>>20, took.Seconds(), <-most, n, err)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// peak watches how much memory is in use.
func peak() (most <-chan uint64, done chan bool) {
	out, done := make(chan uint64, 1), make(chan bool)
	go func() {
		top := uint64(0)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			top = max(top, m.Sys-m.HeapReleased)
			select {
			case <-done:
				out <- top >> 20
				return
			case <-tick.C:
			}
		}
	}()
	return out, done
}
