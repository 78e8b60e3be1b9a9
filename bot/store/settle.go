package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zujian/bot/chat"
)

// Result is what became of a claimed message: Sent, Failed or Unknown.
type Result struct {
	Status  Status
	Reason  string // for the operator, in Chinese; empty when sent
	Receipt string
	At      time.Time
}

// Settle writes the result of a claimed message. The text of a sent message is
// wiped, and of a direct chat also whose it was.
func (db *DB) Settle(ctx context.Context, id int64, r Result) error {
	return db.tx(ctx, func(tx *sql.Tx) error { return settle(ctx, tx, id, r) })
}

func settle(ctx context.Context, tx *sql.Tx, id int64, r Result) error {
	_, err := tx.ExecContext(ctx, "UPDATE outbox SET status = ?, reason = ?, receipt = ?, finished = ? WHERE id = ?",
		r.Status, r.Reason, r.Receipt, stamp(r.At), id)
	if err == nil && r.Status == Sent {
		_, err = tx.ExecContext(ctx, "UPDATE outbox SET text = '', ref = '', chat = CASE grp WHEN 1 THEN chat ELSE '' END WHERE id = ?", id)
	}
	if err != nil {
		return fmt.Errorf("settle message %d: %w", id, err)
	}
	return settleFirings(ctx, tx, id, Outcome(r.Status), r.Reason)
}

// Postpone gives a claimed message back, to be claimed again before those after
// it in its chat. It is only for a message that is known not to have gone out.
func (db *DB) Postpone(ctx context.Context, id int64, reason string) error {
	_, err := db.sql.ExecContext(ctx, "UPDATE outbox SET status = 'pending', reason = ? WHERE id = ? AND status = 'sending'", reason, id)
	if err != nil {
		return fmt.Errorf("postpone message %d: %w", id, err)
	}
	return nil
}

// Reclaim marks the messages that an earlier run left on their way as unknown
// and gives how many there were. Whoever sends for the channel calls it once
// before claiming; nobody else may be sending.
func (db *DB) Reclaim(ctx context.Context, channel string, now time.Time) (int, error) {
	const reason = "发送时程序中断，不知道发出去没有"
	n := int64(0)
	err := db.tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE firing SET outcome = 'unknown', reason = ?, told = 0 "+
			"WHERE outcome = 'queued' AND outbox IN (SELECT id FROM outbox WHERE channel = ? AND status = 'sending')", reason, channel)
		if err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, "UPDATE outbox SET status = 'unknown', reason = ?, finished = ? "+
			"WHERE channel = ? AND status = 'sending'", reason, stamp(now), channel)
		if err != nil {
			return err
		}
		n, err = done.RowsAffected()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("look after interrupted messages: %w", err)
	}
	return int(n), nil
}

// ErrNotOpen says that a message is not one a person may decide about.
var ErrNotOpen = errors.New("store: the message is neither unknown nor failed")

// Resend puts an unknown or failed message back by a person's decision.
func (db *DB) Resend(ctx context.Context, id int64) error {
	return db.decide(ctx, id, FiringQueued,
		"UPDATE outbox SET status = 'pending', not_before = 0, expires = 0, finished = 0 WHERE id = ? AND status IN ('unknown', 'failed')")
}

// ResendTo puts an unknown or failed message back for another chat.
func (db *DB) ResendTo(ctx context.Context, id int64, to chat.Target) error {
	return db.decide(ctx, id, FiringQueued,
		"UPDATE outbox SET status = 'pending', not_before = 0, expires = 0, finished = 0, others = '', ref = '', "+
			"channel = ?, chat = ?, grp = ? WHERE id = ? AND status IN ('unknown', 'failed')",
		to.Channel, to.Chat, to.Group)
}

// Discard forgets an unknown or failed message by a person's decision.
func (db *DB) Discard(ctx context.Context, id int64) error {
	return db.decide(ctx, id, FiringDropped, "DELETE FROM outbox WHERE id = ? AND status IN ('unknown', 'failed')")
}

// decide carries out a person's decision about a message.
func (db *DB) decide(ctx context.Context, id int64, o Outcome, query string, args ...any) error {
	return db.tx(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query, append(args, id)...)
		if err != nil {
			return fmt.Errorf("decide about message %d: %w", id, err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return ErrNotOpen
		}
		return settleFirings(ctx, tx, id, o, "")
	})
}

// Troubled lists unknown and failed messages, newest first, for the operator.
func (db *DB) Troubled(ctx context.Context, limit int) ([]Item, error) {
	rows, err := db.reads.QueryContext(ctx, `SELECT id, channel, chat, grp, text, status, reason, tries, created
		FROM outbox WHERE status IN ('unknown', 'failed') ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("list troubled messages: %w", err)
	}
	defer rows.Close()
	var items []Item
	for rows.Next() {
		it, created := Item{Target: chat.Target{}}, int64(0)
		err := rows.Scan(&it.ID, &it.Target.Channel, &it.Target.Chat, &it.Target.Group,
			&it.Text, &it.Status, &it.Reason, &it.Tries, &created)
		if err != nil {
			return nil, fmt.Errorf("read a troubled message: %w", err)
		}
		it.Created = unstamp(created)
		items = append(items, it)
	}
	return items, rows.Err()
}

// Counts gives how many messages stand where.
func (db *DB) Counts(ctx context.Context) (map[Status]int, error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT status, count(*) FROM outbox GROUP BY status")
	if err != nil {
		return nil, fmt.Errorf("count the outbox: %w", err)
	}
	defer rows.Close()
	counts := map[Status]int{}
	for rows.Next() {
		var s Status
		var n int
		if err := rows.Scan(&s, &n); err != nil {
			return nil, fmt.Errorf("count the outbox: %w", err)
		}
		counts[s] = n
	}
	return counts, rows.Err()
}
