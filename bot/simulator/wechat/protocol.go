package wechat

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

type obj = map[string]any

const prefix = "/cgi-bin/mmwebwx-bin"

// ServeHTTP answers as login.wx.qq.com, wx.qq.com and webpush.wx.qq.com do.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Answer(w, r, strings.TrimPrefix(r.URL.Path, prefix), "", s.answer)
}

// RoundTrip makes a simulator a transport.
func (s *Sim) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.Far.RoundTrip(r, strings.TrimPrefix(r.URL.Path, prefix), s)
}

func (s *Sim) answer(w http.ResponseWriter, r *http.Request) {
	switch strings.TrimPrefix(r.URL.Path, prefix) {
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

func reply(w http.ResponseWriter, ret int, m obj) {
	m["BaseResponse"] = obj{"Ret": ret, "ErrMsg": ""}
	json.NewEncoder(w).Encode(m) // the client has gone if this fails
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
