package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"math/big"
	"time"

	"zujian/bot/chat"
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
		_, err := tx.ExecContext(ctx, "INSERT INTO pairing (code, expires) VALUES (?, ?)",
			db.hash("code", code), stamp(now.Add(PairingLasts)))
		return err
	})
}

// Operator is somebody who may give commands. Proof is as in chat.Inbound;
// Chat is the direct chat in which news reaches him, empty where there is no
// name that outlasts a login. Only a hash of the proof is kept.
type Operator struct{ Channel, Proof, Chat string }

// Pair makes somebody an operator if the code is the present one. The code is
// used up by that.
func (db *DB) Pair(ctx context.Context, who Operator, code string, now time.Time) (bool, error) {
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
		_, err = tx.ExecContext(ctx, `INSERT INTO operator (channel, proof, at, chat) VALUES (?, ?, ?, ?)
			ON CONFLICT (channel, proof) DO UPDATE SET at = excluded.at, chat = excluded.chat`,
			who.Channel, db.hash("proof", who.Channel, who.Proof), stamp(now), who.Chat)
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
	err := db.reads.QueryRowContext(ctx, "SELECT count(*) FROM operator WHERE channel = ? AND proof = ?",
		channel, db.hash("proof", channel, proof)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for an operator: %w", err)
	}
	return n > 0, nil
}

// Operators gives the direct chats in which news reaches operators, and how
// many operators there are.
func (db *DB) Operators(ctx context.Context) ([]chat.Target, int, error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT channel, chat FROM operator ORDER BY at")
	if err != nil {
		return nil, 0, fmt.Errorf("list the operators: %w", err)
	}
	defer rows.Close()
	var to []chat.Target
	n := 0
	for ; rows.Next(); n++ {
		var t chat.Target
		if err := rows.Scan(&t.Channel, &t.Chat); err != nil {
			return nil, 0, fmt.Errorf("read an operator: %w", err)
		}
		if t.Chat != "" {
			to = append(to, t)
		}
	}
	return to, n, rows.Err()
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
