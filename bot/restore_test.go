package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/office"
	"zujian/bot/store/cluster"
)

// TestRestoreFromDamage loses the record, destroys it, and cuts a restoration off:
// each time the backup brings it back, and what there was is kept.
func TestRestoreFromDamage(t *testing.T) {
	dir := furnished(t)
	want := looked(t, dir)
	p := office.Office{Data: dir}
	backup := p.Backups()[0]
	database := filepath.Join(dir, office.BackupDatabase)
	for how, damage := range map[string]func() error{
		"lost":      func() error { return os.Remove(database) },
		"destroyed": func() error { return os.WriteFile(database, []byte(strings.Repeat("坏了", 5000)), 0o600) },
		"cut off":   func() error { return os.MkdirAll(filepath.Join(dir, office.HalfRestored+"1", "new"), 0o700) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if s := looked(t, dir); !strings.Contains(s.said, "bot restore") {
			t.Errorf("%s: %+v", how, s)
		}
		did(t, exitDone, "", "restore", "--yes", backup)
		if s := looked(t, dir); s != want {
			t.Errorf("%s, restored: %+v, want %+v", how, s, want)
		}
		befores, _ := filepath.Glob(filepath.Join(dir, "backup", "before-*.zip"))
		if len(befores) != 1 {
			t.Errorf("%s: kept from before: %v", how, befores)
		}
		for _, b := range befores {
			if err := os.Remove(b); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestRestoreIntoPostgres has the records and files of an office in PostgreSQL, where a
// backup is restored: not while another machine serves, and then all of it, for every
// machine. Settings that have the records elsewhere are put beside.
func TestRestoreIntoPostgres(t *testing.T) {
	c := cluster.For(t)
	dir, there := home(t), t.TempDir()
	alone, notice := t.TempDir(), filepath.Join(t.TempDir(), "notice.txt")
	write(t, notice, starlight)
	old := filepath.Join(alone, "old.zip") // made before there was PostgreSQL
	did(t, exitDone, "", "--data", alone, "backup", "-o", old)
	stored := fmt.Sprintf("[store]\npostgres = %q\n", c.URL("zujian"))
	for _, d := range []string{dir, there} {
		write(t, filepath.Join(d, "zujian.toml"), stored)
	}
	did(t, exitDone, "", "knowledge", "add", notice)
	did(t, exitDone, "星光补贴每家多少钱\n月光补贴什么时候发\n", "chat")
	kept := filepath.Join(alone, "kept.zip")
	did(t, exitDone, "", "backup", "-o", kept)
	did(t, exitDone, "", "knowledge", "retire", "星光补贴")
	did(t, exitDone, "后来问的这一句\n", "chat")
	write(t, filepath.Join(dir, "zujian.toml"), stored+"[desk]\nper_minute = 20\n")

	if got := did(t, exitFailed, "不\n", "restore", kept); !strings.Contains(got, "那里现在有的都换成备份里的") ||
		!strings.Contains(got, "问答记录：3") || !strings.Contains(got, "会换回去：zujian.toml") || !strings.Contains(got, "没有恢复，什么也没有动") {
		t.Errorf("without the word: %s", got)
	}
	other := try(t, strings.NewReader(""), "--data", there, "run")
	defer other.stop()
	other.sees("组建助手在运行")
	var got string
	for late := time.Now().Add(patience); !strings.Contains(got, "正在用") && time.Now().Before(late); { // it soon holds what a service holds
		got = did(t, exitFailed, "不\n", "restore", kept)
	}
	if !strings.Contains(got, "多半是别的机器上的服务在运行") {
		t.Errorf("while another machine serves: %s", got)
	}
	other.ends(exitDone)
	if got := did(t, exitDone, "", "audit"); strings.Count(got, "补贴") != 2 || !strings.Contains(got, "后来问的") {
		t.Errorf("nothing was to be changed: %s", got)
	}
	if got := did(t, exitDone, "", "knowledge", "list"); !strings.Contains(got, "废止") {
		t.Errorf("nothing was to be changed: %s", got)
	}

	restored := did(t, exitDone, "", "restore", "--yes", kept)
	if !strings.Contains(restored, "两边数过，一条不少") || !strings.Contains(restored, "问答记录：2") {
		t.Errorf("restored: %s", restored)
	}
	_, before, _ := strings.Cut(restored, "恢复前的样子在 ")
	before, _, _ = strings.Cut(before, "。")
	for _, d := range []string{dir, there} {
		if got := did(t, exitDone, "", "--data", d, "audit"); strings.Count(got, "补贴") != 2 || strings.Contains(got, "后来问的") {
			t.Errorf("the records of %s: %s", d, got)
		}
		if got := did(t, exitDone, "", "--data", d, "knowledge", "list"); !strings.Contains(got, "星光") || strings.Contains(got, "废止") {
			t.Errorf("the files of %s: %s", d, got)
		}
		if left, _ := filepath.Glob(filepath.Join(d, "*.own-*")); len(left) > 0 {
			t.Errorf("left aside: %v", left)
		}
	}
	settings := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(dir, "zujian.toml")); string(got) != want {
			t.Errorf("the settings are %s, %v", got, err)
		}
	}
	settings(stored)

	write(t, filepath.Join(alone, "zujian.toml"), "[desk]\nper_minute = 30\n")
	older := filepath.Join(alone, "older.zip")
	did(t, exitDone, "", "--data", alone, "backup", "-o", older)
	for file, beside := range map[string]string{old: "", older: "[desk]\nper_minute = 30\n"} {
		got := did(t, exitDone, "", "restore", "--yes", file)
		if strings.Contains(got, "不会换：zujian.toml") != (beside != "") || strings.Contains(got, "会没有了：zujian.toml") {
			t.Errorf("%s: %s", file, got)
		}
		settings(stored)
		data, _ := os.ReadFile(filepath.Join(dir, "zujian.toml.backup"))
		if string(data) != beside {
			t.Errorf("beside are %q, want %q", data, beside)
		}
		if got := did(t, exitDone, "", "audit"); strings.Contains(got, "补贴") {
			t.Errorf("the records of a backup without any: %s", got)
		}
		if got := did(t, exitDone, "", "--data", there, "knowledge", "list"); strings.Contains(got, "星光") {
			t.Errorf("the files of a backup without any: %s", got)
		}
		if err := os.RemoveAll(filepath.Join(dir, "zujian.toml.backup")); err != nil {
			t.Fatal(err)
		}
	}
	did(t, exitDone, "", "restore", "--yes", before)
	if got := did(t, exitDone, "", "audit"); !strings.Contains(got, "后来问的") {
		t.Errorf("back to before: %s", got)
	}
	c.Down()
	if got := did(t, exitFailed, "", "restore", "--yes", kept); !strings.Contains(got, "PostgreSQL 里的存储打不开") {
		t.Errorf("without PostgreSQL: %s", got)
	}
}
