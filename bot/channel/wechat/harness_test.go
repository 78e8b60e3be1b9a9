package wechat

import (
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/wechat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const groupName = "东河镇网格员群"

// rig is a channel on a simulator within a bubble of simulated time.
type rig struct {
	chattest.Ear
	t   *testing.T
	sim *simulator.Sim
	ch  *Channel
	hot string

	mu     sync.Mutex
	rename [][2]string
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
	ch, err := New(Options{HotFile: r.hot, Transport: r.sim, OnState: r.Hear, OnRename: func(old, new string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.rename = append(r.rename, [2]string{old, new})
	}})
	if err != nil {
		r.t.Fatal(err)
	}
	r.ch = ch
	r.Run(ch)
}

func (r *rig) wants(states ...chat.State) { r.t.Helper(); r.Wants(r.t, states...) }

var pass = chattest.Pass
