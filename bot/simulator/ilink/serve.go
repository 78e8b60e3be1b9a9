package ilink

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"zujian/bot/simulator"
)

// Example gives the simulator three people to try the program with.
func (s *Sim) Example() {
	for _, p := range []Person{{"o9zhao@im.wechat", "赵主任"}, {"o9li@im.wechat", "李干部"}, {"o9wang@im.wechat", "王干部"}} {
		s.AddPerson(p)
	}
}

// Serve runs a simulator with three people on addr until ctx ends: iLink's
// protocol for a program whose ilink.base_url points here, and a page where one
// types as one of them. Ready is as in simulator.Serve.
func Serve(ctx context.Context, addr string, opts Options, ready func(url string)) error {
	s := New(opts)
	s.Example()
	isFar := func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, prefix) }
	return simulator.Serve(ctx, addr, s.Handler(s.page(), isFar, s), ready, nil)
}

func (s *Sim) page() simulator.Page {
	p := simulator.Page{Title: "模拟微信机器人（iLink）", About: "这里不是真微信，用来不带微信号试程序。", Sample: "律所在园区里，归谁管？",
		Source: "照 github.com/Tencent/openclaw-weixin 的 docs/protocol.md（2.4.8）和用户报告的限制（来一句话可以回十条，一天内有效）做的，没有接过真的服务器。" +
			"在这里试得好，不等于真微信也一样。",
		Kinds: []simulator.Option{{Value: "text", Label: "文字"}, {Value: "voice", Label: "语音（微信转成的字）"}, {Value: "picture", Label: "图片"}},
		Typed: s.typed, Talk: s.talk,
		Faults: s.Faults(simulator.Fault{Kind: "scan", Label: "扫码并确认", Do: s.Scan}, simulator.Fault{Kind: "logout",
			Label: "退出登录", Do: s.Logout},
			simulator.Fault{Kind: "limit", Label: "发得太勤", Do: func() { s.LimitSends(true) }},
			simulator.Fault{Kind: "nolimit", Label: "不再嫌勤", Do: func() { s.LimitSends(false) }},
			simulator.Fault{Kind: "replay", Label: "下次登录把前三句再来一遍", Do: func() { s.Replay(3) }})}
	for _, x := range s.people {
		p.Who = append(p.Who, simulator.Option{Value: x.ID, Label: x.Name})
	}
	return p
}

// typed is somebody typing on the page.
func (s *Sim) typed(who, kind, text string) string {
	switch kind {
	case "picture":
		s.SendPicture(who)
	case "voice":
		s.Speak(who, text)
	default:
		s.Say(who, text)
	}
	return ""
}

// talk is everything that was said, and what may still be sent to whom.
func (s *Sim) talk() simulator.Talk {
	t := simulator.Talk{Online: s.token != "", State: "还没有登录"}
	switch {
	case t.Online:
		t.State = "程序已登录"
	case s.code != "" && !s.scanned:
		t.State = "等待扫码"
	}
	for _, m := range s.log {
		t.Lines = append(t.Lines, simulator.Line{At: m.at, Chat: "和" + s.name(m.from), Who: s.name(m.from), Text: m.readable()})
	}
	for _, m := range s.sent {
		t.Lines = append(t.Lines, simulator.Line{At: m.At, Chat: "和" + s.name(m.Person), Who: s.opts.Self, Text: m.Text})
	}
	for _, p := range s.people {
		say := "还没来过话，不能发给他"
		if open := s.windows[p.ID]; open != nil {
			say = fmt.Sprintf("还能发 %d 条，到 %s", open.left, open.wrote.Add(windowLasts).Format("1月2日 15:04"))
		}
		t.Notes = append(t.Notes, p.Name+"："+say)
	}
	return t
}

func (m message) readable() string {
	return map[int]string{kindVoice: "［语音］", kindImage: "［图片］"}[m.kind] + m.text
}

func (s *Sim) name(id string) string {
	for _, p := range s.people {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}
