package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"time"

	"zujian/bot/office"
	"zujian/bot/remind/book"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

type remindCmd struct {
	Add    remindAddCmd    `cmd:"" help:"设一条提醒，写一句话"`
	List   remindListCmd   `cmd:"" help:"列出提醒"`
	Show   remindShowCmd   `cmd:"" help:"看一条提醒和最近几次的情况"`
	Pause  remindPauseCmd  `cmd:"" help:"先停一条"`
	Resume remindResumeCmd `cmd:"" help:"接着用停了的一条"`
	Cancel remindCancelCmd `cmd:"" help:"取消一条"`
	Alter  remindAlterCmd  `cmd:"" help:"改一条的时间，或者用 --text 改说的话"`
	Skip   remindSkipCmd   `cmd:"" help:"某一次不发，别的照常"`
	Delay  remindDelayCmd  `cmd:"" help:"下一次推迟到另一个时间"`
	Send   remindSendCmd   `cmd:"" help:"现在就发一遍"`
	Over   remindOverCmd   `cmd:"" help:"列出办完了的和取消了的"`
	Next   remindNextCmd   `cmd:"" help:"只看一句话是哪几天，不设"`

	Templates remindTemplatesCmd `cmd:"" help:"常用的提醒"`
	Import    remindImportCmd    `cmd:"" help:"从表格里设一批"`
	Export    remindExportCmd    `cmd:"" help:"写成日历文件，手机能导入"`
}

type remindAddCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象；要和 --yes 一起用"`
	Template string   `help:"用常用的提醒，看 remind templates" placeholder:"名字"`
	To       string   `help:"和 --template 一起用：提醒哪个群；不写就提醒您" placeholder:"群名"`
	Yes      bool     `help:"不再问，直接设"`
	Often    bool     `help:"允许比每月一次勤"`
	Everyone bool     `help:"允许@所有人"`
	By       string   `help:"定提醒的人，写在提醒里" placeholder:"姓名"`
	Sentence []string `arg:"" optional:"" name:"一句话" help:"什么时候提醒谁做什么"`
}

// Run says what it understood and keeps it when a person confirms.
func (c *remindAddCmd) Run(p *office.Office) error {
	sentence, err := c.sentence()
	if err != nil {
		return err
	}
	if c.JSON && !c.Yes {
		return office.Misuse("--json 要和 --yes 一起用：没有人可以问。看说明：bot remind add --help")
	}
	return asking(p, c.By, func(b *book.Book, from book.Asker) error { return c.propose(p, b, from, sentence) })
}

// propose says what a sentence was understood as, and keeps it once confirmed.
func (c *remindAddCmd) propose(p *office.Office, b *book.Book, from book.Asker, sentence string) error {
	made, said, err := b.Propose(p.Ctx, from, sentence)
	if err != nil {
		return office.Plainly(err)
	}
	if !c.JSON {
		fmt.Fprintln(p.Out, said)
	}
	if err := allowed(made, c.Often, c.Everyone); err != nil {
		return err
	}
	if !c.Yes && !confirms(p) {
		return office.Refuse("没有设。")
	}
	all, err := b.Reminders(made)
	if err != nil {
		return office.Plainly(err)
	}
	ids, err := b.DB.AddReminders(p.Ctx, all...)
	if err != nil {
		return office.Refuse("没有设成，存储出了问题：%v", err)
	}
	if c.JSON {
		return writeJSON(p.Out, map[string]any{"reminders": ids, "text": said})
	}
	fmt.Fprintln(p.Out, office.SayKept(ids))
	if !p.Config().Connects() {
		fmt.Fprintln(p.Out, "微信、企业微信都还没有接上，到时候发不出去。请先接上，看 bot run。")
	}
	return nil
}

// allowed refuses what needs a word of its own that was not given.
func allowed(made book.Proposal, often, everyone bool) error {
	if made.Often > 0 && !often {
		return office.Refuse(book.SayMonthly+"请加上 --often 再设。", made.Often)
	}
	if made.Everyone && !everyone {
		return office.Refuse(book.SayEveryone + "请加上 --everyone 再设。")
	}
	return nil
}

