package wecom_test

import (
	"testing"

	"go.uber.org/goleak"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/wecom"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, chattest.Working) }

const (
	group = "wrGroup0001"
	other = "wrGroup0002"
	name  = "东河镇网格员群"
)

// far is the simulator of WeCom as the suite plays it.
type far struct {
	*simulator.Sim
	relogin func()
	chats   map[string]string // chatid by Target.Chat
}

func (f far) Say(chat, who, text string) string {
	if id := f.chats[chat]; id != "" {
		return f.Sim.Say(id, who, text)
	}
	return f.SayDirect(chat, text)
}

func (f far) Sent() []chattest.Sent {
	names := map[string]string{}
	for chat, id := range f.chats {
		names[id] = chat
	}
	var sent []chattest.Sent
	for _, s := range f.Sim.Sent() {
		chat := s.Chat
		if names[chat] != "" {
			chat = names[chat]
		}
		sent = append(sent, chattest.Sent{Chat: chat, Text: s.Shown()})
	}
	return sent
}

func (f far) Picture(chat string) {
	f.SayBody(chat, chat, map[string]any{"chattype": "single", "msgtype": "image"})
}
func (f far) LimitSends(on bool) { f.AnswerSends(map[bool]int{true: 45009}[on]) }
func (f far) Logout()            { f.TakeOver() }
func (f far) Login()             { f.relogin() }
func (f far) Requests() int      { return len(f.Sim.Requests()) }

func newSim(t *testing.T) *simulator.Sim {
	sim := simulator.New(simulator.Options{})
	sim.AddGroup(simulator.Group{ID: group, Name: name, Key: "key-one"})
	sim.AddGroup(simulator.Group{ID: other, Name: "西河镇网格员群", Key: "key-two"})
	t.Cleanup(sim.Open())
	return sim
}

func TestSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) *chattest.Rig {
		sim := newSim(t)
		ch, err := wecom.New(wecom.Options{BotID: "simbot", Secret: "simsecret", Address: "ws://localhost/", Dial: sim.Dial, Robot: "组建助手", Names: map[string]string{group: name}})
		if err != nil {
			t.Fatal(err)
		}
		return &chattest.Rig{Channel: ch, Far: far{sim, ch.Relogin, map[string]string{name: group, other: other}}, Relogin: true,
			Chats: []chat.Target{{Channel: "wecom", Chat: name, Group: true}, {Channel: "wecom", Chat: "zhao"}, {Channel: "wecom", Chat: other, Group: true}}}
	})
}

func TestWebhookSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) *chattest.Rig {
		sim := newSim(t)
		ch, err := wecom.NewWebhook(wecom.WebhookOptions{Dial: sim.Dial, Groups: map[string]string{
			name: "http://localhost" + simulator.WebhookPath + "?key=key-one", "西河镇网格员群": "http://localhost" + simulator.WebhookPath + "?key=key-two"}})
		if err != nil {
			t.Fatal(err)
		}
		return &chattest.Rig{Channel: ch, Far: far{sim, nil, map[string]string{name: group, "西河镇网格员群": other}}, PushOnly: true,
			Chats: []chat.Target{{Channel: "wecom-webhook", Chat: name, Group: true}, {Channel: "wecom-webhook", Chat: "西河镇网格员群", Group: true}}}
	})
}
