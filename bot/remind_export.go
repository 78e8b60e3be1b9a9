package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	ics "github.com/arran4/golang-ical"

	"zujian/bot/remind/book"
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
	return p.withReminders(func(b *book.Book) error {
		calendar, n, err := remindersAsCalendar(p, b, c.Days)
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

// remindersAsCalendar gives the times to come as events.
func remindersAsCalendar(p *program, b *book.Book, days int) (*ics.Calendar, int, error) {
	now := p.now()
	fires, err := b.Fires(p.ctx, now, now.AddDate(0, 0, days), store.Active)
	if err != nil {
		return nil, 0, err
	}
	out := ics.NewCalendar()
	out.SetProductId("-//zujian//reminders//ZH")
	out.SetMethod(ics.MethodPublish)
	for _, f := range fires {
		event(out, f, now)
	}
	return out, len(fires), nil
}

func event(out *ics.Calendar, f book.Fire, now time.Time) {
	e := out.AddEvent(fmt.Sprintf("reminder-%d-%d@zujian", f.Reminder.ID, f.Due.Unix()))
	e.SetDtStampTime(now)
	e.SetStartAt(f.At)
	e.SetEndAt(f.At.Add(15 * time.Minute))
	e.SetSummary(f.Text)
	said := "提醒" + book.ChatWords(f.Reminder.Target) + "。定的人：" + f.Reminder.Approver + "。"
	if f.Note != "" {
		said += f.Note + "。"
	}
	e.SetDescription(said)
}
