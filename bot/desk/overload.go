package desk

import (
	"sync/atomic"
	"time"
)

const (
	// mostWait is how long a question may wait for a worker, and its answer for its
	// turn to be sent, where only this machine keeps them waiting.
	mostWait = 1500 * time.Millisecond
	// crowd is how many chats have to wait so long: a few may wait for a slow model.
	crowd = 16
)

// behind is how far sending is behind.
type behind struct {
	waiting atomic.Int64 // answers, as far as is known
	each    atomic.Int64 // nanoseconds from one to the next while there are some
	last    time.Time    // zero after a rest; only the pump's loop touches it
}

// one notes that a message is being sent.
func (b *behind) one() {
	if b.waiting.Add(-1) < 0 {
		b.waiting.Store(0)
	}
	now := time.Now()
	if !b.last.IsZero() {
		took := int64(now.Sub(b.last))
		b.each.CompareAndSwap(0, took)
		b.each.Add((took - b.each.Load()) / 8)
	}
	b.last = now
}

// none notes that nothing waits that could be sent now.
func (b *behind) none() {
	b.waiting.Store(0)
	b.last = time.Time{}
}

// Behind reports whether what waits takes longer to be sent than an answer may
// wait. A pace that is kept for the far end's sake, a chat that waits alone and an
// outage are no reason.
func (p *Pump) Behind() bool {
	return time.Duration(p.behind.waiting.Load()*p.behind.each.Load()) > mostWait
}

// Behind is Pump.Behind of a channel's pump.
func (r *Router) Behind(channel string) bool {
	p := r.pump(channel)
	return p != nil && p.Behind()
}

// shed is how a message is dealt with whose chat waited so long for a worker,
// while others wait: one that can no longer be answered in time is told so, once
// in a minute for each chat, or left out. Danger and operators are never too many.
func (r *Runner) shed(q *row, j job, others int) job {
	late := others >= crowd && r.d.now().Sub(q.since) > mostWait
	if j.h != forUs && j.h != perhaps || !late && (r.Behind == nil || !r.Behind(j.in.Channel)) {
		return j
	}
	text, _ := r.d.addressed(j.in)
	if a, stopped := r.d.opts.Guard(text); stopped && a.Status == statusUrgent || orderWords.MatchString(text) {
		return j
	}
	if j.h == forUs && r.told.First(q.key, r.d.now(), limitWindow) {
		return job{j.in, busy}
	}
	return job{j.in, ignored}
}
