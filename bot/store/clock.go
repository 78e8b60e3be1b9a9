package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"
)

const clockKey = "reminders: latest time seen"

const putSetting = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

// LatestTime gives the latest time at which reminders were looked at; zero
// where they never were.
func (db *DB) LatestTime(ctx context.Context) (time.Time, error) {
	var value []byte
	err := db.reads.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", clockKey).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read the latest time: %w", err)
	}
	ms, err := strconv.ParseInt(string(value), 10, 64)
	return unstamp(ms), err
}

// KeepLatestTime writes it down.
func (db *DB) KeepLatestTime(ctx context.Context, now time.Time) error {
	_, err := db.sql.ExecContext(ctx, putSetting, clockKey, []byte(strconv.FormatInt(stamp(now), 10)))
	if err != nil {
		return fmt.Errorf("keep the latest time: %w", err)
	}
	return nil
}

// VoidFuture undoes what a clock that stood in the future did: times after now
// that it took for missed are forgotten, reminders that it took for done are
// active again, and messages of reminders that it kept back for later may go
// and get stale so long after now. Times that were sent stay claimed.
func (db *DB) VoidFuture(ctx context.Context, now time.Time, lasts time.Duration) error {
	after := stamp(now)
	steps := []struct {
		query string
		args  []any
	}{
		{`UPDATE reminder SET state = 'active', due = v.due, at = v.due, moved = '', note = ''
			FROM (SELECT reminder, min(due) AS due FROM firing WHERE outcome = 'missed' AND due > ?1 GROUP BY reminder) AS v
			WHERE v.reminder = id AND state = 'done'`, []any{after}},
		{"DELETE FROM firing WHERE outcome = 'missed' AND due > ?1", []any{after}},
		{`UPDATE outbox SET not_before = 0, expires = ?2 WHERE status = 'pending' AND not_before > ?1
			AND id IN (SELECT outbox FROM firing WHERE outcome = 'queued')`, []any{after, stamp(now.Add(lasts))}},
	}
	return db.tx(ctx, func(tx *sql.Tx) error {
		for _, s := range steps {
			if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
				return fmt.Errorf("undo what a wrong clock did: %w", err)
			}
		}
		return nil
	})
}
