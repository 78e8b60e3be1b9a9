package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"zujian/bot/office"
	"zujian/bot/remind/book"
)

type remindExportCmd struct {
	Output string `short:"o" help:"存成文件，手机和电脑的日历都能导入；不写就打在屏幕上" placeholder:"文件.ics"`
	Days   int    `default:"366" help:"写出今后多少天的" placeholder:"天数"`
}

// Run writes the times to come as a calendar. Each time is an event of its own:
// no rule of a calendar program knows the working days here.
func (c *remindExportCmd) Run(p *office.Office) error {
	if c.Days < 1 || c.Days > 3660 {
		return office.Misuse("--days 要在 1 到 3660 之间，现在是 %d。", c.Days)
	}
	return withReminders(p, func(b *book.Book) error {
		if c.Output == "" {
			_, err := b.WriteCalendar(p.Ctx, p.Out, c.Days)
			return err
		}
		n := 0
		if err := writeNew(c.Output, func(w io.Writer) (err error) {
			n, err = b.WriteCalendar(p.Ctx, w, c.Days)
			return err
		}); err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "写出了 %d 次提醒，在 %s。\n", n, c.Output)
		return nil
	})
}

// writeNew writes a file that did not exist, whole or not at all.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return office.Refuse("文件 %s 已经有了，请换一个名字。", path)
	}
	if err != nil {
		return office.Refuse("文件 %s 写不了：%v", path, err)
	}
	if err = errors.Join(write(f), f.Close()); err != nil {
		return office.Refuse("没有写成：%v", errors.Join(err, os.Remove(path)))
	}
	return nil
}
