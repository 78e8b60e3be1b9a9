package console

import (
	"net/http"
	"net/url"
	"strings"
)

// fieldShown is a setting with what was typed, where that was refused.
type fieldShown struct {
	SettingField
	ID    string
	Parts []secretShown
}

// secretShown is where a secret is typed. It is never shown.
type secretShown struct{ ID, Name, Title string }

// secretNames are the parts of what is kept in a file of its own.
var secretNames = map[string]string{"": "密钥", "secret": "密钥（secret）", "token": "令牌（token）", "aes_key": "加解密密钥（aes_key）"}

func fieldWith(f SettingField, typed url.Values) fieldShown {
	v := fieldShown{SettingField: f, ID: "s-" + strings.ReplaceAll(f.Key, ".", "-")}
	if typed.Has(f.Key) {
		v.Value = typed.Get(f.Key)
	}
	for _, part := range f.Secrets {
		title := secretNames[part]
		if strings.Contains(f.Key, "password") {
			title = "新的口令"
		}
		v.Parts = append(v.Parts, secretShown{ID: v.ID + "-" + part, Name: "secret:" + f.Key + ":" + part, Title: title})
	}
	return v
}

func (s *Server) showSettings(w http.ResponseWriter, r *http.Request, who *session) error {
	groups := s.opts.Office.Settings()
	waits := false
	for _, g := range groups {
		waits = waits || g.Waits
	}
	body := map[string]any{"Groups": groups, "About": s.opts.Office.About(), "Waits": waits, "Open": r.URL.Query().Get("open")}
	if r.URL.Query().Get("check") != "" {
		body["Findings"] = s.opts.Office.Findings(r.Context())
	}
	s.render(w, r, http.StatusOK, "settings", who, body)
	return nil
}

// largestConfig is how many bytes a form of settings may have.
const largestConfig = 1 << 20

// changeSettings takes in one group of settings.
func (s *Server) changeSettings(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, largestConfig)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	group := r.PostFormValue("group")
	say, err := s.opts.Office.ChangeSettings(group, r.PostForm)
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/settings?open="+group+"#"+group, say)
}

// writeConfig takes in the whole configuration as a text.
func (s *Server) writeConfig(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, largestConfig)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	say, err := s.opts.Office.WriteConfig(r.PostFormValue("text"))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/settings", say)
}

func (s *Server) restart(w http.ResponseWriter, r *http.Request, who *session) error {
	return s.beginAnew(w, r, who, "/settings")
}

// beginAnew has the program restart, and the page come back by itself.
func (s *Server) beginAnew(w http.ResponseWriter, r *http.Request, who *session, to string) error {
	if err := s.opts.Office.Restart(); err != nil {
		return err
	}
	w.Header().Set("Refresh", "4; url="+to)
	s.render(w, r, http.StatusOK, "restarts", who, map[string]any{"To": to})
	return nil
}
