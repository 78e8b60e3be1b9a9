package city

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/office"
	"zujian/bot/store/cluster"
)

// mark is in everything that is planted in one office.
const mark = "紫鹃坞"

// TestOfficesAreApart plants one office's marks in everything that an office keeps,
// and looks for them in the answers, pages, exports, files and logs of all others.
func TestOfficesAreApart(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); apart(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); apart(t, cluster.For(t).URL("zujian")) })
}

func apart(t *testing.T, postgres string) {
	page := "[console]\naddress = \"127.0.0.1:0\"\n"
	hook := filepath.Join(folder(t, map[string]string{"hook": "http://127.0.0.1:1/?key=" + mark}), "hook")
	files := map[string]string{File: three + "[store]\npostgres = \"" + postgres + "\"\n",
		"songling/zujian.toml":    page + fmt.Sprintf(marked, mark, hook),
		"songling/words.yaml":     "groups:\n  - word: 妇联\n    say: [" + mark + "娘家]\n",
		"songling/glossary.yaml":  "terms:\n  - term: " + mark + "台账\n    says: " + mark + "的台账。\n    source: " + mark + "\n",
		"of-songling/a.txt":       notice(mark+"妇女联合会", mark+"走访", mark+"走访妇女", 97531),
		"songling/formation.yaml": "# " + mark + "\n",
		"songling/additions.yaml": "next: 2\nadded:\n- number: 1\n  kind: 答复\n  at: 2026-11-01T00:00:00Z\n  question: " + mark + "几点开门\n" +
			"  answer: " + mark + "早上九点开门。\n  source: " + mark + "妇联，2026年\n",
	}
	for _, key := range []string{"shi", "gechuan", "zhen"} {
		files[key+"/zujian.toml"] = page
	}
	dir := folder(t, files)
	c, _, heard := lives(t, dir)
	plants(t, c.runs(t, "songling"))
	keeper := plantsLedger(t, c.runs(t, "songling"))
	if got := reaches(t, c.runs(t, "songling")); !strings.Contains(got, "群“"+mark+"村群”") {
		t.Errorf("its own office does not say whom it reaches: %s", got)
	}
	if got := asks(t, c.runs(t, "songling"), mark+"走访妇女每户补助标准是多少"); !strings.Contains(got, "97531元") {
		t.Fatalf("its own office is not answered: %s", got)
	}
	for _, key := range []string{"shi", "gechuan", "zhen"} {
		s := c.runs(t, key)
		for _, q := range []string{"走访妇女每户补助标准是多少", "娘家是什么", "台账是什么意思", "村里的走访多少钱", "发到哪个群"} {
			clean(t, key+" answers", asks(t, s, q))
		}
		for path, body := range walks(t, s.Console.URL()) {
			clean(t, key+" "+path, body)
		}
		base, _, _ := strings.Cut(s.Console.URL(), "/?")
		other := &reader{t, base, keeper.client} // who has not entered here, and shows what opened the other page
		for _, path := range []string{"/ledger", "/ledger/result", "/settings"} {
			clean(t, key+" "+path+" with a session of another office", other.gets(path))
		}
		clean(t, key+" of whom it reaches", reaches(t, s))
		exports(t, key, s)
	}
	for line := range strings.Lines(heard.String()) {
		if !strings.HasPrefix(line, "〔松岭县妇联〕") {
			clean(t, "what is said at the terminal", line)
		}
	}
	for _, key := range []string{"shi", "gechuan", "zhen"} {
		holdsNone(t, filepath.Join(dir, key))
	}
	if log := contents(t, filepath.Join(dir, "songling", "zujian.log")); strings.Contains(log, mark) {
		t.Error("the log of the office itself has what was said")
	}
}

// marked are an office's settings that name whom it reaches, and how.
const marked = `[contact]
body = "%[1]s接待室"
[remind.lists]
"%[1]s片" = ["%[1]s村群"]
[remind.names]
"%[1]s编号" = "%[1]s主任"
[wecom.groups]
"%[1]s镇群" = "%[1]s镇群的编号"
[[wecom.webhook]]
name = "%[1]s村群"
url_file = %[2]q
[[group]]
name = "%[1]s村群"
documents = ["speech"]
reach = ["群机器人"]
`

