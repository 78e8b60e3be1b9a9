package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/office"
	"zujian/knowledge"
)

// damages are what a disk, a full one or a person does to a file.
var damages = map[string]func(path string, data []byte) error{
	"removed": func(path string, _ []byte) error { return os.Remove(path) },
	"emptied": func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) },
	"cut":     func(path string, data []byte) error { return os.WriteFile(path, data[:len(data)/2], 0o600) },
	"flipped": func(path string, data []byte) error {
		bad := bytes.Clone(data)
		for at := 0; at < len(bad); at += 97 {
			bad[at] ^= 0x15
		}
		return os.WriteFile(path, bad, 0o600)
	},
}

// seen is what of a data folder can be told from outside.
type seen struct {
	words     string // of the office's own documents
	asked     int    // what the office added by itself
	reminders int
	channels  int
	said      string // to the person at the terminal
}

func (s seen) whole(want seen) bool {
	return s.words == want.words && s.asked == want.asked && s.reminders == want.reminders && s.channels == want.channels
}

// looked opens a data folder as the service does, and looks at it.
func looked(t *testing.T, dir string) (s seen) {
	t.Helper()
	var said strings.Builder
	p := &office.Office{Ctx: context.Background(), Out: &said, Err: &said, Now: time.Now}
	note := func(err error) bool {
		if err != nil {
			said.WriteString(err.Error())
		}
		return err == nil
	}
	if note(p.Configure(dir, "")) && note(p.WholeAgain()) {
		s.channels = len(p.Config().Configured())
		if l, err := p.Library(); note(err) {
			s.words = ownWords(l)
		}
		if a, err := p.AdditionsInForce(); note(err) {
			s.asked = len(a.All)
		}
		if db, err := p.OpenStore(); note(err) {
			said.WriteString(p.StoreTrouble(db))
			all, err := db.Reminders(p.Ctx)
			if s.reminders = len(all); err != nil {
				said.WriteString("请看 doctor")
			}
			db.Close()
		}
	}
	p.Close()
	s.said = said.String()
	return s
}

func ownWords(l *knowledge.Library) string {
	var all strings.Builder
	for _, d := range l.Documents {
		for _, c := range d.Clauses {
			if !d.Shipped {
				all.WriteString(d.Title + c.Locator + c.Text + "\n")
			}
		}
	}
	return all.String()
}

// furnished makes a data folder with one of everything in it.
func furnished(t *testing.T) string {
	t.Helper()
	dir := home(t)
	write(t, filepath.Join(dir, "zujian.toml"), "[wechat]\nenabled = true\n")
	write(t, filepath.Join(dir, "words.yaml"), "{}\n")
	write(t, filepath.Join(dir, "additions.yaml"),
		"next: 2\nadded:\n- {number: 1, kind: 同义词, at: 2026-03-02T09:00:00+08:00, word: 妇联, same: 娘家人}\n")
	notice := filepath.Join(t.TempDir(), "notice.txt")
	write(t, notice, "关于星光补贴的通知\n\n一、补贴标准。每家一次性补贴两万元。\n二、每年三月底前报到区妇联。\n")
	did(t, exitDone, "", "knowledge", "add", notice)
	did(t, exitDone, "", "ask", "星光补贴每家多少钱")
	did(t, exitDone, "确认\n", "remind", "add", "--by", "赵主任", "每月25日上午十点提醒园区妇建群报送组建进度")
	did(t, exitDone, "", "backup")
	return dir
}

// TestEveryFileDamaged damages every file of a data folder in every way. The
// program starts, and says so where something that was confirmed to a person is
// not there; it never gives other words for a document's. In short the search
// index, which is made of the rest, is left out.
func TestEveryFileDamaged(t *testing.T) {
	dir := furnished(t)
	want := looked(t, dir)
	if want.words == "" || want.reminders != 1 || want.channels == 0 || want.asked != 1 || want.said != "" {
		t.Fatalf("before: %+v", want)
	}
	long, n := os.Getenv("ZUJIAN_LONG") != "", 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(path, ".lock") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		index := strings.HasPrefix(name, "index")
		for how, damage := range damages {
			if err != nil || index && !long {
				break
			}
			n++
			err = damagedOnce(t, dir, name, how, damage, want, long)
		}
		return err
	})
	if err != nil || n < 40 {
		t.Errorf("%d damages, %v", n, err)
	}
	t.Logf("%d damages", n)
}

func damagedOnce(t *testing.T, dir, name, how string, damage func(string, []byte) error, want seen, answers bool) error {
	t.Helper()
	other := t.TempDir()
	if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(other, name))
	if err != nil {
		return err
	}
	if err := damage(filepath.Join(other, name), data); err != nil {
		return err
	}
	got := looked(t, other)
	if !strings.Contains(want.words, got.words) {
		t.Errorf("%s %s: other words: %s", name, how, got.words)
	}
	if !got.whole(want) && !strings.Contains(got.said, "请") {
		t.Errorf("%s %s: something is gone, and nobody is told: %+v", name, how, got)
	}
	if answers {
		t.Setenv("ZUJIAN_DATA", other)
		if said := did(t, exitDone, "", "ask", "星光补贴每家多少钱"); !strings.Contains(said, "两万元") && !strings.Contains(said, "请") {
			t.Errorf("%s %s: %s", name, how, said)
		}
	}
	return os.RemoveAll(other)
}
