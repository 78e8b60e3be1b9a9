package console

import (
	"net/http"
	"slices"
	"time"

	"zujian/knowledge"
)

// overview is what is seen first: what runs, what waits for somebody, what was
// asked this week.
type overview struct {
	About    About
	Channels []ChannelState
	Waits    []waiting
	Week     Week
	Parts    []part
	Next     []Reminder // the next ones that are sent
	Steps    []step     // of the guide; nil where all is done
	Holds    int        // documents in force
}

// waiting is something that somebody has to look at.
type waiting struct{ Say, Path, Do string }

// part is one of a picture of 100 units.
type part struct {
	Name          string
	N, From, Wide int
}

// mostNext is how many reminders to come are shown.
const mostNext = 4

func (s *Server) showOverview(w http.ResponseWriter, r *http.Request, who *session) error {
	o := s.opts.Office
	v := overview{About: o.About()}
	var err error
	if v.Channels, err = o.ListChannels(r.Context()); err != nil {
		return err
	}
	if v.Week, err = o.Week(r.Context(), 7); err != nil {
		return err
	}
	v.Parts = parts(v.Week)
	reminders, err := o.ListReminders(r.Context())
	if err != nil {
		return err
	}
	v.Next = nextOf(reminders)
	if v.Steps, err = s.steps(r, v.Week); err != nil {
		return err
	}
	if !slices.ContainsFunc(v.Steps, func(x step) bool { return !x.Done && !x.Later }) {
		v.Steps = nil
	}
	if err := s.lookForWaiting(r, &v); err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "overview", who, v)
	return nil
}

// lookForWaiting adds what somebody has to look at.
func (s *Server) lookForWaiting(r *http.Request, v *overview) error {
	add := func(say, path, do string) { v.Waits = append(v.Waits, waiting{say, path, do}) }
	if v.About.Fault != "" {
		add(v.About.Fault, "/settings?open=text#text", "去改")
	}
	if slices.ContainsFunc(s.opts.Office.Settings(), func(g SettingGroup) bool { return g.Waits }) {
		add("有设置写好了，还没有用上。", "/settings", "去看")
	}
	for _, c := range v.Channels {
		if !c.Well {
			add(c.Title+"："+c.State, "/channels", "去看")
		}
	}
	l, _, state, err := s.opts.Office.Held()
	if err != nil {
		return err
	}
	for _, d := range l.Documents {
		if d.Validity == knowledge.InForce && d.Kind != knowledge.Digest {
			v.Holds++
		}
	}
	for _, f := range state.Folder {
		if f.Problem != "" {
			add(f.Problem, "/documents", "去看")
		}
	}
	for _, e := range state.Expiring(s.now().In(beijing).Format(time.DateOnly)) {
		add("《"+e.Title+"》有效到"+e.Until+"，快到期了。", "/documents/"+e.ID, "去看")
	}
	_, messages, err := s.opts.Office.Messages(r.Context())
	if n := len(messages); err == nil && n > 0 {
		add("有消息没发出去，或者不知道发出去没有。", "/channels", "去看")
	}
	return err
}

// nextOf gives the reminders that are sent next.
func nextOf(all []Reminder) []Reminder {
	all = slices.DeleteFunc(slices.Clone(all), func(x Reminder) bool { return x.Paused || x.Next.IsZero() })
	slices.SortStableFunc(all, func(a, b Reminder) int { return a.Next.Compare(b.Next) })
	return all[:min(len(all), mostNext)]
}

// parts gives those of a week's questions, none where none was asked.
func parts(w Week) (out []part) {
	at := 0
	for _, b := range []part{{Name: "答上了", N: w.Answered}, {Name: "文件没有写到", N: w.NotStated}, {Name: "其余", N: w.Else()}} {
		if w.Asked > 0 && b.N > 0 {
			b.From, b.Wide = at, max(1, b.N*100/w.Asked)
			at += b.Wide
			out = append(out, b)
		}
	}
	return out
}
