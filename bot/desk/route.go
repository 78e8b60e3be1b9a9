package desk

import (
	"context"
	"log/slog"
	"sync"

	"zujian/bot/chat"
)

// Rerouting is what the router changes; store.DB is it.
type Rerouting interface {
	Waiting(ctx context.Context, channel string, limit int) ([]int64, error)
	MoveOn(ctx context.Context, id int64, back bool, reaches func(chat.Target) bool) (chat.Target, bool, error)
	RemindersMuted(ctx context.Context, channel, group string) (bool, error)
}

// Router takes messages that may go elsewhere from a channel that cannot send
// now to one that can. A message whose result is not known never moves: it may
// have arrived.
type Router struct {
	box   Rerouting
	log   *slog.Logger
	pumps sync.Map // *Pump by the name of its channel
}

// NewRouter makes the router of some pumps; log may be nil.
func NewRouter(box Rerouting, log *slog.Logger, pumps ...*Pump) *Router {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	r := &Router{box: box, log: log}
	for _, p := range pumps {
		r.Add(p)
	}
	return r
}

// Add has messages go by a pump as well, in place of the one that its channel
// had. It is for before the pump runs.
func (r *Router) Add(p *Pump) {
	p.Router = r
	r.pumps.Store(p.channel.Name(), p)
}

// Remove has no messages go by a channel.
func (r *Router) Remove(channel string) { r.pumps.Delete(channel) }

func (r *Router) pump(channel string) *Pump {
	p, _ := r.pumps.Load(channel)
	pump, _ := p.(*Pump)
	return pump
}

// Reaches reports whether a message to the target would go out now, as far as
// is known: its channel is up and not held, and the group has not asked for
// silence there.
func (r *Router) Reaches(ctx context.Context, to chat.Target) bool {
	p := r.pump(to.Channel)
	if p == nil || !p.open() {
		return false
	}
	if !to.Group {
		return true
	}
	muted, err := r.box.RemindersMuted(ctx, to.Channel, to.Chat)
	return err == nil && !muted
}

// First puts the targets that there is a channel for in the order in which they
// are to be tried: those that can be reached now come first. ok is false where
// no channel is there for any.
func (r *Router) First(ctx context.Context, targets []chat.Target) (to chat.Target, others []chat.Target, ok bool) {
	var now, later []chat.Target
	for _, t := range targets {
		switch {
		case r.pump(t.Channel) == nil:
		case r.Reaches(ctx, t):
			now = append(now, t)
		default:
			later = append(later, t)
		}
	}
	all := append(now, later...)
	if len(all) == 0 {
		return chat.Target{}, nil, false
	}
	return all[0], all[1:], true
}

// mostMoved is how many messages are moved at once.
const mostMoved = 200

// passOn moves everything that waits for a channel and can be sent elsewhere.
func (r *Router) passOn(ctx context.Context, channel string) {
	ids, err := r.box.Waiting(ctx, channel, mostMoved)
	if err != nil {
		r.log.Error("cannot look for messages that may go elsewhere", "channel", channel, "error", err.Error())
		return
	}
	for _, id := range ids {
		r.moveOn(ctx, id, true, channel)
	}
}

// moveOn moves one message; back has it come back where the other fails too.
func (r *Router) moveOn(ctx context.Context, id int64, back bool, from string) bool {
	if r == nil {
		return false
	}
	to, moved, err := r.box.MoveOn(ctx, id, back, func(t chat.Target) bool { return t.Channel != from && r.Reaches(ctx, t) })
	if err != nil {
		r.log.Error("a message cannot be moved to another channel", "id", id, "error", err.Error())
	}
	if moved {
		r.log.Info("a message goes by another channel", "id", id, "from", from, "to", to.Channel)
		if p := r.pump(to.Channel); p != nil {
			p.Wake()
		}
	}
	return moved
}
