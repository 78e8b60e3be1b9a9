package wecom

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:embed page.html
var page []byte

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
// far ends, and a page where one types as a member of the group. It calls
// ready, which may be nil, with the address that it got. addr should be a local
// one: there is no login.
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
	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		s.Cut()
		server.Close()
	})
	err = server.Serve(listener)
	if !stop() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// ServeHTTP answers as both far ends do, and shows the page.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler().ServeHTTP(w, r) }

// handler tells the far ends from the page.
func (s *Sim) handler() http.Handler {
	pages := http.NewServeMux()
	pages.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	})
	pages.HandleFunc("GET /talk", s.showTalk)
	pages.HandleFunc("POST /say", s.takeWords)
	pages.HandleFunc("POST /fault", s.takeFault)
	guarded := http.NewCrossOriginProtection().Handler(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		robot := strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
		if !robot && r.URL.Path != WebhookPath {
			guarded.ServeHTTP(w, r)
			return
		}
		if s.arrives() {
			panic(http.ErrAbortHandler) // the network is down: the connection is cut
		}
		if robot {
			s.robot(w, r)
		} else {
			s.webhook(w, r)
		}
	})
}

// arrives notes a connection or a push, and reports whether the network is
// down.
func (s *Sim) arrives() (down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, time.Now())
	return s.faults.down
}

// line is one message on the page.
type line struct {
	At   time.Time `json:"at"`
	Chat string    `json:"chat"`
	Who  string    `json:"who"`
	Text string    `json:"text"`
	Note string    `json:"note,omitempty"`
}

// pollFor is how long the page waits for news.
const pollFor = 25 * time.Second

// showTalk gives everything that was said, in order of time. With after=N it
// waits until there are other than N lines.
func (s *Sim) showTalk(w http.ResponseWriter, r *http.Request) {
	if n, err := strconv.Atoi(r.FormValue("after")); err == nil {
		online := s.Online()
		s.wait(r, func() bool { return len(s.said)+len(s.sent) != n || (s.active != nil) != online })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	lines, sent := []line{}, s.sent
	for _, m := range s.said {
		for len(sent) > 0 && sent[0].At.Before(m.At) {
			lines, sent = append(lines, s.shown(sent[0])), sent[1:]
		}
		note := ""
		if !m.Heard {
			note = "程序没有接上，这句没有收到"
		}
		lines = append(lines, line{m.At, m.Chat, m.Who, m.Text, note})
	}
	for _, m := range sent {
		lines = append(lines, s.shown(m))
	}
	json.NewEncoder(w).Encode(obj{"online": s.active != nil, "lines": lines})
}

func (s *Sim) shown(m Sent) line {
	notes := map[string]string{"respond": "", "send": "主动发的", "webhook": "群机器人发的"}
	return line{m.At, m.Chat, s.opts.Robot, m.Shown(), notes[m.By]}
}

// wait holds a request until ready says so, which is called under the lock.
func (s *Sim) wait(r *http.Request, ready func() bool) {
	over := time.NewTimer(pollFor)
	defer over.Stop()
	for {
		s.mu.Lock()
		ok, changed := ready(), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-over.C:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// takeWords is somebody typing on the page.
func (s *Sim) takeWords(w http.ResponseWriter, r *http.Request) {
	who, text := r.FormValue("who"), r.FormValue("text")
	switch {
	case text == "":
		http.Error(w, "请先写一句话。", http.StatusBadRequest)
	case who == "zhao":
		s.SayDirect(who, text)
	case who == "zhao-donghe":
		s.Say(ExampleGroup, "zhao", text)
	case who == "li" || who == "wang":
		s.Say(ExampleGroup, who, text)
	default:
		http.Error(w, "没有这个人。", http.StatusBadRequest)
	}
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
	case "taken":
		s.TakeOver()
	case "send":
		s.AnswerSends(code)
	case "lose":
		s.LoseSends(1)
	case "mute":
		s.Mute(code != 0)
	case "twice":
		s.Duplicate(1)
	default:
		http.Error(w, "没有这种故障。", http.StatusBadRequest)
	}
}
