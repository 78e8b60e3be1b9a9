package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/office"
	"zujian/bot/store"
)

// step is something that a person has the program do, and that it may be killed
// or find no room in.
type step struct {
	name  string
	kills int
	in    string
	args  []string
	// before makes the data folder ready; nil: it is.
	before func(t *testing.T, dir string)
	// holds fails where something is not there that was confirmed to the person.
	holds func(t *testing.T, dir, said string, was seen)
}

// steps are the steps; dir is where files that are no data stand.
func steps(dir string) []step {
	notice, book := filepath.Join(dir, "another.txt"), filepath.Join(dir, "book.csv")
	return []step{
		{name: "answers", kills: 24, args: []string{"chat"}, in: strings.Repeat("园区里的企业归谁管\n", 40), holds: answersKept},
		{name: "reminders", kills: 20, in: "确认\n", holds: reminderKept,
			args: []string{"remind", "add", "--by", "赵主任", "每月26日上午十点提醒园区妇建群报送组建进度"}},
		{name: "uploads", kills: 24, args: []string{"knowledge", "add", notice}, holds: documentKept},
		{name: "ledger", kills: 16, args: []string{"ledger", book, "-o", "DIR/out.xlsx"}, holds: wholeBookOrNone},
		{name: "backup", kills: 20, args: []string{"backup", "-o", "DIR/out.zip"}, holds: wholeBackupOrNone},
		{name: "restore", kills: 24, args: []string{"restore", "--yes", "DIR/kept.zip"}, before: withBackup, holds: restoredOrTold},
		{name: "migration", kills: 16, args: []string{"remind", "list"}, before: olderStore, holds: sameAsBefore},
		{name: "catalogue", kills: 20, args: []string{"knowledge", "set", "NOTICE", "--title", "关于星光补贴的新通知"}, holds: sameButTitle},
	}
}

// TestKilledAtEveryStep kills the program with SIGKILL at some 180 moments of
// everything that it writes. Afterwards it starts, nothing is lost that was
// confirmed to a person, and where something has to be done it says so.
func TestKilledAtEveryStep(t *testing.T) {
	if os.Getenv("ZUJIAN_LONG") == "" {
		t.Skip("half an hour; set ZUJIAN_LONG=1")
	}
	base, beside := furnished(t), filesBeside(t)
	was, kills := looked(t, base), 0
	for _, x := range steps(beside) {
		took, n := ranAndKilled(t, base, was, x, 0), 0
		for try := 0; n < x.kills && try < 4*x.kills; try++ {
			after := time.Duration(float64(took) * (float64(try%x.kills) + rand.Float64()) / float64(x.kills))
			if ranAndKilled(t, base, was, x, max(after, time.Millisecond)) < 0 {
				n++
			}
		}
		kills += n
		t.Logf("%s: killed %d times within %v", x.name, n, took)
	}
	if kills < 150 {
		t.Errorf("only %d kills", kills)
	}
}

// ranAndKilled does a step in a copy of a data folder and kills it after some
// time; 0: never. It gives how long it took, or less than nothing where it was
// killed.
func ranAndKilled(t *testing.T, base string, was seen, x step, after time.Duration) time.Duration {
	t.Helper()
	dir := t.TempDir()
	defer os.RemoveAll(dir)
	cmd, out := x.prepared(t, base, dir)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		killer := time.AfterFunc(after, func() { cmd.Process.Kill() })
		defer killer.Stop()
	}
	err := cmd.Wait()
	took := time.Since(began)
	if after > 0 && err != nil {
		took = -1
	} else if err != nil {
		t.Fatalf("%s: %v\n%s", x.name, err, out)
	}
	x.holds(t, dir, out.String(), was)
	return took
}

// prepared is the command of a step, in a copy of a data folder.
func (x step) prepared(t *testing.T, base, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
		t.Fatal(err)
	}
	if x.before != nil {
		x.before(t, dir)
	}
	args := []string{"--data", dir}
	for _, a := range x.args {
		if a == "NOTICE" {
			a = noticeOf(t, dir)
		}
		args = append(args, strings.ReplaceAll(a, "DIR", dir))
	}
	cmd, out := exec.Command(built(t), args...), new(bytes.Buffer)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(x.in), out, out
	return cmd, out
}

func filesBeside(t *testing.T) string {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "another.txt"), "关于月光补贴的通知\n\n一、月光补贴标准。每家一次性补贴三万元。\n")
	var book strings.Builder
	book.WriteString("单位名称,单位类型,女职工人数,有无党组织\n")
	for i := range 300 {
		fmt.Fprintf(&book, "第%d电子厂,企业,%d,有\n", i, i)
	}
	write(t, filepath.Join(dir, "book.csv"), book.String())
	return dir
}

