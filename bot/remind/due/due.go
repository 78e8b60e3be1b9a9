package due

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// Plan is one reminder's words and times.
type Plan interface {
	Text() string
	// Next gives the first time after the time given, and what is to be said
	// of it; false where there is none.
	Next(after time.Time) (due time.Time, note string, ok bool)
}

// Plans reads what was kept of a reminder.
type Plans interface {
	Plan(kept []byte) (Plan, error)
}

// calendar is what Plans may rest on: Refresh reads it again where it changed.
type calendar interface {
	Refresh() (changed bool, err error)
}

// Records is what the scheduler keeps; store.DB is one.
type Records interface {
	DueReminders(ctx context.Context, now time.Time, limit int) ([]store.Reminder, error)
	NextReminder(ctx context.Context) (time.Time, bool, error)
	ActiveAfter(ctx context.Context, id int64, limit int) ([]store.Reminder, error)
	SetReminder(ctx context.Context, id int64, from, to store.ReminderState, next store.Slot) error
	Fire(ctx context.Context, now time.Time, b store.Burst) error
	Fired(ctx context.Context, reminder int64, due time.Time) (bool, error)
	Reminded(ctx context.Context, to chat.Target, since time.Time) (int, error)
	RemindersMuted(ctx context.Context, channel, group string) (bool, error)
	PutOff(ctx context.Context, until time.Time, lasts time.Duration) (int, error)
	Untold(ctx context.Context, limit int) ([]store.Firing, error)
	TellOf(ctx context.Context, now time.Time, of []store.Firing, outs ...store.Out) error
	LatestTime(ctx context.Context) (time.Time, error)
	KeepLatestTime(ctx context.Context, now time.Time) error
	VoidFuture(ctx context.Context, now time.Time, lasts time.Duration) error
}

// Options set up a scheduler. Records and Plans must be given.
type Options struct {
	Records Records
	Plans   Plans
	Policy  Policy
	// Route says where what is meant for a chat goes now, and where it may go
	// instead. Nil: to the chat itself and nowhere else.
	Route func(ctx context.Context, to chat.Target) (first chat.Target, others []chat.Target)
	// Queued is called with a channel's name after something was put into the
	// outbox for it.
	Queued func(channel string)
	// News gives the messages that tell the operators something; it also says
	// it where somebody may look without a channel, such as a terminal.
	News func(ctx context.Context, text string) []store.Out
	Now  func() time.Time // nil: time.Now
	// Rest is the longest time between two looks at the records: how late
	// another program's reminder or a jump of the clock is seen. Zero: a minute.
	Rest time.Duration
	Log  *slog.Logger
}

// Scheduler sends reminders. One program at a time may run one on a store.
type Scheduler struct {
	Options
	log  *slog.Logger
	wake chan struct{}

	aligned bool // the times kept follow the calendar

	another atomic.Pointer[Policy] // taken over at the next look; nil: none
}

// New makes a scheduler.
func New(o Options) *Scheduler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rest == 0 {
		o.Rest = time.Minute
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Route == nil {
		o.Route = func(_ context.Context, to chat.Target) (chat.Target, []chat.Target) { return to, nil }
	}
	if o.Queued == nil {
		o.Queued = func(string) {}
	}
	if o.News == nil {
		o.News = func(context.Context, string) []store.Out { return nil }
	}
	return &Scheduler{Options: o, log: o.Log, wake: make(chan struct{}, 1)}
}

