package console

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"strconv"
)

// Figure is one number that is watched from outside, as Prometheus has them.
type Figure struct {
	Name   string // such as zujian_questions_total
	Label  string // such as status="answered"; empty: none
	Help   string
	Gauge  bool // may fall too
	Number float64
}

// Figures gives the numbers of now; those of one name stand together. It is
// Options.Figures; nil: there is nothing to watch.
type Figures func(ctx context.Context) []Figure

// fromHere lets nobody in but programs on this machine: figures need no session,
// so that they can be fetched all the time.
func (s *Server) fromHere(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at, err := netip.ParseAddrPort(r.RemoteAddr)
		if err != nil || !at.Addr().Unmap().IsLoopback() || r.Header.Get("X-Forwarded-For") != "" {
			s.refuse(w, r, http.StatusForbidden, "这一页只给本机上的程序看。")
			return
		}
		do(w, r)
	}
}

// health says that pages are served.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
}

// metrics writes the figures in Prometheus' text form.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	if s.opts.Figures == nil {
		return
	}
	last := ""
	for _, f := range s.opts.Figures(r.Context()) {
		if f.Name != last {
			kind := "counter"
			if f.Gauge {
				kind = "gauge"
			}
			fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", f.Name, f.Help, f.Name, kind)
			last = f.Name
		}
		label := ""
		if f.Label != "" {
			label = "{" + f.Label + "}"
		}
		fmt.Fprintf(w, "%s%s %s\n", f.Name, label, strconv.FormatFloat(f.Number, 'g', -1, 64))
	}
}

// profile shows what the program is at, to whoever has a session.
func (s *Server) profile(w http.ResponseWriter, r *http.Request, _ *session) error {
	switch r.PathValue("name") {
	case "":
		pprof.Index(w, r)
	case "profile":
		pprof.Profile(w, r)
	case "trace":
		pprof.Trace(w, r)
	default:
		pprof.Handler(r.PathValue("name")).ServeHTTP(w, r)
	}
	return nil
}
