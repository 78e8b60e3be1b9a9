package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zujian/bot/chat"
)

// Outcome says what became of one time of a reminder.
type Outcome string

// The outcomes. Queued turns into Sent, Failed or Unknown with its message.
const (
	FiringQueued  Outcome = "queued"
	FiringSent    Outcome = "sent"
	FiringFailed  Outcome = "failed"
	FiringUnknown Outcome = "unknown"
	FiringMissed  Outcome = "missed"  // too late to be sent
	FiringMuted   Outcome = "muted"   // the group wants none
	FiringDropped Outcome = "dropped" // given up by a person
)

// Firing is what became of one time of a reminder.
type Firing struct {
	Reminder int64
	Due      time.Time
	Outcome  Outcome
	Reason   string // for the operator, in Chinese
	At       time.Time
	Target   chat.Target
	State    ReminderState // of the reminder, where it is read
}

// Step is how one reminder goes on: from the time it was read with to the next.
type Step struct {
	Reminder int64
	Was      time.Time // the Due it was read with
	Next     Slot      // zero Due: it has no further time
}

// Burst is what is written when reminders of one chat have become due.
type Burst struct {
	Target  chat.Target
	Firings []Firing
	Steps   []Step
	Out     *Out // carries the queued firings; nil: nothing is sent
}

