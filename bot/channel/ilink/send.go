package ilink

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"time"

	"zujian/bot/chat"
)

// Send sends a text to a person who wrote to us, once and in answer to his last
// message. Sends go out one at a time. It fails with chat.ErrNoTarget for
// somebody who never wrote, and with chat.ErrWindowClosed where he has to write
// again first. An error for which chat.NotSent is false means that the message
// may have gone out.
func (c *Channel) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	return c.Deliver(func(s *session) (chat.Receipt, error) {
		if to.Group {
			return chat.Receipt{}, chat.ErrNoTarget
		}
		token, err := c.keeper.spend(to.Chat, time.Now())
		if err != nil {
			return chat.Receipt{}, err
		}
		receipt, err := c.post(ctx, s, to.Chat, token, text)
		if errors.Is(err, chat.ErrTooOften) {
			err = chat.TooOften{Chat: true, Code: codeTooOften} // it is said of one person
		}
		if chat.NotSent(err) {
			c.keeper.giveBack(to.Chat, token)
		}
		return receipt, err
	})
}

// post makes the request. The end of the session does not cut it short: it
// would leave open whether the message went out.
func (c *Channel) post(ctx context.Context, s *session, person, token, text string) (chat.Receipt, error) {
	id := clientID()
	var answer sentAnswer
	err := c.ask(ctx, request{base: s.who.BaseURL, path: pathSend, token: s.who.Token, body: map[string]any{"msg": map[string]any{
		"from_user_id": "", "to_user_id": person, "client_id": id, "message_type": typeBot, "message_state": 2, // finished
		"context_token": token, "item_list": []any{map[string]any{"type": itemText, "text_item": map[string]string{"text": text}}},
	}}}, &answer)
	if err == nil {
		err = answer.err()
	}
	if err != nil {
		return chat.Receipt{}, err
	}
	if answer.ID != "" {
		id = string(answer.ID)
	}
	return chat.Receipt{ID: id, At: time.Now()}, nil
}

// clientID names one message, so that the far end would know a repeat.
func clientID() string {
	var b [12]byte
	rand.Read(b[:]) // it never fails
	return "zujian-" + hex.EncodeToString(b[:])
}
