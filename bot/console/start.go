package console

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// step is one of the guide.
type step struct {
	ID, Title string
	Done      bool
	Later     bool // may be left for later
}

// steps gives those of the guide, in their order.
func (s *Server) steps(r *http.Request, week Week) ([]step, error) {
	channels, err := s.opts.Office.ListChannels(r.Context())
	if err != nil {
		return nil, err
	}
	l, _, _, err := s.opts.Office.Held()
	if err != nil {
		return nil, err
	}
	own := false
	for _, d := range l.Documents {
		own = own || !d.Shipped
	}
	named := false
	for _, f := range s.settingGroup("contact").Fields {
		named = named || f.Value != ""
	}
	return []step{{ID: "office", Title: "写上单位和电话", Done: named}, {ID: "channel", Title: "接到微信或者企业微信", Done: len(channels) > 0, Later: true},
		{ID: "files", Title: "加本地的文件", Done: own}, {ID: "try", Title: "问一句试试", Done: week.Asked > 0}}, nil
}

func (s *Server) settingGroup(id string) SettingGroup {
	groups := s.opts.Office.Settings()
	if at := slices.IndexFunc(groups, func(g SettingGroup) bool { return g.ID == id }); at >= 0 {
		return groups[at]
	}
	return SettingGroup{}
}

// showStart shows the guide to begin with.
func (s *Server) showStart(w http.ResponseWriter, r *http.Request, who *session) error {
	week, err := s.opts.Office.Week(r.Context(), 7)
	if err != nil {
		return err
	}
	steps, err := s.steps(r, week)
	if err != nil {
		return err
	}
	channels, waits, err := s.channels(r)
	if err != nil {
		return err
	}
	if waits || s.settingGroup("wechat").Waits || s.settingGroup("ilink").Waits || s.settingGroup("wecom").Waits {
		w.Header().Set("Refresh", "5")
	}
	done := map[string]bool{}
	for _, x := range steps {
		done[x.ID] = x.Done
	}
	s.render(w, r, http.StatusOK, "start", who, map[string]any{"Steps": steps, "Done": done,
		"Contact": s.settingGroup("contact"), "Channels": channels, "Starters": starters[:2]})
	return nil
}

// startOffice takes in what the office is called and whom to turn to.
func (s *Server) startOffice(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	say, err := s.opts.Office.ChangeSettings("contact", r.PostForm)
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/start#channel", say)
}

// startChannel sets up the channel that was chosen and begins with it.
func (s *Server) startChannel(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	chosen := r.PostFormValue("channel")
	form := url.Values{chosen + ".enabled": {"true"}}
	switch chosen {
	case "":
		return Told("请选一个渠道。")
	case "none":
		return s.done(w, r, who, "/start#files", "好的，先只用网页，以后随时可以接。")
	case "wecom":
		form.Set("wecom.bot_id", strings.TrimSpace(r.PostFormValue("bot_id")))
		form.Set("secret:wecom.secret_file:", r.PostFormValue("secret"))
	}
	if _, err := s.opts.Office.ChangeSettings(chosen, form); err != nil {
		return err
	}
	return s.done(w, r, who, "/start#channel", "写好了，正在接。")
}
