package desk

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// Figures count messages since the start.
type Figures struct {
	Answered   int64 // with a reply in the outbox
	Limited    int64 // over a person's limit, or the chat's queue full
	Ignored    int64 // not for us, our own, old or a duplicate
	NotStored  int64 // the store failed: the reply is lost, and logged
	LargestRow int64 // messages that waited in one chat at most
}

// Runner works on messages: one bounded queue a chat, served in turn by a few
// workers, so that a busy group does not keep the others waiting. Replies go
// into the outbox.
type Runner struct {
	// Direct sends notices that we are busy past the outbox, and replies while the
	// disk takes nothing, of which Unwritable hears once. They are set before the
	// first message; nil: such replies are lost.
	Direct     func(outs ...store.Out)
	Unwritable func()
	// Behind reports whether a channel's answers wait too long for their turn to be
	// sent, as Pump.Behind does. It is set before the first message; nil: never.
	Behind func(channel string) bool

	d     *Desk
	wake  func(channel string)
	limit sync.Map // longest text by channel, in runes

	mu      sync.Mutex
	cond    *sync.Cond
	rows    map[chatKey]*row
	ready   []*row          // rows with work that nobody is at
	told    Seldom[chatKey] // chats that were told that we are busy
	closed  bool
	full    atomic.Bool // the disk took nothing at the last try
	keeping sync.Mutex
	done    sync.WaitGroup

	settling sync.WaitGroup // turns of which it is not known whether they are kept

	answered, limited, ignored, notStored, largest atomic.Int64
	tally                                          tally
}

// chatKey tells chats apart.
type chatKey struct {
	channel, chat, twin string
	group               bool
}

type row struct {
	key   chatKey
	jobs  []job
	since time.Time // when it was last made ready
}

type job struct {
	in chat.Inbound
	h  handling
}

// NewRunner starts the workers. wake is called with the channel's name after
// something was put into the outbox; longest gives the longest text of each
// channel in runes. Close ends the workers.
func (d *Desk) NewRunner(wake func(channel string), longest map[string]int) *Runner {
	r := &Runner{d: d, wake: wake, rows: map[chatKey]*row{}}
	for channel, runes := range longest {
		r.Serve(channel, runes)
	}
	r.cond = sync.NewCond(&r.mu)
	for range d.opts.Workers {
		r.done.Go(r.serve)
	}
	return r
}

// Serve has replies go out by a channel as well, which takes so many runes at
// once.
func (r *Runner) Serve(channel string, longest int) { r.limit.Store(channel, longest) }

// Leave has nothing more be told by a channel.
func (r *Runner) Leave(channel string) { r.limit.Delete(channel) }

// Deliver takes a message; it is a chat.Handler and never waits.
func (r *Runner) Deliver(in chat.Inbound) {
	if in.Recalls != "" {
		r.d.undone.add(in.Channel, in.Recalls)
		return
	}
	h := r.d.admit(in)
	if h == ignored {
		r.ignored.Add(1)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		r.ignored.Add(1)
		return
	}
	key := chatOf(in)
	q := r.rows[key]
	if q == nil {
		q = &row{key: key, since: r.d.now()}
		r.rows[key] = q
		r.ready = append(r.ready, q)
	}
	if h, ok := r.room(q, h); ok {
		if h == busy { // it is no use behind all the others
			q.jobs = slices.Insert(q.jobs, 0, job{in, h})
		} else {
			q.jobs = append(q.jobs, job{in, h})
		}
		r.largest.Store(max(r.largest.Load(), int64(len(q.jobs))))
		r.cond.Signal()
	}
}

// room reports whether the row takes the message. Where it is full, the first
// message in a minute becomes a notice, which all in the chat read.
func (r *Runner) room(q *row, h handling) (handling, bool) {
	if len(q.jobs) < r.d.habits.Load().QueueSize {
		return h, true
	}
	if h == perhaps {
		r.ignored.Add(1)
		return h, false
	}
	if r.told.First(q.key, r.d.now(), limitWindow) {
		return busy, true
	}
	r.limited.Add(1)
	return h, false
}

// busy is a message that found the row full and is answered with a notice.
const busy handling = -1

// serve is one worker. A row that is being worked on is in no list, so that
// the messages of a chat are answered in turn.
func (r *Runner) serve() {
	for {
		r.mu.Lock()
		for len(r.ready) == 0 && !r.closed {
			r.cond.Wait()
		}
		if len(r.ready) == 0 {
			r.mu.Unlock()
			return
		}
		q := r.ready[0]
		r.ready = r.ready[1:]
		j := q.jobs[0]
		q.jobs = q.jobs[1:]
		j = r.shed(q, j, len(r.ready))
		r.mu.Unlock()
		r.do(j)
		r.mu.Lock()
		if len(q.jobs) > 0 {
			q.since = r.d.now()
			r.ready = append(r.ready, q)
			r.cond.Signal()
		} else {
			delete(r.rows, q.key)
		}
		r.mu.Unlock()
	}
}

// do works on one message and puts the reply into the outbox.
func (r *Runner) do(j job) {
	began := time.Now()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	if j.h == ignored { // too late, and that was told
		r.limited.Add(1)
		return
	}
	if r.d.undone.has(j.in.Channel, j.in.ID) || r.d.seen(ctx, j.in) {
		r.ignored.Add(1)
		return
	}
	var m made
	switch {
	case (j.h == limited || j.h == busy || j.h == welcome) && r.d.muted(ctx, j.in):
	case j.h == limited:
		m = says(sayTooFast)
	case j.h == unread:
		m = says(sayUnread(j.in.Kind))
	case j.h == welcome:
		m = says(sayWelcome(j.in))
	case j.h == busy:
		m = made{replies: []string{sayBusy}, first: true}
	default:
		quiet := r.announce(ctx, j.in)
		m = r.d.work(ctx, j.in, j.h)
		quiet()
	}
	if len(m.replies) == 0 {
		r.ignored.Add(1)
		return
	}
	if j.h == busy && r.Direct != nil { // past the disk: it is there for the answers
		r.Direct(r.outs(j.in, m)...)
		r.limited.Add(1)
	} else {
		r.keep(ctx, j, m)
	}
	r.tally.add(m.status(), time.Since(began))
}

