package wechat

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

type obj = map[string]any

const prefix = "/cgi-bin/mmwebwx-bin"

// ServeHTTP answers as login.wx.qq.com, wx.qq.com and webpush.wx.qq.com do.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, prefix)
	down, garbage := s.note(path)
	if down {
		panic(http.ErrAbortHandler) // the connection is cut
	}
	if garbage {
		fmt.Fprint(w, "<html><body>502 Bad Gateway</body></html>")
		return
	}
	switch path {
	case "/jslogin":
		fmt.Fprint(w, `window.QRLogin.code = 200; window.QRLogin.uuid = "sim-uuid==";`)
	case "/cgi-bin/mmwebwx-bin/login", "/login":
		s.login(w, r)
	case "/webwxnewloginpage":
		s.newSession(w)
	case "/webwxinit":
		s.init(w, r)
	case "/webwxgetcontact":
		s.contacts(w)
	case "/webwxbatchgetcontact":
		s.details(w, r)
	case "/synccheck":
		s.syncCheck(w, r)
	case "/webwxsync":
		s.sync(w, r)
	case "/webwxsendmsg", "/webwxsendappmsg":
		s.send(w, r)
	case "/webwxuploadmedia":
		s.upload(w, r)
	case "/webwxgetmedia":
		s.media(w, r)
	default: // webwxstatusnotify, webwxlogout
		reply(w, 0, obj{})
	}
}

// note writes a request down and reports what is wrong with it.
func (s *Sim) note(path string) (down, garbage bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	down = s.faults.down
	if garbage = s.faults.garbage > 0 && !down; garbage {
		s.faults.garbage--
	}
	s.requests = append(s.requests, Request{time.Now(), path, down || garbage})
	return down, garbage
}

func reply(w http.ResponseWriter, ret int, m obj) {
	m["BaseResponse"] = obj{"Ret": ret, "ErrMsg": ""}
	json.NewEncoder(w).Encode(m) // the client has gone if this fails
}

// wait holds a long poll until ready says so, the poll is over or the client
// has gone; ready is called under the lock. It reports whether it was ready.
func (s *Sim) wait(r *http.Request, ready func() bool) bool {
	over := time.NewTimer(s.opts.Poll)
	defer over.Stop()
	for {
		s.mu.Lock()
		ok, changed := ready(), s.changed
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-over.C:
			return false
		case <-r.Context().Done():
			return false
		}
	}
}

func (s *Sim) name(kind, key string) string {
	return fmt.Sprintf("%s%s_%d", kind, key, s.gen)
}

func (s *Sim) selfName() string             { return s.name("@", "self") }
func (s *Sim) groupName(g *Group) string    { return s.name("@@", g.Key) }
func (s *Sim) personName(key string) string { return s.name("@", key) }

// keyOf gives the key of a chat by its user name in the present login.
func (s *Sim) keyOf(user string) (string, bool) {
	for _, g := range s.groups {
		if s.groupName(g) == user {
			return g.Key, true
		}
	}
	for _, f := range s.friends {
		if s.personName(f.Key) == user {
			return f.Key, true
		}
	}
	return "", false
}