// plantsLedger has an office work through a ledger in which every name is marked, and
// keep it for whoever brought it, whom it gives.
func plantsLedger(t *testing.T, s *office.Service) *reader {
	t.Helper()
	v := reads(t)
	v.enters(s.Console.URL())
	rows := "单位名称,所在园区,有无党组织,女职工数\n" + mark + "电子厂," + mark + "园区,有,97531\n" + mark + "律师所,无,无,2\n"
	v.sends("/ledger", nil, mark+"台账.csv", rows)
	waits(t, func() bool { return strings.Contains(v.gets("/ledger"), "一共 2 家") })
	v.has(v.gets("/ledger"), mark+"台账")
	v.has(v.gets("/ledger/result"), mark+"电子厂")
	v.has(v.gets("/settings"), mark+"村群", mark+"镇群的编号")
	return v
}

// reaches gives all that an office says of whom it reaches, and of itself.
func reaches(t *testing.T, s *office.Service) string {
	t.Helper()
	var all strings.Builder
	for _, sentence := range []string{"每周五上午9点提醒村群报送台账", "每周五上午9点提醒片里的群报送台账"} {
		say, err := s.Page().AddReminder(t.Context(), "网页", sentence, true)
		fmt.Fprintln(&all, say, err)
	}
	for _, order := range []string{"管理 状态", "管理 提醒 列表", "管理 绑定 村群", "管理 周报"} {
		fmt.Fprintln(&all, asks(t, s, order))
	}
	words, _ := office.FindingWords(s.Office.Findings())
	fmt.Fprintln(&all, words)
	return all.String()
}

// plants has an office keep a mark in its records.
func plants(t *testing.T, s *office.Service) {
	t.Helper()
	of, ctx := s.Page(), t.Context()
	for _, question := range []string{mark + "的补贴什么时候发", "村里的" + mark + "怎么建妇联"} {
		asks(t, s, question)
	}
	if _, err := of.AddReminder(ctx, "网页", "每周五上午9点提醒"+mark+"村群报送台账", true); err != nil {
		t.Fatal(err)
	}
	code, _, err := of.Code(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Desk().Handle(ctx, chat.Inbound{Channel: "wechat", Chat: mark + "主任", Speaker: mark + "主任", Proof: mark, Addressed: true, Text: "配对 " + code, Sent: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if _, n, err := s.DB.Operators(ctx); n != 1 || err != nil {
		t.Fatalf("%d operators: %v", n, err)
	}
}

func clean(t *testing.T, where, text string) {
	t.Helper()
	for _, m := range []string{mark, "97531", "早上九点"} {
		if at := strings.Index(text, m); at >= 0 {
			t.Errorf("%s: …%s…", where, text[max(0, at-60):min(len(text), at+60)])
		}
	}
}

var links = regexp.MustCompile(`(?:href|action|src)="(/[^"#]*)"`)

// walks gives every page that can be reached from an address by its links.
func walks(t *testing.T, url string) map[string]string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	base, _, _ := strings.Cut(url, "?")
	base = strings.TrimSuffix(base, "/")
	pages, todo := map[string]string{}, []string{"/search?q=走访妇女每户补助标准", "/record.csv", "/metrics"}
	get := func(address string) string {
		resp, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	for body, at := get(url), "/"; ; {
		pages[at] = body
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			todo = append(todo, m[1])
		}
		for len(todo) > 0 && (pages[todo[0]] != "" || strings.HasPrefix(todo[0], "/static") || strings.HasPrefix(todo[0], "/help/")) {
			todo = todo[1:]
		}
		if len(todo) == 0 {
			break
		}
		at, todo = todo[0], todo[1:]
		body = get(base + strings.ReplaceAll(at, "&amp;", "&"))
	}
	for _, must := range []string{"/documents", "/documents/speech", "/ledger", "/questions", "/reminders", "/channels", "/record.csv", "/settings"} {
		if pages[must] == "" {
			t.Errorf("%s was not seen", must)
		}
	}
	return pages
}

// exports looks into an office's backup and what it exports of its record.
func exports(t *testing.T, key string, s *office.Service) {
	t.Helper()
	file := filepath.Join(t.TempDir(), key+".zip")
	if err := s.Office.Backup(t.Context(), s.DB, file); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		data, err := fs.ReadFile(&z.Reader, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		clean(t, key+" in its backup "+f.Name, string(data))
	}
	var csv bytes.Buffer
	if n, err := s.DB.ExportAudit(t.Context(), &csv, time.Time{}, time.Now().Add(time.Hour)); err != nil || n == 0 {
		t.Errorf("%s exports %d lines: %v", key, n, err)
	}
	clean(t, key+" in its record", csv.String())
}

// holdsNone looks into every file of an office's folder.
func holdsNone(t *testing.T, dir string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
			clean(t, path, contents(t, path))
		}
		return err
	})
	if err != nil || n < 5 {
		t.Errorf("%d files of %s: %v", n, dir, err)
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(fmt.Errorf("read what was written: %w", err))
	}
	return string(data)
}
