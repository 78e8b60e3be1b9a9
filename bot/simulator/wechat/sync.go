package wechat

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"

	"zujian/bot/simulator"
)

func syncKey(seq int64) obj {
	return obj{"Count": 1, "List": []obj{{"Key": 1, "Val": seq}}}
}

// syncCheck is the long poll for news.
func (s *Sim) syncCheck(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	_, val, _ := strings.Cut(q.Get("synckey"), "_")
	seq, err := strconv.ParseInt(val, 10, 64)
	if err != nil {
		seq = 0
	}
	code, selector := 0, 0
	s.Wait(r, func() bool {
		if sid := q.Get("sid"); sid == "" || sid != s.sid {
			code = s.ended
		}
		if int64(len(s.log)) > seq {
			selector = 2
		}
		return code != 0 || selector != 0
	})
	fmt.Fprintf(w, `window.synccheck={retcode:"%d",selector:"%d"}`, code, selector)
}

// sync delivers the messages after the SyncKey of the request.
func (s *Sim) sync(w http.ResponseWriter, r *http.Request) {
	var key struct{ List []struct{ Val int64 } }
	if s.stale(w, sidOf(r, &key)) {
		return
	}
	s.Mu.Lock()
	defer s.Mu.Unlock()
	var seq int64
	if len(key.List) > 0 {
		seq = min(key.List[0].Val, int64(len(s.log)))
	}
	list := []obj{}
	for _, m := range s.log[seq:] {
		list = append(list, s.wire(m))
	}
	last := int64(len(s.log))
	s.delivered = max(s.delivered, last)
	reply(w, 0, obj{"AddMsgCount": len(list), "AddMsgList": list, "SyncKey": syncKey(last), "SyncCheckKey": syncKey(last)})
}

// wire is a message in the web form: the sender of a group message stands in
// front of its text.
func (s *Sim) wire(m message) obj {
	text := strings.ReplaceAll(html.EscapeString(m.text), "\n", "<br/>")
	from, to := s.personName(m.from), s.selfName()
	switch {
	case m.notice:
		from = s.groupName(m.group)
	case m.group != nil && m.from == "":
		from, to = s.selfName(), s.groupName(m.group)
	case m.group != nil:
		from, text = s.groupName(m.group), s.personName(m.from)+":<br/>"+text
	}
	if m.file != "" {
		return obj{"MsgId": m.id, "NewMsgId": m.seq, "MsgType": 49, "AppMsgType": 6, "CreateTime": m.at.Unix(),
			"FromUserName": from, "ToUserName": to, "Content": "<msg><appmsg></appmsg></msg>",
			"FileName": m.file, "FileSize": strconv.Itoa(len(m.data)), "MediaId": "@media-" + m.id, "EncryFileName": m.file}
	}
	return obj{"MsgId": m.id, "NewMsgId": m.seq, "MsgType": cmp.Or(m.kind, 1), "CreateTime": m.at.Unix(),
		"FromUserName": from, "ToUserName": to, "Content": text}
}

// send takes a message of the program.
func (s *Sim) send(w http.ResponseWriter, r *http.Request) {
	var msg struct{ Content, ToUserName, LocalID string }
	if s.stale(w, sidOf(r, &msg)) {
		return
	}
	s.Mu.Lock()
	ret, lose, hold := s.sendRet, simulator.Take(&s.Lose), simulator.Take(&s.Hold)
	key, known := s.keyOf(msg.ToUserName)
	s.Mu.Unlock()
	if ret == 0 && !known {
		ret = 1
	}
	if ret == 0 {
		s.Do(func() { s.sent = append(s.sent, s.sentOf(key, msg.Content)) })
	}
	simulator.Finish(r, lose, hold)
	reply(w, ret, obj{"MsgID": "srv-" + msg.LocalID, "LocalID": msg.LocalID})
}
