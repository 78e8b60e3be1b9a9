package wecom

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode"

	"zujian/bot/chat"
)

// largestContent is how many bytes the words of a message may have.
const largestContent = 20480

// Send sends a text, as Markdown that reads as the text is written, and waits
// for WeCom's answer. The first after a message goes out under the message's
// req_id, as its answer; every other is pushed. An error for which chat.NotSent
// is false means that the message may have gone out.
func (c *Channel) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	id, err := c.find(to)
	if err != nil {
		return chat.Receipt{}, err
	}
	words := render(text)
	if len(words) > largestContent {
		return chat.Receipt{}, chat.ErrRejected
	}
	return c.Deliver(func(l *link) (chat.Receipt, error) {
		if wait := c.limits.wait(id, time.Now()); wait > 0 {
			return chat.Receipt{}, chat.TooOften{After: wait, Chat: true}
		}
		o := l.takeOpen(to.Ref)
		req, err := c.deliver(ctx, l, to, id, words, o)
		if err == nil || !chat.NotSent(err) {
			c.limits.count(id, time.Now())
		}
		if err == nil {
			c.offer(ctx, l, addressed(to, id), asked{id, o.person}, text)
		}
		if errors.Is(err, errUnsubscribed) {
			l.End(errUnsubscribed) // the connection stands, but WeCom has forgotten who we are
		}
		return chat.Receipt{ID: req, At: time.Now()}, err
	})
}

// find gives the chatid of a target: that of the group's name, or what WeCom
// itself calls the chat. A name that nobody gave a chatid is none.
func (c *Channel) find(to chat.Target) (string, error) {
	if id := c.chats[to.Chat]; id != "" && to.Group {
		return id, nil
	}
	for _, r := range to.Chat {
		if to.Group && r > unicode.MaxASCII || unicode.IsSpace(r) {
			return "", chat.ErrNoTarget
		}
	}
	if to.Chat == "" {
		return "", chat.ErrNoTarget
	}
	return to.Chat, nil
}

// deliver answers the message that the target came from, or pushes, and gives
// the req_id.
func (c *Channel) deliver(ctx context.Context, l *link, to chat.Target, id, words string, o opening) (string, error) {
	switch o.cmd {
	case cmdWelcome:
		code, err := l.ask(ctx, cmdWelcome, to.Ref, obj{"msgtype": "markdown", "markdown": obj{"content": words}})
		return to.Ref, outcome(code, err)
	case cmdRespond:
		body := obj{"msgtype": "stream", "stream": obj{
			"id": l.newID("stream"), "finish": true, "content": words, "feedback": obj{"id": to.Ref}}}
		code, err := l.ask(ctx, cmdRespond, to.Ref, body)
		if err != nil || !late(code) {
			return to.Ref, outcome(code, err)
		}
	}
	req := l.newID(cmdSend)
	code, err := l.push(ctx, req, addressed(to, id), "markdown", obj{"content": words})
	return req, outcome(code, err)
}

// addressed names a chat as a push wants it.
func addressed(to chat.Target, id string) obj {
	if to.Group {
		return obj{"chatid": id, "chat_type": 2}
	}
	return obj{"chatid": id, "chat_type": 1}
}

// outcome is what the answer to a send, or the want of one, says of it.
func outcome(code int, err error) error {
	switch {
	case err == nil:
		return meaning(code)
	case errors.Is(err, errNotReady), errors.Is(err, errNotAlone):
		return chat.ErrUnreachable
	case errors.Is(err, errUnwritten):
		return chat.ErrRejected
	}
	return fmt.Errorf("send: %w", err)
}
