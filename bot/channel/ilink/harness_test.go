package ilink

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/ilink"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const zhao, li = "o9zhao@im.wechat", "o9li@im.wechat"

// rig is a channel on a simulator within a bubble of simulated time.
type rig struct {
	chattest.Ear
	t       *testing.T
	sim     *simulator.Sim
	ch      *Channel
	file    string
	logs    bytes.Buffer // the channel writes it; read when nothing runs
	damaged []string
}

func newRig(t *testing.T, opts simulator.Options) *rig {
	r := &rig{t: t, sim: simulator.New(opts), file: filepath.Join(t.TempDir(), "keys", "ilink.json")}
	r.run()
	return r
}

// run starts the channel, as a program does at its start.
func (r *rig) run() {
	r.t.Helper()
	ch, err := New(Options{File: r.file, Transport: r.sim, OnState: r.Hear, OnDamaged: func(aside string) { r.damaged = append(r.damaged, aside) },
		Log: slog.New(slog.NewJSONHandler(&r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		r.t.Fatal(err)
	}
	r.ch = ch
	r.Run(ch)
}

func (r *rig) wants(states ...chat.State) { r.t.Helper(); r.Wants(r.t, states...) }

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

var pass = chattest.Pass

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
