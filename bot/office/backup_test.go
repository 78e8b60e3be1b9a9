package office

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"zujian/knowledge/text"
)

// TestDamagedBackupIsRefused flips bytes all over a backup: it is either refused
// or says the same as before, and the oldest of eight is removed.
func TestDamagedBackupIsRefused(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, text.Beijing)
	p := &Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: func() time.Time { return now }}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "words.yaml"), []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := p.OpenStore()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var file string
	for range backupsKept + 1 {
		now = now.Add(24 * time.Hour)
		if file, err = p.NightlyBackup(p.Ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(p.Backups()); n != backupsKept {
		t.Errorf("%d backups are kept, want %d", n, backupsKept)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for at := 0; at < len(data); at += len(data)/200 + 1 {
		bad := bytes.Clone(data)
		bad[at] ^= 0x55
		z, err := zip.NewReader(bytes.NewReader(bad), int64(len(bad)))
		if err != nil {
			refused++
			continue
		}
		m, err := ReadManifest(z)
		if err != nil {
			refused++
			continue
		}
		for name, sum := range m.Files {
			if got, err := sumOf(z, name); err != nil || got != sum {
				t.Errorf("flipped at %d, %s is taken and is not what it was", at, name)
			}
		}
	}
	if refused < 100 {
		t.Errorf("only %d damaged ones were refused", refused)
	}
}
