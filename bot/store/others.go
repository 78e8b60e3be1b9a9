package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"zujian/bot/chat"
)

// other is a target as it is kept beside a message.
type other struct {
	Channel string `json:"channel"`
	Chat    string `json:"chat"`
	Group   bool   `json:"group,omitempty"`
}

func encodeOthers(all []chat.Target) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	var kept []other
	for _, t := range all {
		kept = append(kept, other{t.Channel, t.Chat, t.Group})
	}
	data, err := json.Marshal(kept)
	return string(data), err
}

func decodeOthers(text string) ([]chat.Target, error) {
	if text == "" {
		return nil, nil
	}
	var kept []other
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, fmt.Errorf("read where a message may go instead: %w", err)
	}
	var all []chat.Target
	for _, o := range kept {
		all = append(all, chat.Target{Channel: o.Channel, Chat: o.Chat, Group: o.Group})
	}
	return all, nil
}

// Waiting gives the ids of the channel's messages that wait and may go
// elsewhere, oldest first.
func (db *DB) Waiting(ctx context.Context, channel string, limit int) ([]int64, error) {
	rows, err := db.reads.QueryContext(ctx, "SELECT id FROM outbox WHERE channel = ? AND status = 'pending' AND others <> '' "+
		"ORDER BY id LIMIT ?", channel, limit)
	if err != nil {
		return nil, fmt.Errorf("look for messages that may go elsewhere: %w", err)
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read a message that may go elsewhere: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// MoveOn gives a message that certainly did not go out to the first other target
// that reaches says can be reached now; false where there is none, and nothing
// is changed then. It is one message all the time, so that it goes out once.
// back has the target that it leaves stay among those it may go to later.
func (db *DB) MoveOn(ctx context.Context, id int64, back bool, reaches func(chat.Target) bool) (to chat.Target, moved bool, err error) {
	var from chat.Target
	var text string
	err = db.reads.QueryRowContext(ctx,
		"SELECT channel, chat, grp, others FROM outbox WHERE id = ? AND status IN ('pending', 'sending')", id).
		Scan(&from.Channel, &from.Chat, &from.Group, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return chat.Target{}, false, nil
	}
	if err != nil {
		return chat.Target{}, false, fmt.Errorf("look at a message that may go elsewhere: %w", err)
	}
	others, err := decodeOthers(text)
	if err != nil {
		return chat.Target{}, false, err
	}
	i := slices.IndexFunc(others, reaches) // outside of a transaction: it may ask the store
	if i < 0 {
		return chat.Target{}, false, nil
	}
	to = others[i]
	others = slices.Delete(others, i, i+1)
	if back {
		others = append(others, from)
	}
	rest, err := encodeOthers(others)
	if err != nil {
		return chat.Target{}, false, err
	}
	done, err := db.sql.ExecContext(ctx, `UPDATE outbox SET channel = ?, chat = ?, grp = ?, ref = '', status = 'pending', others = ?
		WHERE id = ? AND channel = ? AND others = ? AND status IN ('pending', 'sending')`,
		to.Channel, to.Chat, to.Group, rest, id, from.Channel, text)
	if err != nil {
		return chat.Target{}, false, fmt.Errorf("move a message on: %w", err)
	}
	n, err := done.RowsAffected()
	return to, n > 0, err
}
