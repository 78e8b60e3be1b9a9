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

// LatestTime gives the latest time at which reminders were looked at; zero
// where they never were.
func (db *DB) LatestTime(ctx context.Context) (time.Time, error) {
	var value []byte
	err := db.sql.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", clockKey).Scan(&value)
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
	_, err := db.sql.ExecContext(ctx, "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", clockKey, []byte(strconv.FormatInt(stamp(now), 10)))
	if err != nil {
		return fmt.Errorf("keep the latest time: %w", err)
	}
	return nil
}

// VoidFuture forgets the times that were missed only because the clock stood
// in the future: those after now. Times that were sent stay claimed.
func (db *DB) VoidFuture(ctx context.Context, now time.Time) (int, error) {
	done, err := db.sql.ExecContext(ctx, "DELETE FROM firing WHERE outcome = 'missed' AND due > ?", stamp(now))
	if err != nil {
		return 0, fmt.Errorf("forget what was not missed: %w", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}
