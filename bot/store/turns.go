package store

import (
	"encoding/json"
	"sync"
	"time"

	"zujian/bot/chat"
)

// turns says whose turn it is to be sent to. It is in memory: after a start
// nobody has been served.
type turns struct {
	mu     sync.Mutex
	held   map[chatOf]time.Time // chats that wait alone, and until when
	served map[turn]chatOf      // the chat that was served last
}

// turn is what chats of one channel take turns in.
type turn struct {
	channel string
	rank    Rank
}

// chatOf is one chat of one channel.
type chatOf struct {
	Channel, Chat string
	Group         bool
}

// Hold has nothing be claimed for a chat before a time, while the others go on.
func (db *DB) Hold(to chat.Target, until time.Time) {
	t := &db.turns
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held == nil {
		t.held = map[chatOf]time.Time{}
	}
	t.held[chatOf{to.Channel, to.Chat, to.Group}] = until
}

// waiting gives the held chats of a channel as SQL takes them.
func (t *turns) waiting(channel string, now time.Time) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	names := []string{}
	for c, until := range t.held {
		switch {
		case !now.Before(until):
			delete(t.held, c)
		case c.Channel == channel:
			names = append(names, c.name())
		}
	}
	data, err := json.Marshal(names)
	return string(data), err
}

// name is the chat within its channel, as the query of due messages writes it.
func (c chatOf) name() string {
	if c.Group {
		return "1" + c.Chat
	}
	return "0" + c.Chat
}

// last gives the chat that was served last.
func (t *turns) last(channel string, rank Rank) chatOf {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.served[turn{channel, rank}]
}

// serve notes that a chat was served.
func (t *turns) serve(rank Rank, c chatOf) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.served == nil {
		t.served = map[turn]chatOf{}
	}
	t.served[turn{c.Channel, rank}] = c
}
