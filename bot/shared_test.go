package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/store/cluster"
)

// TestPostgresGoesAway has the records in PostgreSQL, which is killed while the
// service runs: questions are answered on, each once, the operators hear of it,
// and afterwards all is recorded again.
func TestPostgresGoesAway(t *testing.T) {
	c := cluster.For(t)
	_, p, tr := serves(t, fmt.Sprintf("[store]\npostgres = %q\n", c.URL("zujian")))
	ask := func(who string) {
		t.Helper()
		p.says(who, "@组建助手 园区里的企业归谁管")
		p.hears("第3点第2句")
	}
	ask("li")
	c.Down()
	tr.sees("PostgreSQL 连不上了")
	ask("wang")
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "PostgreSQL 里的存储打不开") {
		t.Errorf("doctor: %s", got)
	}
	if err := c.Up(); err != nil {
		t.Fatal(err)
	}
	tr.sees("PostgreSQL 又连上了")
	ask("li")
	tr.ends(exitDone)
	if got := did(t, exitDone, "", "audit"); strings.Count(got, "园区里的企业归谁管") != 2 {
		t.Errorf("recorded: %s", got)
	}
	if got := did(t, exitFailed, "", "doctor", "--json"); !strings.Contains(got, `"sent":2`) || strings.Contains(got, `"unknown"`) {
		t.Errorf("doctor afterwards: %s", got)
	}
}

const starlight = "关于星光补贴的通知\n\n一、星光补贴标准。每家一次性补贴两万元。\n"

// until asks in the simulator until the answer holds the words, or does no more.
func (p *page) until(holds bool, question, words string) {
	p.t.Helper()
	for late := time.Now().Add(patience); ; {
		p.says("li", "@组建助手 "+question)
		if got := p.hears(""); strings.Contains(got, words) == holds {
			return
		}
		if time.Now().After(late) {
			p.t.Fatalf("%s: holding %q is not %v", question, words, holds)
		}
	}
}

// TestTwoMachinesShareDocuments has one machine serve while documents and words are
// changed on another, PostgreSQL goes away and comes back, and the office moves to
// its folder and back again.
func TestTwoMachinesShareDocuments(t *testing.T) {
	c := cluster.For(t)
	stored := fmt.Sprintf("[store]\npostgres = %q\n", c.URL("zujian"))
	_, p, tr := serves(t, stored+"[desk]\nper_minute = 600\n")
	there := t.TempDir()
	write(t, filepath.Join(there, "zujian.toml"), stored)
	notice := filepath.Join(t.TempDir(), "notice.txt")
	write(t, notice, starlight)
	other := func(want int, args ...string) string {
		t.Helper()
		return did(t, want, "", append([]string{"--data", there}, args...)...)
	}
	const question, money = "星光补贴每家多少钱", "两万元"

	other(exitDone, "knowledge", "add", notice)
	p.until(true, question, money)
	write(t, filepath.Join(there, "words.yaml"), "groups:\n  - word: 星光补贴\n    say: [闪闪钱]\n")
	other(exitDone, "knowledge", "list")
	p.until(true, "闪闪钱每家多少钱", money)

	c.Down()
	tr.sees("PostgreSQL 连不上了")
	p.until(true, question, money)
	moon := filepath.Join(filepath.Dir(notice), "moon.txt")
	write(t, moon, strings.ReplaceAll(starlight, "星光", "月光"))
	if got := other(exitFailed, "knowledge", "add", moon); !strings.Contains(got, "没有加成，什么也没有改") || !strings.Contains(got, "PostgreSQL") {
		t.Errorf("added while PostgreSQL is away: %s", got)
	}
	if got := other(exitDone, "ask", question); !strings.Contains(got, money) || !strings.Contains(got, "先用这台机器上的") {
		t.Errorf("asked while PostgreSQL is away: %s", got)
	}
	if err := c.Up(); err != nil {
		t.Fatal(err)
	}
	tr.sees("PostgreSQL 又连上了")
	if got := other(exitDone, "knowledge", "list"); strings.Contains(got, "月光") {
		t.Errorf("half of it was taken: %s", got)
	}
	other(exitDone, "knowledge", "retire", "星光补贴")
	p.until(false, question, money)
	if got := did(t, exitDone, "", "doctor"); !strings.Contains(got, "这台机器上的跟它一样，是第 3 次改动") {
		t.Errorf("doctor: %s", got)
	}
	tr.ends(exitDone)

	kept := filepath.Join(filepath.Dir(notice), "kept.zip")
	other(exitDone, "knowledge", "undo")
	other(exitDone, "backup", "-o", kept)
	if got := other(exitDone, "store", "move", "sqlite"); !strings.Contains(got, "文件、正文和规则：") {
		t.Errorf("moved: %s", got)
	}
	if got := other(exitFailed, "knowledge", "add", moon); !strings.Contains(got, "已经搬回") {
		t.Errorf("added to what was moved: %s", got)
	}
	alone := "[desk]\nper_minute = 20\n"
	write(t, filepath.Join(there, "zujian.toml"), alone)
	other(exitDone, "knowledge", "add", moon)
	other(exitDone, "restore", "--yes", kept)
	write(t, filepath.Join(there, "zujian.toml"), alone) // the one of the backup has the records in PostgreSQL
	if got := other(exitDone, "knowledge", "list"); !strings.Contains(got, "星光") || strings.Contains(got, "月光") {
		t.Errorf("restored: %s", got)
	}
	other(exitDone, "knowledge", "add", moon)
	write(t, filepath.Join(there, "zujian.toml"), stored)
	other(exitDone, "store", "move", "postgres")
	if got := did(t, exitDone, "", "knowledge", "list"); !strings.Contains(got, "星光") || !strings.Contains(got, "月光") {
		t.Errorf("after the move the first machine holds: %s", got)
	}
	for _, dir := range []string{there, os.Getenv("ZUJIAN_DATA")} {
		if left, _ := filepath.Glob(filepath.Join(dir, "*.own-*")); len(left) > 0 {
			t.Errorf("left aside: %v", left)
		}
	}
}
