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

	"zujian/bot/channel/official"
	"zujian/bot/channel/wechat"
	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/bot/desk"
	"zujian/bot/remind/due"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// Service is an office with its channels running.
type Service struct {
	*Front
	release func() // the data folder
	runner  *desk.Runner
	stop    context.CancelFunc // ends everything that runs beside the questions
	done    sync.WaitGroup
	Console *console.Server // nil: not open

	reminders *due.Scheduler
	router    *desk.Router

	anew       chan struct{} // somebody wants it to begin anew
	mayRestart atomic.Bool   // somebody listens to that

	postsLock sync.RWMutex
	posts     []*post // never changed in place

	reloading sync.Mutex
	closing   bool // nothing is reloaded any more
	model     any  // the language model as it is used
	look      chan struct{}

	doubted desk.Seldom[struct{}] // operators heard of messages in doubt
	person  desk.Seldom[string]   // chats in which somebody asked for a person
}

// post is a channel with the pump that sends through it.
type post struct {
	channel chat.Channel
	pump    *desk.Pump
	made    any           // of what in the configuration
	sent    chan struct{} // closed when the pump has ended
	ended   sync.Once     // closes it
	holds   atomic.Bool   // the login is here, not with another program that shares the store
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// finish has the pump send what is due, for so long at most, and ends the
// channel.
func (t *post) finish(within time.Duration) {
	t.pump.Finish()
	if !t.holds.Load() {
		t.stop() // it waits for another program to end
	}
	grace := time.AfterFunc(within, t.stop)
	<-t.sent
	grace.Stop()
	t.stop()
}

// Posts are the channels that run.
func (s *Service) Posts() []*post {
	s.postsLock.RLock()
	defer s.postsLock.RUnlock()
	return s.posts
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
	p.state = p.State()
	if err = p.WholeAgain(); err == nil {
		p.sweep()
	}
	var o *Front
	if err == nil {
		p.caughtUpBriefly()
		o, err = p.Open()
	}
	if err != nil {
		release()
		return nil, err
	}
	s := &Service{Front: o, release: release, look: make(chan struct{}, 1), anew: make(chan struct{}, 1)}
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
	c := s.Office.Config()
	s.model = c.LLM.asRead()
	longest := map[string]int{}
	s.router = desk.NewRouter(s.DB, s.Log)
	for _, name := range c.Configured() {
		t, err := s.post(name, c)
		if err != nil {
			return Refuse("%v", err)
		}
		s.posts, longest[name] = append(s.posts, t), t.channel.Can().Longest
		s.router.Add(t.pump)
	}
	if trouble := s.Office.StoreTrouble(s.DB); trouble != "" {
		s.Log.Error("the store is not as it was")
		s.line("%s", trouble)
	}
	s.purge(context.WithoutCancel(s.Office.Ctx))
	s.Front.service = s
	s.runner = s.desk.NewRunner(s.wake, longest)
	s.runner.Direct, s.runner.Unwritable = s.direct, s.sayUnwritable
	s.runner.Behind = s.router.Behind
	s.reminders = s.newReminders()
	if err := s.reminders.Tick(s.Office.Ctx); err != nil && s.Office.Ctx.Err() == nil {
		s.Log.Error("cannot look after the reminders", "error", err.Error())
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.WithoutCancel(s.Office.Ctx))
	for _, t := range s.posts {
		s.run(ctx, t)
	}
	s.done.Go(func() { s.DB.WhileHolding(ctx, store.Reminders, func() {}, s.reminders.Run) })
	s.shareStore(ctx)
	s.done.Go(func() { s.tidy(ctx) })
	s.done.Go(func() { s.watch(ctx) })
	if !s.Office.inStep() {
		s.LookAgain()
	}
	s.done.Go(func() { s.backEvery(ctx) })
	s.openConsole()
	s.Log.Info("the service has started", "channels", len(s.posts))
	return nil
}

// newReminders makes the scheduler of the reminders.
func (s *Service) newReminders() *due.Scheduler {
	return due.New(due.Options{Records: s.DB, Plans: s.phrases, Policy: s.Office.Config().Remind.Policy(), Route: s.route,
		Queued: s.wake, News: s.news, Now: s.Office.Now, Log: s.Log})
}

// run starts a channel.
func (s *Service) run(ctx context.Context, t *post) {
	ctx, t.stop = context.WithCancel(ctx)
	t.done.Go(func() { s.tend(ctx, t) })
}

// post makes a channel and its pump.
func (s *Service) post(name string, c Config) (*post, error) {
	ch, err := s.channel(name, c)
	if err != nil {
		return nil, err
	}
	t := &post{channel: ch, pump: desk.NewPump(ch, s.DB, s.Log), made: c.madeOf(name), sent: make(chan struct{})}
	t.pump.Trouble = func(status store.Status, n int) { s.doubt(name, status, n) }
	return t, nil
}

// channel makes a channel that is configured.
func (s *Service) channel(name string, c Config) (chat.Channel, error) {
	stands := func(r chat.Report) { s.stands(name, r) }
	switch name {
	case ilinkChannel:
		return s.ilink(c.Ilink, stands)
	case robotChannel:
		return c.Wecom.robot(wecom.Options{Name: name, Log: s.Log, OnState: stands, OnGroup: s.unnamedGroup})
	case WebhookChannel:
		return c.Wecom.webhooks(wecom.WebhookOptions{Name: name, Log: s.Log, OnState: stands})
	case officialChannel:
		return c.Official.account(official.Options{File: filepath.Join(s.Office.State(), "official.json"), Log: s.Log, OnState: stands})
	case serviceChannel:
		return c.Kf.service(official.ServiceOptions{File: filepath.Join(s.Office.State(), "kf.json"), Log: s.Log, Welcome: sayKfWelcome,
			OnState: stands})
	}
	return wechat.New(wechat.Options{HotFile: filepath.Join(s.Office.State(), "wechat.json"), BaseURL: c.Wechat.BaseURL,
		Pace: paceAt(c.Wechat.BaseURL), Log: s.Log, OnState: stands, OnRename: func(old, new string) { s.renamed(name, old, new) }})
}

// paceAt is how a channel paces itself: as keeps WeChat patient, or not at all at
// a simulator.
func paceAt(simulator string) time.Duration {
	if simulator != "" {
		return -1
	}
	return 0
}

// direct sends past the outbox, which cannot be written.
func (s *Service) direct(outs ...store.Out) {
	for _, o := range outs {
		for _, t := range s.Posts() {
			if t.channel.Name() == o.Target.Channel && t.pump.Direct(o) == 0 {
				s.Log.Error("a reply found no room and is lost", "channel", o.Target.Channel)
			}
		}
	}
}

func (s *Service) wake(channel string) {
	for _, t := range s.Posts() {
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
	keep := store.Keep{Audit: time.Duration(s.Office.Config().Desk.AuditDays) * 24 * time.Hour}
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
	s.reloading.Lock()
	s.closing = true
	s.reloading.Unlock()
	var ending sync.WaitGroup
	for _, t := range s.Posts() {
		ending.Go(func() { t.finish(drainFor) })
	}
	ending.Wait()
	s.stop()
	for _, t := range s.Posts() {
		t.done.Wait()
	}
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
	said := fmt.Sprintf("%s %s\n", s.Office.Now().In(text.Beijing).Format("15:04:05"), fmt.Sprintf(format, args...))
	if s.Office.Typing {
		said = "\r" + said + "> "
	}
	io.WriteString(s.Office.Out, said)
}