func noticeOf(t *testing.T, dir string) string {
	t.Helper()
	p := &office.Office{Ctx: context.Background(), Now: time.Now, Data: dir}
	defer p.Close()
	l, err := p.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range l.Documents {
		if !d.Shipped {
			return d.ID
		}
	}
	t.Fatal("the notice is not there")
	return ""
}

// fine looks at a data folder, in which nothing may be wrong.
func fine(t *testing.T, dir string) seen {
	t.Helper()
	s := looked(t, dir)
	if s.said != "" {
		t.Errorf("it says %s", s.said)
	}
	return s
}

func sameAsBefore(t *testing.T, dir, said string, was seen) {
	t.Helper()
	if s := fine(t, dir); s != was {
		t.Errorf("%+v, was %+v; said %s", s, was, said)
	}
}

func answersKept(t *testing.T, dir, said string, was seen) {
	t.Helper()
	sameAsBefore(t, dir, said, was)
	p := &office.Office{Ctx: context.Background(), Now: time.Now, Data: dir}
	db, err := p.OpenStore()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var record bytes.Buffer
	if _, err := db.ExportAudit(p.Ctx, &record, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(record.Bytes(), []byte("\ufeff")))).ReadAll()
	if answered := strings.Count(said, "第3点第2句") - strings.Count(said, "没有记下来"); err != nil || len(rows)-1 < answered {
		t.Errorf("%d answers were given and %d are in the record, %v", answered, len(rows)-1, err)
	}
}

func reminderKept(t *testing.T, dir, said string, was seen) {
	t.Helper()
	s := fine(t, dir)
	if strings.Contains(said, "设好了") && s.reminders != was.reminders+1 || s.reminders < was.reminders || s.words != was.words {
		t.Errorf("%d reminders after %s", s.reminders, said)
	}
}

func documentKept(t *testing.T, dir, said string, was seen) {
	t.Helper()
	s := fine(t, dir)
	confirmed, held := strings.Contains(said, "月光补贴"), strings.Contains(s.words, "三万元")
	if confirmed && !held || !strings.Contains(s.words, was.words) || s.reminders != was.reminders {
		t.Errorf("held %v after %s", held, said)
	}
}

func wholeBookOrNone(t *testing.T, dir, said string, was seen) {
	t.Helper()
	sameAsBefore(t, dir, said, was)
	z, err := zip.OpenReader(filepath.Join(dir, "out.xlsx"))
	if os.IsNotExist(err) {
		if strings.Contains(said, "一共") {
			t.Errorf("there is no book, and it said %s", said)
		}
		return
	}
	if err != nil {
		t.Errorf("half a book: %v", err)
		return
	}
	z.Close()
}

func wholeBackupOrNone(t *testing.T, dir, said string, was seen) {
	t.Helper()
	sameAsBefore(t, dir, said, was)
	z, err := zip.OpenReader(filepath.Join(dir, "out.zip"))
	if os.IsNotExist(err) {
		if strings.Contains(said, "备份好了") {
			t.Errorf("there is no backup, and it said %s", said)
		}
		return
	}
	if err == nil {
		_, err = office.ReadManifest(&z.Reader)
		z.Close()
	}
	if err != nil {
		t.Errorf("half a backup: %v", err)
	}
}

func withBackup(t *testing.T, dir string) {
	t.Helper()
	p := &office.Office{Data: dir}
	if err := os.Rename(p.Backups()[0], filepath.Join(dir, "kept.zip")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "words.yaml"), "# 改过\n{}\n")
}

func restoredOrTold(t *testing.T, dir, _ string, was seen) {
	t.Helper()
	s := looked(t, dir)
	if s.said == "" {
		if s != was {
			t.Errorf("%+v, was %+v", s, was)
		}
		return
	}
	if !strings.Contains(s.said, "bot restore") {
		t.Errorf("it says %s", s.said)
	}
	if out, err := exec.Command(built(t), "--data", dir, "restore", "--yes", filepath.Join(dir, "kept.zip")).CombinedOutput(); err != nil {
		t.Errorf("it cannot be restored again: %s", out)
	}
	sameAsBefore(t, dir, "", was)
}

// olderStore takes from the store what the last migration added.
func olderStore(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, office.BackupDatabase))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("ALTER TABLE report DROP COLUMN advice; PRAGMA user_version = 6"); err != nil {
		t.Fatal(err)
	}
}

