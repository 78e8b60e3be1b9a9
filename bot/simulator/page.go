package simulator

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// Page is where somebody without an account plays the people at the far end.
type Page struct {
	Title  string
	About  string // under the title
	Source string // what the simulator was made from
	Sample string // stands in the line to begin with
	Files  string // says who sends a file; empty: nobody can
	Who    []Option
	Kinds  []Option // what may be sent; none: texts
	Faults []Fault
	// Typed has somebody write, and says in Chinese what is wrong with it.
	Typed func(who, kind, text string) string
	// Talk gives all that was said and how the program stands. It is called
	// under the lock.
	Talk func() Talk
	// More adds doors of the one simulator; may be nil.
	More func(*http.ServeMux)
}

// Option is one of a choice.
type Option struct{ Value, Label string }

// Fault is what a button makes go wrong.
type Fault struct {
	Kind, Label string
	Do          func()
}

// Talk is what the page shows.
type Talk struct {
	Online bool     `json:"online"`
	State  string   `json:"state"`
	Lines  []Line   `json:"lines"`
	Notes  []string `json:"notes"`
}

// Line is one message on the page.
type Line struct {
	At   time.Time `json:"at"`
	Chat string    `json:"chat"` // as a person calls it
	Who  string    `json:"who"`
	Text string    `json:"text"`
	Note string    `json:"note,omitempty"`
	File bool      `json:"file,omitempty"` // of the program's; the n-th is at /file/n
}

// Faults are those that every far end knows.
func (f *Far) Faults(own ...Fault) []Fault {
	return append(own, Fault{"down", "断网", func() { f.SetDown(true) }}, Fault{"up", "恢复网络", func() { f.SetDown(false) }},
		Fault{"lose", "下一条的回执丢掉", func() { f.LoseSends(1) }}, Fault{"hold", "下一条不给回执", func() { f.HoldSends(1) }},
		Fault{"twice", "下一句来两遍", func() { f.Duplicate(1) }})
}

// Handler tells the protocol, which is far, from the page.
func (f *Far) Handler(p Page, isFar func(*http.Request) bool, far http.Handler) http.Handler {
	pages := http.NewServeMux()
	pages.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		pageTemplate.Execute(w, p) // the browser has gone if this fails
	})
	pages.HandleFunc("GET /talk", func(w http.ResponseWriter, r *http.Request) { f.showTalk(w, r, p.Talk) })
	pages.HandleFunc("POST /say", p.takeWords)
	pages.HandleFunc("POST /fault", p.takeFault)
	if p.More != nil {
		p.More(pages)
	}
	guarded := http.NewCrossOriginProtection().Handler(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isFar(r) {
			far.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// showTalk gives everything that was said, in order of time. With after=N it
// waits until there are other than N lines, or the program stands otherwise.
func (f *Far) showTalk(w http.ResponseWriter, r *http.Request, talk func() Talk) {
	t := Look(f, talk)
	if n, err := strconv.Atoi(r.FormValue("after")); err == nil {
		state := t.State
		f.wait(r, func() bool { t = talk(); return len(t.Lines) != n || t.State != state })
	}
	slices.SortStableFunc(t.Lines, func(a, b Line) int { return a.At.Compare(b.At) })
	json.NewEncoder(w).Encode(t)
}

// takeWords is somebody typing on the page.
func (p Page) takeWords(w http.ResponseWriter, r *http.Request) {
	who, kind, text := r.FormValue("who"), r.FormValue("kind"), r.FormValue("text")
	wrong := ""
	switch {
	case !slices.ContainsFunc(p.Who, func(o Option) bool { return o.Value == who }):
		wrong = "没有这个人。"
	case text == "" && (kind == "" || kind == "text"):
		wrong = "请先写一句话。"
	default:
		wrong = p.Typed(who, kind, text)
	}
	if wrong != "" {
		http.Error(w, wrong, http.StatusBadRequest)
	}
}

// takeFault makes something go wrong from the page.
func (p Page) takeFault(w http.ResponseWriter, r *http.Request) {
	for _, f := range p.Faults {
		if f.Kind == r.FormValue("kind") {
			f.Do()
			return
		}
	}
	http.Error(w, "没有这种故障。", http.StatusBadRequest)
}

// Serve runs a simulator on addr until ctx ends. It calls ready, which may be
// nil, with the address that it got. addr should be a local one: there is no
// login. cut ends what the server does not know to end; it may be nil.
func Serve(ctx context.Context, addr string, h http.Handler, ready func(url string), cut func()) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen for the simulator: %w", err)
	}
	if ready != nil {
		ready("http://" + listener.Addr().String())
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		if cut != nil {
			cut()
		}
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
