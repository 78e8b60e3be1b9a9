package channel_test

import (
	"path/filepath"
	"testing"
	"time"

	"zujian/bot/channel/official"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/official"
)

// accountFar is the simulator as the suite plays it.
type accountFar struct{ *simulator.Sim }

func (f accountFar) Say(chat, _, text string) string { return f.Sim.Say(chat, text) }
func (f accountFar) Picture(chat string)             { f.Send(chat, "image") }
func (f accountFar) Logout()                         {}
func (f accountFar) Login()                          {}
func (f accountFar) Requests() int                   { return len(f.Sim.Requests()) }

func (f accountFar) Sent() []message {
	var sent []message
	for _, s := range f.Sim.Sent() {
		sent = append(sent, message{Chat: s.Person, Text: s.Text})
	}
	return sent
}

func twoPeople(channel string) []chat.Target {
	return []chat.Target{{Channel: channel, Chat: "oZhao"}, {Channel: channel, Chat: "oLi"}}
}

// settle lets the callbacks that are under way end before the bubble does.
func settle(t *testing.T) { t.Cleanup(func() { pass(time.Minute) }) }

// TestOfficial is of an account that answers by customer messages: those have
// receipts, limits and results that are not known.
func TestOfficial(t *testing.T) {
	runSuite(t, func(t *testing.T) *rig {
		sim := simulator.New(simulator.Options{})
		ch, err := official.New(official.Options{ID: simulator.ExampleID, Secret: simulator.ExampleSecret, Token: simulator.ExampleToken,
			Key: simulator.ExampleKey, Customer: true, Transport: sim, Patience: -1})
		if err != nil {
			t.Fatal(err)
		}
		sim.Connect(ch.Handler())
		settle(t)
		return &rig{Channel: ch, Far: accountFar{sim}, Chats: twoPeople("official")}
	})
}

// serviceFar is WeChat's customer service, which says that a message was taken back.
type serviceFar struct{ accountFar }

func (f serviceFar) Recall(chat, id string) { f.Event(chat, "user_recall_msg", id) }

func TestCustomerService(t *testing.T) {
	runSuite(t, func(t *testing.T) *rig {
		sim := simulator.New(simulator.Options{Service: true})
		ch, err := official.NewService(official.ServiceOptions{ID: simulator.ExampleID, Secret: simulator.ExampleSecret, Token: simulator.ExampleToken,
			Key: simulator.ExampleKey, Account: simulator.ExampleAccount, File: filepath.Join(t.TempDir(), "kf.json"), Welcome: "您好，请直接问。",
			Transport: sim})
		if err != nil {
			t.Fatal(err)
		}
		sim.Connect(ch.Handler())
		settle(t)
		return &rig{Channel: ch, Far: serviceFar{accountFar{sim}}, Chats: twoPeople("kf"), Keeps: true, Most: 5}
	})
}
