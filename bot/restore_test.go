package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRestoreFromDamage loses the record, destroys it, and cuts a restoration off:
// each time the backup brings it back, and what there was is kept.
func TestRestoreFromDamage(t *testing.T) {
	dir := furnished(t)
	want := looked(t, dir)
	p := program{data: dir}
	backup := p.backups()[0]
	database := filepath.Join(dir, backupDatabase)
	for how, damage := range map[string]func() error{
		"lost":      func() error { return os.Remove(database) },
		"destroyed": func() error { return os.WriteFile(database, []byte(strings.Repeat("坏了", 5000)), 0o600) },
		"cut off":   func() error { return os.MkdirAll(filepath.Join(dir, halfRestored+"1", "new"), 0o700) },
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

// TestSweep holds that what was left by programs that were ended is removed when
// it is old, and nothing else is.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	p := program{data: dir, now: func() time.Time { return now }}
	old := []string{"tmp/zujian-1/a.xlsx", "catalogue/.zujian-123", "backup/backup-7/zujian.db"}
	kept := []string{"tmp/fresh/a.xlsx", "documents/通知.docx", "backup/zujian-20260302-090000.zip", "restore-1/old-documents/a.txt", "catalogue/.zujian-fresh"}
	for _, name := range append(kept, old...) {
		write(t, filepath.Join(dir, name), "x")
	}
	for _, name := range []string{"tmp/zujian-1", "catalogue/.zujian-123", "backup/backup-7", "documents/通知.docx", "restore-1"} {
		if err := os.Chtimes(filepath.Join(dir, name), now, now.Add(-2*leftAfter)); err != nil {
			t.Fatal(err)
		}
	}
	p.sweep()
	for _, name := range old {
		if exists(filepath.Join(dir, name)) {
			t.Errorf("%s is still there", name)
		}
	}
	for _, name := range kept {
		if !exists(filepath.Join(dir, name)) {
			t.Errorf("%s is gone", name)
		}
	}
}

// TestTempInside holds that what is temporary is written into the data folder.
func TestTempInside(t *testing.T) {
	for _, name := range []string{"TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"} {
		t.Setenv(name, os.Getenv(name)) // put back after the test
	}
	p := program{data: t.TempDir()}
	p.keepTempInside()
	if got, want := os.TempDir(), filepath.Join(p.data, tempName); got != want {
		t.Errorf("temporary files go to %s, want %s", got, want)
	}
}
