package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Key says whose session it is. Two people in one group have two sessions.
type Key struct{ Channel, Chat, Speaker string }

func (db *DB) chatHash(channel, chat string) string { return db.hash("chat", channel, chat) }

// Session is an open dialog as its package wrote it.
type Session struct {
	State   []byte
	Updated time.Time
	Expires time.Time
}

// Session gives the open session of key at the time now; nil where there is
// none or it has expired.
func (db *DB) Session(ctx context.Context, key Key, now time.Time) (*Session, error) {
	var state []byte
	var updated, expires int64
	err := db.sql.QueryRowContext(ctx,
		"SELECT state, updated, expires FROM session WHERE channel = ? AND chat = ? AND speaker = ? AND expires > ?",
		key.Channel, db.chatHash(key.Channel, key.Chat), db.Person(key.Channel, key.Speaker), stamp(now)).Scan(&state, &updated, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a session: %w", err)
	}
	return &Session{State: state, Updated: unstamp(updated), Expires: unstamp(expires)}, nil
}

// keepSession writes the session, or removes it where it has no state.
func (db *DB) keepSession(ctx context.Context, tx *sql.Tx, key Key, s *Session) error {
	if s == nil {
		return nil
	}
	chat, person := db.chatHash(key.Channel, key.Chat), db.Person(key.Channel, key.Speaker)
	if len(s.State) == 0 {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE channel = ? AND chat = ? AND speaker = ?", key.Channel, chat, person)
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO session (channel, chat, speaker, state, updated, expires) VALUES (?, ?, ?, ?, ?, ?)",
		key.Channel, chat, person, s.State, stamp(s.Updated), stamp(s.Expires))
	return err
}

// RenameChat carries sessions, silence and waiting messages over to a chat's
// new name.
func (db *DB) RenameChat(ctx context.Context, channel, old, new string) error {
	return db.tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE OR REPLACE session SET chat = ? WHERE channel = ? AND chat = ?",
			db.chatHash(channel, new), channel, db.chatHash(channel, old))
		if err != nil {
			return fmt.Errorf("carry sessions over: %w", err)
		}
		_, err = tx.ExecContext(ctx, "UPDATE OR REPLACE muted SET chat = ? WHERE channel = ? AND chat = ?",
			db.chatHash(channel, new), channel, db.chatHash(channel, old))
		if err != nil {
			return fmt.Errorf("carry silence over: %w", err)
		}
		_, err = tx.ExecContext(ctx, "UPDATE outbox SET chat = ? WHERE channel = ? AND chat = ? AND grp = 1 AND status = 'pending'", new, channel, old)
		if err != nil {
			return fmt.Errorf("carry waiting messages over: %w", err)
		}
		return nil
	})
}
