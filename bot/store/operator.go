package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"math/big"
	"time"
)

// PairingLasts is how long a pairing code is good for.
const PairingLasts = 10 * time.Minute

// NewPairingCode makes a code of eight digits with which one person becomes an
// operator, once. A new code voids the one before.
func (db *DB) NewPairingCode(ctx context.Context, now time.Time) (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return "", fmt.Errorf("draw a code: %w", err)
	}
	code := fmt.Sprintf("%08d", n)
	return code, db.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM pairing"); err != nil {
			return fmt.Errorf("void the old code: %w", err)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO pairing (code, expires) VALUES (?, ?)", db.hash("code", code), stamp(now.Add(PairingLasts)))
		return err
	})
}

// Pair makes whoever has the proof an operator if the code is the present one.
// The code is used up by that.
func (db *DB) Pair(ctx context.Context, channel, proof, code string, now time.Time) (bool, error) {
	paired := false
	err := db.tx(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "DELETE FROM pairing WHERE code = ? AND expires > ?", db.hash("code", code), stamp(now))
		if err != nil {
			return fmt.Errorf("use the code: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		paired = true
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO operator (channel, proof, at) VALUES (?, ?, ?)", channel, db.hash("proof", channel, proof), stamp(now))
		return err
	})
	return paired && err == nil, err
}

// IsOperator reports whether whoever has the proof was paired. No proof is
// nobody.
func (db *DB) IsOperator(ctx context.Context, channel, proof string) (bool, error) {
	if proof == "" {
		return false, nil
	}
	var n int
	err := db.sql.QueryRowContext(ctx, "SELECT count(*) FROM operator WHERE channel = ? AND proof = ?", channel, db.hash("proof", channel, proof)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for an operator: %w", err)
	}
	return n > 0, nil
}

// VoidPairing takes the present code back, as after too many wrong ones.
func (db *DB) VoidPairing(ctx context.Context) error {
	_, err := db.sql.ExecContext(ctx, "DELETE FROM pairing")
	return err
}

// ForgetOperators takes the right from everyone.
func (db *DB) ForgetOperators(ctx context.Context) error {
	_, err := db.sql.ExecContext(ctx, "DELETE FROM operator")
	return err
}
