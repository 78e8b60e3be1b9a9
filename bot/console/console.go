// Package console is the web page of whoever runs the program: an overview, a
// guide to begin with, conversation, documents, the search looked at from inside,
// what was not answered, the lead form, ledgers, reminders, channels, the record,
// settings. It needs nothing
// from outside and no JavaScript; with it some pages answer without loading
// again. What it shows and changes it gets from an Office.
package console

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"zujian/bot/chat"
)

// Options set up a console. Desk and Office must be given, or City alone.
type Options struct {
	Address  string      // host:port to listen on; empty: 127.0.0.1:8791
	Password string      // must be set for another address than this machine's own
	Names    []string    // what this machine is called beside its own name
	TLS      Certificate // empty: the page comes unencrypted
	Desk     Desk
	Office   Office
	City     City // several offices, for whoever looks after all of them
	Figures  Figures
	Sessions string           // the file in which it is kept who has come in; empty: a restart forgets them
	Now      func() time.Time // nil: time.Now
	Log      *slog.Logger
}

// Usual is the address where none is configured.
const Usual = "127.0.0.1:8791"

// ShortestPassword is how many characters a password has at least.
const ShortestPassword = 12

// Server is a console that listens. Its methods are safe for several goroutines.
type Server struct {
	opts  Options
	log   *slog.Logger
	now   func() time.Time
	token string
	local bool // listens on this machine's own address only
	doors *doors
	pages map[string]*page

	certificate *tls.Certificate // nil: none
	listener    net.Listener
	server      *http.Server
	mux         *http.ServeMux
	ctx         context.Context // ends the work that pages have begun
	stop        context.CancelFunc
	ended       chan struct{}
}

// Listen opens a console; Close ends it. Where the usual address is in use, it
// takes another port of the same host. It fails where an address that others
// reach has no password.
func Listen(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	usual := o.Address == ""
	if usual {
		o.Address = Usual
	}
	s := &Server{opts: o, log: o.Log, now: o.Now, local: Loopback(o.Address), ended: make(chan struct{})}
	if !s.local && !Fit(o.Password) {
		return nil, ErrPassword
	}
	var err error
	if s.certificate, err = o.TLS.load(append(ownNames(), append(o.Names, reachable())...), o.Now()); err != nil {
		return nil, err
	}
	if s.listener, err = net.Listen("tcp", o.Address); err != nil && usual {
		s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("listen for the console: %w", err)
	}
	s.pages = loadPages()
	s.token = randomWord()
	lasts := sessionLasts
	if s.local {
		lasts = localLasts
	}
	s.doors = newDoors(o.Now, lasts, o.Sessions, o.Password)
	if o.City != nil {
		s.doors.cookie = cookieCity
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.server = &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 3 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	go func() {
		defer close(s.ended)
		if err := s.server.Serve(s.secured()); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the console has ended", "error", err.Error())
		}
	}()
	return s, nil
}

// secured is the listener, encrypted where there is a certificate.
func (s *Server) secured() net.Listener {
	bounded := chat.Bounded(s.listener)
	if s.certificate == nil {
		return bounded
	}
	return tls.NewListener(bounded, &tls.Config{Certificates: []tls.Certificate{*s.certificate}, MinVersion: tls.VersionTLS12})
}

// ErrPassword is Listen's for an address that others reach, without a password.
var ErrPassword = errors.New("console: an address that others reach needs a password")

// Loopback reports whether an address is of this machine alone.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// Close ends the console; what pages have begun is stopped.
func (s *Server) Close() error {
	s.stop()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.server.Shutdown(ctx)
	if err != nil { // somebody still uploads
		err = s.server.Close()
	}
	<-s.ended
	s.doors.wait()
	s.doors.close()
	return err
}

// handler is the way in: who may pass, then what is asked for.
func (s *Server) handler() http.Handler {
	m := http.NewServeMux()
	s.mux = m
	m.Handle("GET /static/", http.StripPrefix("/static/", staticFiles()))
	m.HandleFunc("GET /healthz", s.fromHere(s.health))
	m.HandleFunc("GET /metrics", s.fromHere(s.metrics))
	m.HandleFunc("GET /enter", s.showEnter)
	m.HandleFunc("POST /enter", s.enter)
	m.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	if s.opts.City == nil {
		m.HandleFunc("GET /reminders.ics", s.feed)
	}
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, http.StatusNotFound, "没有这一页。请从上面的菜单里选。")
	})
	routes := s.routes()
	if s.opts.City != nil {
		routes = s.cityRoutes()
	}
	for pattern, do := range routes {
		m.Handle(pattern, s.within(do))
	}
	guarded := http.NewCrossOriginProtection()
	guarded.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, http.StatusForbidden, "这个请求是从别的网页来的，没有办。请在本页里操作。")
	}))
	return s.caught(s.headers(s.hosts(guarded.Handler(m))))
}

// action shows or does something for whoever has a session.
type action func(w http.ResponseWriter, r *http.Request, who *session) error

func (s *Server) routes() map[string]action {
	return map[string]action{
		"GET /{$}":                   s.showOverview,
		"GET /talk":                  s.showTalk,
		"GET /start":                 s.showStart,
		"POST /start/office":         s.startOffice,
		"POST /start/channel":        s.startChannel,
		"GET /help":                  s.showHelp,
		"GET /help/{name}":           s.showHelp,
		"POST /say":                  s.say,
		"GET /documents":             s.showDocuments,
		"POST /documents":            s.addDocuments,
		"GET /documents/{id}":        s.showDocument,
		"GET /documents/{id}/{page}": s.showPage,
		"POST /documents/undo":       s.undo,
		"POST /documents/{id}":       s.changeDocument,
		"GET /search":                s.showSearch,
		"GET /questions":             s.showQuestions,
		"POST /questions":            s.improve,
		"POST /questions/drop":       s.dropImprovement,
		"GET /lead":                  s.showLead,
		"POST /lead":                 s.showLead,
		"GET /ledger":                s.showLedger,
		"POST /ledger":               s.takeLedger,
		"POST /ledger/columns":       s.setColumns,
		"POST /ledger/forget":        s.forgetLedger,
		"GET /ledger/result":         s.giveLedger,
		"GET /reminders":             s.showReminders,
		"POST /reminders":            s.addReminder,
		"POST /reminders/{id}":       s.changeReminder,
		"GET /channels":              s.showChannels,
		"POST /channels":             s.showChannels, // with a pairing code, which voids the one before
		"POST /channels/{name}/scan": s.relogin,
		"POST /messages/{id}":        s.settle,
		"GET /record":                s.showRecord,
		"GET /record.csv":            s.giveRecord,
		"GET /settings":              s.showSettings,
		"POST /settings":             s.changeSettings,
		"POST /settings/text":        s.writeConfig,
		"POST /settings/restart":     s.restart,
		"GET /debug/pprof/{name...}": s.profile,
		"POST /leave":                s.leave,
	}
}
