package wechat

import (
	"context"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/chat"
)

// Send sends a text and gives WeChat's receipt. Sends go out one at a time. A
// group is found by its name, unless the target was got in this login; none or
// several of that name are refused. An error for which chat.NotSent is false
// means that the message may have gone out.
func (c *Channel) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	return c.Deliver(func(s *session) (chat.Receipt, error) { return s.send(ctx, to, text) })
}

// lastID keeps the ids of messages apart that are sent in one moment.
var lastID atomic.Int64

func (s *session) send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	user, err := s.roster.find(to)
	if err != nil {
		return chat.Receipt{}, err
	}
	// The end of the session does not cut a send short: it would leave open
	// whether the message went out.
	id := strconv.FormatInt(time.Now().UnixMilli()*1e4+lastID.Add(1)%1e4, 10)
	message := &openwechat.SendMessage{Content: text, FromUserName: s.roster.self, ToUserName: user, LocalID: id, ClientMsgId: id}
	sent, err := s.caller.WebWxSendMsg(ctx,
		&openwechat.CallerWebWxSendMsgOptions{LoginInfo: s.info, BaseRequest: s.request, Message: message})
	if err != nil {
		return chat.Receipt{}, meaning(err)
	}
	if sent.MsgId == "" {
		return chat.Receipt{}, errStrange
	}
	return chat.Receipt{ID: sent.MsgId, At: time.Now()}, nil
}

// find gives the user name of a target in this login.
func (r *roster) find(to chat.Target) (string, error) {
	if r.has(to) {
		return to.Ref, nil
	}
	err := r.refresh(askedLast)
	if err != nil && !chat.NotSent(err) {
		err = chat.ErrUnreachable // it was a request for contacts that failed
	}
	if err != nil {
		return "", err
	}
	users := r.all(to)
	switch len(users) {
	case 0:
		return "", chat.ErrNoTarget
	case 1:
		return users[0], nil
	}
	return "", chat.ErrAmbiguous
}

// has reports whether the target's handle is one of this login.
func (r *roster) has(to chat.Target) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if to.Group {
		return r.groups[to.Ref] != nil
	}
	return r.people[to.Ref] != nil
}

// all gives the user names of everything that the target's name may mean.
func (r *roster) all(to chat.Target) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !to.Group {
		return r.peopleNamed(to.Chat)
	}
	var users []string
	for user, g := range r.groups {
		if g.name == to.Chat {
			users = append(users, user)
		}
	}
	return users
}
