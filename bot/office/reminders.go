package office

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"zujian/bot/chat"
	"zujian/bot/remind"
	"zujian/bot/remind/book"
	"zujian/bot/remind/due"
	"zujian/bot/store"
)

// Phrases gives the calendar, under the office's own holidays.yaml.
func (p *Office) Phrases() (book.Plans, error) {
	var c *remind.Calendar
	var err error
	load := func(path string) (err error) {
		c, err = remind.WatchCalendar(path)
		return err
	}
	if path := filepath.Join(p.Data, "holidays.yaml"); exists(path) {
		err = p.lastGood(path, load)
	} else {
		err = load(path)
	}
	if err != nil {
		return book.Plans{}, Refuse("%v", err)
	}
	policy := p.Config().Remind.Policy()
	c.Quiet(policy.QuietFrom, policy.QuietTo)
	return book.Plans{Calendar: c}, nil
}

// ReminderBook is the book of the reminders on a store.
func (p *Office) ReminderBook(db *store.DB, plans book.Plans) *book.Book {
	c := p.Config()
	return &book.Book{DB: db, Plans: plans, Policy: c.Remind.Policy(), Lists: c.Remind.Lists, Reach: c.reach, Now: p.Now,
		Doubt: func(ctx context.Context, to chat.Target) string { return p.doubtReach(ctx, db, to) }}
}

// doubtReach says why a chat may not be reached, as far as the configuration
// and the channels tell.
func (p *Office) doubtReach(ctx context.Context, db *store.DB, to chat.Target) string {
	if !to.Group || !p.Config().Connects() {
		return "" // said elsewhere
	}
	if to.Channel == robotChannel && p.Config().Wecom.Groups[to.Chat] == "" {
		return "企业微信里没有配置群“" + to.Chat + "”，到时候发不出去。请在 [wecom.groups] 下面写上它的编号，或者看看群名写对了没有。"
	}
	s, err := p.standing(ctx, db, to.Channel)
	if err != nil || s.Running && s.report.State == chat.Online {
		return ""
	}
	return channelNames[to.Channel] + "现在发不到群“" + to.Chat + "”：" + s.words(p.Now()) + "。"
}

// nameOf gives the name of somebody whom a channel may know by an id alone: as
// configured, else as the channel shows him, which may be nothing; else the one who
// gives reminders.
func (c remindConfig) nameOf(speaker, shown string) string {
	for _, name := range []string{c.Names[speaker], shown, speaker} {
		if name != "" && (name == c.Names[speaker] || !plainID.MatchString(name)) {
			return name
		}
	}
	if c.Approver != "" {
		return c.Approver
	}
	return "管理员"
}

// plainID is what looks like an id and not like a Chinese name.
var plainID = regexp.MustCompile(`^[\x21-\x7e]+$`)

// NamedOperator fills in who gives reminders where only one may be meant.
func (p *Office) NamedOperator(ctx context.Context, db *store.DB, by string) (book.Asker, error) {
	chats, _, err := db.Operators(ctx)
	if err != nil {
		return book.Asker{}, err
	}
	from := book.Asker{Name: by}
	if from.Name == "" {
		from.Name = p.Config().Remind.Approver
	}
	if len(chats) == 1 {
		from.Me = chats[0]
		if from.Name == "" {
			from.Name = p.Config().Remind.nameOf(chats[0].Chat, "")
		}
	}
	return from, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Policy is the consideration of reminders as configured.
func (c remindConfig) Policy() due.Policy {
	p := due.Usual
	if c.Quiet != "" {
		p.QuietFrom, p.QuietTo, _ = due.ParseQuiet(c.Quiet) // was checked at the start
	}
	if c.PerDay > 0 {
		p.PerDay = c.PerDay
	}
	if c.LateHours > 0 {
		p.Window = time.Duration(c.LateHours) * time.Hour
	}
	return p
}

// check says in Chinese what is wrong; empty means nothing.
func (c remindConfig) check() string {
	if c.Quiet != "" {
		if _, _, err := due.ParseQuiet(c.Quiet); err != nil {
			return fmt.Sprintf("remind 里的 quiet %v。", err)
		}
	}
	if c.PerDay < 0 || c.PerDay > 20 {
		return fmt.Sprintf("remind 里的 per_day 是 %d，要在 1 到 20 之间；不写就是 2。", c.PerDay)
	}
	if c.LateHours < 0 || c.LateHours > 72 {
		return fmt.Sprintf("remind 里的 late_hours 是 %d，要在 1 到 72 之间；不写就是 6。", c.LateHours)
	}
	for name, groups := range c.Lists {
		if len(groups) == 0 {
			return fmt.Sprintf("remind.lists 里的“%s”没有写群名。", name)
		}
	}
	return ""
}

// Plainly words an error of the reminders for the terminal.
func Plainly(err error) error {
	if f := (Failure{}); errors.As(err, &f) {
		return f
	}
	return Refuse("%s", book.Plain(err))
}
