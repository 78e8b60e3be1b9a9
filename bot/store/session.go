package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zujian/bot/chat"
)

// Key says whose session it is. Two people in one group have two sessions.
type Key struct{ Channel, Chat, Speaker string }

func (db *DB) chatHash(channel, name string) string { return db.hash("chat", channel, name) }

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
	err := db.reads.QueryRowContext(ctx,
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
	in, person := db.chatHash(key.Channel, key.Chat), db.Person(key.Channel, key.Speaker)
	if len(s.State) == 0 {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE channel = ? AND chat = ? AND speaker = ?", key.Channel, in, person)
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO session (channel, chat, speaker, state, updated, expires) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (channel, chat, speaker) DO UPDATE SET state = excluded.state, updated = excluded.updated, expires = excluded.expires`,
		key.Channel, in, person, s.State, stamp(s.Updated), stamp(s.Expires))
	return err
}

// RenameChat carries sessions, silence, reminders and waiting messages over to
// a chat's new name.
func (db *DB) RenameChat(ctx context.Context, channel, old, new string) error {
	hashes := []any{db.chatHash(channel, new), channel, db.chatHash(channel, old)}
	group := func(name string) chat.Target { return chat.Target{Channel: channel, Chat: name, Group: true} }
	steps := []struct {
		what, query string
		args        []any
	}{
		{"older sessions", `DELETE FROM session WHERE chat = ?1 AND channel = ?2
			AND speaker IN (SELECT speaker FROM session WHERE channel = ?2 AND chat = ?3)`, hashes},
		{"sessions", "UPDATE session SET chat = ? WHERE channel = ? AND chat = ?", hashes},
		{"older drafts", `DELETE FROM draft WHERE chat = ?1 AND channel = ?2
			AND speaker IN (SELECT speaker FROM draft WHERE channel = ?2 AND chat = ?3)`, hashes},
		{"drafts", "UPDATE draft SET chat = ? WHERE channel = ? AND chat = ?", hashes},
		{"silence", `INSERT INTO muted (channel, chat, at) SELECT channel, ?1, at FROM muted WHERE channel = ?2 AND chat = ?3
			ON CONFLICT DO NOTHING`, hashes},
		{"silence under the old name", "DELETE FROM muted WHERE channel = ? AND chat = ?", hashes[1:]},
		{"muted reminders", `INSERT INTO remind_mute (channel, chat, at) SELECT channel, ?1, at
			FROM remind_mute WHERE channel = ?2 AND chat = ?3 ON CONFLICT DO NOTHING`, hashes},
		{"muted reminders under the old name", "DELETE FROM remind_mute WHERE channel = ? AND chat = ?", hashes[1:]},
		{"reminders", "UPDATE reminder SET chat = ? WHERE channel = ? AND chat = ? AND grp = 1", []any{new, channel, old}},
		{"reminders sent", "UPDATE firing SET target = ? WHERE target = ?", []any{db.targetHash(group(new)), db.targetHash(group(old))}},
		{"waiting messages", "UPDATE outbox SET chat = ? WHERE channel = ? AND chat = ? AND grp = 1 AND status = 'pending'",
			[]any{new, channel, old}},
	}
	return db.tx(ctx, func(tx *sql.Tx) error {
		for _, s := range steps {
			if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
				return fmt.Errorf("carry %s over: %w", s.what, err)
			}
		}
		return nil
	})
}
