package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// floors are the packages of the house, lowest first. Each may import only those
// of the floors below it, and what lies within itself.
var floors = []string{
	"knowledge/text knowledge/lock knowledge/rules",
	"knowledge",
	"knowledge/parse knowledge/rule",
	"knowledge/catalogue",
	"index",
	"bot/chat bot/handbook bot/install",
	"bot/store bot/llm bot/engine bot/dialog bot/picture bot/remind bot/chattest",
	"bot/channel bot/simulator",
	"bot/answer bot/desk bot/ledger bot/remind/due",
	"bot/teach bot/remind/book",
	"bot/console",
	"bot/office",
	"bot/city bot/judge",
	"bot",
}

// adapters are the only packages that may import a library; beside them the
// simulators may, which play the far end.
var adapters = map[string]string{
	"github.com/jackc/pgx":               "zujian/bot/store",
	"github.com/kardianos/service":       "zujian/bot/install",
	"github.com/blevesearch/bleve":       "zujian/index",
	"github.com/coder/websocket":         "zujian/bot/channel/wecom",
	"github.com/eatmoreapple/openwechat": "zujian/bot/channel/wechat",
	"github.com/sashabaranov/go-openai":  "zujian/bot/llm",
	"github.com/yuin/goldmark":           "zujian/bot/handbook",
	"modernc.org/sqlite":                 "zujian/bot/store",
}

// floor gives the floor of a package and the entry that it falls under: the
// package itself, or the nearest that it lies within. bot is main alone.
func floor(path string) (n int, entry string) {
	path = strings.TrimPrefix(path, "zujian/")
	n = -1
	for i, packages := range floors {
		for _, p := range strings.Fields(packages) {
			if path == p || p != "bot" && p != "knowledge" && strings.HasPrefix(path, p+"/") && len(p) > len(entry) {
				n, entry = i, p
			}
		}
	}
	return n, entry
}

// TestImportsGoDownward holds the direction of imports in the house, and that
// each library has one adapter.
func TestImportsGoDownward(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "zujian/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		from, mine := floor(fields[0])
		if from < 0 && !strings.Contains(fields[0], "/testdata/") {
			t.Errorf("%s is on none of the floors", fields[0])
		}
		for _, imported := range fields[1:] {
			checkAdapter(t, fields[0], imported)
			if !strings.HasPrefix(imported, "zujian/") {
				continue
			}
			seen++
			if to, theirs := floor(imported); to >= from && mine != theirs {
				t.Errorf("%s imports %s, which is not below it", fields[0], imported)
			}
		}
	}
	if seen < 100 {
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
	for _, asks := range []string{"zujian/bot/llm", "zujian/bot/answer", "zujian/bot/teach"} {
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
		if strings.HasPrefix(imported, library) && !strings.HasPrefix(from, adapter) && !strings.HasPrefix(from, "zujian/bot/simulator/") {
			t.Errorf("%s imports %s, which is only for %s", from, imported, adapter)
		}
	}
}

// named is a file or a folder that a page names; ones of a data folder, and what is
// only a name, have no slash.
var named = regexp.MustCompile("`((?:bot|index|knowledge|\\.ci)/[\\w./*-]+)`")

// TestContributingNamesWhatIsThere holds that whoever looks where CONTRIBUTING.md says
// finds something, and that it lists every file of the commands.
func TestContributingNamesWhatIsThere(t *testing.T) {
	page, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	all := named.FindAllStringSubmatch(string(page), -1)
	if len(all) < 20 {
		t.Errorf("only %d places are named", len(all))
	}
	for _, m := range all {
		if found, err := filepath.Glob("../" + m[1]); err != nil || len(found) == 0 {
			t.Errorf("%s is not there: %v", m[1], err)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f, "_test.go") && f != "main.go" && !strings.Contains(string(page), "`"+f+"`") &&
			!strings.Contains(string(page), "bot/"+f) {
			t.Errorf("%s is in no table", f)
		}
	}
}
