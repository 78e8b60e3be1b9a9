package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
)

// feedKey lets a calendar program read the reminders, which cannot log in. It
// follows from the password: who changes that, shuts the feed. Empty: there is
// none, as the console is for one machine.
func (s *Server) feedKey() string {
	if s.opts.Password == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(s.opts.Password))
	mac.Write([]byte("the feed of reminders"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// feedAddress is where calendar programs of the office subscribe.
func (s *Server) feedAddress(r *http.Request) string {
	if s.feedKey() == "" {
		return ""
	}
	scheme := "http://"
	if s.certificate != nil {
		scheme = "https://"
	}
	return scheme + r.Host + "/reminders.ics?key=" + s.feedKey()
}

// feed gives the reminders as a calendar to whoever has the key. Keys are
// counted with those at the door, before they are compared.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	if !s.doors.knocks.take(r.RemoteAddr) {
		s.refuse(w, r, http.StatusTooManyRequests, "试得太多了，请过一会儿再试。")
		return
	}
	if key := s.feedKey(); key == "" || !same(r.URL.Query().Get("key"), key) {
		s.refuse(w, r, http.StatusForbidden, "日历的网址不对。请到“提醒”页面上再抄一遍。")
		return
	}
	s.doors.knocks.right(r.RemoteAddr)
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	if err := s.opts.Office.WriteCalendar(r.Context(), w); err != nil {
		s.explain(w, r, err)
	}
}
