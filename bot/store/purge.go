package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Keep says how long things are kept; zero means the usual time.
type Keep struct {
	Audit      time.Duration // usually 180 days
	Seen       time.Duration // usually 30 days
	Outbox     time.Duration // of messages that are done, usually 30 days
	Unanswered time.Duration // usually 365 days
	Firing     time.Duration // of reminders that were sent or ended, usually three years
}

const day = 24 * time.Hour

func orDays(d time.Duration, days int) time.Duration {
	if d == 0 {
		return time.Duration(days) * day
	}
	return d
}

// Purge removes what has been kept long enough, and expired sessions.
func (db *DB) Purge(ctx context.Context, now time.Time, keep Keep) error {
	before := func(d time.Duration, days int) int64 { return stamp(now.Add(-orDays(d, days))) }
	steps := []struct {
		query string
		limit int64
	}{
		{"DELETE FROM audit WHERE at < ?", before(keep.Audit, 180)},
		{"DELETE FROM seen WHERE at < ?", before(keep.Seen, 30)},
		{"DELETE FROM outbox WHERE finished > 0 AND finished < ?", before(keep.Outbox, 30)},
		{"DELETE FROM unanswered WHERE last < ?", before(keep.Unanswered, 365)},
		{"DELETE FROM feedback WHERE at < ?", before(keep.Unanswered, 365)},
		{"DELETE FROM session WHERE expires <= ?", stamp(now)},
		{"DELETE FROM pairing WHERE expires <= ?", stamp(now)},
		{"DELETE FROM draft WHERE expires <= ?", stamp(now)},
		{"DELETE FROM firing WHERE told = 1 AND at < ?1 OR outcome IN ('sent', 'muted', 'dropped') AND at < ?1", before(keep.Firing, 1095)},
		{"DELETE FROM reminder WHERE state IN ('cancelled', 'done') AND created < ? " +
			"AND id NOT IN (SELECT reminder FROM firing)", before(keep.Firing, 1095)},
	}
	return db.tx(ctx, func(tx *sql.Tx) error {
		for _, s := range steps {
			if _, err := tx.ExecContext(ctx, s.query, s.limit); err != nil {
				return fmt.Errorf("purge: %w", err)
			}
		}
		return nil
	})
}
