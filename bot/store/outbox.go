package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"zujian/bot/chat"
)

// Status says where a message of the outbox stands.
type Status string

// The states of a message. Sending is the time between the claim and the
// result; a program killed there leaves Unknown.
const (
	Pending Status = "pending"
	Sending Status = "sending"
	Sent    Status = "sent"
	Failed  Status = "failed"
	Unknown Status = "unknown" // never sent again by itself
)

// Rank says what goes first.
type Rank int

// What goes before what.
const (
	RankUrgent   Rank = -1 // somebody is in danger, or we are overrun
	RankReply    Rank = 0
	RankReminder Rank = 1
)

// Out is a message to be sent. Zero NotBefore means at once; zero Expires
// means that it never gets stale.
type Out struct {
	Target    chat.Target
	Others    []chat.Target // where it may go instead, best first
	Text      string
	Rank      Rank
	NotBefore time.Time
	Expires   time.Time
}

// Item is a message of the outbox. Text is gone once the message was sent.
type Item struct {
	ID      int64
	Target  chat.Target
	Text    string
	Status  Status
	Reason  string
	Tries   int
	Created time.Time
}

// Enqueue puts messages into the outbox in their order and gives their ids.
func (db *DB) Enqueue(ctx context.Context, now time.Time, outs ...Out) ([]int64, error) {
	ids := make([]int64, 0, len(outs))
	err := db.tx(ctx, func(tx *sql.Tx) error {
		for _, o := range outs {
			id, err := enqueue(ctx, tx, now, o)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids, err
}

func enqueue(ctx context.Context, tx *sql.Tx, now time.Time, o Out) (int64, error) {
	others, err := encodeOthers(o.Others)
	if err != nil {
		return 0, err
	}
	done, err := tx.ExecContext(ctx, `INSERT INTO outbox (channel, chat, grp, ref, text, status, created, not_before, expires, others, rank)
		VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)`, o.Target.Channel, o.Target.Chat, o.Target.Group, o.Target.Ref, o.Text,
		stamp(now), stamp(o.NotBefore), stamp(o.Expires), others, o.Rank)
	if err != nil {
		return 0, fmt.Errorf("put a message into the outbox: %w", err)
	}
	return done.LastInsertId()
}

// due is the first message of the chat whose turn it is: the next by name, of
// one rank, behind the chat that was served last. Chats that are held, or have a
// message on its way, are left out; one that is meant for later keeps nobody
// waiting. %[1]s lists the names in a JSON array, %[2]s is what an engine needs in
// which several programs claim at once.
const due = `SELECT id, chat, grp, ref, text, tries, created, expires FROM outbox AS o
	WHERE channel = ?1 AND rank = ?2 AND status = 'pending' AND (chat, grp) > (?3, ?4) AND not_before <= ?5
	AND o.grp || o.chat NOT IN (%[1]s)
	AND NOT EXISTS (SELECT 1 FROM outbox AS p WHERE p.channel = o.channel AND p.chat = o.chat AND p.grp = o.grp
		AND p.status = 'sending') %[2]s`

// Claim takes the next message that is due and marks it as being sent; nil
// where none is. What is urgent goes before answers, and those before reminders;
// within a rank chats get theirs in turn, and a chat its own in their order. A
// message that has got stale meanwhile is failed, not given.
func (db *DB) Claim(ctx context.Context, channel string, now time.Time) (*Item, error) {
	if at, any, err := db.NextDue(ctx, channel); err == nil && (!any || at.After(now)) {
		return nil, nil // a pump looks every minute: without taking the lock that writing takes
	}
	held, err := db.turns.waiting(channel, now)
	if err != nil {
		return nil, fmt.Errorf("claim a message: %w", err)
	}
	var got *Item
	err = db.tx(ctx, func(tx *sql.Tx) error {
		for {
			item, expires, err := db.nextDue(ctx, tx, channel, now, held)
			if err != nil || item == nil {
				return err
			}
			if expires == 0 || expires > stamp(now) {
				got = item
				_, err = tx.ExecContext(ctx, "UPDATE outbox SET status = 'sending', tries = tries + 1 WHERE id = ?", item.ID)
				return err
			}
			if err := settle(ctx, tx, item.ID, Result{Status: Failed, Reason: "过时了，没有再发", At: now}); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("claim a message: %w", err)
	}
	return got, nil
}

// nextDue gives the message whose turn it is, and notes that its chat has had
// its turn.
func (db *DB) nextDue(ctx context.Context, tx *sql.Tx, channel string, now time.Time, held string) (*Item, int64, error) {
	for rank := RankUrgent; rank <= RankReminder; rank++ {
		last := db.turns.last(channel, rank)
		for _, behind := range slices.Compact([]chatOf{last, {}}) { // at the end of the names it begins anew
			item := &Item{Target: chat.Target{Channel: channel}, Status: Sending}
			var created, expires int64
			err := tx.QueryRowContext(ctx, db.engine.due, channel, rank, behind.Chat, behind.Group, stamp(now), held).Scan(
				&item.ID, &item.Target.Chat, &item.Target.Group, &item.Target.Ref, &item.Text, &item.Tries, &created, &expires)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			item.Tries++
			item.Created = unstamp(created)
			db.turns.serve(rank, chatOf{channel, item.Target.Chat, item.Target.Group})
			return item, expires, err
		}
	}
	return nil, 0, nil
}

// NextDue gives when the earliest waiting message of the channel may go.
func (db *DB) NextDue(ctx context.Context, channel string) (at time.Time, ok bool, err error) {
	var ms sql.NullInt64
	err = db.reads.QueryRowContext(ctx, "SELECT min(not_before) FROM outbox WHERE channel = ? AND status = 'pending'", channel).Scan(&ms)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("look for the next message: %w", err)
	}
	return unstamp(ms.Int64), ms.Valid, nil
}
