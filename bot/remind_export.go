package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	ics "github.com/arran4/golang-ical"

	"zujian/bot/store"
)

type remindExportCmd struct {
	Output string `short:"o" help:"存成文件，手机和电脑的日历都能导入；不写就打在屏幕上" placeholder:"文件.ics"`
	Days   int    `default:"366" help:"写出今后多少天的" placeholder:"天数"`
}

// Run writes the times to come as a calendar. Each time is an event of its own:
// no rule of a calendar program knows the working days here.
func (c *remindExportCmd) Run(p *program) error {
	if c.Days < 1 || c.Days > 3660 {
		return misuse("--days 要在 1 到 3660 之间，现在是 %d。", c.Days)
	}
	return p.withReminders(func(b *book) error {
		calendar, n, err := b.calendar(p.now(), c.Days)
		if err != nil {
			return err
		}
		if c.Output == "" {
			return calendar.SerializeTo(p.out)
		}
		if err := writeNew(c.Output, func(w io.Writer) error { return calendar.SerializeTo(w) }); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "写出了 %d 次提醒，在 %s。\n", n, c.Output)
		return nil
	})
}

// writeNew writes a file that did not exist, whole or not at all.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return refuse("文件 %s 已经有了，请换一个名字。", path)
	}
	if err != nil {
		return refuse("文件 %s 写不了：%v", path, err)
	}
	if err = errors.Join(write(f), f.Close()); err != nil {
		return refuse("没有写成：%v", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// mostEvents of one reminder go into a calendar.
const mostEvents = 1000

func (b *book) calendar(now time.Time, days int) (*ics.Calendar, int, error) {
	all, err := b.db.Reminders(b.p.ctx)
	if err != nil {
		return nil, 0, err
	}
	out, n := ics.NewCalendar(), 0
	out.SetProductId("-//zujian//reminders//ZH")
	out.SetMethod(ics.MethodPublish)
	for _, r := range all {
		if r.State != store.Active {
			continue
		}
		plan, err := b.phrases.plan(r.Plan)
		if err != nil {
			return nil, 0, refuse("提醒 %d 读不出来，请先取消它。", r.ID)
		}
		for after, i := now, 0; i < mostEvents; i++ {
			at, note, ok := plan.Next(after)
			if !ok || at.After(now.AddDate(0, 0, days)) {
				break
			}
			event(out, r, plan.Text(), note, at, now)
			after, n = at, n+1
		}
	}
	return out, n, nil
}

func event(out *ics.Calendar, r store.Reminder, text, note string, at, now time.Time) {
	e := out.AddEvent(fmt.Sprintf("reminder-%d-%d@zujian", r.ID, at.Unix()))
	e.SetDtStampTime(now)
	e.SetStartAt(at)
	e.SetEndAt(at.Add(15 * time.Minute))
	e.SetSummary(text)
	said := "提醒" + chatWords(r.Target) + "。定的人：" + r.Approver + "。"
	if note != "" {
		said += note + "。"
	}
	e.SetDescription(said)
}
