package ilink

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"zujian/bot/simulator"
)

// bufAt is get_updates_buf after a message.
func bufAt(seq int64) string {
	return base64.StdEncoding.EncodeToString(strconv.AppendInt([]byte("seq:"), seq, 10))
}

// seqOf reads it; 0 where it is empty or not ours.
func seqOf(buf string) int64 {
	data, err := base64.StdEncoding.DecodeString(buf)
	if err != nil || len(data) < 4 {
		return 0
	}
	seq, err := strconv.ParseInt(string(data[4:]), 10, 64)
	if err != nil {
		return 0
	}
	return max(0, seq)
}

// updates is the long poll for messages after buf.
func (s *Sim) updates(w http.ResponseWriter, r *http.Request, buf string) {
	seq, token := seqOf(buf), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.Wait(r, func() bool { return int64(len(s.log)) > seq || s.token != token || s.replaying > 0 })
	s.Mu.Lock()
	defer s.Mu.Unlock()
	if s.token != token {
		reply(w, obj{"ret": codeLoggedOut, "errmsg": "session timeout"})
		return
	}
	seq = min(max(0, seq-int64(s.replaying)), int64(len(s.log)))
	s.replaying = 0
	list := []obj{}
	for _, m := range s.log[seq:] {
		list = append(list, s.wire(m))
	}
	reply(w, obj{"ret": 0, "msgs": list, "longpolling_timeout_ms": s.Poll.Milliseconds(), "get_updates_buf": bufAt(int64(len(s.log)))})
}

// wire is a message as it is delivered.
func (s *Sim) wire(m message) obj {
	item := obj{"type": m.kind, "create_time_ms": m.at.UnixMilli(), "is_completed": true}
	switch m.kind {
	case kindText:
		item["text_item"] = obj{"text": m.text}
	case kindVoice:
		item["voice_item"] = obj{"encode_type": 6, "playtime": 2000, "text": m.text}
	case kindImage:
		item["image_item"] = obj{"media": obj{"encrypt_query_param": "sim", "aes_key": "c2lt"}}
	}
	return obj{"seq": m.seq, "message_id": json.Number(m.id), "from_user_id": m.from, "to_user_id": s.bot,
		"create_time_ms": m.at.UnixMilli(), "message_type": 1, "message_state": 2, "context_token": m.token, "item_list": []obj{item}}
}

// send takes a message of the program. Outside a window it is refused with -2,
// as users of the interface report.
func (s *Sim) send(w http.ResponseWriter, r *http.Request, in call) {
	code, lose, hold := 0, false, false
	s.Do(func() {
		m := in.Message
		open := s.windows[m.To]
		switch {
		case s.limited:
			code = codeTooOften
		case open == nil || open.token != m.Token || open.left == 0 || time.Since(open.wrote) >= windowLasts:
			s.refused++
			code = codeTooOften
		case m.ClientID == "" || m.Type != 2 || len(m.Items) != 1 || m.Items[0].Type != kindText:
			code = -1
		default:
			open.left--
			s.sent = append(s.sent, Sent{time.Now(), m.To, m.Items[0].Text.Text, m.ClientID})
			lose, hold = simulator.Take(&s.Lose), simulator.Take(&s.Hold)
		}
	})
	simulator.Finish(r, lose, hold)
	if code != 0 {
		reply(w, obj{"ret": code, "errmsg": "prepare failed"})
		return
	}
	reply(w, obj{"message_id": json.Number(fmt.Sprint(uint64(firstID) + uint64(time.Now().UnixMicro())))})
}
