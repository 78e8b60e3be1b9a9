package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"zujian/bot/channel"
)

// replyWithin is how long after a message it may be answered under its own
// req_id. WeCom gives up a stream after six minutes; later answers are pushed.
const replyWithin = 5 * time.Minute

// link is one connection.
type link struct {
	channel.Session
	conn *websocket.Conn
	mark string // keeps our req_ids apart from those of other connections
	last atomic.Int64
	done sync.WaitGroup // what runs for the connection
	// cardless says that WeCom took a card with buttons for none.
	cardless atomic.Bool

	mu      sync.Mutex
	waiting map[string]chan int // who waits for an answer, by req_id
	open    map[string]opening  // messages and events, by req_id
}

func newLink(ctx context.Context, conn *websocket.Conn) *link {
	l := &link{conn: conn, mark: fmt.Sprintf("%08x", rand.Uint32()), waiting: map[string]chan int{}, open: map[string]opening{}}
	l.Open(ctx)
	l.Firm = true
	l.done.Go(func() { // whatever ends it, the far end is let go
		<-l.Ctx.Done()
		_ = conn.CloseNow()
	})
	return l
}

// close ends the connection and waits for all that runs for it.
func (l *link) close() {
	l.End(errLost)
	l.done.Wait()
}

func (l *link) newID(cmd string) string {
	return fmt.Sprintf("%s_%s_%d", cmd, l.mark, l.last.Add(1))
}

// read hands on what comes until the connection ends. Frames that make no sense
// are left out: one of them is no reason to lose a connection.
func (l *link) read(take func(frame) error) {
	for {
		_, data, err := l.conn.Read(l.Ctx)
		if err != nil {
			l.End(errLost)
			return
		}
		f, err := decode(data)
		if err != nil {
			continue
		}
		if f.Cmd == "" {
			l.answered(f.Headers.ReqID, *f.Code)
		} else if err := take(f); err != nil {
			l.End(err)
			return
		}
	}
}

// answered passes an answer to whoever waits for it; others are dropped.
func (l *link) answered(id string, code int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.waiting[id]; w != nil {
		delete(l.waiting, id)
		w <- code
	}
}

var (
	errNoAnswer  = errors.New("no answer came")
	errNotAlone  = errors.New("the req_id is being answered already")
	errNotReady  = errors.New("the connection has ended")
	errUnwritten = errors.New("the frame cannot be written")
)

// ask sends a frame and gives the code of its answer. errNotReady, errNotAlone
// and errUnwritten mean that nothing was sent; with any other error it may
// have been.
func (l *link) ask(ctx context.Context, cmd, id string, body any) (int, error) {
	data, err := json.Marshal(request{Cmd: cmd, Headers: headers{id}, Body: body})
	if err != nil {
		return 0, errUnwritten
	}
	if l.Ctx.Err() != nil {
		return 0, errNotReady
	}
	answer := make(chan int, 1)
	if !l.await(id, answer) {
		return 0, errNotAlone
	}
	defer l.forget(id)
	within, stop := context.WithTimeout(ctx, answerWithin)
	defer stop()
	if err := l.conn.Write(within, websocket.MessageText, data); err != nil {
		l.End(errLost)
		return 0, errNoAnswer
	}
	select {
	case code := <-answer:
		return code, nil
	case <-within.Done():
		return 0, errNoAnswer
	case <-l.Ctx.Done():
		if errors.Is(context.Cause(l.Ctx), channel.ErrTaken) {
			return 0, channel.ErrTaken
		}
		return 0, errNoAnswer
	}
}

func (l *link) await(id string, answer chan int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting[id] != nil {
		return false
	}
	l.waiting[id] = answer
	return true
}

func (l *link) forget(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.waiting, id)
}

// maxOpen bounds what is remembered of messages that nobody answered.
const maxOpen = 10_000

// opening is a message or an event that nothing was sent in answer to yet: whose
// it is, and the command of an answer under its own req_id; empty: none is.
type opening struct {
	at     time.Time
	person string
	cmd    string
}

// opened notes a message or an event.
func (l *link) opened(id, person, cmd string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.open) >= maxOpen {
		maps.DeleteFunc(l.open, func(_ string, o opening) bool { return time.Since(o.at) > replyWithin })
	}
	if id != "" && len(l.open) < maxOpen {
		l.open[id] = opening{time.Now(), person, cmd}
	}
}

// takeOpen gives what came under a req_id over this connection, and counts it as
// answered; nothing where it is too old or was answered.
func (l *link) takeOpen(id string) opening {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.open[id]
	delete(l.open, id)
	if time.Since(o.at) >= replyWithin {
		return opening{}
	}
	return o
}

// push asks WeCom to send something of a kind to a chat, and gives the code.
func (l *link) push(ctx context.Context, req string, to obj, kind string, what obj) (int, error) {
	body := obj{"msgtype": kind, kind: what}
	maps.Copy(body, to)
	return l.ask(ctx, cmdSend, req, body)
}
