package console

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"zujian/knowledge/catalogue"
)

// City is several offices as the page of whoever looks after them shows them. An
// office's own page shows nothing of it.
type City interface {
	Name() string
	// Offices gives every office as it stands and what was asked in the last days.
	Offices(ctx context.Context, days int) []Member
	// Office gives one, with the questions that were not answered, masked.
	Office(ctx context.Context, key string, days int) (Member, []Question, error)
	Notices() []Notice
	// Give has an office share files with those below it that are named; none: all.
	Give(from string, files, to []string) ([]catalogue.Outcome, error)
	Withdraw(from, id string) (string, error)
}

// Member is one office of a city.
type Member struct {
	Key, Name, Above string
	Depth            int // how many are above
	Below            bool
	Trouble          string // why it does not answer, or not as it should; empty: it does
	Channels         []ChannelState
	Messages         []Message // those in doubt
	Week             Week
}

// Well says whether nobody has to look.
func (m Member) Well() bool { return m.Trouble == "" && m.Down() == 0 && len(m.Messages) == 0 }

// Down is how many channels are not well.
func (m Member) Down() (n int) {
	for _, c := range m.Channels {
		if !c.Well {
			n++
		}
	}
	return n
}

// Notice is a document that an office shares downward.
type Notice struct {
	ID, Title, From, Key string
	To                   []string // empty: all below
	At                   time.Time
}

// cityPlaces are the pages of a city.
var cityPlaces = []place{
	{"/", "city", "各单位", false},
	{"/notices", "notices", "发通知", false},
	{"/help", "help", "帮助", false},
}

func (s *Server) cityRoutes() map[string]action {
	return map[string]action{
		"GET /{$}":            s.showCity,
		"GET /offices/{key}":  s.showMember,
		"GET /notices":        s.showNotices,
		"POST /notices":       s.giveNotice,
		"POST /notices/{key}": s.withdrawNotice,
		"GET /help":           s.showHelp,
		"GET /help/{name}":    s.showHelp,
		"POST /leave":         s.leave,
	}
}

// cityDays is how far back the page of a city looks.
const cityDays = 7

// showCity shows every office, those that need somebody first.
func (s *Server) showCity(w http.ResponseWriter, r *http.Request, who *session) error {
	all := s.opts.City.Offices(r.Context(), cityDays)
	var bad []Member
	asked, open := 0, 0
	for _, m := range all {
		if !m.Well() {
			bad = append(bad, m)
		}
		asked, open = asked+m.Week.Asked, open+m.Week.NotStated
	}
	s.render(w, r, http.StatusOK, "city", who, map[string]any{"All": all, "Bad": bad, "Asked": asked, "Open": open})
	return nil
}

func (s *Server) showMember(w http.ResponseWriter, r *http.Request, who *session) error {
	m, open, err := s.opts.City.Office(r.Context(), r.PathValue("key"), cityDays)
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "member", who, map[string]any{"M": m, "Open": open})
	return nil
}

func (s *Server) showNotices(w http.ResponseWriter, r *http.Request, who *session) error {
	all := s.opts.City.Offices(r.Context(), cityDays)
	s.render(w, r, http.StatusOK, "notices", who, map[string]any{"All": all, "Given": s.opts.City.Notices()})
	return nil
}

// giveNotice has an office share what is uploaded.
func (s *Server) giveNotice(w http.ResponseWriter, r *http.Request, who *session) error {
	dir, paths, fields, err := s.upload(w, r)
	if dir != "" {
		defer os.RemoveAll(dir)
	}
	if err != nil {
		return err
	}
	r.PostForm = url.Values{"from": {fields["from"]}, "to": {fields["to"]}} // for the form to be shown again
	if len(paths) == 0 {
		return Told("请先选文件。")
	}
	to := strings.FieldsFunc(fields["to"], func(r rune) bool { return strings.ContainsRune("，,、；;\r\n", r) })
	for i := range to {
		to[i] = strings.TrimSpace(to[i])
	}
	out, err := s.opts.City.Give(fields["from"], paths, to)
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/notices", sayGiven(out))
}

// sayGiven says what became of each file.
func sayGiven(all []catalogue.Outcome) string {
	var lines []string
	for _, o := range all {
		if o.Status == catalogue.Refused {
			lines = append(lines, "没有发："+o.Say)
			continue
		}
		lines = append(lines, "发了：《"+o.Title+"》，下级几秒钟后就答得到。")
	}
	return strings.Join(lines, "\n")
}

// withdrawNotice has those below see a document no longer.
func (s *Server) withdrawNotice(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	did, err := s.opts.City.Withdraw(r.PathValue("key"), r.PostFormValue("id"))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/notices", "记下了："+did+"。文件还在原单位，下级不再用它回答。")
}
