package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms are the top-level packages, lowest first: each may import only itself
// and those below it.
var rooms = []string{"knowledge", "index", "bot"}

// adapters are the only packages that may import a library.
var adapters = map[string]string{
	"github.com/kardianos/service":       "zujian/bot/install",
	"github.com/blevesearch/bleve":       "zujian/index",
	"github.com/coder/websocket":         "zujian/bot/wecom",
	"github.com/eatmoreapple/openwechat": "zujian/bot/wechat",
	"github.com/sashabaranov/go-openai":  "zujian/bot/llm",
	"modernc.org/sqlite":                 "zujian/bot/store",
}

func room(path string) int {
	for i, r := range rooms {
		if path == "zujian/"+r || strings.HasPrefix(path, "zujian/"+r+"/") {
			return i
		}
	}
	return -1
}

// TestImportsGoDownward holds the direction of imports between the rooms, and
// that each library has one adapter.
func TestImportsGoDownward(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "zujian/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		from := room(fields[0])
		if from < 0 {
			t.Errorf("%s is in none of the rooms", fields[0])
		}
		for _, imported := range fields[1:] {
			seen++
			if to := room(imported); to > from {
				t.Errorf("%s imports %s, which is above it", fields[0], imported)
			}
			checkAdapter(t, fields[0], imported)
		}
	}
	if seen < 50 {
		t.Errorf("only %d imports seen: the list is not the whole house", seen)
	}
}

// TestLedgersNeverLeave holds that what checks ledgers cannot reach a language
// model: nothing that it imports, however far, asks one.
func TestLedgersNeverLeave(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "zujian/bot/ledger").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, asks := range []string{"zujian/bot/llm", "zujian/bot/answer", "zujian/bot/draft"} {
		if slices.Contains(strings.Fields(string(out)), asks) {
			t.Errorf("bot/ledger imports %s", asks)
		}
	}
	if !strings.Contains(string(out), "zujian/knowledge/rule") {
		t.Error("the list is not of bot/ledger")
	}
}

func checkAdapter(t *testing.T, from, imported string) {
	t.Helper()
	for library, adapter := range adapters {
		if strings.HasPrefix(imported, library) && !strings.HasPrefix(from, adapter) {
			t.Errorf("%s imports %s, which is only for %s", from, imported, adapter)
		}
	}
}
