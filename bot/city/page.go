package city

import (
	"context"
	"slices"
	"strings"

	"zujian/bot/console"
	"zujian/bot/office"
	"zujian/knowledge/catalogue"
)

// page is the city as its page shows and changes it.
type page struct{ *City }

var _ console.City = page{}

// Name is what the page is headed.
func (p page) Name() string { return p.settings.Name }

// Offices gives every office as it stands, those below behind the one above.
func (p page) Offices(ctx context.Context, days int) []console.Member {
	var all []console.Member
	for _, m := range p.Members {
		x := m.console(ctx, days)
		x.Below = len(p.below(m)) > 0
		all = append(all, x)
	}
	return all
}

// Office gives one office, with its questions that were not answered.
func (p page) Office(ctx context.Context, key string, days int) (console.Member, []console.Question, error) {
	i := slices.IndexFunc(p.Members, func(m *Member) bool { return m.Key == key })
	if i < 0 {
		return console.Member{}, nil, console.Told("没有这个单位。")
	}
	m := p.Members[i]
	x := m.console(ctx, days)
	s, _ := m.Service()
	if s == nil {
		return x, nil, nil
	}
	open, err := s.NotAnswered(ctx)
	return x, open, err
}

// console gives an office as the page shows it.
func (m *Member) console(ctx context.Context, days int) console.Member {
	x := console.Member{Key: m.Key, Name: m.Name, Depth: m.Depth}
	if m.Above != nil {
		x.Above = m.Above.Name
	}
	s, trouble := m.Service()
	if s == nil {
		if x.Trouble = trouble; trouble == "" {
			x.Trouble = "正在启动"
		}
		return x
	}
	of := s.Page()
	var err error
	if x.Channels, err = of.ListChannels(ctx); err == nil {
		x.Week, err = of.Week(ctx, days)
	}
	if err == nil {
		_, x.Messages, err = of.Messages(ctx)
	}
	if about := of.About(); err != nil {
		x.Trouble = "记录读不出来，请用 bot doctor 看看"
	} else if about.Fault != "" {
		x.Trouble = "设置写得不对，用的还是改以前的"
	}
	return x
}

// Notices gives what offices share downward.
func (p page) Notices() []console.Notice {
	var all []console.Notice
	for _, m := range p.Members {
		given, err := m.lends.Given()
		if err != nil {
			continue // doctor says it of that office
		}
		for _, e := range given {
			n := console.Notice{ID: e.ID, Title: e.Title, From: m.Name, Key: m.Key, At: e.AddedAt}
			for _, key := range e.SharedWith {
				if to := p.keyed(key); to != nil {
					n.To = append(n.To, to.Name)
				}
			}
			all = append(all, n)
		}
	}
	return all
}

func (c *City) keyed(key string) *Member {
	i := slices.IndexFunc(c.Members, func(m *Member) bool { return m.Key == key })
	if i < 0 {
		return nil
	}
	return c.Members[i]
}

// Give has an office take files in and share them with those below, all or those
// that are named.
func (p page) Give(from string, files []string, to []string) ([]catalogue.Outcome, error) {
	m := p.keyed(from)
	if m == nil {
		return nil, console.Told("请选由哪个单位发。")
	}
	all, err := m.lends.Give(files, "网页", to)
	p.changed(m)
	return all, told(err)
}

// Withdraw has those below see a document no longer.
func (p page) Withdraw(from, id string) (string, error) {
	m := p.keyed(from)
	if m == nil {
		return "", console.Told("没有这个单位。")
	}
	did, err := m.lends.Unshare(id)
	p.changed(m)
	return did, told(err)
}

// changed has an office and those below look at once at what it shares.
func (c *City) changed(m *Member) {
	for _, x := range append(c.below(m), m) {
		if s, _ := x.Service(); s != nil {
			s.LookAgain()
		}
	}
}

// told gives an error as the page shows it.
func told(err error) error {
	if err == nil {
		return nil
	}
	return console.Told(strings.TrimRight(office.InChinese(err.Error()), "。") + "。")
}
