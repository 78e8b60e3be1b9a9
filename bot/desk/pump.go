package desk

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// Outbox is what the pump sends from; store.DB is one.
type Outbox interface {
	Reclaim(ctx context.Context, channel string, now time.Time) (int, error)
	Claim(ctx context.Context, channel string, now time.Time) (*store.Item, error)
	NextDue(ctx context.Context, channel string) (time.Time, bool, error)
	Settle(ctx context.Context, id int64, r store.Result) error
	Postpone(ctx context.Context, id int64, reason string) error
	Hold(to chat.Target, until time.Time)
}

// Pump sends what is in the outbox through one channel, one message at a time
// and at the channel's pace. There must be one pump a channel.
type Pump struct {
	// Trouble hears of messages that did not go out or may not have: how many,
	// and whether Failed or Unknown. It is set before Run; it may be nil.
	Trouble func(status store.Status, n int)
	// Router takes messages to another channel that certainly did not go out
	// through this one. It is set before Run; nil: they wait.
	Router *Router

	channel chat.Channel
	box     Outbox
	log     *slog.Logger
	wake    chan struct{}
	unkept  chan store.Out // what cannot be put into the outbox
	owed    []owed         // results that could not be written down
	unsure  bool           // a claim failed: whether it was one is not known
	ending  atomic.Bool

	last   time.Time // when something was last sent
	hold   time.Time // nothing is sent before
	slowed bool      // the hold is for sending too often
	held   int       // holds in a row

	chats map[chatKey]int // how often in a row each chat was sent to too often

	waits atomic.Int64 // hold, for other goroutines; nanoseconds

	behind behind
}

// NewPump makes the pump of a channel; log may be nil.
func NewPump(channel chat.Channel, box Outbox, log *slog.Logger) *Pump {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Pump{channel: channel, box: box, log: log.With("channel", channel.Name()), wake: make(chan struct{}, 1),
		unkept: make(chan store.Out, mostUnkept), chats: map[chatKey]int{}}
}

// Wake has the pump look at the outbox: something was put in, or the channel
// has come back.
func (p *Pump) Wake() {
	p.behind.waiting.Add(1)
	p.look()
}

func (p *Pump) look() {
	select {
	case p.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// mostUnkept is how many messages wait in memory.
const mostUnkept = 1000

// Direct has messages go out past the outbox, once: notices that are of no use
// later, and answers where the disk takes nothing, since one that is not recorded
// is better than none. It gives how many found room.
func (p *Pump) Direct(outs ...store.Out) int {
	for i, o := range outs {
		select {
		case p.unkept <- o:
		default:
			return i
		}
	}
	p.look()
	return len(outs)
}

// sendUnkept sends one message that is in no outbox, if there is one.
func (p *Pump) sendUnkept(ctx context.Context) bool {
	select {
	case o := <-p.unkept:
		if !o.Expires.IsZero() && time.Now().After(o.Expires) {
			return true
		}
		ctx, stop := context.WithTimeout(ctx, sendTimeout)
		defer stop()
		_, err := p.channel.Send(ctx, o.Target, o.Text)
		p.last = time.Now()
		if chat.Passing(err) {
			p.pause(err)
			p.Direct(o)
		}
		return true
	default:
		return false
	}
}

// Finish has Run send what is due and return. In an outage it returns at once;
// what waits is sent by the next run.
func (p *Pump) Finish() {
	p.ending.Store(true)
	p.Wake()
}

func (p *Pump) trouble(status store.Status, n int) {
	if p.Trouble != nil {
		p.Trouble(status, n)
	}
}

const longestWait = time.Minute

// Run sends until ctx ends. A message that is on its way then is waited for.
// What an earlier run left on its way is marked as unknown first.
func (p *Pump) Run(ctx context.Context) error {
	p.unsure = true
	for turn := false; ctx.Err() == nil; { // what is in no outbox and what is in it go in turn
		if d := p.tooEarly(); d > 0 {
			p.behind.none()
			if p.ending.Load() && time.Until(p.hold) > 0 {
				return nil
			}
			p.passOn(ctx)
			p.rest(ctx, d)
			continue
		}
		if turn = !turn; turn && p.sendUnkept(context.WithoutCancel(ctx)) {
			continue
		}
		p.writeOwed(ctx)
		item, err := p.box.Claim(ctx, p.channel.Name(), time.Now())
		switch {
		case item == nil && len(p.unkept) > 0:
		case item == nil && p.ending.Load():
			return nil
		case err != nil && ctx.Err() == nil:
			p.unsure = true
			p.log.Error("cannot read the outbox", "error", err.Error())
			p.rest(ctx, 5*time.Second)
		case item == nil:
			p.behind.none()
			p.rest(ctx, p.untilDue(ctx))
		default:
			p.behind.one()
			p.send(context.WithoutCancel(ctx), item)
		}
	}
	return nil
}

// tooEarly gives how long to wait for the pace or the end of a hold. Jitter
// makes the pace up to half as long again.
func (p *Pump) tooEarly() time.Duration {
	pace := p.channel.Can().Pace
	if pace > 0 {
		pace += rand.N(pace/2 + 1)
	}
	wait := time.Duration(0)
	if !p.last.IsZero() {
		wait = pace - time.Since(p.last)
	}
	return max(wait, time.Until(p.hold))
}

func (p *Pump) untilDue(ctx context.Context) time.Duration {
	at, ok, err := p.box.NextDue(ctx, p.channel.Name())
	if err != nil || !ok {
		return longestWait
	}
	return min(max(time.Until(at), time.Second), longestWait)
}

// rest waits for d or for Wake. A hold that is for an outage ends where the
// channel is back; one for sending too often does not.
func (p *Pump) rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-p.wake:
		if !p.slowed && p.channel.Report().State == chat.Online {
			p.hold = time.Time{}
			p.waits.Store(0)
		}
	}
}

