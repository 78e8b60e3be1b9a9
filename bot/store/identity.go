package store

import (
	"context"
	"fmt"
	"os"
	"strings"

	"zujian/knowledge/text"
)

// IdentityOf names the file beside a store that says which one belongs here.
func IdentityOf(path string) string { return path + ".id" }

// identify holds the store against the file beside it, and writes that where
// there is none or it is damaged, which shows since it says everything twice.
// Where it cannot be written a loss is only noticed later.
func (db *DB) identify(path string) {
	own := db.hash("store")
	kept, _ := os.ReadFile(IdentityOf(path))
	lines := strings.Fields(string(kept))
	if len(lines) == 2 && lines[0] == lines[1] {
		db.anew = lines[0] != own
		return
	}
	_ = text.WriteWhole(IdentityOf(path), []byte(own+"\n"+own+"\n"))
}

// Anew reports whether this is not the store that was here before: its file was
// lost or exchanged, and what was recorded is not in it.
func (db *DB) Anew() bool { return db.anew }

// Check reads the whole store and fails where its structure is damaged.
func (db *DB) Check(ctx context.Context) error {
	var say string
	if err := db.reads.QueryRowContext(ctx, db.engine.check).Scan(&say); err != nil {
		return fmt.Errorf("check the store: %w", err)
	}
	if say != "ok" {
		return fmt.Errorf("check the store: %s", say)
	}
	return nil
}
