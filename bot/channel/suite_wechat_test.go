package channel_test

import (
	"path/filepath"
	"testing"

	"zujian/bot/channel/wechat"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wechat"
)

// wechatFar is the simulator of WeChat as the suite plays it.
type wechatFar struct {
	*simulator.Sim
	ch *wechat.Channel
}

const (
	suiteGroup  = "东河镇网格员群"
	suiteFriend = "赵主任"
)

func (f wechatFar) Say(chat, who, text string) string {
	if chat == suiteFriend {
		return f.SayDirect("zhao", text)
	}
	return f.Sim.Say("donghe", who, text)
}

func (f wechatFar) Sent() []message {
	var sent []message
	for _, s := range f.Sim.Sent() {
		sent = append(sent, message{Chat: map[string]string{"donghe": suiteGroup, "zhao": suiteFriend}[s.Chat], Text: s.Text})
	}
	return sent
}

func (f wechatFar) Picture(string)      { f.SendKind("zhao", 3) }
func (f wechatFar) Recall(_, id string) { f.Sim.Recall("zhao", id) }
func (f wechatFar) Logout()             { f.Sim.Logout(1101) }
func (f wechatFar) Login()              { f.ch.Relogin(); f.Scan() }
func (f wechatFar) Requests() int       { return len(f.Sim.Requests()) }

func (f wechatFar) LimitSends(on bool) {
	code := 0
	if on {
		code = 1205
	}
	f.AnswerSends(code)
}

func TestWechat(t *testing.T) {
	runSuite(t, func(t *testing.T) *rig {
		sim := simulator.New(simulator.Options{ManualScan: true})
		sim.AddGroup(simulator.Group{Key: "donghe", Name: suiteGroup, Members: []simulator.Member{
			{Key: "li", Nick: "李桂芳"}, {Key: "wang", Nick: "王秀英"}}})
		sim.AddFriend(simulator.Friend{Key: "zhao", Nick: "赵", Remark: suiteFriend})
		sim.Scan()
		ch, err := wechat.New(wechat.Options{HotFile: filepath.Join(t.TempDir(), "hot.json"), Transport: sim})
		if err != nil {
			t.Fatal(err)
		}
		return &rig{Channel: ch, Far: wechatFar{sim, ch}, Relogin: true, Keeps: true,
			Chats: []chat.Target{{Channel: "wechat", Chat: suiteGroup, Group: true}, {Channel: "wechat", Chat: suiteFriend}}}
	})
}
