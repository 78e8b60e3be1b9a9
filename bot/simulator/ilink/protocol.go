package ilink

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
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
	var in call
	if data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20)); err == nil {
		json.Unmarshal(data, &in) // what cannot be read is without a login
	}
	path := strings.TrimPrefix(r.URL.Path, prefix)
	s.Answer(w, r, path, in.Buf, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, path, in) })
}

// RoundTrip makes a simulator a transport.
func (s *Sim) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.Far.RoundTrip(r, strings.TrimPrefix(r.URL.Path, prefix), s)
}

func (s *Sim) answer(w http.ResponseWriter, r *http.Request, path string, in call) {
	switch {
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
		s.Do(func() { s.replaying, s.replay = s.replay, 0 })
		reply(w, obj{"ret": 0})
	default:
		http.NotFound(w, r)
	}
}

// knows reports whether a request carries the login of the present session, and
// what else the protocol asks for.
func (s *Sim) knows(r *http.Request, in call) bool {
	s.Mu.Lock()
	defer s.Mu.Unlock()
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
	s.Do(func() {
		s.gen++
		s.code = s.secret("code", s.gen)
		reply(w, obj{"qrcode": s.code, "qrcode_img_content": "https://liteapp.weixin.qq.com/q/sim?n=" + fmt.Sprint(s.gen)})
	})
}

// codeStatus is the long poll for the scan of the QR code.
func (s *Sim) codeStatus(w http.ResponseWriter, r *http.Request) {
	code := r.URL.Query().Get("qrcode")
	ready := s.Wait(r, func() bool { return s.scanned || !s.opts.ManualScan || code != s.code })
	s.Do(func() {
		switch {
		case code != s.code:
			reply(w, obj{"status": "expired"})
		case !ready:
			reply(w, obj{"status": "wait"})
		default:
			s.token, s.scanned, s.code = s.secret("token", s.gen), false, ""
			reply(w, obj{"status": "confirmed", "bot_token": s.token, "ilink_bot_id": s.bot,
				"ilink_user_id": "o9scanner@im.wechat", "baseurl": "https://ilinkai.weixin.qq.com"})
		}
	})
}