func sameButTitle(t *testing.T, dir, said string, was seen) {
	t.Helper()
	s := fine(t, dir)
	plain := strings.ReplaceAll(s.words, "关于星光补贴的新通知", "关于星光补贴的通知")
	if plain != was.words || strings.Contains(said, "改好") && s.words == was.words {
		t.Errorf("%+v after %s", s, said)
	}
}

// TestDiskIsFullAtEveryStep has every step find so little room that it cannot be
// done, or not wholly: what there was stays, and what is confirmed is there.
func TestDiskIsFullAtEveryStep(t *testing.T) {
	if os.Getenv("ZUJIAN_LONG") == "" {
		t.Skip("minutes; set ZUJIAN_LONG=1")
	}
	base, beside := furnished(t), filesBeside(t)
	was, refused := looked(t, base), 0
	for _, x := range steps(beside) {
		for _, room := range []int{0, 8, 64, 256, 1024, 4096} {
			dir, small := t.TempDir(), t.TempDir()
			cmd, out := x.prepared(t, base, dir)
			script := fmt.Sprintf("mount -t tmpfs -o size=64m none %[1]s && cp -a %[2]s/. %[1]s && "+
				"mount -o remount,size=$(( $(du -sk %[1]s | cut -f1) + %[3]d ))k %[1]s && \"$@\"; echo status $?; "+
				"rm -rf %[2]s/* && cp -a %[1]s/. %[2]s", small, dir, room)
			args := append([]string{"-rm", "sh", "-c", script, "sh"}, cmd.Args...)
			for i, a := range args[5:] {
				args[5+i] = strings.ReplaceAll(a, dir, small)
			}
			inside := exec.Command("unshare", args...)
			inside.Stdin, inside.Stdout, inside.Stderr = cmd.Stdin, out, out
			if err := inside.Run(); err != nil {
				t.Skipf("no small disk can be made here: %v %s", err, out)
			}
			if !strings.Contains(out.String(), "status 0") {
				refused++
				if !strings.ContainsFunc(out.String(), func(r rune) bool { return r > 0x3000 }) {
					t.Errorf("%s with %d kB: no word of it: %s", x.name, room, out)
				}
			}
			x.holds(t, dir, strings.ReplaceAll(out.String(), small, dir), was)
			os.RemoveAll(dir)
		}
	}
	if t.Logf("%d of 48 refused", refused); refused < 12 {
		t.Errorf("only %d found no room", refused)
	}
}

// TestKilledServiceSendsNothingTwice kills the service again and again while
// people ask it in WeChat: nobody gets an answer twice, and what was not answered
// is counted as not known or was never taken down.
func TestKilledServiceSendsNothingTwice(t *testing.T) {
	if os.Getenv("ZUJIAN_LONG") == "" {
		t.Skip("minutes; set ZUJIAN_LONG=1")
	}
	const lives, each = 25, 3
	dir, p := home(t), village(t)
	write(t, filepath.Join(dir, "zujian.toml"), "[console]\noff = true\n[desk]\nper_minute = 600\n[wechat]\nenabled = true\nbase_url = \""+p.base+"\"\n")
	for range lives {
		cmd := exec.Command(built(t), "--data", dir, "run")
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() && !strings.Contains(lines.Text(), "微信：在线") {
		}
		for range each {
			p.says("li", "@组建助手 园区里的企业归谁管")
		}
		killer := time.AfterFunc(rand.N(3*time.Second), func() { cmd.Process.Kill() })
		io.Copy(io.Discard, out)
		cmd.Wait()
		killer.Stop()
	}
	tr := try(t, strings.NewReader(""), "run")
	tr.sees("微信：在线")
	p.says("wang", "@组建助手 一般不超过几个单位")
	p.hears("一般不超过")
	tr.ends(exitDone)
	answers := 0
	p.n = 0
	for _, l := range p.look(t.Context()) {
		if l.Who == "组建助手" && strings.Contains(l.Text, "第3点第2句") {
			answers++
		}
	}
	db, err := store.Open(filepath.Join(dir, "simulator", office.BackupDatabase))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	counts, err := db.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d asked in %d lives, %d answers, outbox %v", lives*each, lives, answers, counts)
	if answers > lives*each || counts[store.Sent] > answers+counts[store.Unknown] || counts[store.Pending]+counts[store.Sending] != 0 {
		t.Errorf("%d answers to %d questions, outbox %v", answers, lives*each, counts)
	}
}
