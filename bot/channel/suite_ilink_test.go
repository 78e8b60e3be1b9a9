package channel_test

import (
	"path/filepath"
	"testing"

	"zujian/bot/channel/ilink"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/ilink"
)

// robotFar is the simulator of iLink as the suite plays it.
type robotFar struct {
	*simulator.Sim
	ch *ilink.Channel
}

func (f robotFar) Say(chat, _, text string) string { return f.Sim.Say(chat, text) }

func (f robotFar) Sent() []message {
	var sent []message
	for _, s := range f.Sim.Sent() {
		sent = append(sent, message{Chat: s.Person, Text: s.Text})
	}
	return sent
}

func (f robotFar) Picture(chat string) { f.SendPicture(chat) }
func (f robotFar) Login()              { f.ch.Relogin(); f.Scan() }
func (f robotFar) Requests() int       { return len(f.Sim.Requests()) }

func TestIlink(t *testing.T) {
	runSuite(t, func(t *testing.T) *rig {
		sim := simulator.New(simulator.Options{ManualScan: true})
		sim.Scan()
		ch, err := ilink.New(ilink.Options{File: filepath.Join(t.TempDir(), "ilink.json"), Transport: sim})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if n := sim.Refused(); n > 0 {
				t.Errorf("%d sends outside a window", n)
			}
		})
		return &rig{Channel: ch, Far: robotFar{sim, ch}, Relogin: true, Keeps: true,
			Chats: []chat.Target{{Channel: "ilink", Chat: "o9zhao@im.wechat"}, {Channel: "ilink", Chat: "o9li@im.wechat"}}}
	})
}
