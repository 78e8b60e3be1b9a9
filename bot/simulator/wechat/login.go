package wechat

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// login is the long poll for the scan of the QR code.
func (s *Sim) login(w http.ResponseWriter, r *http.Request) {
	if !s.Wait(r, func() bool { return s.scanned || !s.opts.ManualScan }) {
		fmt.Fprint(w, `window.code=408;`)
		return
	}
	if r.URL.Query().Get("tip") == "1" {
		fmt.Fprint(w, `window.code=201;window.userAvatar = 'data:img/jpg;base64,AA==';`)
		return
	}
	fmt.Fprint(w, "window.code=200;\n"+
		`window.redirect_uri="https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=t&uuid=sim-uuid==&lang=zh_CN&scan=1";`)
}

// newSession is the page that a confirmed scan leads to.
func (s *Sim) newSession(w http.ResponseWriter) {
	var sid string
	s.Do(func() {
		s.gen++
		s.sid, s.scanned = fmt.Sprintf("sid-%d", s.gen), false
		sid = s.sid
	})
	http.SetCookie(w, &http.Cookie{Name: "webwx_data_ticket", Value: "dt", Path: "/", Domain: "qq.com", Secure: true})
	http.SetCookie(w, &http.Cookie{Name: "wxsid", Value: sid, Path: "/", Domain: "wx.qq.com", Secure: true})
	fmt.Fprintf(w, `<error><ret>0</ret><message></message><skey>@crypt_sk</skey><wxsid>%s</wxsid>`+
		`<wxuin>12345</wxuin><pass_ticket>pt</pass_ticket><isgrayscale>1</isgrayscale></error>`, sid)
}

// sidOf reads the session of a request with a JSON body.
func sidOf(r *http.Request, into any) string {
	var in struct {
		BaseRequest struct{ Sid string }
		Msg         json.RawMessage
		SyncKey     json.RawMessage
		List        json.RawMessage
	}
	json.NewDecoder(r.Body).Decode(&in) // what cannot be read has no session
	for _, part := range []json.RawMessage{in.Msg, in.SyncKey, in.List} {
		if into != nil && len(part) > 0 {
			json.Unmarshal(part, into)
		}
	}
	return in.BaseRequest.Sid
}

// stale answers a request of a session that has ended, and says so.
func (s *Sim) stale(w http.ResponseWriter, sid string) bool {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	if sid != "" && sid == s.sid {
		return false
	}
	reply(w, s.ended, obj{})
	return true
}

// init is the first request of a session, hot or fresh.
func (s *Sim) init(w http.ResponseWriter, r *http.Request) {
	if s.stale(w, sidOf(r, nil)) {
		return
	}
	s.Mu.Lock()
	defer s.Mu.Unlock()
	from := max(0, s.delivered-s.replay)
	s.replay = 0
	reply(w, 0, obj{"User": obj{"UserName": s.selfName(), "NickName": s.opts.Self, "Uin": 12345},
		"SKey": "@crypt_sk", "SyncKey": syncKey(from), "ContactList": []obj{}})
}

// contacts lists friends and saved groups, without the members of groups.
func (s *Sim) contacts(w http.ResponseWriter) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	var list []obj
	for _, g := range s.groups {
		if !g.Unsaved {
			list = append(list, obj{"UserName": s.groupName(g), "NickName": g.Name, "MemberList": []obj{}})
		}
	}
	for _, f := range s.friends {
		list = append(list, obj{"UserName": s.personName(f.Key), "NickName": f.Nick, "RemarkName": f.Remark})
	}
	reply(w, 0, obj{"MemberCount": len(list), "Seq": 0, "MemberList": list})
}

// details gives groups with their members.
func (s *Sim) details(w http.ResponseWriter, r *http.Request) {
	var asked []struct{ UserName string }
	sidOf(r, &asked)
	s.Mu.Lock()
	defer s.Mu.Unlock()
	list := []obj{}
	for _, a := range asked {
		if key, ok := s.keyOf(a.UserName); ok && a.UserName[1] == '@' {
			list = append(list, s.detail(s.group(key)))
		}
	}
	reply(w, 0, obj{"Count": len(list), "ContactList": list})
}

func (s *Sim) detail(g *Group) obj {
	members := []obj{{"UserName": s.selfName(), "NickName": s.opts.Self, "DisplayName": g.Me}}
	for _, m := range g.Members {
		members = append(members, obj{"UserName": s.personName(m.Key), "NickName": m.Nick, "DisplayName": m.Display})
	}
	return obj{"UserName": s.groupName(g), "NickName": g.Name, "MemberList": members, "MemberCount": len(members)}
}