const sendTimeout = time.Minute

// send sends one claimed message and writes down what became of it.
func (p *Pump) send(ctx context.Context, item *store.Item) {
	limited, stop := context.WithTimeout(ctx, sendTimeout)
	defer stop()
	receipt, err := p.channel.Send(limited, item.Target, item.Text)
	p.last = time.Now()
	if chat.Passing(err) {
		p.later(ctx, item, err)
		return
	}
	p.held, p.slowed = 0, false
	clear(p.chats)
	if err != nil && chat.NotSent(err) && p.Router.moveOn(ctx, item.ID, false, p.channel.Name()) {
		return // this channel cannot take it; another may
	}
	result := store.Result{Status: store.Sent, Receipt: receipt.ID, At: p.last}
	if err != nil {
		result.Status, result.Reason = store.Unknown, chat.Explain(err)
		if chat.NotSent(err) {
			result.Status = store.Failed
		}
		p.log.Warn("a message did not go out or may not have", "id", item.ID, "status", string(result.Status), chat.Stack(err))
	}
	if err := p.box.Settle(ctx, item.ID, result); err != nil {
		p.owed = append(p.owed, owed{item.ID, result})
		p.log.Error("cannot write a result down", "id", item.ID, "error", err.Error())
	}
	if result.Status != store.Sent {
		p.trouble(result.Status, 1)
	}
}

// later gives a message back that is known not to have gone out, and holds the
// channel: a quarter of a minute and more in an outage, minutes where we sent
// too often, unless the channel knows how long.
func (p *Pump) later(ctx context.Context, item *store.Item, err error) {
	alone := p.holdChat(item.Target, err)
	if !alone {
		p.pause(err)
	}
	if err := p.box.Postpone(ctx, item.ID, chat.Explain(err)); err != nil {
		p.log.Error("cannot give a message back", "id", item.ID, "error", err.Error())
	}
	if alone {
		p.Router.moveOn(ctx, item.ID, true, p.channel.Name())
		return
	}
	p.passOn(ctx)
}

// mostAlone is how many chats the far end may find too busy, one after the
// other, before it is taken to mean all of them.
const mostAlone = 2

// holdChat has one chat wait alone where the error is its own, and reports
// whether it was.
func (p *Pump) holdChat(to chat.Target, err error) bool {
	limit := chat.TooOften{}
	if !errors.As(err, &limit) || !limit.Chat {
		return false
	}
	key := chatKey{channel: to.Channel, chat: to.Chat, group: to.Group}
	wait := limit.After
	if wait == 0 {
		wait = min(time.Minute<<min(p.chats[key], 5), 30*time.Minute)
		if p.chats[key]++; len(p.chats) > mostAlone {
			return false
		}
	}
	p.log.Info("a chat waits", "seconds", int(wait.Seconds()))
	p.box.Hold(to, time.Now().Add(wait))
	return true
}

// pause sets the hold.
func (p *Pump) pause(err error) {
	pause := min(15*time.Second<<min(p.held, 2), longestWait)
	p.slowed = errors.Is(err, chat.ErrTooOften)
	if p.slowed {
		pause = min(time.Minute<<min(p.held, 5), 30*time.Minute)
	}
	if own := (chat.TooOften{}); errors.As(err, &own) && own.After > 0 {
		pause = own.After
		p.held-- // it says nothing of the far end
	}
	p.held++
	p.hold = time.Now().Add(pause)
	p.log.Info("sending waits", "seconds", int(pause.Seconds()), "slowed", p.slowed)
}

// passOn gives what waits to other channels while this one is held. It says
// first that it is, so that nothing is given to it meanwhile.
func (p *Pump) passOn(ctx context.Context) {
	if p.Router == nil {
		return
	}
	p.waits.Store(p.hold.UnixNano())
	if time.Until(p.hold) > 0 {
		p.Router.passOn(ctx, p.channel.Name())
	}
}

// open reports whether something given to the pump would be sent now, as far as
// is known.
func (p *Pump) open() bool {
	return p.channel.Report().State == chat.Online && time.Now().UnixNano() >= p.waits.Load() && !p.ending.Load()
}
