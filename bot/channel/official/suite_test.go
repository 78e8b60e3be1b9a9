package official_test

import (
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/channel/official"
	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/official"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, chattest.Working) }

const zhao, li = "oZhao", "oLi"

// far is the simulator as the suite plays it.
type far struct{ *simulator.Sim }

func (f far) Say(chat, _, text string) string { return f.Sim.Say(chat, text) }
func (f far) Picture(chat string)             { f.Send(chat, "image") }
func (f far) Logout()                         {}
func (f far) Login()                          {}
func (f far) Requests() int                   { return len(f.Sim.Requests()) }

func (f far) Sent() []chattest.Sent {
	var sent []chattest.Sent
	for _, s := range f.Sim.Sent() {
		sent = append(sent, chattest.Sent{Chat: s.Person, Text: s.Text})
	}
	return sent
}

func chats(name string) []chat.Target {
	return []chat.Target{{Channel: name, Chat: zhao}, {Channel: name, Chat: li}}
}

// settle lets the callbacks that are under way end before the bubble does.
func settle(t *testing.T) { t.Cleanup(func() { pass(time.Minute) }) }

func account(sim *simulator.Sim, change func(*official.Options)) official.Options {
	o := official.Options{ID: simulator.ExampleID, Secret: simulator.ExampleSecret, Token: simulator.ExampleToken, Key: simulator.ExampleKey, Customer: true, Transport: sim}
	if change != nil {
		change(&o)
	}
	return o
}

// TestSuite is of an account that answers by customer messages: those have
// receipts, limits and results that are not known.
func TestSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) *chattest.Rig {
		sim := simulator.New(simulator.Options{})
		ch, err := official.New(account(sim, func(o *official.Options) { o.Patience = -1 }))
		if err != nil {
			t.Fatal(err)
		}
		sim.Connect(ch.Handler())
		settle(t)
		return &chattest.Rig{Channel: ch, Far: far{sim}, Chats: chats("official")}
	})
}

// kf is WeChat's customer service, which says that a message was taken back.
type kf struct{ far }

func (f kf) Recall(chat, id string) { f.Event(chat, "user_recall_msg", id) }

func TestServiceSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) *chattest.Rig {
		sim := simulator.New(simulator.Options{Service: true})
		ch, err := official.NewService(service(sim, filepath.Join(t.TempDir(), "kf.json")))
		if err != nil {
			t.Fatal(err)
		}
		sim.Connect(ch.Handler())
		settle(t)
		return &chattest.Rig{Channel: ch, Far: kf{far{sim}}, Chats: chats("kf"), Keeps: true, Most: 5}
	})
}

func service(sim *simulator.Sim, file string) official.ServiceOptions {
	return official.ServiceOptions{ID: simulator.ExampleID, Secret: simulator.ExampleSecret, Token: simulator.ExampleToken, Key: simulator.ExampleKey,
		Account: simulator.ExampleAccount, File: file, Welcome: "您好，请直接问。", Transport: sim}
}
