package city

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/bot/office"
	"zujian/bot/store"
)

const (
	startAtOnce = 4               // offices that start side by side
	triedAgain  = 1 * time.Minute // how soon an office in trouble is tried again
)

// Run serves all offices until the context that they have in common ends. One that
// cannot start is told, and tried again; the others do not wait for it. began hears
// once that all were tried, with the address of the page; empty: there is none. It
// fails where another program serves the city, or its folder cannot be used.
func (c *City) Run(began func(page string)) error {
	ctx := c.like.Ctx
	release, err := store.Serve(c.Dir)
	if errors.Is(err, store.ErrServed) {
		return office.Refuse("已经有一个程序在为这些单位服务，请先停掉它。")
	}
	if err != nil {
		return office.Refuse("文件夹 %s 用不了：%v", c.Dir, err)
	}
	defer release()
	var running, trying sync.WaitGroup
	slots := make(chan struct{}, startAtOnce)
	for _, m := range c.Members {
		trying.Add(1)
		running.Go(func() { c.keep(ctx, m, slots, sync.OnceFunc(trying.Done)) })
	}
	trying.Wait()
	page, err := c.openPage()
	if err != nil {
		fmt.Fprintf(c.like.Out, "这些单位的网页没有开起来：%v。其他照常。\n", err)
	}
	url := ""
	if page != nil {
		url = page.URL()
	}
	began(url)
	running.Go(func() { c.warm(ctx) })
	running.Wait()
	if page != nil {
		return page.Close()
	}
	return nil
}

// keep has an office run until ctx ends, and tries it again while it cannot.
// tried is called once it was tried.
func (c *City) keep(ctx context.Context, m *Member, slots chan struct{}, tried func()) {
	for ; ctx.Err() == nil; chat.Pause(ctx, triedAgain) {
		slots <- struct{}{}
		free := sync.OnceFunc(func() { <-slots; tried() })
		err := chat.Guard(func() error { return c.serve(m, free) })
		m.stands(nil, err)
		free()
		if err != nil && ctx.Err() == nil {
			fmt.Fprintf(c.like.Err, "〔%s〕没有运行起来，过一分钟再试，别的单位照常：%v\n", m.Name, err)
		}
	}
	tried()
}

// serve runs an office; free hears that it has started.
func (c *City) serve(m *Member, free func()) error {
	p, err := c.Office(m)
	if err != nil {
		return err
	}
	p.Out, p.Err = &office.InTurn{To: named{p.Out, m.Name}}, &office.InTurn{To: named{p.Err, m.Name}}
	defer p.Close()
	return p.ServeOn(func(s *office.Service) {
		m.stands(s, nil)
		free()
	})
}

// stands notes how an office is.
func (m *Member) stands(s *office.Service, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.service, m.trouble = s, ""
	if err != nil {
		m.trouble = strings.TrimRight(office.InChinese(err.Error()), "。")
	}
}

// Service gives the office as it runs; nil and why where it does not.
func (m *Member) Service() (s *office.Service, trouble string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.service, m.trouble
}

// warm opens the documents of one office after another, as many as may be open.
func (c *City) warm(ctx context.Context) {
	for _, m := range c.Members {
		if ctx.Err() != nil || c.shared.Full() {
			return
		}
		if s, _ := m.Service(); s != nil {
			if err := s.Warm(); err != nil {
				fmt.Fprintf(c.like.Err, "〔%s〕文件读不出来，问它答不了：%v\n", m.Name, err)
			}
		}
	}
}

// pageFile is where the running service keeps the address of its page, in the city's
// folder.
const pageFile = "page.url"

// openPage opens the page of whoever looks after the city; nil where there is none.
func (c *City) openPage() (*console.Server, error) {
	_ = os.Remove(filepath.Join(c.Dir, pageFile)) // that of an earlier run is open no more
	set := c.settings.Page
	if set.Off {
		return nil, nil
	}
	o := console.Options{Address: set.Address, Names: set.Names, City: page{c}, Now: c.like.Now,
		Log:      slog.New(slog.NewJSONHandler(c.like.Err, nil)),
		Sessions: filepath.Join(c.Dir, "page.sessions"), TLS: console.Certificate{File: set.CertFile, Key: set.CertKey}}
	if set.Address == "" {
		o.Address = usualAddress
	}
	if set.PasswordFile != "" {
		file := set.PasswordFile
		if !filepath.IsAbs(file) {
			file = filepath.Join(c.Dir, file)
		}
		var err error
		if o.Password, err = office.Secret("city.toml 里网页的口令", file, ""); err != nil {
			return nil, err
		}
	}
	s, err := console.Listen(o)
	if errors.Is(err, console.ErrPassword) {
		return nil, office.Refuse("口令至少要 %d 个字符", console.ShortestPassword)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(c.Dir, pageFile), []byte(s.URL()), 0o600)
	}
	return s, err
}
