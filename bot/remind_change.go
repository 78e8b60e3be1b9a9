package main

import (
	"fmt"
	"strings"

	"zujian/bot/office"
	"zujian/bot/remind/book"
)

type remindAlterCmd struct {
	ID   int64    `arg:"" name:"编号" help:"用 remind list 看"`
	When []string `arg:"" optional:"" name:"时间" help:"新的时间，比如 每周四下午三点"`
	Text string   `help:"新的话，时间不变" placeholder:"话"`
}

// Run gives a reminder other times or other words.
func (c *remindAlterCmd) Run(p *office.Office) error {
	when := strings.Join(c.When, " ")
	if (when == "") == (c.Text == "") {
		return office.Misuse("要么写新的时间，要么用 --text 写新的话。看说明：bot remind alter --help")
	}
	return withReminders(p, func(b *book.Book) error {
		if c.Text != "" {
			return p.Print(b.Reword(p.Ctx, c.ID, c.Text))
		}
		return p.Print(b.Reschedule(p.Ctx, c.ID, when))
	})
}

type remindSkipCmd struct {
	ID   int64    `arg:"" name:"编号" help:"用 remind list 看"`
	Days []string `arg:"" optional:"" name:"哪一天" help:"比如 12月7日、下周；不写就是下一次"`
}

// Run leaves out single times of a reminder.
func (c *remindSkipCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error { return p.Print(b.Skip(p.Ctx, c.ID, strings.Join(c.Days, " "))) })
}

type remindDelayCmd struct {
	ID   int64    `arg:"" name:"编号" help:"用 remind list 看"`
	When []string `arg:"" name:"时间" help:"比如 明天下午三点"`
}

// Run puts the next time of a reminder off.
func (c *remindDelayCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		return p.Print(b.Postpone(p.Ctx, c.ID, strings.Join(c.When, " ")))
	})
}

type remindSendCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run sends a reminder at once.
func (c *remindSendCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		return p.Print(b.SendNow(p.Ctx, c.ID))
	})
}

type remindOverCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists what is done or was cancelled.
func (c *remindOverCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		all, err := b.Over(p.Ctx)
		switch {
		case err != nil:
			return err
		case c.JSON:
			return writeJSON(p.Out, map[string]any{"reminders": all})
		case len(all) == 0:
			fmt.Fprintln(p.Out, "还没有办完的，也没有取消的。")
			return nil
		}
		fmt.Fprintln(p.Out, book.Words(all))
		return nil
	})
}
