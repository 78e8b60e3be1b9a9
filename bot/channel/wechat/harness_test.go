package wechat

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/wechat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, chattest.Working) }

const groupName = "东河镇网格员群"

// rig is a channel on a simulator within a bubble of simulated time.
type rig struct {
	t   *testing.T
	sim *simulator.Sim
	ch  *Channel
	hot string

	mu     sync.Mutex
	got    []chat.Inbound
	states []chat.Report
	rename [][2]string

	stop context.CancelFunc
	done chan struct{}
}

func newRig(t *testing.T, opts simulator.Options) *rig {
	r := &rig{t: t, sim: simulator.New(opts), hot: filepath.Join(t.TempDir(), "hot.json")}
	r.sim.AddGroup(simulator.Group{Key: "donghe", Name: groupName, Members: []simulator.Member{
		{Key: "li", Nick: "李干部", Display: "李家村-李干部"}, {Key: "wang", Nick: "王干部"}}})
	r.sim.AddFriend(simulator.Friend{Key: "zhao", Nick: "赵", Remark: "赵主任"})
	r.run()
	return r
}

// run starts the channel, as a program does at its start.
func (r *rig) run() {
	r.t.Helper()
	ch, err := New(Options{HotFile: r.hot, Transport: r.sim, OnState: r.hear, OnRename: func(old, new string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.rename = append(r.rename, [2]string{old, new})
	}})
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r.ch, r.stop, r.done = ch, stop, make(chan struct{})
	go func() {
		defer close(r.done)
		ch.Run(ctx, func(in chat.Inbound) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.got = append(r.got, in)
		})
	}()
	pass(2 * time.Second) // the scan is first looked for a second after the code is shown
}

func (r *rig) close() { r.stop(); <-r.done }

func (r *rig) hear(report chat.Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.states = append(r.states, report)
}

// heard gives the states since the last call.
func (r *rig) heard() []chat.State {
	r.mu.Lock()
	defer r.mu.Unlock()
	var states []chat.State
	for _, s := range r.states {
		states = append(states, s.State)
	}
	r.states = nil
	return states
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

// pass lets simulated time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func (r *rig) wants(states ...chat.State) {
	r.t.Helper()
	heard := r.heard()
	i := 0
	for _, s := range heard {
		if i < len(states) && s == states[i] {
			i++
		}
	}
	if i < len(states) {
		r.t.Errorf("states %v, want %v among them in this order", heard, states)
	}
}
