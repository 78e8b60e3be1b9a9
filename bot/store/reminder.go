package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zujian/bot/chat"
)

// ReminderState says whether a reminder fires.
type ReminderState string

// The states of a reminder. Done is one that has no further time.
const (
	Active    ReminderState = "active"
	Paused    ReminderState = "paused"
	Cancelled ReminderState = "cancelled"
	Done      ReminderState = "done"
)

// Reminder is one thing to say to one chat. Plan is what the package of phrases
// wrote; the store does not look into it.
type Reminder struct {
	ID       int64
	Plan     []byte
	Target   chat.Target
	Approver string
	State    ReminderState
	Created  time.Time
	Slot
}

// Slot is a time of a reminder. Due is the time it is for, zero where there is
// none; At is when it is to be dealt with; Moved says why the two differ; Note
// is what the calendar has to say of Due.
type Slot struct {
	Due   time.Time
	At    time.Time
	Moved string
	Note  string
}

// Same reports whether two slots are for the same times with the same words.
func (s Slot) Same(o Slot) bool {
	return s.Due.Equal(o.Due) && s.At.Equal(o.At) && s.Moved == o.Moved && s.Note == o.Note
}

const reminderColumns = "id, plan, channel, chat, grp, approver, state, created, due, at, moved, note"

// AddReminders keeps reminders and gives their ids.
func (db *DB) AddReminders(ctx context.Context, all ...Reminder) ([]int64, error) {
	var ids []int64
	err := db.tx(ctx, func(tx *sql.Tx) (err error) {
		ids, err = addReminders(ctx, tx, all)
		return err
	})
	return ids, err
}

func addReminders(ctx context.Context, tx *sql.Tx, all []Reminder) ([]int64, error) {
	ids := make([]int64, 0, len(all))
	for _, r := range all {
		done, err := tx.ExecContext(ctx, `INSERT INTO reminder (plan, channel, chat, grp, approver, state, created, due, at, moved, note)
			VALUES (?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?)`, r.Plan, r.Target.Channel, r.Target.Chat, r.Target.Group, r.Approver,
			stamp(r.Created), stamp(r.Due), stamp(r.At), r.Moved, r.Note)
		if err != nil {
			return nil, fmt.Errorf("keep a reminder: %w", err)
		}
		id, err := done.LastInsertId()
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// Reminder gives one reminder; nil where there is none of that id.
func (db *DB) Reminder(ctx context.Context, id int64) (*Reminder, error) {
	all, err := db.reminders(ctx, "WHERE id = ?", id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// Reminders gives those that are active or paused, the next one first.
func (db *DB) Reminders(ctx context.Context) ([]Reminder, error) {
	return db.reminders(ctx, "WHERE state IN ('active', 'paused') ORDER BY state, at, id")
}

// ActiveAfter gives up to limit active reminders with ids above id, by id.
func (db *DB) ActiveAfter(ctx context.Context, id int64, limit int) ([]Reminder, error) {
	return db.reminders(ctx, "WHERE state = 'active' AND id > ? ORDER BY id LIMIT ?", id, limit)
}

// DueReminders gives up to limit active reminders that are to be dealt with,
// the earliest first.
func (db *DB) DueReminders(ctx context.Context, now time.Time, limit int) ([]Reminder, error) {
	return db.reminders(ctx, "WHERE state = 'active' AND due > 0 AND at <= ? ORDER BY at, id LIMIT ?", stamp(now), limit)
}

func (db *DB) reminders(ctx context.Context, where string, args ...any) ([]Reminder, error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT "+reminderColumns+" FROM reminder "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read reminders: %w", err)
	}
	defer rows.Close()
	var all []Reminder
	for rows.Next() {
		var r Reminder
		var created, due, at int64
		err := rows.Scan(&r.ID, &r.Plan, &r.Target.Channel, &r.Target.Chat, &r.Target.Group, &r.Approver, &r.State,
			&created, &due, &at, &r.Moved, &r.Note)
		if err != nil {
			return nil, fmt.Errorf("read a reminder: %w", err)
		}
		r.Created, r.Due, r.At = unstamp(created), unstamp(due), unstamp(at)
		all = append(all, r)
	}
	return all, rows.Err()
}

// NextReminder gives when the next reminder is to be dealt with.
func (db *DB) NextReminder(ctx context.Context) (at time.Time, ok bool, err error) {
	var ms int64
	err = db.reads.QueryRowContext(ctx, "SELECT at FROM reminder WHERE state = 'active' AND due > 0 ORDER BY at, id LIMIT 1").Scan(&ms)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, false, nil
	}
	if err != nil {
		return time.Time{}, false, fmt.Errorf("look for the next reminder: %w", err)
	}
	return unstamp(ms), true, nil
}

// ErrChanged says that a reminder is not as it was when it was read, or that
// the time was claimed before; nothing was written.
var ErrChanged = errors.New("store: the reminder has changed")

// SetReminder changes the state of a reminder that is in the state from, and
// its next time. It fails with ErrChanged where it is in another.
func (db *DB) SetReminder(ctx context.Context, id int64, from, to ReminderState, next Slot) error {
	done, err := db.sql.ExecContext(ctx, "UPDATE reminder SET state = ?, due = ?, at = ?, moved = ?, note = ? WHERE id = ? AND state = ?",
		to, stamp(next.Due), stamp(next.At), next.Moved, next.Note, id, from)
	if err != nil {
		return fmt.Errorf("change reminder %d: %w", id, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrChanged)
	}
	return nil
}