func (r *Runner) keep(ctx context.Context, j job, m made) {
	outs := r.outs(j.in, m)
	r.keeping.Lock() // one worker at a time, so that what sends has every second turn
	err := r.d.record(ctx, j.in, m, outs)
	r.keeping.Unlock()
	switch {
	case errors.Is(err, store.ErrSeen):
		r.ignored.Add(1)
	case err != nil:
		r.notStored.Add(1)
		r.d.log.Error("cannot record a turn", "channel", j.in.Channel, "error", err.Error())
		if store.Uncertain(err) && j.in.ID != "" {
			r.settling.Go(func() { r.settle(j.in, m, outs) })
		} else if store.Unwritable(err) && r.Direct != nil {
			r.unkept(ctx, outs)
		}
	default:
		r.full.Store(false)
		counter := &r.answered
		if j.h == limited || j.h == busy {
			counter = &r.limited
		}
		counter.Add(1)
		r.log(j.in, m)
		r.wake(j.in.Channel)
	}
}

// unkept sends replies that could not be written down, and tells once that
// nothing can.
func (r *Runner) unkept(ctx context.Context, outs []store.Out) {
	r.Direct(outs...)
	if r.full.Swap(true) {
		return
	}
	if r.Unwritable != nil {
		r.Unwritable()
	}
	chats, _, err := r.d.opts.Records.Operators(ctx)
	if err != nil {
		r.d.log.Error("cannot look for operators", "error", err.Error())
	}
	for _, to := range chats {
		r.Direct(store.Out{Target: to, Text: SayUnwritable})
	}
}

// log says that a message was dealt with, without its text or its writer.
func (r *Runner) log(in chat.Inbound, m made) {
	r.d.log.Info("replied", "channel", in.Channel, "group", in.Group, "status", m.status())
}

// outs makes messages of the replies, cut to what the channel carries.
func (r *Runner) outs(in chat.Inbound, m made) []store.Out {
	rank := store.RankReply
	if m.first {
		rank = store.RankUrgent
	}
	var outs []store.Out
	longest, _ := r.limit.Load(in.Channel)
	runes, _ := longest.(int)
	for _, text := range m.replies {
		for _, part := range chat.Split(chat.Plain(text), runes) {
			outs = append(outs, store.Out{Target: in.Target(), Text: part, Rank: rank, Expires: r.d.now().Add(r.d.opts.ReplyLasts)})
		}
	}
	return outs
}

// announce says once that we are looking if the work takes long; the function
// that it gives ends that, and nothing is said after it.
func (r *Runner) announce(ctx context.Context, in chat.Inbound) func() {
	if in.Once {
		return func() {}
	}
	said := make(chan struct{})
	timer := time.AfterFunc(r.d.opts.Announce, func() {
		defer close(said)
		if _, err := r.d.opts.Records.Enqueue(ctx, r.d.now(), r.outs(in, says(sayLooking))...); err == nil {
			r.wake(in.Channel)
		}
	})
	return func() {
		if !timer.Stop() {
			<-said
		}
	}
}

// newsLasts is how long news for operators waits for its channel.
const newsLasts = 24 * time.Hour

// Tell puts news for the operators into the outbox of every channel that has
// some, except the one named in but, which may be empty: a channel cannot tell
// of its own outage. It gives how many operators there are to hear it.
func (r *Runner) Tell(ctx context.Context, but, text string) (int, error) {
	chats, _, err := r.d.opts.Records.Operators(ctx)
	if err != nil {
		return 0, err
	}
	var outs []store.Out
	for _, to := range chats {
		if _, runs := r.limit.Load(to.Channel); runs && to.Channel != but {
			outs = append(outs, store.Out{Target: to, Text: text, Expires: r.d.now().Add(newsLasts)})
		}
	}
	if len(outs) == 0 {
		return 0, nil
	}
	if _, err := r.d.opts.Records.Enqueue(ctx, r.d.now(), outs...); err != nil {
		return 0, err
	}
	for _, o := range outs {
		r.wake(o.Target.Channel)
	}
	return len(outs), nil
}

// Figures gives the counts so far.
func (r *Runner) Figures() Figures {
	return Figures{r.answered.Load(), r.limited.Load(), r.ignored.Load(), r.notStored.Load(), r.largest.Load()}
}

// Close takes no more messages, works off those that wait and ends the
// workers. It may be called more than once.
func (r *Runner) Close() {
	r.mu.Lock()
	r.closed = true
	r.cond.Broadcast()
	r.mu.Unlock()
	r.done.Wait()
	r.settling.Wait()
}

// settle records a turn again until it is known to be kept, once: either it was,
// or it is now.
func (r *Runner) settle(in chat.Inbound, m made, outs []store.Out) {
	ctx, stop := context.WithTimeout(context.Background(), r.d.opts.ReplyLasts)
	defer stop()
	for chat.Pause(ctx, time.Second) {
		if err := r.d.record(ctx, in, m, outs); err == nil || errors.Is(err, store.ErrSeen) {
			r.wake(in.Channel)
			return
		}
		r.mu.Lock()
		closed := r.closed
		r.mu.Unlock()
		if closed {
			return
		}
	}
}
