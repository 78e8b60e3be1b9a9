package official

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"zujian/bot/simulator"
)

// RoundTrip makes a simulator a transport.
func (s *Sim) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.Far.RoundTrip(r, r.URL.Path, s)
}

// ServeHTTP answers as api.weixin.qq.com and qyapi.weixin.qq.com do.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Answer(w, r, r.URL.Path, "", s.answer)
}

// call is the body of a request, as far as it is looked at.
type call struct {
	Secret  string `json:"secret"`
	To      string `json:"touser"`
	Account string `json:"open_kfid"`
	Code    string `json:"code"`
	Cursor  string `json:"cursor"`
	Limit   int    `json:"limit"`
	Text    struct {
		Content string `json:"content"`
	} `json:"text"`
	Data map[string]struct {
		Value string `json:"value"`
	} `json:"data"`
}

func (s *Sim) answer(w http.ResponseWriter, r *http.Request) {
	var in call
	if data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20)); err == nil {
		json.Unmarshal(data, &in) // what cannot be read has no text
	}
	q := r.URL.Query()
	lose, hold := false, false
	answer := obj{"errcode": 0, "errmsg": "ok"}
	s.Do(func() {
		switch path := r.URL.Path; {
		case path == "/cgi-bin/stable_token" || path == "/cgi-bin/gettoken":
			s.login(answer, in.Secret+q.Get("corpsecret"))
		case s.token == "" || q.Get("access_token") != s.token:
			answer["errcode"] = 42001
		case path == "/cgi-bin/kf/sync_msg":
			s.sync(answer, in)
		case path == "/cgi-bin/kf/send_msg_on_event":
			s.sent = append(s.sent, Sent{time.Now(), in.Code, in.Text.Content, "welcome"})
		case path == "/cgi-bin/message/template/send":
			s.sent = append(s.sent, Sent{time.Now(), in.To, in.Data["thing1"].Value, "template"})
		case path == "/cgi-bin/message/custom/send":
			answer["errcode"] = s.take(in, "custom", s.opts.NoRight, 48001, 45015, 45047)
		case path == "/cgi-bin/kf/send_msg":
			answer["errcode"] = s.take(in, "kf", in.Account != ExampleAccount, 95000, 95002, 95001)
			answer["msgid"] = fmt.Sprint("kf-", len(s.sent))
		case path != "/cgi-bin/menu/create":
			answer["errcode"] = 40066
		}
		sends := in.To != "" && answer["errcode"] == 0
		lose, hold = sends && simulator.Take(&s.Lose), sends && simulator.Take(&s.Hold)
	})
	simulator.Finish(r, lose, hold)
	json.NewEncoder(w).Encode(answer)
}

func (s *Sim) login(answer obj, secret string) {
	if secret != ExampleSecret {
		answer["errcode"] = 40001
		return
	}
	s.tokens++
	s.token = fmt.Sprint("token-", s.tokens)
	answer["access_token"], answer["expires_in"] = s.token, 7200
}

// take takes a message of the program within what the person's last allows.
func (s *Sim) take(in call, by string, refused bool, noRight, outOfTime, tooMany int) int {
	open := s.windows[in.To]
	switch {
	case s.limit:
		return 45009
	case refused:
		return noRight
	case open == nil || time.Since(open.wrote) >= windowLasts:
		return outOfTime
	case open.left == 0:
		return tooMany
	case len(in.Text.Content) > 2048:
		return 45002
	}
	open.left--
	s.sent = append(s.sent, Sent{time.Now(), in.To, in.Text.Content, by})
	return 0
}

// sync gives the messages of 微信客服 after a cursor.
func (s *Sim) sync(answer obj, in call) {
	from, err := strconv.Atoi(in.Cursor)
	if err != nil {
		from = 0
	}
	to := min(len(s.said), from+max(1, in.Limit))
	list := []obj{}
	for _, m := range s.said[min(from, to):to] {
		out := obj{"msgid": m.id, "open_kfid": ExampleAccount, "external_userid": m.person, "send_time": m.at.Unix(), "origin": 3,
			"msgtype": m.kind}
		switch {
		case m.event != "":
			out["origin"], out["event"] = 4, obj{"event_type": m.event, "open_kfid": ExampleAccount, "external_userid": m.person,
				"welcome_code": m.person, "recall_msgid": m.text}
		case m.kind == "text":
			out["text"] = obj{"content": m.text}
		}
		list = append(list, out)
	}
	answer["msg_list"], answer["next_cursor"], answer["has_more"] = list, strconv.Itoa(to), 0
	if to < len(s.said) {
		answer["has_more"] = 1
	}
}
