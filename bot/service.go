package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/bot/desk"
	"zujian/bot/remind/due"
	"zujian/bot/store"
	"zujian/bot/wechat"
)

// service is an office with its channels running.
type service struct {
	*office
	release func() // the data folder
	runner  *desk.Runner
	posts   []*post
	stop    context.CancelFunc // ends the channels
	done    sync.WaitGroup
	console *console.Server // nil: not open

	reminders *due.Scheduler
	router    *desk.Router

	mu   sync.Mutex
	told time.Time // when operators last heard of messages in doubt
}

// post is a channel with the pump that sends through it.
type post struct {
	channel chat.Channel
	pump    *desk.Pump
	sent    chan struct{} // closed when the pump has ended
}

// openService starts everything that is configured and returns at once: no
// channel has to be reachable for that. It fails with store.ErrServed where
// another program serves the data folder. Close ends it.
func (p *program) openService() (*service, error) {
	release, err := store.Serve(p.state())
	if errors.Is(err, store.ErrServed) {
		return nil, served{refuse("%v。", err).(failure)}
	}
	if err != nil {
		return nil, refuse("数据文件夹 %s 用不了：%v", p.state(), err)
	}
	o, err := p.openOffice()
	if err != nil {
		release()
		return nil, err
	}
	s := &service{office: o, release: release}
	if err := s.start(); err != nil {
		o.Close()
		release()
		return nil, err
	}
	return s, nil
}

// served is store.ErrServed in words for the terminal.
type served struct{ failure }

func (served) Is(target error) bool { return target == store.ErrServed }

func (s *service) start() error {
	for _, add := range []func() error{s.addWechat, s.addIlink, s.addWecom} {
		if err := add(); err != nil {
			return refuse("%v", err)
		}
	}
	var pumps []*desk.Pump
	for _, t := range s.posts {
		pumps = append(pumps, t.pump)
	}
	s.router = desk.NewRouter(s.db, s.log, pumps...)
	longest := map[string]int{}
	for _, t := range s.posts {
		longest[t.channel.Name()] = t.channel.Can().Longest
	}
	s.purge(context.WithoutCancel(s.p.ctx))
	s.office.service = s
	s.runner = s.desk.NewRunner(s.wake, longest)
	s.runner.Direct, s.runner.Unwritable = s.direct, func() { s.line("%s", desk.SayUnwritable) }
	s.reminders = s.newReminders()
	if err := s.reminders.Tick(s.p.ctx); err != nil && s.p.ctx.Err() == nil {
		s.log.Error("cannot look after the reminders", "error", err.Error())
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.WithoutCancel(s.p.ctx))
	for _, t := range s.posts {
		s.done.Go(func() { t.channel.Run(ctx, s.runner.Deliver) })
		s.done.Go(func() { defer close(t.sent); t.pump.Run(ctx) })
	}
	s.done.Go(func() { s.reminders.Run(ctx) })
	s.done.Go(func() { s.tidy(ctx) })
	s.done.Go(func() { s.watch(ctx) })
	s.done.Go(func() { s.backEvery(ctx) })
	s.openConsole()
	s.log.Info("the service has started", "channels", len(s.posts))
	return nil
}

// newReminders makes the scheduler of the reminders.
func (s *service) newReminders() *due.Scheduler {
	return due.New(due.Options{Records: s.db, Plans: s.phrases, Policy: s.p.config.Remind.policy(), Route: s.route,
		Queued: s.wake, News: s.news, Now: s.p.now, Log: s.log})
}

// addWechat makes the channel of the WeChat account, where one is configured.
func (s *service) addWechat() error {
	c := s.p.config.Wechat
	if !c.Enabled {
		return nil
	}
	pace := time.Duration(0) // the usual one, which keeps WeChat patient
	if c.BaseURL != "" {
		pace = -1
	}
	ch, err := wechat.New(wechat.Options{HotFile: filepath.Join(s.p.state(), "wechat.json"), BaseURL: c.BaseURL, Pace: pace, Log: s.log,
		OnState:  func(r chat.Report) { s.stands("wechat", r) },
		OnRename: func(old, new string) { s.renamed("wechat", old, new) }})
	if err != nil {
		return err
	}
	s.add(ch)
	return nil
}

func (s *service) add(ch chat.Channel) {
	t := &post{channel: ch, pump: desk.NewPump(ch, s.db, s.log), sent: make(chan struct{})}
	t.pump.Trouble = func(status store.Status, n int) { s.doubt(ch.Name(), status, n) }
	s.posts = append(s.posts, t)
}

// direct sends past the outbox, which cannot be written.
func (s *service) direct(outs ...store.Out) {
	for _, o := range outs {
		for _, t := range s.posts {
			if t.channel.Name() == o.Target.Channel && t.pump.Direct(o) == 0 {
				s.log.Error("a reply found no room and is lost", "channel", o.Target.Channel)
			}
		}
	}
}

func (s *service) wake(channel string) {
	for _, t := range s.posts {
		if t.channel.Name() == channel {
			t.pump.Wake()
		}
	}
}

// tidy removes every day what has been kept long enough.
func (s *service) tidy(ctx context.Context) {
	daily := time.NewTicker(24 * time.Hour)
	defer daily.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-daily.C:
			s.purge(ctx)
		}
	}
}

func (s *service) purge(ctx context.Context) {
	keep := store.Keep{Audit: time.Duration(s.p.config.Desk.AuditDays) * 24 * time.Hour}
	if err := s.db.Purge(ctx, s.p.now(), keep); err != nil && ctx.Err() == nil {
		s.log.Error("cannot remove what is old", "error", err.Error())
	}
}

// drainFor is how long an orderly end waits for messages to go out. What is
// left is sent by the next start.
const drainFor = 20 * time.Second

// Close takes no more messages, answers those that wait, sends the answers
// where the channel is up, and closes everything.
func (s *service) Close() error {
	if s.console != nil {
		_ = os.Remove(s.p.pageFile())
		if err := s.console.Close(); err != nil {
			s.log.Error("the console did not end well", "error", err.Error())
		}
	}
	s.runner.Close()
	for _, t := range s.posts {
		t.pump.Finish()
	}
	grace := time.AfterFunc(drainFor, s.stop)
	for _, t := range s.posts {
		<-t.sent
	}
	grace.Stop()
	s.stop()
	s.done.Wait()
	s.log.Info("the service has ended")
	defer s.release()
	if err := s.office.Close(); err != nil {
		return refuse("存储没有关好：%v", err)
	}
	return nil
}

// line writes one line for the operator at the terminal.
func (s *service) line(format string, args ...any) {
	text := fmt.Sprintf("%s %s\n", s.p.now().Format("15:04:05"), fmt.Sprintf(format, args...))
	if s.p.typing {
		text = "\r" + text + "> "
	}
	io.WriteString(s.p.out, text)
}
