package office

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestSweep holds that what was left by programs that were ended is removed when
// it is old, and nothing else is.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	p := Office{Data: dir, Now: func() time.Time { return now }}
	old := []string{"tmp/zujian-1/a.xlsx", "catalogue/.zujian-123", "backup/backup-7/zujian.db"}
	kept := []string{"tmp/fresh/a.xlsx", "documents/通知.docx", "backup/zujian-20260302-090000.zip", "restore-1/old-documents/a.txt",
		"catalogue/.zujian-fresh"}
	for _, name := range append(kept, old...) {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
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
	p := Office{Data: t.TempDir()}
	p.KeepTempInside()
	if got, want := os.TempDir(), filepath.Join(p.Data, tempName); got != want {
		t.Errorf("temporary files go to %s, want %s", got, want)
	}
}
