package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zujian/bot/chat"
)

// KeepReport writes down how a channel stands, for a program that looks from
// outside. The text of a QR code is not kept: it is a key to the account.
func (db *DB) KeepReport(ctx context.Context, channel string, r chat.Report) error {
	_, err := db.sql.ExecContext(ctx, `INSERT INTO report (channel, state, since, cause, advice) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (channel) DO UPDATE SET
		state = excluded.state, since = excluded.since, cause = excluded.cause, advice = excluded.advice`,
		channel, int(r.State), stamp(r.Since), r.Cause, r.Do)
	if err != nil {
		return fmt.Errorf("keep the state of a channel: %w", err)
	}
	return nil
}

// Report gives how a channel last stood; ok is false where it never ran.
func (db *DB) Report(ctx context.Context, channel string) (r chat.Report, ok bool, err error) {
	var since int64
	err = db.reads.QueryRowContext(ctx, "SELECT state, since, cause, advice FROM report WHERE channel = ?", channel).
		Scan(&r.State, &since, &r.Cause, &r.Do)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, fmt.Errorf("read the state of a channel: %w", err)
	}
	r.Since = unstamp(since)
	return r, true, nil
}

// Mute has us be silent in a group, or speak there again.
func (db *DB) Mute(ctx context.Context, channel, group string, silent bool, now time.Time) error {
	query, args := "DELETE FROM muted WHERE channel = ? AND chat = ?", []any{channel, db.chatHash(channel, group)}
	if silent {
		query = "INSERT INTO muted (channel, chat, at) VALUES (?, ?, ?) ON CONFLICT (channel, chat) DO UPDATE SET at = excluded.at"
		args = append(args, stamp(now))
	}
	if _, err := db.sql.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("silence a group: %w", err)
	}
	return nil
}

// Muted reports whether we are to be silent in a group.
func (db *DB) Muted(ctx context.Context, channel, group string) (bool, error) {
	var n int
	err := db.reads.QueryRowContext(ctx, "SELECT count(*) FROM muted WHERE channel = ? AND chat = ?",
		channel, db.chatHash(channel, group)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look whether a group is silenced: %w", err)
	}
	return n > 0, nil
}

// MutedGroups counts the groups in which we are to be silent.
func (db *DB) MutedGroups(ctx context.Context) (int, error) {
	var n int
	err := db.reads.QueryRowContext(ctx, "SELECT count(*) FROM muted").Scan(&n)
	return n, err
}
