package wecom_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wecom"
)

// rig is a robot on a simulator within a bubble of simulated time.
type rig struct {
	t   *testing.T
	sim *simulator.Sim
	ch  *wecom.Channel
	log *bytes.Buffer

	mu     sync.Mutex
	got    []chat.Inbound
	states []chat.State
	groups []string

	stop context.CancelFunc
	done chan struct{}
}

// newRig runs a robot; change may change its options.
func newRig(t *testing.T, sim *simulator.Sim, change func(*wecom.Options)) *rig {
	t.Helper()
	r := &rig{t: t, sim: sim, log: &bytes.Buffer{}, done: make(chan struct{})}
	opts := wecom.Options{BotID: "simbot", Secret: "simsecret", Address: "ws://localhost/", Dial: sim.Dial, Robot: "组建助手", Names: map[string]string{group: name},
		OnState: r.hear, OnGroup: r.hearGroup, Log: slog.New(slog.NewJSONHandler(&locked{to: r.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if change != nil {
		change(&opts)
	}
	ch, err := wecom.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	r.ch = ch
	var ctx context.Context
	ctx, r.stop = context.WithCancel(context.Background())
	go func() {
		defer close(r.done)
		ch.Run(ctx, func(in chat.Inbound) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.got = append(r.got, in)
		})
	}()
	pass(time.Second)
	return r
}

func (r *rig) close() { r.stop(); <-r.done }

func (r *rig) hear(report chat.Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.states = append(r.states, report.State)
}

func (r *rig) hearGroup(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.groups = append(r.groups, id)
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

func (r *rig) wants(states ...chat.State) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Equal(r.states, states) {
		r.t.Errorf("states %v, want %v", r.states, states)
	}
	r.states = nil
}

func (r *rig) send(to chat.Target, text string) error {
	_, err := r.ch.Send(context.Background(), to, text)
	return err
}

// last gives what was sent last.
func (r *rig) last() simulator.Sent {
	r.t.Helper()
	sent := r.sim.Sent()
	if len(sent) == 0 {
		r.t.Fatal("nothing was sent")
	}
	return sent[len(sent)-1]
}

// locked makes a buffer safe for log lines from several goroutines.
type locked struct {
	mu sync.Mutex
	to *bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}

// pass lets simulated time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func aGroup() chat.Target { return chat.Target{Channel: "wecom", Chat: name, Group: true} }
