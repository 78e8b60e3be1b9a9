package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

const saltKey = "person salt"

// readSalt reads the salt of this installation, or makes it.
func (db *DB) readSalt(ctx context.Context) error {
	fresh := make([]byte, 32)
	rand.Read(fresh) // never fails: crypto/rand ends the program instead
	_, err := db.sql.ExecContext(ctx, "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", saltKey, fresh)
	if err != nil {
		return fmt.Errorf("keep the salt: %w", err)
	}
	err = db.sql.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", saltKey).Scan(&db.salt)
	if err != nil {
		return fmt.Errorf("read the salt: %w", err)
	}
	return nil
}

// Person is the name under which the store knows somebody: a hash with the
// salt of this installation, so that it can be compared here and nowhere else.
func (db *DB) Person(channel, speaker string) string { return db.hash("person", channel, speaker) }

func (db *DB) hash(parts ...string) string {
	mac := hmac.New(sha256.New, db.salt)
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}
