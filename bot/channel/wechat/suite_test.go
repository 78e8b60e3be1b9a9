package wechat_test

import (
	"path/filepath"
	"testing"

	"zujian/bot/channel/wechat"
	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/wechat"
)

// far is the simulator of WeChat as the suite plays it.
type far struct {
	*simulator.Sim
	ch *wechat.Channel
}

const (
	suiteGroup  = "东河镇网格员群"
	suiteFriend = "赵主任"
)

func (f far) Say(chat, who, text string) string {
	if chat == suiteFriend {
		return f.SayDirect("zhao", text)
	}
	return f.Sim.Say("donghe", who, text)
}

func (f far) Sent() []chattest.Sent {
	var sent []chattest.Sent
	for _, s := range f.Sim.Sent() {
		sent = append(sent, chattest.Sent{Chat: map[string]string{"donghe": suiteGroup, "zhao": suiteFriend}[s.Chat], Text: s.Text})
	}
	return sent
}

func (f far) Picture(string)      { f.SendKind("zhao", 3) }
func (f far) Recall(_, id string) { f.Sim.Recall("zhao", id) }
func (f far) LimitSends(on bool)  { f.AnswerSends(map[bool]int{true: 1205}[on]) }
func (f far) Logout()             { f.Sim.Logout(1101) }
func (f far) Login()              { f.ch.Relogin(); f.Scan() }
func (f far) Requests() int       { return len(f.Sim.Requests()) }

func TestSuite(t *testing.T) {
	chattest.Run(t, func(t *testing.T) *chattest.Rig {
		sim := simulator.New(simulator.Options{ManualScan: true})
		sim.AddGroup(simulator.Group{Key: "donghe", Name: suiteGroup, Members: []simulator.Member{{Key: "li", Nick: "李桂芳"}, {Key: "wang", Nick: "王秀英"}}})
		sim.AddFriend(simulator.Friend{Key: "zhao", Nick: "赵", Remark: suiteFriend})
		sim.Scan()
		ch, err := wechat.New(wechat.Options{HotFile: filepath.Join(t.TempDir(), "hot.json"), Transport: sim})
		if err != nil {
			t.Fatal(err)
		}
		return &chattest.Rig{Channel: ch, Far: far{sim, ch}, Relogin: true, Keeps: true,
			Chats: []chat.Target{{Channel: "wechat", Chat: suiteGroup, Group: true}, {Channel: "wechat", Chat: suiteFriend}}}
	})
}
