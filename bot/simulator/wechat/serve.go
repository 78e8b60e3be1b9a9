package wechat

import (
	"cmp"
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"zujian/bot/simulator"
)

// Example gives the simulator a group and a friend, who is in the group too, to
// try the program with.
func (s *Sim) Example() {
	s.AddGroup(Group{Key: "donghe", Name: "东河镇网格员群", Members: []Member{
		{Key: "li", Nick: "李干部", Display: "李家村-李干部"}, {Key: "wang", Nick: "王干部", Display: "社区-王干部"}, {Key: "zhao", Nick: "赵主任"}}})
	s.AddFriend(Friend{Key: "zhao", Nick: "赵主任", Remark: "赵主任"})
}

// Serve runs a simulator with the example group on addr until ctx ends: WeChat's
// protocol for a program whose wechat.base_url points here, and a page where
// one types as a member of the group. Ready is as in simulator.Serve.
func Serve(ctx context.Context, addr string, opts Options, ready func(url string)) error {
	s := New(opts)
	s.Example()
	// A program sends the host that it believes to speak to.
	isFar := func(r *http.Request) bool { return strings.HasSuffix(r.Host, ".qq.com") }
	return simulator.Serve(ctx, addr, s.Handler(s.page(), isFar, s), ready, nil)
}

func (s *Sim) page() simulator.Page {
	return simulator.Page{Title: "模拟微信", About: "这里不是真微信，用来不带微信号试程序。", Source: "照读到的网页微信协议做的。在这里试得好，不等于真微信也一样。",
		Sample: "@组建助手 律所在园区里，归谁管？", Files: "赵主任私聊发文件（比如台账）", Typed: s.typed, Talk: s.talk,
		Who: []simulator.Option{{Value: "li", Label: "群里：李家村-李干部"}, {Value: "wang", Label: "群里：社区-王干部"},
			{Value: "zhao-donghe", Label: "群里：赵主任"}, {Value: "zhao", Label: "私聊：赵主任"}},
		Faults: s.Faults(simulator.Fault{Kind: "logout", Label: "退出登录", Do: func() { s.Logout(1101) }},
			simulator.Fault{Kind: "limit", Label: "发得太勤", Do: func() { s.AnswerSends(1205) }},
			simulator.Fault{Kind: "nolimit", Label: "不再嫌勤", Do: func() { s.AnswerSends(0) }}),
		More: func(pages *http.ServeMux) {
			pages.HandleFunc("POST /file", s.takeFile)
			pages.HandleFunc("GET /file/{n}", s.giveFile)
		}}
}

// typed is somebody typing on the page.
func (s *Sim) typed(who, _, text string) string {
	switch who {
	case "zhao":
		s.SayDirect(who, text)
	case "zhao-donghe":
		s.Say("donghe", "zhao", text)
	default:
		s.Say("donghe", who, text)
	}
	return ""
}

// talk is everything that was said.
func (s *Sim) talk() simulator.Talk {
	t := simulator.Talk{Online: s.sid != "", State: "还没有登录"}
	if t.Online {
		t.State = "程序已登录"
	}
	for _, m := range s.log {
		l := simulator.Line{At: m.at, Chat: "私聊", Who: s.shown(m), Text: m.text}
		if m.group != nil {
			l.Chat = "群"
		}
		if m.file != "" {
			l.Text = "［文件］" + m.file
		}
		t.Lines = append(t.Lines, l)
	}
	for _, m := range s.sent {
		l := simulator.Line{At: m.At, Chat: "群", Who: s.opts.Self, Text: m.Text, File: m.File != ""}
		if _, direct := s.friend(m.Chat); direct {
			l.Chat = "私聊"
		}
		t.Lines = append(t.Lines, l)
	}
	return t
}

// shown is who wrote a message, as the page has him.
func (s *Sim) shown(m message) string {
	if m.group != nil {
		for _, x := range m.group.Members {
			if x.Key == m.from {
				return cmp.Or(x.Display, x.Nick)
			}
		}
	}
	if f, ok := s.friend(m.from); ok {
		return f.Remark
	}
	return "本号的手机"
}

func (s *Sim) friend(key string) (Friend, bool) {
	for _, f := range s.friends {
		if f.Key == key {
			return *f, true
		}
	}
	return Friend{}, false
}

// mostFile is how many bytes a file of the page may have.
const mostFile = 50 << 20

// takeFile is a friend sending a file from the page.
func (s *Sim) takeFile(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostFile)
	file, head, err := r.FormFile("file")
	if err != nil {
		http.Error(w, "请先选一个文件，不要超过 50 MB。", http.StatusBadRequest)
		return
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		http.Error(w, "文件没有传完，请再传一次。", http.StatusBadRequest)
		return
	}
	s.SayFile("zhao", head.Filename, data)
}

// giveFile gives the n-th file, from 0, that the program sent.
func (s *Sim) giveFile(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.PathValue("n"))
	for _, m := range s.Sent() {
		if m.File == "" || err != nil {
			continue
		}
		if n == 0 {
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": m.File}))
			w.Header().Set("Content-Type", "application/octet-stream")
			w.Write(m.Data)
			return
		}
		n--
	}
	http.Error(w, "没有这个文件。", http.StatusNotFound)
}
