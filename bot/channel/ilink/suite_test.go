package ilink_test

import (
	"path/filepath"
	"testing"

	"zujian/bot/channel/ilink"
	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/ilink"
)

// far is the simulator of iLink as the suite plays it.
type far struct {
	*simulator.Sim
	ch *ilink.Channel
}

func (f far) Say(chat, _, text string) string { return f.Sim.Say(chat, text) }

func (f far) Sent() []chattest.Sent {
	var sent []chattest.Sent
	for _, s := range f.Sim.Sent() {
		sent = append(sent, chattest.Sent{Chat: s.Person, Text: s.Text})
	}
	return sent
}

func (f far) Picture(chat string) { f.SendPicture(chat) }
func (f far) Login()              { f.ch.Relogin(); f.Scan() }
func (f far) Requests() int       { return len(f.Sim.Requests()) }

func TestSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) *chattest.Rig {
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
		return &chattest.Rig{Channel: ch, Far: far{sim, ch}, Relogin: true, Keeps: true,
			Chats: []chat.Target{{Channel: "ilink", Chat: "o9zhao@im.wechat"}, {Channel: "ilink", Chat: "o9li@im.wechat"}}}
	})
}
