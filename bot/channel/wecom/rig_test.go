package wecom_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/wecom"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	group = "wrGroup0001"
	other = "wrGroup0002"
	name  = "东河镇网格员群"
)

func newSim(t *testing.T) *simulator.Sim {
	sim := simulator.New(simulator.Options{})
	sim.AddGroup(simulator.Group{ID: group, Name: name, Key: "key-one"})
	sim.AddGroup(simulator.Group{ID: other, Name: "西河镇网格员群", Key: "key-two"})
	t.Cleanup(sim.Open())
	return sim
}

// rig is a robot on a simulator within a bubble of simulated time.
type rig struct {
	chattest.Ear
	t   *testing.T
	sim *simulator.Sim
	ch  *wecom.Channel
	log *bytes.Buffer

	mu     sync.Mutex
	groups []string
}

// newRig runs a robot; change may change its options.
func newRig(t *testing.T, sim *simulator.Sim, change func(*wecom.Options)) *rig {
	t.Helper()
	r := &rig{t: t, sim: sim, log: &bytes.Buffer{}}
	opts := wecom.Options{BotID: "simbot", Secret: "simsecret", Address: "ws://localhost/", Dial: sim.Dial, Robot: "组建助手", Names: map[string]string{group: name},
		OnState: r.Hear, OnGroup: r.hearGroup, Log: slog.New(slog.NewJSONHandler(&locked{to: r.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if change != nil {
		change(&opts)
	}
	ch, err := wecom.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	r.ch = ch
	r.Run(ch)
	return r
}

func (r *rig) hearGroup(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.groups = append(r.groups, id)
}

// wants checks that these are the states since the last call.
func (r *rig) wants(states ...chat.State) {
	r.t.Helper()
	var got []chat.State
	for _, s := range r.Reports() {
		got = append(got, s.State)
	}
	if !slices.Equal(got, states) {
		r.t.Errorf("states %v, want %v", got, states)
	}
	r.Forget()
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

var pass = chattest.Pass

func aGroup() chat.Target { return chat.Target{Channel: "wecom", Chat: name, Group: true} }
