package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// KeepDraft keeps what waits for somebody's word, in place of what waited
// before.
func (db *DB) KeepDraft(ctx context.Context, key Key, body []byte, expires time.Time) error {
	_, err := db.sql.ExecContext(ctx, `INSERT INTO draft (channel, chat, speaker, body, expires) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (channel, chat, speaker) DO UPDATE SET body = excluded.body, expires = excluded.expires`,
		key.Channel, db.chatHash(key.Channel, key.Chat), db.Person(key.Channel, key.Speaker), body, stamp(expires))
	if err != nil {
		return fmt.Errorf("keep a draft: %w", err)
	}
	return nil
}

// Draft gives what waits for somebody's word; nil where nothing does.
func (db *DB) Draft(ctx context.Context, key Key, now time.Time) ([]byte, error) {
	var body []byte
	err := db.reads.QueryRowContext(ctx, "SELECT body FROM draft WHERE channel = ? AND chat = ? AND speaker = ? AND expires > ?",
		key.Channel, db.chatHash(key.Channel, key.Chat), db.Person(key.Channel, key.Speaker), stamp(now)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return body, err
}

// EndDraft forgets a draft and keeps the reminders that came of it, in one
// transaction: a word that is given twice keeps them once. It fails with
// ErrChanged where there is no draft.
func (db *DB) EndDraft(ctx context.Context, key Key, keep ...Reminder) ([]int64, error) {
	var ids []int64
	err := db.tx(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "DELETE FROM draft WHERE channel = ? AND chat = ? AND speaker = ?",
			key.Channel, db.chatHash(key.Channel, key.Chat), db.Person(key.Channel, key.Speaker))
		if err != nil {
			return fmt.Errorf("forget a draft: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrChanged)
		}
		ids, err = addReminders(ctx, tx, keep)
		return err
	})
	return ids, err
}

// MuteReminders has no reminders sent to a group, or has them sent again. Those
// that have not gone out yet are not sent. It gives how many those were.
func (db *DB) MuteReminders(ctx context.Context, channel, group string, mute bool, now time.Time) (int, error) {
	hash, stopped := db.chatHash(channel, group), 0
	err := db.tx(ctx, func(tx *sql.Tx) error {
		if !mute {
			_, err := tx.ExecContext(ctx, "DELETE FROM remind_mute WHERE channel = ? AND chat = ?", channel, hash)
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO remind_mute (channel, chat, at) VALUES (?, ?, ?) "+
			"ON CONFLICT (channel, chat) DO UPDATE SET at = excluded.at", channel, hash, stamp(now))
		if err != nil {
			return err
		}
		stopped, err = stopWaiting(ctx, tx, channel, group)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("mute reminders: %w", err)
	}
	return stopped, nil
}

func stopWaiting(ctx context.Context, tx *sql.Tx, channel, group string) (int, error) {
	const waiting = "SELECT id FROM outbox WHERE channel = ? AND chat = ? AND grp = 1 AND status = 'pending'"
	done, err := tx.ExecContext(ctx, "UPDATE firing SET outcome = 'muted' WHERE outcome = 'queued' AND outbox IN ("+waiting+")",
		channel, group)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM outbox WHERE channel = ? AND chat = ? AND grp = 1 AND status = 'pending' "+
		"AND id IN (SELECT outbox FROM firing WHERE outcome = 'muted')", channel, group)
	return int(n), err
}

// RemindersMuted reports whether a group wants no reminders.
func (db *DB) RemindersMuted(ctx context.Context, channel, group string) (bool, error) {
	var n int
	err := db.reads.QueryRowContext(ctx, "SELECT count(*) FROM remind_mute WHERE channel = ? AND chat = ?",
		channel, db.chatHash(channel, group)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look whether a group wants no reminders: %w", err)
	}
	return n > 0, nil
}