// Wake has the scheduler look at once: a reminder was added or changed.
func (s *Scheduler) Wake() {
	select {
	case s.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// Follow has the scheduler follow another policy from its next look on, which
// is now.
func (s *Scheduler) Follow(p Policy) {
	s.another.Store(&p)
	s.Wake()
}

// Run sends reminders until ctx ends.
func (s *Scheduler) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := s.Tick(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("cannot look after the reminders", "error", err.Error())
		}
		timer := time.NewTimer(s.rest(ctx))
		select {
		case <-timer.C:
		case <-s.wake:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// rest gives how long nothing will be due.
func (s *Scheduler) rest(ctx context.Context) time.Duration {
	now := s.Now()
	wait := s.Rest
	if at, ok, err := s.Records.NextReminder(ctx); err == nil && ok {
		wait = min(wait, at.Sub(now))
	}
	if !s.Policy.Quiet(now) { // their beginning holds back what still waits
		if night := Midnight(now).Add(s.Policy.QuietFrom); night.After(now) {
			wait = min(wait, night.Sub(now))
		}
	}
	return max(wait, 50*time.Millisecond)
}

// batch is how many reminders are read at once.
const batch = 500

// Tick does all that is to be done now. It must run once before a channel's
// outbox is sent from, so that nothing that waits goes out at night.
func (s *Scheduler) Tick(ctx context.Context) error {
	now := s.Now()
	if p := s.another.Swap(nil); p != nil {
		s.Policy = *p
	}
	if err := s.watchClock(ctx, now); err != nil {
		return err
	}
	if err := s.watchCalendar(ctx, now); err != nil {
		return err
	}
	if s.Policy.Quiet(now) {
		if _, err := s.Records.PutOff(ctx, s.Policy.Move(now), s.Policy.Window); err != nil {
			return err
		}
	}
	for {
		due, err := s.Records.DueReminders(ctx, now, batch)
		if err != nil || len(due) == 0 {
			return errors.Join(err, s.tell(ctx, now))
		}
		for _, row := range byChat(due) {
			err := s.deal(ctx, now, row)
			if errors.Is(err, store.ErrChanged) {
				return nil // it is still due, so that the next look is soon
			}
			if err != nil {
				return err
			}
		}
	}
}

// byChat puts reminders of one chat together, in the order of the first.
func byChat(all []store.Reminder) [][]store.Reminder {
	place := map[chat.Target]int{}
	var rows [][]store.Reminder
	for _, r := range all {
		i, ok := place[r.Target]
		if !ok || len(rows[i]) == most {
			i = len(rows)
			place[r.Target] = i
			rows = append(rows, nil)
		}
		rows[i] = append(rows[i], r)
	}
	return rows
}

// jump is how far the clock may go back without anybody having set it.
const jump = time.Hour

// watchClock plans anew where the clock was set back: what a wrong clock took
// for missed is still to come. Times that were sent are not sent again.
func (s *Scheduler) watchClock(ctx context.Context, now time.Time) error {
	latest, err := s.Records.LatestTime(ctx)
	if err != nil {
		return err
	}
	back := now.Before(latest.Add(-jump))
	if back {
		if err := s.replan(ctx, now); err != nil {
			return err
		}
		s.say(ctx, now, "这台机器的时间往回拨了，提醒已经按现在的时间重新排好，发过的不会再发。请看看机器的时间对不对。")
	}
	if back || now.Sub(latest) >= 10*time.Minute {
		return s.Records.KeepLatestTime(ctx, now)
	}
	return nil
}

// watchCalendar plans anew what is still to come, once at the start and where
// the calendar changed: a program that kept a time may have known other
// holidays.
func (s *Scheduler) watchCalendar(ctx context.Context, now time.Time) error {
	changed := false
	if c, ok := s.Plans.(calendar); ok {
		var err error
		if changed, err = c.Refresh(); err != nil {
			s.say(ctx, now, fmt.Sprintf("放假安排读不出来，先照原来的算：%v", err))
		}
	}
	if s.aligned && !changed {
		return nil
	}
	if err := s.each(ctx, func(r store.Reminder) error {
		if !r.Due.After(now) { // it waits, or is to be dealt with
			return nil
		}
		return s.replanOne(ctx, now, r)
	}); err != nil {
		return err
	}
	s.aligned = true
	if changed {
		s.say(ctx, now, "放假安排改了，提醒已经按新的重新排好。")
	}
	return nil
}

func (s *Scheduler) replan(ctx context.Context, now time.Time) error {
	if err := s.Records.VoidFuture(ctx, now, s.Policy.Window); err != nil {
		return err
	}
	return s.each(ctx, func(r store.Reminder) error { return s.replanOne(ctx, now, r) })
}

// each does something to every active reminder. One that a person changed
// meanwhile is left as he wants it.
func (s *Scheduler) each(ctx context.Context, do func(store.Reminder) error) error {
	for last := int64(0); ; {
		all, err := s.Records.ActiveAfter(ctx, last, batch)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, r := range all {
			last = r.ID
			if err := do(r); err != nil && !errors.Is(err, store.ErrChanged) {
				return err
			}
		}
	}
}

// replanOne gives a reminder its next time from now on. One that waits for the
// morning already goes on waiting, though no longer than till the next one.
func (s *Scheduler) replanOne(ctx context.Context, now time.Time, r store.Reminder) error {
	next := r.Slot
	if !r.Due.After(now) {
		if at := s.Policy.Move(now); at.Before(next.At) {
			next.At = at
		}
		return s.Records.SetReminder(ctx, r.ID, store.Active, store.Active, next)
	}
	plan, err := s.Plans.Plan(r.Plan)
	if err != nil {
		return nil // told when it is due
	}
	slot := s.Policy.Slot(plan, now)
	if slot.Same(r.Slot) || r.Moved == movedHand && slot.Due.Equal(r.Due) {
		return nil // most are: nothing is to be written
	}
	if next, err = s.unfired(ctx, r.ID, plan, now); err != nil || next.Due.IsZero() {
		return err
	}
	return s.Records.SetReminder(ctx, r.ID, store.Active, store.Active, next)
}

// unfired gives the first time after now that was not claimed.
func (s *Scheduler) unfired(ctx context.Context, id int64, plan Plan, now time.Time) (store.Slot, error) {
	for after := now; ; {
		next := s.Policy.Slot(plan, after)
		if next.Due.IsZero() {
			return next, nil
		}
		fired, err := s.Records.Fired(ctx, id, next.Due)
		if err != nil || !fired {
			return next, err
		}
		after = next.Due
	}
}

// Slot gives a plan's first time after the time given, moved out of the quiet
// hours; a zero one where there is none.
func (p Policy) Slot(plan Plan, after time.Time) store.Slot {
	due, note, ok := plan.Next(after)
	if !ok {
		return store.Slot{}
	}
	slot := store.Slot{Due: due, At: p.Move(due), Note: note}
	if !slot.At.Equal(due) {
		slot.Moved = movedQuiet
	}
	return slot
}
