package wecom

import (
	"context"
	"net/http"
	"strings"

	"zujian/bot/simulator"
)

// The example: the robot, a group that it is in with three members, of whom one
// can be spoken to directly, and a group that has only a webhook.
const (
	ExampleBot      = "simbot"
	ExampleSecret   = "simsecret"
	ExampleGroup    = "wrDongheGroup"
	ExampleName     = "东河镇网格员群"
	ExamplePush     = "wrXiheGroup"
	ExamplePushName = "西河镇工作群"
	ExampleKey      = "sim-key"
)

// Example gives the simulator the groups to try the program with.
func (s *Sim) Example() {
	s.AddGroup(Group{ID: ExampleGroup, Name: ExampleName})
	s.AddGroup(Group{ID: ExamplePush, Name: ExamplePushName, Key: ExampleKey})
}

// Serve runs a simulator with the example group on addr until ctx ends: both
// far ends, and a page where one types as a member of the group. Ready is as in
// simulator.Serve.
func Serve(ctx context.Context, addr string, opts Options, ready func(url string)) error {
	s := New(opts)
	s.Example()
	isFar := func(r *http.Request) bool { return isRobot(r) || r.URL.Path == WebhookPath }
	return simulator.Serve(ctx, addr, s.Handler(s.page(), isFar, s), ready, s.cut)
}

func isRobot(r *http.Request) bool { return strings.EqualFold(r.Header.Get("Upgrade"), "websocket") }

// ServeHTTP answers as both far ends do.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	serve := s.webhook
	if isRobot(r) {
		serve = s.robot
	}
	s.Answer(w, r, r.URL.Path, "", serve)
}

func (s *Sim) page() simulator.Page {
	return simulator.Page{Title: "模拟企业微信", About: "这里不是真的企业微信，用来不带企业微信试程序。", Sample: "@组建助手 律所在园区里，归谁管？",
		Source: "照企业微信公开的《智能机器人长连接》《群机器人配置说明》和官方 Node SDK 的类型做成，没有接过真的服务器。真的企业微信有多快、限得多严，这里看不出来。",
		Who: []simulator.Option{{Value: "li", Label: "群里：李干部"}, {Value: "wang", Label: "群里：王干部"},
			{Value: "zhao-donghe", Label: "群里：赵主任"}, {Value: "zhao", Label: "私聊：赵主任"}},
		Typed: s.typed, Talk: s.talk,
		Faults: s.Faults(simulator.Fault{Kind: "taken", Label: "别处接走", Do: s.TakeOver},
			simulator.Fault{Kind: "limit", Label: "发得太勤", Do: func() { s.AnswerSends(45009) }},
			simulator.Fault{Kind: "nolimit", Label: "不再嫌勤", Do: func() { s.AnswerSends(0) }},
			simulator.Fault{Kind: "mute", Label: "不回应", Do: func() { s.Mute(true) }},
			simulator.Fault{Kind: "unmute", Label: "恢复回应", Do: func() { s.Mute(false) }})}
}

// typed is somebody typing on the page.
func (s *Sim) typed(who, _, text string) string {
	switch {
	case s.clickOn(strings.TrimSuffix(who, "-donghe"), text):
	case who == "zhao":
		s.SayDirect(who, text)
	case who == "zhao-donghe":
		s.Say(ExampleGroup, "zhao", text)
	default:
		s.Say(ExampleGroup, who, text)
	}
	return ""
}

// exampleNames are who is on the page.
var exampleNames = map[string]string{"li": "李干部", "wang": "王干部", "zhao": "赵主任"}

// talk is everything that was said.
func (s *Sim) talk() simulator.Talk {
	t := simulator.Talk{Online: s.active != nil, State: "还没有接上"}
	if t.Online {
		t.State = "程序已接上"
	}
	for _, m := range s.said {
		l := simulator.Line{At: m.At, Chat: s.chatName(m.Chat), Who: exampleNames[m.Who], Text: m.Text}
		if !m.Heard {
			l.Note = "程序没有接上，这句没有收到"
		}
		t.Lines = append(t.Lines, l)
	}
	notes := map[string]string{"send": "主动发的", "webhook": "群机器人发的"}
	for _, m := range s.sent {
		note := notes[m.By]
		if m.Task != "" {
			note = "卡片，打“点 2”就是点第二个按钮"
		}
		if n := len(m.Changed); n > 0 {
			note = "卡片改成：" + m.Changed[n-1].Title
		}
		t.Lines = append(t.Lines, simulator.Line{At: m.At, Chat: s.chatName(m.Chat), Who: s.opts.Robot, Text: m.Shown(), Note: note})
	}
	return t
}

func (s *Sim) chatName(id string) string {
	if g := s.group(id); g != nil {
		return g.Name
	}
	return "私聊"
}
