package due

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zujian/bot/store"
	"zujian/knowledge/text"
)

// grace is how late a reminder may be without being called late.
const grace = 5 * time.Minute

// passed is what one due reminder comes to: the times that are too late, the
// one that can be sent, and the time after it.
type passed struct {
	reminder store.Reminder
	text     string
	missed   []store.Slot
	open     store.Slot // zero Due: none
	next     store.Slot
}

// deal sends, moves or writes off the due reminders of one chat. It fails with
// store.ErrChanged where a person changed one of them at the same moment.
func (s *Scheduler) deal(ctx context.Context, now time.Time, row []store.Reminder) error {
	var all []passed
	for _, r := range row {
		plan, err := s.Plans.Plan(r.Plan)
		if err != nil {
			if err := s.shelve(ctx, now, r); err != nil {
				return err
			}
			continue
		}
		p, err := s.pass(ctx, plan, r, now)
		if err != nil {
			return err
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		return nil
	}
	b, err := s.burst(ctx, now, all)
	if err != nil {
		return err
	}
	if err := s.Records.Fire(ctx, now, b); err != nil {
		return err
	}
	if b.Out != nil {
		s.Queued(b.Out.Target.Channel)
	}
	return nil
}

// pass goes through a reminder's times up to now, leaving out those that were
// claimed before, as they may be after a clock that was set back. Of several
// that can still be sent the last one is.
func (s *Scheduler) pass(ctx context.Context, plan Plan, r store.Reminder, now time.Time) (passed, error) {
	p := passed{reminder: r, text: plan.Text(), next: r.Slot}
	claimed, err := s.Records.Fired(ctx, r.ID, r.Due)
	for err == nil && !p.next.Due.IsZero() && !p.next.At.After(now) {
		switch {
		case claimed:
			claimed = false
		case now.Sub(p.next.At) > s.Policy.Window:
			p.missed = append(p.missed, p.next)
		default:
			if !p.open.Due.IsZero() {
				p.missed = append(p.missed, p.open)
			}
			p.open = p.next
		}
		p.next, err = s.unfired(ctx, r.ID, plan, p.next.Due)
	}
	return p, err
}

// burst decides what becomes of the reminders of one chat.
func (s *Scheduler) burst(ctx context.Context, now time.Time, all []passed) (store.Burst, error) {
	to := all[0].reminder.Target
	b := store.Burst{Target: to}
	muted, at, why, err := s.holds(ctx, now, all[0].reminder)
	if err != nil {
		return b, err
	}
	var things []thing
	for _, p := range all {
		step := store.Step{Reminder: p.reminder.ID, Was: p.reminder.Due, Next: p.next}
		for _, m := range p.missed {
			b.Firings = append(b.Firings, store.Firing{Reminder: p.reminder.ID, Due: m.Due, Outcome: store.FiringMissed,
				Reason: "程序那时没有在运行，过了补发的时间"})
		}
		switch open := (store.Firing{Reminder: p.reminder.ID, Due: p.open.Due, Outcome: store.FiringQueued}); {
		case p.open.Due.IsZero():
		case muted:
			open.Outcome, open.Reason = store.FiringMuted, "群里静音了"
			b.Firings = append(b.Firings, open)
		case !at.IsZero():
			step.Next = putOff(p.open, at, why, now)
		default:
			b.Firings = append(b.Firings, open)
			things = append(things, thing{p.text, p.open, now.Sub(p.open.At) > grace, p.reminder.Approver})
		}
		b.Steps = append(b.Steps, step)
	}
	if len(things) > 0 {
		first, others := s.Route(ctx, to)
		b.Out = &store.Out{Target: first, Others: others, Text: message(things, to.Group, now), Expires: now.Add(s.Policy.Window)}
	}
	return b, nil
}

// putOff moves an open time to at. That we were late already outweighs why.
func putOff(open store.Slot, at time.Time, why string, now time.Time) store.Slot {
	if now.Sub(open.At) > grace || open.Moved == movedLate {
		why = movedLate
	}
	open.At, open.Moved = at, why
	return open
}

// holds says what keeps a chat from being reminded now: it is muted, or is to
// wait until the time given.
func (s *Scheduler) holds(ctx context.Context, now time.Time, r store.Reminder) (muted bool, at time.Time, why string, err error) {
	if r.Target.Group {
		muted, err = s.Records.RemindersMuted(ctx, r.Target.Channel, r.Target.Chat)
		if err != nil || muted {
			return muted, at, "", err
		}
	}
	if s.Policy.Quiet(now) {
		return false, s.Policy.Move(now), movedLate, nil
	}
	if !r.Target.Group || s.Policy.PerDay == 0 {
		return false, at, "", nil
	}
	n, err := s.Records.Reminded(ctx, r.Target, Midnight(now))
	if err == nil && n >= s.Policy.PerDay {
		at, why = s.Policy.tomorrow(now), movedCap
	}
	return false, at, why, err
}

// shelve pauses a reminder that this program cannot read, and tells of it.
func (s *Scheduler) shelve(ctx context.Context, now time.Time, r store.Reminder) error {
	err := s.Records.SetReminder(ctx, r.ID, store.Active, store.Paused, r.Slot)
	if errors.Is(err, store.ErrChanged) {
		return nil
	}
	s.say(ctx, now, fmt.Sprintf("提醒 %d（%s）读不出来，先停着没有发。请取消它，再设一条新的。", r.ID, chatName(r.Target)))
	return err
}

// toldAtOnce go into one message, and the first few of them in full.
const (
	toldAtOnce = 1000
	toldInFull = 10
)

// tell tells the operators what was missed, failed or is in doubt.
func (s *Scheduler) tell(ctx context.Context, now time.Time) error {
	for {
		of, err := s.Records.Untold(ctx, toldAtOnce)
		if err != nil || len(of) == 0 {
			return err
		}
		outs := s.News(ctx, news(of, now))
		if err := s.Records.TellOf(ctx, now, of, outs...); err != nil {
			return err
		}
		s.wakeAll(outs)
	}
}

var outcomes = map[store.Outcome]string{store.FiringMissed: "错过了，没有发", store.FiringFailed: "没有发出去", store.FiringUnknown: "不知道发出去没有，不会自动再发"}

// news says what became of times of reminders, and what to do.
func news(of []store.Firing, now time.Time) string {
	lines, once := []string{"这些提醒没有办好："}, 0
	for _, f := range of[:min(len(of), toldInFull)] {
		lines = append(lines, fmt.Sprintf("提醒 %d，%s，%s：%s。%s",
			f.Reminder, chatName(f.Target), text.Moment(f.Due, now), outcomes[f.Outcome], f.Reason))
	}
	for _, f := range of {
		if f.State == store.Done {
			once++
		}
	}
	if more := len(of) - toldInFull; more > 0 {
		lines = append(lines, fmt.Sprintf("还有 %d 次，看一条提醒的情况用“管理 提醒 看 编号”。", more))
	}
	rest := "提醒都还留着，下一次照常。"
	switch once {
	case 0:
	case len(of):
		rest = "没有下一次了，要补请用“管理 不明”，或者再设一条。"
	default:
		rest = fmt.Sprintf("其中 %d 次是最后一次，没有下一次了；别的下一次照常。", once)
	}
	return strings.Join(append(lines, rest+"看消息和补发，请发“管理 不明”；看提醒，请发“管理 提醒 列表”。"), "\n")
}

// say tells the operators something at once.
func (s *Scheduler) say(ctx context.Context, now time.Time, text string) {
	outs := s.News(ctx, text)
	if err := s.Records.TellOf(ctx, now, nil, outs...); err != nil {
		s.log.Error("cannot tell the operators", "error", err.Error())
		return
	}
	s.wakeAll(outs)
}

func (s *Scheduler) wakeAll(outs []store.Out) {
	for _, o := range outs {
		s.Queued(o.Target.Channel)
	}
}
