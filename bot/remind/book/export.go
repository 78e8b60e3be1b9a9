package book

import (
	"context"
	"fmt"
	"io"
	"time"

	ics "github.com/arran4/golang-ical"

	"zujian/bot/store"
)

// alarm is how long before a time the calendar of a phone rings.
const alarm = "-PT15M"

// WriteCalendar writes the times of the next days as an iCalendar file (RFC
// 5545) and gives how many. Each is an event of its own, at the time at which
// it is really sent: no rule of a calendar program knows the working days here.
// Those of reminders that are paused are marked as such.
func (b *Book) WriteCalendar(ctx context.Context, w io.Writer, days int) (int, error) {
	now := b.Now()
	fires, err := b.Fires(ctx, now, now.AddDate(0, 0, days), store.Active, store.Paused)
	if err != nil {
		return 0, err
	}
	out := ics.NewCalendar()
	out.SetProductId("-//zujian//reminders//ZH")
	out.SetMethod(ics.MethodPublish)
	out.SetXWRCalName("组建助手的提醒")
	out.SetXWRTimezone("Asia/Shanghai")
	for _, f := range fires {
		event(out, f, now)
	}
	return len(fires), out.SerializeTo(w, ics.WithNewLineWindows)
}

func event(out *ics.Calendar, f Fire, now time.Time) {
	e := out.AddEvent(fmt.Sprintf("reminder-%d-%d@zujian", f.Reminder.ID, f.Due.Unix()))
	e.SetDtStampTime(now)
	e.SetStartAt(f.At)
	e.SetEndAt(f.At.Add(15 * time.Minute))
	said := "提醒" + Whom(f.Reminder) + "。定的人：" + f.Reminder.Approver + "。"
	if f.Note != "" {
		said += f.Note + "。"
	}
	if f.Reminder.State == store.Paused {
		e.SetSummary("（停着）" + f.Text)
		e.SetStatus(ics.ObjectStatusCancelled)
		said += "这条提醒停着，到时候不发。"
	} else {
		e.SetSummary(f.Text)
		e.SetStatus(ics.ObjectStatusConfirmed)
		ring := e.AddAlarm()
		ring.SetAction(ics.ActionDisplay)
		ring.SetTrigger(alarm)
		ring.SetDescription(f.Text)
	}
	e.SetDescription(said)
}