// confirms asks for 确认 and reads one line.
func confirms(p *office.Office) bool {
	fmt.Fprint(p.Out, "要设请打“确认”，不设请按回车：")
	line, _ := bufio.NewReader(p.In).ReadString('\n') // no line is no confirmation
	return strings.Trim(line, " 　\r\n“”。") == "确认"
}

type remindListCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists the reminders.
func (c *remindListCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		all, err := b.List(p.Ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(p.Out, map[string]any{"reminders": all})
		}
		fmt.Fprintln(p.Out, book.Words(all))
		return nil
	})
}

type remindShowCmd struct {
	JSON bool  `name:"json" help:"只输出一个 JSON 对象"`
	ID   int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run shows one reminder.
func (c *remindShowCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		if !c.JSON {
			return p.Print(b.Show(p.Ctx, c.ID))
		}
		r, err := b.Find(p.Ctx, c.ID)
		if err != nil {
			return err
		}
		l, err := b.Describe(p.Ctx, *r)
		if err != nil {
			return err
		}
		return writeJSON(p.Out, l)
	})
}

type remindPauseCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run pauses a reminder.
func (c *remindPauseCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error { return p.Print(b.Change(p.Ctx, c.ID, store.Paused)) })
}

type remindResumeCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run has a paused reminder fire again.
func (c *remindResumeCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error { return p.Print(b.Change(p.Ctx, c.ID, store.Active)) })
}

type remindCancelCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run cancels a reminder.
func (c *remindCancelCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error { return p.Print(b.Change(p.Ctx, c.ID, store.Cancelled)) })
}

// asking is withReminders for somebody who gives reminders.
func asking(p *office.Office, by string, do func(*book.Book, book.Asker) error) error {
	return withReminders(p, func(b *book.Book) error {
		from, err := p.NamedOperator(p.Ctx, b.DB, by)
		if err != nil {
			return office.Refuse("存储读不出来：%v", err)
		}
		return do(b, from)
	})
}

// withReminders opens the store for a command about kept reminders.
func withReminders(p *office.Office, do func(*book.Book) error) error {
	calendar, err := p.Phrases()
	if err != nil {
		return err
	}
	db, err := p.OpenStore()
	if err != nil {
		return err
	}
	defer db.Close()
	err = do(p.ReminderBook(db, calendar))
	if f := (office.Failure{}); err == nil || errors.As(err, &f) {
		return err
	}
	if office.Worded(err) {
		return office.Plainly(err)
	}
	return office.Refuse("没有办成，存储出了问题：%v", err)
}

type remindNextCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象"`
	Now      string   `help:"当作现在的时间，比如 2026-11-25T09:00:00+08:00" placeholder:"时间"`
	Sentence []string `arg:"" name:"一句话" help:"什么时候提醒谁做什么"`
}

// Run only says when a sentence would fire.
func (c *remindNextCmd) Run(p *office.Office) error {
	now := p.Now()
	if c.Now != "" {
		at, err := time.Parse(time.RFC3339, c.Now)
		if err != nil {
			return office.Misuse("看不懂时间“%s”，要像 2026-11-25T09:00:00+08:00 这样。看说明：bot remind next --help", c.Now)
		}
		now = at
	}
	calendar, err := p.Phrases()
	if err != nil {
		return err
	}
	plan, err := calendar.When(strings.Join(c.Sentence, " "), now)
	if err != nil {
		return office.Plainly(err)
	}
	at, said := calendar.Times(plan, p.Config().Remind.Policy(), now, 3)
	if !c.JSON {
		fmt.Fprintf(p.Out, "我理解：%s\n接下来：\n%s\n", plan.Understood(), strings.Join(said, "\n"))
		return nil
	}
	next := make([]string, 0, len(at))
	for _, t := range at {
		next = append(next, t.In(text.Beijing).Format(time.RFC3339))
	}
	return writeJSON(p.Out, map[string]any{"understood": plan.Understood(), "next": next})
}
