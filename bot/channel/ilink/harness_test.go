package ilink

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/ilink"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, chattest.Working) }

const zhao, li = "o9zhao@im.wechat", "o9li@im.wechat"

// rig is a channel on a simulator within a bubble of simulated time.
type rig struct {
	t    *testing.T
	sim  *simulator.Sim
	ch   *Channel
	file string
	logs bytes.Buffer // the channel writes it; read when nothing runs

	mu      sync.Mutex
	got     []chat.Inbound
	states  []chat.Report
	damaged []string
	handle  func(chat.Inbound) // before it is noted; nil: nothing

	stop context.CancelFunc
	done chan struct{}
}

func newRig(t *testing.T, opts simulator.Options) *rig {
	r := &rig{t: t, sim: simulator.New(opts), file: filepath.Join(t.TempDir(), "keys", "ilink.json")}
	r.run()
	return r
}

// run starts the channel, as a program does at its start.
func (r *rig) run() {
	r.t.Helper()
	ch, err := New(Options{File: r.file, Transport: r.sim, OnState: r.hear, OnDamaged: func(aside string) { r.damaged = append(r.damaged, aside) },
		Log: slog.New(slog.NewJSONHandler(&r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r.ch, r.stop, r.done = ch, stop, make(chan struct{})
	go func() {
		defer close(r.done)
		ch.Run(ctx, r.take)
	}()
	pass(2 * time.Second) // the scan is first looked for a second after the code is shown
}

func (r *rig) take(in chat.Inbound) {
	r.mu.Lock()
	handle := r.handle
	r.mu.Unlock()
	if handle != nil {
		handle(in)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, in)
}

func (r *rig) close() { r.stop(); <-r.done }

func (r *rig) hear(report chat.Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.states = append(r.states, report)
}

// reports gives every state since wants was last asked.
func (r *rig) reports() []chat.Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.states)
}

// received gives the messages since the last call, when all is quiet.
func (r *rig) received() []chat.Inbound {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	got := r.got
	r.got = nil
	return got
}

// says has somebody write and lets the message arrive.
func (r *rig) says(person, text string) string {
	id := r.sim.Say(person, text)
	pass(time.Second)
	return id
}

func (r *rig) send(person string) error {
	_, err := r.ch.Send(context.Background(), chat.Target{Channel: "ilink", Chat: person}, "提醒")
	return err
}

// pass lets simulated time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// wants checks that the states were heard in this order, others between them.
func (r *rig) wants(states ...chat.State) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	var heard []chat.State
	i := 0
	for _, s := range r.states {
		heard = append(heard, s.State)
		if i < len(states) && s.State == states[i] {
			i++
		}
	}
	r.states = nil
	if i < len(states) {
		r.t.Errorf("states %v, want %v among them in this order", heard, states)
	}
}

// count gives how many requests of a path there were from the n-th on; an empty
// path is any.
func (r *rig) count(n int, path string) int {
	count := 0
	for _, q := range r.sim.Requests()[n:] {
		if path == "" || q.Path == path {
			count++
		}
	}
	return count
}
