package ilink

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

type obj = map[string]any

const prefix = "/ilink/bot/"

// call is the body of a request, as far as it is looked at.
type call struct {
	Buf  string `json:"get_updates_buf"`
	Info struct {
		Version string `json:"channel_version"`
	} `json:"base_info"`
	Message struct {
		To       string `json:"to_user_id"`
		ClientID string `json:"client_id"`
		Token    string `json:"context_token"`
		Type     int    `json:"message_type"`
		Items    []struct {
			Type int `json:"type"`
			Text struct {
				Text string `json:"text"`
			} `json:"text_item"`
		} `json:"item_list"`
	} `json:"msg"`
}

// ServeHTTP answers as ilinkai.weixin.qq.com does.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, prefix)
	var in call
	if data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20)); err == nil {
		json.Unmarshal(data, &in) // what cannot be read is without a login
	}
	wrong, down := s.note(path, in.Buf)
	switch {
	case down:
		panic(http.ErrAbortHandler) // the connection is cut
	case wrong != nil:
		w.WriteHeader(wrong.status)
		io.WriteString(w, wrong.body)
	case path == "get_bot_qrcode":
		s.giveCode(w)
	case path == "get_qrcode_status":
		s.codeStatus(w, r)
	case !s.knows(r, in):
		reply(w, obj{"errcode": codeLoggedOut, "errmsg": "session timeout"})
	case path == "getupdates":
		s.updates(w, r, in.Buf)
	case path == "sendmessage":
		s.send(w, r, in)
	case path == "msg/notifystart":
		s.do(func() { s.replaying, s.faults.replay = s.faults.replay, 0 })
		reply(w, obj{"ret": 0})
	default:
		http.NotFound(w, r)
	}
}

// note writes a request down and gives what is wrong with its answer.
func (s *Sim) note(path, buf string) (wrong *answer, down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.faults.answers {
		a := &s.faults.answers[i]
		if !s.faults.down && a.left > 0 && (a.path == "" || a.path == path) {
			a.left--
			wrong = &answer{status: a.status, body: a.body}
			break
		}
	}
	s.requests = append(s.requests, Request{time.Now(), path, buf, s.faults.down || wrong != nil})
	return wrong, s.faults.down
}

// knows reports whether a request carries the login of the present session, and
// what else the protocol asks for.
func (s *Sim) knows(r *http.Request, in call) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	uin, err := base64.StdEncoding.DecodeString(firstOf(r.Header, "X-WECHAT-UIN"))
	if err == nil {
		_, err = strconv.ParseUint(string(uin), 10, 32)
	}
	return err == nil && s.token != "" && r.Method == http.MethodPost && in.Info.Version != "" &&
		r.Header.Get("AuthorizationType") == "ilink_bot_token" && r.Header.Get("Authorization") == "Bearer "+s.token
}

// firstOf gives a header by its name, however its letters are.
func firstOf(h http.Header, name string) string {
	for key, values := range h {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

func reply(w http.ResponseWriter, m obj) { json.NewEncoder(w).Encode(m) }

// giveCode shows a new QR code.
func (s *Sim) giveCode(w http.ResponseWriter) {
	s.do(func() {
		s.gen++
		s.code = s.secret("code", s.gen)
		reply(w, obj{"qrcode": s.code, "qrcode_img_content": "https://liteapp.weixin.qq.com/q/sim?n=" + fmt.Sprint(s.gen)})
	})
}

// codeStatus is the long poll for the scan of the QR code.
func (s *Sim) codeStatus(w http.ResponseWriter, r *http.Request) {
	code := r.URL.Query().Get("qrcode")
	ready := s.wait(r, func() bool { return s.scanned || !s.opts.ManualScan || code != s.code })
	s.do(func() {
		switch {
		case code != s.code:
			reply(w, obj{"status": "expired"})
		case !ready:
			reply(w, obj{"status": "wait"})
		case s.faults.refuse:
			reply(w, obj{"status": "need_verifycode"})
		default:
			s.token, s.scanned, s.code = s.secret("token", s.gen), false, ""
			reply(w, obj{"status": "confirmed", "bot_token": s.token, "ilink_bot_id": s.bot,
				"ilink_user_id": "o9scanner@im.wechat", "baseurl": "https://ilinkai.weixin.qq.com"})
		}
	})
}

// wait holds a long poll of the program until ready says so, the poll is over or
// the client has gone, and reports whether it was ready; ready is called under
// the lock. Where the network goes meanwhile, the connection is cut.
func (s *Sim) wait(r *http.Request, ready func() bool) bool {
	down := false
	ok := s.look(r, func() bool { down = s.faults.down; return down || ready() })
	if down {
		panic(http.ErrAbortHandler)
	}
	return ok
}

// look waits in the same way, whatever becomes of the network.
func (s *Sim) look(r *http.Request, ready func() bool) bool {
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
