package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"zujian/bot/channel/wechat"
	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/bot/desk"
	"zujian/bot/remind/due"
	"zujian/bot/store"
)

// Service is an office with its channels running.
type Service struct {
	*Front
	release func() // the data folder
	runner  *desk.Runner
	Posts   []*post
	stop    context.CancelFunc // ends the channels
	done    sync.WaitGroup
	Console *console.Server // nil: not open

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
	ended   sync.Once     // closes it
	holds   atomic.Bool   // the login is here, not with another program that shares the store
	leave   context.CancelFunc
}

// Serve starts everything that is configured and returns at once: no
// channel has to be reachable for that. It fails with store.ErrServed where
// another program serves the data folder. Close ends it.
func (p *Office) Serve() (*Service, error) {
	release, err := store.Serve(p.State())
	if errors.Is(err, store.ErrServed) {
		return nil, served{Refuse("%v。", err).(Failure)}
	}
	if err != nil {
		return nil, Refuse("数据文件夹 %s 用不了：%v", p.State(), err)
	}
	if err = p.WholeAgain(); err == nil {
		p.sweep()
	}
	var o *Front
	if err == nil {
		o, err = p.Open()
	}
	if err != nil {
		release()
		return nil, err
	}
	s := &Service{Front: o, release: release}
	if err := s.start(); err != nil {
		o.Close()
		release()
		return nil, err
	}
	return s, nil
}

// served is store.ErrServed in words for the terminal.
type served struct{ Failure }

func (served) Is(target error) bool { return target == store.ErrServed }

func (s *Service) start() error {
	for _, add := range []func() error{s.addWechat, s.addIlink, s.addWecom, s.addOfficial} {
		if err := add(); err != nil {
			return Refuse("%v", err)
		}
	}
	var pumps []*desk.Pump
	for _, t := range s.Posts {
		pumps = append(pumps, t.pump)
	}
	s.router = desk.NewRouter(s.DB, s.Log, pumps...)
	longest := map[string]int{}
	for _, t := range s.Posts {
		longest[t.channel.Name()] = t.channel.Can().Longest
	}
	if trouble := s.Office.StoreTrouble(s.DB); trouble != "" {
		s.Log.Error("the store is not as it was")
		s.line("%s", trouble)
	}
	s.purge(context.WithoutCancel(s.Office.Ctx))
	s.Front.service = s
	s.runner = s.desk.NewRunner(s.wake, longest)
	s.runner.Direct, s.runner.Unwritable = s.direct, s.sayUnwritable
	s.reminders = s.newReminders()
	if err := s.reminders.Tick(s.Office.Ctx); err != nil && s.Office.Ctx.Err() == nil {
		s.Log.Error("cannot look after the reminders", "error", err.Error())
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.WithoutCancel(s.Office.Ctx))
	for _, t := range s.Posts {
		var until context.Context
		until, t.leave = context.WithCancel(ctx)
		s.done.Go(func() { s.tend(until, t) })
	}
	s.done.Go(func() { s.DB.WhileHolding(ctx, store.Reminders, func() {}, s.reminders.Run) })
	s.shareStore(ctx)
	s.done.Go(func() { s.tidy(ctx) })
	s.done.Go(func() { s.watch(ctx) })
	s.done.Go(func() { s.backEvery(ctx) })
	s.openConsole()
	s.Log.Info("the service has started", "channels", len(s.Posts))
	return nil
}

// newReminders makes the scheduler of the reminders.
func (s *Service) newReminders() *due.Scheduler {
	return due.New(due.Options{Records: s.DB, Plans: s.phrases, Policy: s.Office.Config.Remind.Policy(), Route: s.route,
		Queued: s.wake, News: s.news, Now: s.Office.Now, Log: s.Log})
}

// addWechat makes the channel of the WeChat account, where one is configured.
func (s *Service) addWechat() error {
	c := s.Office.Config.Wechat
	if !c.Enabled {
		return nil
	}
	pace := time.Duration(0) // the usual one, which keeps WeChat patient
	if c.BaseURL != "" {
		pace = -1
	}
	ch, err := wechat.New(wechat.Options{HotFile: filepath.Join(s.Office.State(), "wechat.json"), BaseURL: c.BaseURL, Pace: pace,
		Log:      s.Log,
		OnState:  func(r chat.Report) { s.stands("wechat", r) },
		OnRename: func(old, new string) { s.renamed("wechat", old, new) }})
	if err != nil {
		return err
	}
	s.add(ch)
	return nil
}

func (s *Service) add(ch chat.Channel) {
	t := &post{channel: ch, pump: desk.NewPump(ch, s.DB, s.Log), sent: make(chan struct{})}
	t.pump.Trouble = func(status store.Status, n int) { s.doubt(ch.Name(), status, n) }
	s.Posts = append(s.Posts, t)
}

// direct sends past the outbox, which cannot be written.
func (s *Service) direct(outs ...store.Out) {
	for _, o := range outs {
		for _, t := range s.Posts {
			if t.channel.Name() == o.Target.Channel && t.pump.Direct(o) == 0 {
				s.Log.Error("a reply found no room and is lost", "channel", o.Target.Channel)
			}
		}
	}
}

func (s *Service) wake(channel string) {
	for _, t := range s.Posts {
		if t.channel.Name() == channel {
			t.pump.Wake()
		}
	}
}

// tidy removes every day what has been kept long enough.
func (s *Service) tidy(ctx context.Context) {
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

func (s *Service) purge(ctx context.Context) {
	keep := store.Keep{Audit: time.Duration(s.Office.Config.Desk.AuditDays) * 24 * time.Hour}
	if err := s.DB.Purge(ctx, s.Office.Now(), keep); err != nil && ctx.Err() == nil {
		s.Log.Error("cannot remove what is old", "error", err.Error())
	}
}

// drainFor is how long an orderly end waits for messages to go out. What is
// left is sent by the next start.
const drainFor = 20 * time.Second

// Close takes no more messages, answers those that wait, sends the answers
// where the channel is up, and closes everything.
func (s *Service) Close() error {
	if s.Console != nil {
		_ = os.Remove(s.Office.PageFile())
		if err := s.Console.Close(); err != nil {
			s.Log.Error("the console did not end well", "error", err.Error())
		}
	}
	s.runner.Close()
	for _, t := range s.Posts {
		t.pump.Finish()
		if !t.holds.Load() {
			t.leave()
		}
	}
	grace := time.AfterFunc(drainFor, s.stop)
	for _, t := range s.Posts {
		<-t.sent
	}
	grace.Stop()
	s.stop()
	s.done.Wait()
	s.Log.Info("the service has ended")
	defer s.release()
	if err := s.Front.Close(); err != nil {
		return Refuse("存储没有关好：%v", err)
	}
	return nil
}

// line writes one line for the operator at the terminal.
func (s *Service) line(format string, args ...any) {
	text := fmt.Sprintf("%s %s\n", s.Office.Now().Format("15:04:05"), fmt.Sprintf(format, args...))
	if s.Office.Typing {
		text = "\r" + text + "> "
	}
	io.WriteString(s.Office.Out, text)
}