// Fire claims times of reminders, puts their message into the outbox and moves
// the reminders on, in one transaction. It fails with ErrChanged where a time
// was claimed before or a reminder was changed meanwhile.
func (db *DB) Fire(ctx context.Context, now time.Time, b Burst) error {
	return db.tx(ctx, func(tx *sql.Tx) error {
		var message int64
		if b.Out != nil {
			out := *b.Out
			out.Rank = RankReminder
			var err error
			if message, err = enqueue(ctx, tx, now, out); err != nil {
				return err
			}
		}
		for _, f := range b.Firings {
			if err := db.claimFiring(ctx, tx, now, b.Target, f, message); err != nil {
				return err
			}
		}
		for _, s := range b.Steps {
			if err := step(ctx, tx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

func (db *DB) claimFiring(ctx context.Context, tx *sql.Tx, now time.Time, to chat.Target, f Firing, message int64) error {
	if f.Outcome != FiringQueued {
		message = 0
	}
	done, err := tx.ExecContext(ctx, "INSERT INTO firing (reminder, due, target, outcome, reason, outbox, at) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		f.Reminder, stamp(f.Due), db.targetHash(to), f.Outcome, f.Reason, message, stamp(now))
	if err != nil {
		return fmt.Errorf("claim a time of reminder %d: %w", f.Reminder, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrChanged)
	}
	return nil
}

func (db *DB) targetHash(to chat.Target) string {
	return db.hash("target", to.Channel, to.Chat, fmt.Sprint(to.Group))
}

func step(ctx context.Context, tx *sql.Tx, s Step) error {
	state := Active
	if s.Next.Due.IsZero() {
		state = Done
	}
	done, err := tx.ExecContext(ctx, "UPDATE reminder SET state = ?, due = ?, at = ?, moved = ?, note = ? "+
		"WHERE id = ? AND state = 'active' AND due = ?",
		state, stamp(s.Next.Due), stamp(s.Next.At), s.Next.Moved, s.Next.Note, s.Reminder, stamp(s.Was))
	if err != nil {
		return fmt.Errorf("move reminder %d on: %w", s.Reminder, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrChanged)
	}
	return nil
}

// Fired reports whether the time of the reminder was claimed.
func (db *DB) Fired(ctx context.Context, reminder int64, due time.Time) (bool, error) {
	var n int
	err := db.reads.QueryRowContext(ctx, "SELECT count(*) FROM firing WHERE reminder = ? AND due = ?", reminder, stamp(due)).Scan(&n)
	return n > 0, err
}

// Reminded counts the messages of reminders that were put into the outbox for
// a chat from the time since on.
func (db *DB) Reminded(ctx context.Context, to chat.Target, since time.Time) (int, error) {
	var n int
	err := db.reads.QueryRowContext(ctx, "SELECT count(DISTINCT outbox) FROM firing "+
		"WHERE target = ? AND at >= ? AND outbox > 0 AND outcome <> 'muted'",
		db.targetHash(to), stamp(since)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the reminders of a chat: %w", err)
	}
	return n, nil
}

// PutOff keeps the messages of reminders that have not gone out yet back until
// the time given, and has them get stale so long after it. It gives how many.
func (db *DB) PutOff(ctx context.Context, until time.Time, lasts time.Duration) (int, error) {
	done, err := db.sql.ExecContext(ctx, `UPDATE outbox SET not_before = ?1, expires = ?2
		WHERE status = 'pending' AND not_before < ?1 AND id IN (SELECT outbox FROM firing WHERE outcome = 'queued')`,
		stamp(until), stamp(until.Add(lasts)))
	if err != nil {
		return 0, fmt.Errorf("put reminders off: %w", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// settleFirings carries the result of a message over to what it reminds of. A
// message that a person has put back is waited for again.
func settleFirings(ctx context.Context, tx *sql.Tx, message int64, o Outcome, reason string) error {
	_, err := tx.ExecContext(ctx, "UPDATE firing SET outcome = ?, reason = ?, told = 0 WHERE outbox = ? AND outcome <> 'muted'",
		o, reason, message)
	if err != nil {
		return fmt.Errorf("settle the reminders of message %d: %w", message, err)
	}
	return nil
}

// Untold gives up to limit times of reminders that failed, are uncertain or
// were missed, and of which nobody was told.
func (db *DB) Untold(ctx context.Context, limit int) ([]Firing, error) {
	return db.firings(ctx, "WHERE f.told = 0 AND f.outcome IN ('failed', 'unknown', 'missed') "+
		"ORDER BY f.at, f.reminder, f.due LIMIT ?", limit)
}

// Firings gives the last times of a reminder, newest first.
func (db *DB) Firings(ctx context.Context, reminder int64, limit int) ([]Firing, error) {
	return db.firings(ctx, "WHERE f.reminder = ? ORDER BY f.due DESC LIMIT ?", reminder, limit)
}

func (db *DB) firings(ctx context.Context, where string, args ...any) ([]Firing, error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT f.reminder, f.due, f.outcome, f.reason, f.at, r.channel, r.chat, r.grp, r.state "+
		"FROM firing AS f JOIN reminder AS r ON r.id = f.reminder "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read what became of reminders: %w", err)
	}
	defer rows.Close()
	var all []Firing
	for rows.Next() {
		var f Firing
		var due, at int64
		err := rows.Scan(&f.Reminder, &due, &f.Outcome, &f.Reason, &at, &f.Target.Channel, &f.Target.Chat, &f.Target.Group, &f.State)
		if err != nil {
			return nil, fmt.Errorf("read what became of a reminder: %w", err)
		}
		f.Due, f.At = unstamp(due), unstamp(at)
		all = append(all, f)
	}
	return all, rows.Err()
}

// TellOf puts news of firings into the outbox and marks them as told, in one
// transaction, so that they are told once.
func (db *DB) TellOf(ctx context.Context, now time.Time, of []Firing, outs ...Out) error {
	return db.tx(ctx, func(tx *sql.Tx) error {
		for _, o := range outs {
			if _, err := enqueue(ctx, tx, now, o); err != nil {
				return err
			}
		}
		for _, f := range of {
			_, err := tx.ExecContext(ctx, "UPDATE firing SET told = 1 WHERE reminder = ? AND due = ? AND outcome = ?",
				f.Reminder, stamp(f.Due), f.Outcome)
			if err != nil {
				return fmt.Errorf("mark as told: %w", err)
			}
		}
		return nil
	})
}
