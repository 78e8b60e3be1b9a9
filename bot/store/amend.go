package store

import (
	"context"
	"errors"
	"fmt"
)

// AmendReminder keeps another plan of a reminder, and its next time. It fails
// with ErrChanged where the reminder is not as it was read.
func (db *DB) AmendReminder(ctx context.Context, was Reminder, plan []byte, next Slot) error {
	done, err := db.sql.ExecContext(ctx, "UPDATE reminder SET plan = ?, due = ?, at = ?, moved = ?, note = ? "+
		"WHERE id = ? AND state = ? AND plan = ? AND due = ?",
		plan, stamp(next.Due), stamp(next.At), next.Moved, next.Note, was.ID, was.State, was.Plan, stamp(was.Due))
	if err != nil {
		return fmt.Errorf("amend reminder %d: %w", was.ID, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrChanged)
	}
	return nil
}

// RemindersOver gives up to limit reminders that are done or were cancelled,
// the newest first.
func (db *DB) RemindersOver(ctx context.Context, limit int) ([]Reminder, error) {
	return db.reminders(ctx, "WHERE state IN ('cancelled', 'done') ORDER BY id DESC LIMIT ?", limit)
}
