package channel_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/desk"
	"zujian/bot/store"
)

// parrot answers with the question.
type parrot struct{}

const (
	slow    = "慢" // a question that begins so takes slowFor
	slowFor = 5 * time.Second
)

func (parrot) Answer(ctx context.Context, turns []string) desk.Answer {
	q := turns[len(turns)-1]
	if a, stopped := guard(q); stopped {
		return a
	}
	if strings.HasPrefix(q, slow) {
		select {
		case <-time.After(slowFor):
		case <-ctx.Done():
		}
	}
	return desk.Answer{Status: "answered", Text: answerTo(q)}
}

func answerTo(q string) string {
	if text, ok := texts[q]; ok {
		return text
	}
	return "答：" + q
}

type noDialog struct{}

func (noDialog) Step(context.Context, []byte, string, string, time.Time) ([]byte, desk.Reply) {
	return nil, desk.Reply{Text: "没有对话", Ended: true}
}

// watched counts what goes through a channel.
type watched struct {
	chat.Channel

	mu    sync.Mutex
	got   []chat.Inbound
	sends int
}

func (w *watched) Run(ctx context.Context, handle chat.Handler) error {
	return w.Channel.Run(ctx, func(in chat.Inbound) {
		w.mu.Lock()
		w.got = append(w.got, in)
		w.mu.Unlock()
		handle(in)
	})
}

func (w *watched) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	w.mu.Lock()
	w.sends++
	w.mu.Unlock()
	return w.Channel.Send(ctx, to, text)
}

func (w *watched) tried() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sends
}

// ids gives the ids of the messages that came in, in order.
func (w *watched) ids() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids []string
	for _, in := range w.got {
		ids = append(ids, in.ID)
	}
	return ids
}

// program is what stands around one channel.
type program struct {
	t      *testing.T
	rig    *rig
	ch     *watched
	db     *store.DB
	path   string // of the store
	runner *desk.Runner
	pump   *desk.Pump
	from   int // what was sent before the case began

	stop context.CancelFunc
	done sync.WaitGroup

	mu      sync.Mutex
	states  []chat.State
	trouble map[store.Status]int
}

// start opens a program on a rig, waits until it is online and has somebody
// speak in each chat.
func start(t *testing.T, rig *rig) *program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "zujian.db")
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	h := &program{t: t, rig: rig, db: db, path: path, ch: &watched{Channel: rig.Channel}, trouble: map[store.Status]int{}}
	h.pump = desk.NewPump(h.ch, db, nil)
	h.pump.Trouble = func(s store.Status, n int) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.trouble[s] += n
	}
	d := desk.New(desk.Options{Answerer: parrot{}, Guard: guard, Dialog: noDialog{}, Records: db,
		Habits: desk.Habits{PerMinute: 1000, QueueSize: 1000}, Announce: time.Hour})
	h.runner = d.NewRunner(func(string) { h.pump.Wake() }, map[string]int{h.ch.Name(): h.ch.Can().Longest})
	var ctx context.Context
	ctx, h.stop = context.WithCancel(context.Background())
	h.done.Go(func() { h.ch.Run(ctx, h.runner.Deliver) })
	h.done.Go(func() { h.pump.Run(ctx) })
	h.done.Go(func() { h.watch(ctx) })
	if len(rig.Chats) < 2 {
		t.Fatal("the rig has fewer than two chats")
	}
	h.until("the channel is online", 10*time.Minute, func() bool { return h.state() == chat.Online })
	if !rig.PushOnly {
		for i := range rig.Chats {
			h.ask(i, "你好")
		}
		h.until("greetings are answered", 5*time.Minute, func() bool { return len(rig.Far.Sent()) >= len(rig.Chats) })
	}
	h.from = len(rig.Far.Sent())
	return h
}

// watch notes the states, and wakes the pump as the program does.
func (h *program) watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s := h.state()
		h.mu.Lock()
		changed := len(h.states) == 0 || h.states[len(h.states)-1] != s
		if changed {
			h.states = append(h.states, s)
		}
		h.mu.Unlock()
		if changed {
			h.pump.Wake()
		}
	}
}

// close ends the program. What still runs after it keeps the bubble from
// ending, and the test fails.
func (h *program) close() {
	h.t.Helper()
	h.stop()
	h.done.Wait()
	h.runner.Close()
	if err := h.db.Close(); err != nil {
		h.t.Error(err)
	}
}

func (h *program) state() chat.State { return h.rig.Channel.Report().State }

func (h *program) wasIn(states ...chat.State) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.ContainsFunc(h.states, func(s chat.State) bool { return slices.Contains(states, s) })
}

// ask has somebody ask in the i-th chat, or where nobody can, puts the answer
// into the outbox as the program would.
func (h *program) ask(i int, q string) string {
	h.t.Helper()
	to := h.rig.Chats[i]
	if !h.rig.PushOnly {
		if to.Group {
			q = "@组建助手 " + q
		}
		return h.rig.Far.Say(to.Chat, "li", q)
	}
	to.Channel = h.ch.Name()
	var outs []store.Out
	for _, part := range chat.Split(chat.Plain(answerTo(q)), h.ch.Can().Longest) {
		outs = append(outs, store.Out{Target: to, Text: part})
	}
	if _, err := h.db.Enqueue(context.Background(), time.Now(), outs...); err != nil {
		h.t.Fatal(err)
	}
	h.pump.Wake()
	return ""
}

// sent gives what reached the i-th chat since the case began.
func (h *program) sent(i int) []string {
	texts := []string{}
	for _, s := range h.rig.Far.Sent()[h.from:] {
		if s.Chat == h.rig.Chats[i].Chat {
			texts = append(texts, s.Text)
		}
	}
	return texts
}

// wants checks what reached the i-th chat.
func (h *program) wants(i int, questions ...string) {
	h.t.Helper()
	want := []string{}
	for _, q := range questions {
		want = append(want, answerTo(q))
	}
	h.wantTexts(i, want)
}

// wantTexts checks it word for word.
func (h *program) wantTexts(i int, want []string) {
	h.t.Helper()
	if got := h.sent(i); !slices.Equal(got, want) {
		h.t.Errorf("chat %d got %q, want %q", i, got, want)
	}
}

// counts gives how many messages of the outbox stand where.
func (h *program) counts() map[store.Status]int {
	h.t.Helper()
	c, err := h.db.Counts(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// idle reports whether nothing waits to be sent.
func (h *program) idle() bool {
	c := h.counts()
	return c[store.Pending]+c[store.Sending] == 0
}

// until lets time pass until cond holds.
func (h *program) until(what string, most time.Duration, cond func() bool) {
	h.t.Helper()
	for began := time.Now(); !cond(); pass(time.Second) {
		if time.Since(began) > most {
			h.t.Fatalf("after %s not yet: %s; state %s", most, what, h.state())
		}
	}
	synctest.Wait()
}
