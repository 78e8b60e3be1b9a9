package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrSeen says that the message was dealt with before; nothing was written.
var ErrSeen = errors.New("store: the message was seen before")

// Turn is all that one message leaves behind. It is written whole or not at
// all: a program killed before has not seen the message, one killed after
// will not answer it again.
type Turn struct {
	Key        Key
	Message    string // id within the channel; empty means no check for duplicates
	At         time.Time
	Session    *Session // nil leaves the session as it is; no State closes it
	Out        []Out
	Audit      *Audit
	Unanswered string // the question, to be masked; empty means none
}

// Record writes a turn. It fails with ErrSeen where the message was seen.
func (db *DB) Record(ctx context.Context, t Turn) error {
	return db.tx(ctx, func(tx *sql.Tx) error {
		if err := markSeen(ctx, tx, t); err != nil {
			return err
		}
		if err := db.keepSession(ctx, tx, t.Key, t.Session); err != nil {
			return fmt.Errorf("keep the session: %w", err)
		}
		for _, o := range t.Out {
			if _, err := enqueue(ctx, tx, t.At, o); err != nil {
				return err
			}
		}
		if err := keepUnanswered(ctx, tx, t.Unanswered, t.At); err != nil {
			return err
		}
		return db.keepAudit(ctx, tx, t)
	})
}

func markSeen(ctx context.Context, tx *sql.Tx, t Turn) error {
	if t.Message == "" {
		return nil
	}
	done, err := tx.ExecContext(ctx, "INSERT INTO seen (channel, id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
		t.Key.Channel, t.Message, stamp(t.At))
	if err != nil {
		return fmt.Errorf("mark the message as seen: %w", err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return ErrSeen
	}
	return nil
}

// Seen reports whether the message was dealt with before.
func (db *DB) Seen(ctx context.Context, channel, id string) (bool, error) {
	var n int
	err := db.reads.QueryRowContext(ctx, "SELECT count(*) FROM seen WHERE channel = ? AND id = ?", channel, id).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for a seen message: %w", err)
	}
	return n > 0, nil
}
