package wecom

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

const (
	dialTimeout  = 15 * time.Second
	answerWithin = 10 * time.Second // for a subscription or a message
	pingEvery    = 30 * time.Second // as WeCom's page asks
	unansweredIn = 2                // pings in a row, then the connection is dead
	largestFrame = 1 << 20          // bytes; a message is a few hundred
)

var (
	errDead = errors.New("pings are not answered")
	errLost = errors.New("the connection was lost")
)

// What an operator should do.
const (
	doTaken  = "另一个程序用同一个机器人接上了，这边先让开了，过一小时再试一次。请停掉另一个，再发“管理 重新登录”，或者停下这个程序再开。"
	doSecret = "企业微信没有认这个机器人。请核对配置里 [wecom] 的 bot_id 和密钥，改好以后停下程序再开。"
)

// protocol is the long connection as the loop of all channels sees it.
type protocol struct{ *Channel }

// Forget has nothing to drop: the secret is in the configuration.
func (protocol) Forget() {}

// advice says what to do where another program is in the way, or the secret is wrong.
func advice(err error) string {
	switch {
	case errors.Is(err, channel.ErrTaken):
		return doTaken
	case errors.Is(err, chat.ErrRefused):
		return doSecret
	}
	return ""
}

// Login connects and says who we are.
func (c protocol) Login(ctx context.Context, handle chat.Handler) (*link, error) {
	l, err := c.dial(ctx)
	if err != nil {
		return nil, err
	}
	l.done.Go(func() { l.read(func(f frame) error { return c.take(l, f, handle) }) })
	if err := c.subscribe(l); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// dial opens the connection.
func (c *Channel) dial(ctx context.Context) (*link, error) {
	within, stop := context.WithTimeout(ctx, dialTimeout)
	defer stop()
	conn, resp, err := websocket.Dial(within, c.opts.Address, &websocket.DialOptions{HTTPClient: c.client})
	if resp != nil && resp.Body != nil {
		defer resp.Body.Close()
	}
	if err != nil {
		return nil, chat.ErrUnreachable
	}
	conn.SetReadLimit(largestFrame)
	return newLink(ctx, conn), nil
}

// subscribe says who we are. The secret is in no other frame.
func (c *Channel) subscribe(l *link) error {
	code, err := l.ask(l.Ctx, cmdSubscribe, l.newID(cmdSubscribe), obj{"bot_id": c.opts.BotID, "secret": c.opts.Secret})
	if err != nil {
		if errors.Is(err, channel.ErrTaken) {
			return err
		}
		return fmt.Errorf("%w (subscribe)", chat.ErrUnreachable)
	}
	return subscribed(code)
}

// Stay pings until the connection ends, and gives why it did.
func (c protocol) Stay(l *link, _ chat.Handler) error {
	defer l.close()
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	answers := make(chan error, 1)
	for unanswered := 0; ; {
		select {
		case <-l.Ctx.Done():
			return context.Cause(l.Ctx)
		case err := <-answers:
			if err == nil {
				unanswered = 0
			}
			continue
		case <-tick.C:
		}
		if unanswered == unansweredIn {
			l.End(errDead)
			return errDead
		}
		unanswered++
		c.Well()
		l.done.Go(func() {
			_, err := l.ask(l.Ctx, cmdPing, l.newID(cmdPing), nil)
			select {
			case answers <- err:
			case <-l.Ctx.Done():
			}
		})
	}
}

// take deals with what comes that is no answer. It gives why the connection
// ends, where it does.
func (c *Channel) take(l *link, f frame, handle chat.Handler) error {
	switch f.Cmd {
	case cmdMessage:
		c.receive(l, f, handle)
	case cmdEvent:
		e := decodeEvent(f.Body)
		if e.Event.Type == eventTaken {
			return channel.ErrTaken
		}
		c.receiveEvent(l, f.Headers.ReqID, e, handle)
	}
	return nil // what is not known may be new, and is left alone
}
