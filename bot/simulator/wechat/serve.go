package wechat

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:embed page.html
var page []byte

// Example gives the simulator a group and a friend, who is in the group too, to
// try the program with.
func (s *Sim) Example() {
	s.AddGroup(Group{Key: "donghe", Name: "东河镇网格员群", Members: []Member{
		{Key: "li", Nick: "李干部", Display: "李家村-李干部"}, {Key: "wang", Nick: "王干部", Display: "社区-王干部"}, {Key: "zhao", Nick: "赵主任"}}})
	s.AddFriend(Friend{Key: "zhao", Nick: "赵主任", Remark: "赵主任"})
}

// Serve runs a simulator with the example group on addr until ctx ends: WeChat's
// protocol for a program whose wechat.base_url points here, and a page where
// one types as a member of the group. It calls ready, which may be nil, with
// the address that it got. addr should be a local one: there is no login.
func Serve(ctx context.Context, addr string, opts Options, ready func(url string)) error {
	s := New(opts)
	s.Example()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen for the simulator: %w", err)
	}
	if ready != nil {
		ready("http://" + listener.Addr().String())
	}
	return s.serve(ctx, listener)
}

func (s *Sim) serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		server.Close()
	})
	err := server.Serve(listener)
	if !stop() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// handler tells the protocol from the page: a program sends the host that it
// believes to speak to.
func (s *Sim) handler() http.Handler {
	pages := http.NewServeMux()
	pages.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	})
	pages.HandleFunc("GET /talk", s.showTalk)
	pages.HandleFunc("POST /say", s.takeWords)
	pages.HandleFunc("POST /file", s.takeFile)
	pages.HandleFunc("GET /file/{n}", s.giveFile)
	pages.HandleFunc("POST /fault", s.takeFault)
	guarded := http.NewCrossOriginProtection().Handler(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.Host, ".qq.com") {
			s.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// line is one message on the page.
type line struct {
	At   time.Time `json:"at"`
	Chat string    `json:"chat"`
	Who  string    `json:"who"`
	Text string    `json:"text"`
}

// showTalk gives everything that was said, in order of time. With after=N it
// waits, as long as a poll lasts, until there are other than N lines.
func (s *Sim) showTalk(w http.ResponseWriter, r *http.Request) {
	if n, err := strconv.Atoi(r.FormValue("after")); err == nil {
		online := s.Online()
		s.wait(r, func() bool { return len(s.log)+len(s.sent) != n || (s.sid != "") != online })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := []line{}
	sent := s.sent
	for _, m := range s.log {
		for len(sent) > 0 && sent[0].At.Before(m.at) {
			lines, sent = append(lines, line{sent[0].At, sent[0].Chat, s.opts.Self, sent[0].Text}), sent[1:]
		}
		chat := m.from
		if m.group != nil {
			chat = m.group.Key
		}
		text := m.text
		if m.file != "" {
			text = "［文件］" + m.file
		}
		lines = append(lines, line{m.at, chat, m.from, text})
	}
	for _, m := range sent {
		lines = append(lines, line{m.At, m.Chat, s.opts.Self, m.Text})
	}
	json.NewEncoder(w).Encode(obj{"online": s.sid != "", "lines": lines})
}

// takeWords is somebody typing on the page.
func (s *Sim) takeWords(w http.ResponseWriter, r *http.Request) {
	who, text := r.FormValue("who"), r.FormValue("text")
	switch {
	case text == "":
		http.Error(w, "请先写一句话。", http.StatusBadRequest)
	case who == "zhao":
		s.SayDirect(who, text)
	case who == "li" || who == "wang":
		s.Say("donghe", who, text)
	case who == "zhao-donghe":
		s.Say("donghe", "zhao", text)
	default:
		http.Error(w, "没有这个人。", http.StatusBadRequest)
	}
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

// takeFault makes something go wrong from the page.
func (s *Sim) takeFault(w http.ResponseWriter, r *http.Request) {
	code, err := strconv.Atoi(r.FormValue("code"))
	if err != nil {
		code = 0
	}
	switch r.FormValue("kind") {
	case "down":
		s.SetDown(code != 0)
	case "logout":
		s.Logout(code)
	case "send":
		s.AnswerSends(code)
	case "key":
		s.DropSyncKey(1)
	case "hold":
		s.HoldSends(1)
	case "twice":
		s.Duplicate(1)
	default:
		http.Error(w, "没有这种故障。", http.StatusBadRequest)
	}
}
