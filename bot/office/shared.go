package office

import (
	"context"
	"sync"
	"time"

	"zujian/bot/chat"
	"zujian/bot/desk"
	"zujian/bot/store"
)

// tend runs a channel and the pump that sends through it, while the login of the
// channel is with this program.
func (s *Service) tend(ctx context.Context, t *post) {
	ended := func() { t.ended.Do(func() { close(t.sent) }) }
	defer ended()
	waits := func() {
		s.line("%s：登录在另一台机器上。这一台先等着，那一台停了就接过来。", channelNames[t.channel.Name()])
	}
	s.DB.WhileHolding(ctx, "channel "+t.channel.Name(), waits, func(ctx context.Context) {
		t.holds.Store(true)
		defer t.holds.Store(false)
		s.Log.Info("the login is here", "channel", t.channel.Name())
		var both sync.WaitGroup
		both.Go(func() { t.channel.Run(ctx, s.runner.Deliver) })
		t.pump.Run(ctx)
		if ctx.Err() == nil { // it sent all there was, at the end of the service
			ended()
		}
		both.Wait()
	})
}

// How often the store in PostgreSQL is looked at, and how long that may take.
const (
	lookAtStore = 2 * time.Second
	lookPatient = 5 * time.Second
)

// What operators hear of a store in PostgreSQL.
const (
	sayStoreAway = "PostgreSQL 连不上了：问题照样答，记录先不记，提醒先等着，连上了接着发。请看看数据库那边，再用 bot doctor 看看。"
	sayStoreBack = "PostgreSQL 又连上了，等着的提醒接着发。"
)

// shareStore looks after a store that other programs have as well: it says when
// PostgreSQL is away, and wakes who waits for what others put in.
func (s *Service) shareStore(ctx context.Context) {
	if s.Office.Config().Store.Postgres == "" {
		return
	}
	s.done.Go(func() { s.DB.Listen(ctx, s.heard) })
	s.done.Go(func() { s.watchStore(ctx) })
}

// heard wakes who waits for what was put into a table; "" is any.
func (s *Service) heard(table string) {
	if table == "" || table == store.FilesTable {
		s.LookAgain()
	}
	if table == "" || table == "reminder" {
		s.reminders.Wake()
	}
	if table == "" || table == "outbox" {
		for _, t := range s.Posts() {
			t.pump.Wake()
		}
	}
}

// watchStore says when PostgreSQL goes away and when it is back. Who the operators
// are is kept in memory for that.
func (s *Service) watchStore(ctx context.Context) {
	var operators []chat.Target
	away := false
	for chat.Pause(ctx, lookAtStore) {
		limited, stop := context.WithTimeout(ctx, lookPatient)
		now, _, err := s.DB.Operators(limited)
		stop()
		if err == nil {
			operators = now
		}
		if ctx.Err() != nil || (err != nil) == away {
			continue
		}
		if away = !away; away {
			s.Log.Error("PostgreSQL is away", "error", err.Error())
			s.line("%s", sayStoreAway)
			s.tellPast(operators, sayStoreAway)
			continue
		}
		s.Log.Info("PostgreSQL is back")
		s.line("%s", sayStoreBack)
		s.heard("")
	}
}

// tellPast tells operators past the outbox, where their channel is here.
func (s *Service) tellPast(operators []chat.Target, text string) {
	for _, to := range operators {
		for _, t := range s.Posts() {
			if t.holds.Load() && t.channel.Name() == to.Channel {
				t.pump.Direct(store.Out{Target: to, Text: text, Expires: time.Now().Add(time.Hour)})
			}
		}
	}
}

// sayUnwritable is for a disk that takes nothing; watchStore says the rest.
func (s *Service) sayUnwritable() {
	if s.Office.Config().Store.Postgres == "" {
		s.line("%s", desk.SayUnwritable)
	}
}
