package ilink

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed page.html
var page []byte

// Example gives the simulator three people to try the program with.
func (s *Sim) Example() {
	for id, name := range map[string]string{"o9zhao@im.wechat": "赵主任", "o9li@im.wechat": "李干部", "o9wang@im.wechat": "王干部"} {
		s.AddPerson(Person{ID: id, Name: name})
	}
}

// Serve runs a simulator with three people on addr until ctx ends: iLink's
// protocol for a program whose ilink.base_url points here, and a page where one
// types as one of them. It calls ready, which may be nil, with the address that
// it got. addr should be a local one: there is no login.
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

// handler tells the protocol from the page by the path.
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
		if strings.HasPrefix(r.URL.Path, prefix) {
			s.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// line is one message on the page. Chat is the name of the person.
type line struct {
	At   time.Time `json:"at"`
	Chat string    `json:"chat"`
	Who  string    `json:"who"`
	Text string    `json:"text"`
}

// showTalk gives everything that was said, in order of time, and what may still
// be sent to whom. With after=N it waits, as long as a poll lasts, until there
// are other than N lines.
func (s *Sim) showTalk(w http.ResponseWriter, r *http.Request) {
	if n, err := strconv.Atoi(r.FormValue("after")); err == nil {
		s.mu.Lock()
		code, online := s.code, s.token != ""
		s.mu.Unlock()
		s.look(r, func() bool { return len(s.log)+len(s.sent) != n || (s.token != "") != online || s.code != code })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := []line{}
	for _, m := range s.log {
		lines = append(lines, line{m.at, s.name(m.from), s.name(m.from), m.readable()})
	}
	for _, m := range s.sent {
		lines = append(lines, line{m.At, s.name(m.Person), s.opts.Self, m.Text})
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.At.Compare(b.At) })
	json.NewEncoder(w).Encode(obj{"online": s.token != "", "scan": s.code != "" && !s.scanned, "lines": lines, "people": s.windowsOf()})
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

// windowsOf says what may still be sent to each person.
func (s *Sim) windowsOf() []obj {
	list := []obj{}
	for _, p := range s.people {
		say := "还没来过话，不能发给他"
		if open := s.windows[p.ID]; open != nil {
			say = fmt.Sprintf("还能发 %d 条，到 %s", open.left, open.wrote.Add(windowLasts).Format("1月2日 15:04"))
		}
		list = append(list, obj{"id": p.ID, "name": p.Name, "window": say})
	}
	slices.SortFunc(list, func(a, b obj) int { return strings.Compare(b["id"].(string), a["id"].(string)) })
	return list
}

// takeWords is somebody typing on the page.
func (s *Sim) takeWords(w http.ResponseWriter, r *http.Request) {
	who, text := r.FormValue("who"), r.FormValue("text")
	s.mu.Lock()
	known := slices.ContainsFunc(s.people, func(p Person) bool { return p.ID == who })
	s.mu.Unlock()
	switch kind := r.FormValue("kind"); {
	case !known:
		http.Error(w, "没有这个人。", http.StatusBadRequest)
	case kind == "picture":
		s.SendPicture(who)
	case text == "":
		http.Error(w, "请先写一句话。", http.StatusBadRequest)
	case kind == "voice":
		s.Speak(who, text)
	default:
		s.Say(who, text)
	}
}

// takeFault makes something go wrong from the page.
func (s *Sim) takeFault(w http.ResponseWriter, r *http.Request) {
	faults := map[string]func(){
		"scan": s.Scan, "logout": s.Logout,
		"down": func() { s.SetDown(true) }, "up": func() { s.SetDown(false) },
		"limit": func() { s.LimitSends(true) }, "nolimit": func() { s.LimitSends(false) },
		"lose": func() { s.LoseSends(1) }, "hold": func() { s.HoldSends(1) }, "twice": func() { s.Duplicate(1) },
		"garbage": func() { s.Garbage(3) }, "gateway": func() { s.BadGateway(3) }, "replay": func() { s.Replay(3) },
	}
	do, known := faults[r.FormValue("kind")]
	if !known {
		http.Error(w, "没有这种故障。", http.StatusBadRequest)
		return
	}
	do()
}
