package console

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"zujian/bot/chat"
	"zujian/bot/dialog"
)

// line is one message of the conversation.
type line struct {
	Mine    bool      `json:"mine"`
	Text    string    `json:"text"`
	Options []string  `json:"options,omitempty"` // what may be chosen, numbered from 1
	At      time.Time `json:"at"`
}

// Limits of the conversation.
const (
	mostLines   = 200
	longestForm = 1 << 20 // bytes of one message as a browser sends it; what is too long to answer is seen through first
)

// starters are questions to begin with.
var starters = []string{"律所在园区里，归谁管？", "没有党组织的企业谁来推动？", "联合组建最多几家？", "组建"}

func (s *Server) showTalk(w http.ResponseWriter, r *http.Request, who *session) error {
	who.mu.Lock()
	said := append([]line(nil), who.said...)
	who.mu.Unlock()
	var options []string // of the last line: what was to be chosen before is settled
	if len(said) > 0 {
		options = said[len(said)-1].Options
	}
	s.render(w, r, http.StatusOK, "talk", who, map[string]any{"Said": said, "Starters": starters, "Options": options})
	return nil
}

// say takes one message. A browser with scripts gets each reply as a line of
// JSON as soon as it is there; one without gets the page again.
func (s *Server) say(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, longestForm)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	text := strings.TrimSpace(r.PostFormValue("text"))
	if text == "" {
		return Told("请先写一句话。")
	}
	streams := strings.Contains(r.Header.Get("Accept"), "application/x-ndjson")
	if streams {
		w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
		_ = http.NewResponseController(w).Flush() // the browser knows that we are at it
	}
	replies := s.ask(r, who, text)
	if !streams {
		http.Redirect(w, r, "/talk#last", http.StatusSeeOther)
		return nil
	}
	e := json.NewEncoder(w)
	for _, l := range replies {
		if e.Encode(l) != nil {
			break
		}
		_ = http.NewResponseController(w).Flush()
	}
	return nil
}

// ask puts a message to the desk, one at a time, and keeps what was said.
func (s *Server) ask(r *http.Request, who *session, text string) []line {
	who.turn.Lock()
	defer who.turn.Unlock()
	who.keep(line{Mine: true, Text: text, At: s.now()})
	replies, err := s.opts.Desk.Handle(r.Context(), chat.Inbound{Channel: Channel, Chat: who.id, Speaker: who.id,
		Addressed: true, Text: text, Sent: s.now()})
	if err != nil {
		s.log.Error("a turn at the console was not written down", "error", err.Error())
	}
	if len(replies) == 0 {
		replies = []string{"这一句没有答上来，请再发一遍。"}
	}
	var out []line
	for _, reply := range replies {
		l := line{Text: chat.Plain(reply), Options: dialog.Offered(reply), At: s.now()}
		who.keep(l)
		out = append(out, l)
	}
	return out
}

func (x *session) keep(l line) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.said = append(x.said, l)
	if n := len(x.said) - mostLines; n > 0 {
		x.said = x.said[n:]
	}
}

// broken words a form that cannot be read.
func broken(err error) error {
	if large := (&http.MaxBytesError{}); errors.As(err, &large) {
		return err
	}
	return Told("传上来的内容不完整，请再试一次。")
}
