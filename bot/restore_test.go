package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zujian/bot/office"
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
