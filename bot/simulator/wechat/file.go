package wechat

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// upload takes a file in pieces of half a megabyte, as the web client sends it.
func (s *Sim) upload(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		BaseRequest struct{ Sid string }
		FileMd5     string
		TotalLen    int
	}
	if err := r.ParseMultipartForm(8 << 20); err != nil || json.Unmarshal([]byte(r.FormValue("uploadmediarequest")), &asked) != nil {
		reply(w, 1, obj{})
		return
	}
	if s.stale(w, asked.BaseRequest.Sid) {
		return
	}
	file, _, err := r.FormFile("filename")
	if err != nil {
		reply(w, 1, obj{})
		return
	}
	defer file.Close()
	piece, err := io.ReadAll(file)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	id, whole := "@up-"+asked.FileMd5, false
	s.Do(func() {
		if r.FormValue("chunk") == "" || r.FormValue("chunk") == "0" {
			s.uploads[id] = nil
		}
		s.uploads[id] = append(s.uploads[id], piece...)
		whole = len(s.uploads[id]) == asked.TotalLen
	})
	if !whole {
		id = ""
	}
	reply(w, 0, obj{"MediaId": id})
}

// media gives a file that somebody sent.
func (s *Sim) media(w http.ResponseWriter, r *http.Request) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	for _, m := range s.log {
		if m.file != "" && r.FormValue("mediaid") == "@media-"+m.id {
			w.Write(m.data)
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

// sentOf is a message of the program: a text, or a file that was uploaded before.
func (s *Sim) sentOf(chat, content string) Sent {
	sent := Sent{At: time.Now(), Chat: chat, Text: content}
	if !strings.HasPrefix(content, "<appmsg ") {
		return sent
	}
	var m struct {
		Title  string `xml:"title"`
		Attach string `xml:"appattach>attachid"`
	}
	if err := xml.Unmarshal([]byte(content), &m); err == nil {
		sent.File, sent.Data, sent.Text = m.Title, s.uploads[m.Attach], fmt.Sprintf("［文件］%s", m.Title)
	}
	return sent
}
