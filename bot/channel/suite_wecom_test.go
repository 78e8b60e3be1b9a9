package channel_test

import (
	"testing"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wecom"
)

// Two groups of the robot, by chatid and by name; only the first has a name that
// the robot was told.
const (
	donghe, dongheName = "wrGroup0001", "东河镇网格员群"
	xihe, xiheName     = "wrGroup0002", "西河镇网格员群"
)

// wecomFar is the simulator of WeCom as the suite plays it.
type wecomFar struct {
	*simulator.Sim
	relogin func()
	chats   map[string]string // chatid by Target.Chat
}

func (f wecomFar) Say(chat, who, text string) string {
	if id := f.chats[chat]; id != "" {
		return f.Sim.Say(id, who, text)
	}
	return f.SayDirect(chat, text)
}

func (f wecomFar) Sent() []message {
	names := map[string]string{}
	for chat, id := range f.chats {
		names[id] = chat
	}
	var sent []message
	for _, s := range f.Sim.Sent() {
		chat := s.Chat
		if names[chat] != "" {
			chat = names[chat]
		}
		sent = append(sent, message{Chat: chat, Text: s.Shown()})
	}
	return sent
}

func (f wecomFar) Picture(chat string) {
	f.SayBody(chat, chat, map[string]any{"chattype": "single", "msgtype": "image"})
}
func (f wecomFar) LimitSends(on bool) {
	code := 0
	if on {
		code = 45009
	}
	f.AnswerSends(code)
}

func (f wecomFar) Logout()       { f.TakeOver() }
func (f wecomFar) Login()        { f.relogin() }
func (f wecomFar) Requests() int { return len(f.Sim.Requests()) }

func newWecomSim(t *testing.T) *simulator.Sim {
	sim := simulator.New(simulator.Options{})
	sim.AddGroup(simulator.Group{ID: donghe, Name: dongheName, Key: "key-one"})
	sim.AddGroup(simulator.Group{ID: xihe, Name: xiheName, Key: "key-two"})
	t.Cleanup(sim.Open())
	return sim
}

func TestWecom(t *testing.T) {
	runSuite(t, func(t *testing.T) *rig {
		sim := newWecomSim(t)
		ch, err := wecom.New(wecom.Options{BotID: "simbot", Secret: "simsecret", Address: "ws://localhost/", Dial: sim.Dial, Robot: "组建助手",
			Names: map[string]string{donghe: dongheName}})
		if err != nil {
			t.Fatal(err)
		}
		return &rig{Channel: ch, Far: wecomFar{sim, ch.Relogin, map[string]string{dongheName: donghe, xihe: xihe}}, Relogin: true,
			Chats: []chat.Target{{Channel: "wecom", Chat: dongheName, Group: true}, {Channel: "wecom", Chat: "zhao"},
				{Channel: "wecom", Chat: xihe, Group: true}}}
	})
}

func TestWecomWebhook(t *testing.T) {
	runSuite(t, func(t *testing.T) *rig {
		sim := newWecomSim(t)
		ch, err := wecom.NewWebhook(wecom.WebhookOptions{Dial: sim.Dial, Groups: map[string]string{
			dongheName: "http://localhost" + simulator.WebhookPath + "?key=key-one",
			xiheName:   "http://localhost" + simulator.WebhookPath + "?key=key-two"}})
		if err != nil {
			t.Fatal(err)
		}
		return &rig{Channel: ch, Far: wecomFar{sim, nil, map[string]string{dongheName: donghe, xiheName: xihe}}, PushOnly: true,
			Chats: []chat.Target{{Channel: "wecom-webhook", Chat: dongheName, Group: true}, {Channel: "wecom-webhook", Chat: xiheName, Group: true}}}
	})
}
