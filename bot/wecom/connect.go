package wecom

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"zujian/bot/chat"
)

const (
	dialTimeout  = 15 * time.Second
	answerWithin = 10 * time.Second // for a subscription or a message
	pingEvery    = 30 * time.Second // as WeCom's page asks
	unansweredIn = 2                // pings in a row, then the connection is dead
	largestFrame = 1 << 20          // bytes; a message is a few hundred
	steady       = time.Minute      // a connection that lasted so long was a good one
	refusedPause = 6 * time.Hour
	busyPause    = 5 * time.Minute // where connecting is too often
)

var (
	errTaken = errors.New("another connection of the robot took over")
	errDead  = errors.New("pings are not answered")
	errLost  = errors.New("the connection was lost")
)

// once is one connection from its beginning to its end, and how long it was
// subscribed.
func (c *Channel) once(ctx context.Context, handle chat.Handler) (time.Duration, error) {
	l, err := c.dial(ctx)
	if err != nil {
		return 0, err
	}
	defer l.close()
	l.done.Go(func() { l.read(func(f frame) error { return c.take(l, f, handle) }) })
	if err := c.subscribe(l); err != nil {
		return 0, err
	}
	began := time.Now()
	c.setCurrent(l)
	defer c.setCurrent(nil)
	c.say(chat.Online, "", "")
	err = c.stay(l)
	return time.Since(began), err
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
	code, err := l.ask(l.ctx, cmdSubscribe, l.newID(cmdSubscribe), obj{"bot_id": c.opts.BotID, "secret": c.opts.Secret})
	if err != nil {
		if errors.Is(err, errTaken) {
			return err
		}
		return fmt.Errorf("%w (subscribe)", chat.ErrUnreachable)
	}
	return subscribed(code)
}

// stay pings until the connection ends, and gives why it did.
func (c *Channel) stay(l *link) error {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	answers := make(chan error, 1)
	for unanswered := 0; ; {
		select {
		case <-l.ctx.Done():
			return context.Cause(l.ctx)
		case err := <-answers:
			if err == nil {
				unanswered = 0
			}
			continue
		case <-tick.C:
		}
		if unanswered == unansweredIn {
			l.end(errDead)
			return errDead
		}
		unanswered++
		c.well()
		l.done.Go(func() {
			_, err := l.ask(l.ctx, cmdPing, l.newID(cmdPing), nil)
			select {
			case answers <- err:
			case <-l.ctx.Done():
			}
		})
	}
}

// well ends Limited where nothing was sent for long; a send that goes through
// ends it otherwise.
func (c *Channel) well() {
	if r := c.Report(); r.State == chat.Limited && time.Since(r.Since) > 30*time.Minute {
		c.say(chat.Online, "", "")
	}
}

// take deals with what comes that is no answer. It gives why the connection
// ends, where it does.
func (c *Channel) take(l *link, f frame, handle chat.Handler) error {
	switch f.Cmd {
	case cmdMessage:
		c.receive(l, f, handle)
	case cmdEvent:
		if decodeEvent(f.Body) == eventTaken {
			return errTaken
		}
	}
	return nil // what is not known may be new, and is left alone
}

// What an operator should do.
const (
	doTaken  = "另一个程序用同一个机器人接上了，这边先让开了，过一小时再试一次。请停掉另一个，再发“管理 重新登录”，或者停下这个程序再开。"
	doSecret = "企业微信没有认这个机器人。请核对配置里 [wecom] 的 bot_id 和密钥，改好以后停下程序再开。"
)

// recoverFrom says what has happened and waits as long as it should. One
// failure alone, after all was well, is no outage.
func (c *Channel) recoverFrom(ctx context.Context, err error, failures int) {
	c.log.Warn("the connection ended", "cause", cause(err), "failures", failures)
	switch {
	case errors.Is(err, errTaken):
		c.say(chat.LoggedOut, cause(err), doTaken)
		c.waitForPerson(ctx, min(takenPause<<min(c.taken, 5), longestTaken))
		c.taken++
	case errors.Is(err, chat.ErrRefused):
		c.say(chat.Refused, cause(err), doSecret)
		c.waitForPerson(ctx, refusedPause)
	case errors.Is(err, chat.ErrTooOften):
		c.say(chat.Limited, cause(err), "")
		c.waitForPerson(ctx, busyPause<<min(failures-1, 3))
	default:
		if failures > 1 || c.Report().State != chat.Online {
			c.say(chat.Unreachable, cause(err), "")
		}
		chat.Pause(ctx, chat.Backoff(failures))
	}
}

// takenPause is how long another program is left alone: it may have ended, with
// nobody there to say so.
// Each time longer, so that two programs do not fight for one robot.
const (
	takenPause   = time.Hour
	longestTaken = 24 * time.Hour
)

// waitForPerson waits until an operator asks for a new connection, or for d.
func (c *Channel) waitForPerson(ctx context.Context, d time.Duration) {
	select {
	case <-c.relogin: // asked for before there was a reason
	default:
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.relogin:
	case <-timer.C:
	case <-ctx.Done():
	}
}
