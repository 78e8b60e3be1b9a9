package due

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/desk"
	"zujian/bot/store"
)

// every is a plan with a fixed time between its times; zero: once.
type every struct {
	Say   string
	First time.Time
	Gap   time.Duration
	Note  string
}

func (e every) Text() string { return e.Say }

func (e every) Next(after time.Time) (time.Time, string, bool) {
	if e.First.After(after) {
		return e.First, e.Note, true
	}
	if e.Gap == 0 {
		return time.Time{}, "", false
	}
	return e.First.Add((after.Sub(e.First)/e.Gap + 1) * e.Gap), e.Note, true
}

// plans reads what every writes.
type plans struct{}

func (plans) Plan(kept []byte) (Plan, error) {
	var e every
	err := json.Unmarshal(kept, &e)
	return e, err
}

// far is the far end of a channel: it outlives the program.
type far struct {
	mu   sync.Mutex
	sent []sent
	fail func(to chat.Target, text string) error
	// through carries a message; nil: at once.
	through func(deliver func() error) error
}

type sent struct {
	to   string
	text string
	at   time.Time
}

// end is the channel to it.
type end struct {
	*far
	pace time.Duration
}

func (e end) Name() string { return "wechat" }
func (e end) Can() chat.Capabilities {
	return chat.Capabilities{Group: true, Push: true, Longest: 1800, Pace: e.pace}
}
func (e end) Run(ctx context.Context, _ chat.Handler) error { <-ctx.Done(); return nil }
func (e end) Report() chat.Report                           { return chat.Report{State: chat.Online} }

func (e end) Send(_ context.Context, to chat.Target, text string) (chat.Receipt, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fail != nil {
		if err := e.fail(to, text); err != nil {
			return chat.Receipt{}, err
		}
	}
	deliver := func() error {
		e.sent = append(e.sent, sent{to.Chat, text, time.Now()})
		return nil
	}
	if e.through != nil {
		return chat.Receipt{}, e.through(deliver)
	}
	return chat.Receipt{}, deliver()
}

// fails has each message end with what fail gives; nil: all arrive.
func (f *far) fails(fail func(to chat.Target, text string) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = fail
}

func (f *far) texts(to string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for _, s := range f.sent {
		if s.to == to {
			all = append(all, s.text)
		}
	}
	return all
}

// house is a program: store, scheduler and pump.
type house struct {
	t      *testing.T
	path   string
	far    *far
	pace   time.Duration
	policy Policy
	skew   atomic.Int64 // of the machine's clock, nanoseconds
	plans  Plans
	wrap   func(*store.DB) interface {
		Records
		desk.Outbox
	}

	db    *store.DB
	sched *Scheduler
	stop  context.CancelFunc
	done  sync.WaitGroup
}

func newHouse(t *testing.T) *house {
	return &house{t: t, path: filepath.Join(t.TempDir(), "due.db"), far: &far{}, policy: Usual, plans: plans{}}
}

var operator = chat.Target{Channel: "wechat", Chat: "赵主任"}

// open starts the program.
func (h *house) open() {
	h.t.Helper()
	db, err := store.Open(h.path)
	if err != nil {
		h.t.Fatal(err)
	}
	var records interface {
		Records
		desk.Outbox
	} = db
	if h.wrap != nil {
		records = h.wrap(db)
	}
	pump := desk.NewPump(end{h.far, h.pace}, records, nil)
	h.db = db
	h.sched = New(Options{Records: records, Plans: h.plans, Policy: h.policy, Queued: func(string) { pump.Wake() },
		Now:  func() time.Time { return time.Now().Add(time.Duration(h.skew.Load())) },
		Rest: 10 * time.Minute, // a day of looking every minute is slow in a test
		News: func(_ context.Context, text string) []store.Out {
			return []store.Out{{Target: operator, Text: text}}
		}})
	pump.Trouble = func(store.Status, int) { h.sched.Wake() }
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	if err := h.sched.Tick(ctx); err != nil && h.wrap == nil {
		h.t.Error(err)
	}
	h.done.Go(func() { h.sched.Run(ctx) })
	h.done.Go(func() { pump.Run(ctx) })
}

// close stops the program.
func (h *house) close() {
	h.t.Helper()
	h.stop()
	h.done.Wait()
	if err := h.db.Close(); err != nil {
		h.t.Error(err)
	}
}

func (h *house) add(to string, e every) int64 {
	h.t.Helper()
	kept, err := json.Marshal(e)
	if err != nil {
		h.t.Fatal(err)
	}
	now := h.sched.Now()
	ids, err := h.db.AddReminders(h.t.Context(), store.Reminder{Plan: kept, Target: group(to), Approver: "赵主任", Created: now, Slot: h.policy.Slot(e, now)})
	if err != nil {
		h.t.Fatal(err)
	}
	h.sched.Wake()
	return ids[0]
}

func group(name string) chat.Target { return chat.Target{Channel: "wechat", Chat: name, Group: true} }

// wants checks what reached a chat: as many texts, each with its words.
func (h *house) wants(to string, words ...string) {
	h.t.Helper()
	got := h.far.texts(to)
	if len(got) != len(words) {
		h.t.Fatalf("%d messages to %s, want %d:\n%s", len(got), to, len(words), strings.Join(got, "\n---\n"))
	}
	for i, w := range words {
		if !strings.Contains(got[i], w) {
			h.t.Errorf("message %d to %s has no %q:\n%s", i, to, w, got[i])
		}
	}
}

// pass lets simulated time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// until lets it go by up to an hour of the day in Beijing.
func until(h, m int) {
	now := time.Now()
	at := Midnight(now).Add(clock(h, m))
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	pass(at.Sub(now))
}
