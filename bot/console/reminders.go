package console

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// dayOf is one day of the calendar.
type dayOf struct {
	Date  time.Time
	Day   int
	Today bool
	Out   bool // of another month
	Fires []Fire
}

func (s *Server) showReminders(w http.ResponseWriter, r *http.Request, who *session) error {
	body, err := s.remindersIn(r, s.month(r.URL.Query().Get("month")))
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "reminders", who, body)
	return nil
}

// remindersIn gives what the page shows, with the calendar of a month.
func (s *Server) remindersIn(r *http.Request, month time.Time) (map[string]any, error) {
	all, err := s.opts.Office.ListReminders(r.Context())
	if err != nil {
		return nil, err
	}
	over, err := s.opts.Office.OverReminders(r.Context())
	if err != nil {
		return nil, err
	}
	weeks, err := s.weeks(r, month)
	return map[string]any{"All": all, "Over": over, "Feed": s.feedAddress(r), "Weeks": weeks, "Month": month.Format("2006年1月"),
		"Before": month.AddDate(0, -1, 0).Format("2006-01"), "After": month.AddDate(0, 1, 0).Format("2006-01")}, err
}

// month reads 2026-03, within ten years; anything else is the present month.
func (s *Server) month(text string) time.Time {
	now := s.now().In(beijing)
	t, err := time.ParseInLocation("2006-01", text, beijing)
	if err != nil || t.Before(now.AddDate(-10, 0, 0)) || t.After(now.AddDate(10, 0, 0)) {
		return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, beijing)
	}
	return t
}

// weeks gives the weeks of a month, from Monday, with what fires on each day.
func (s *Server) weeks(r *http.Request, month time.Time) ([][]dayOf, error) {
	from := month.AddDate(0, 0, -(int(month.Weekday())+6)%7)
	to := from.AddDate(0, 0, 42)
	fires, err := s.opts.Office.Fires(r.Context(), from, to)
	if err != nil {
		return nil, err
	}
	on := map[string][]Fire{}
	for _, f := range fires {
		key := f.At.In(beijing).Format(time.DateOnly)
		on[key] = append(on[key], f)
	}
	today := s.now().In(beijing).Format(time.DateOnly)
	var out [][]dayOf
	for d := from; d.Before(to); d = d.AddDate(0, 0, 1) {
		if d.Weekday() == time.Monday {
			if len(out) > 0 && d.Month() != month.Month() && d.After(month) {
				break
			}
			out = append(out, nil)
		}
		key := d.Format(time.DateOnly)
		last := len(out) - 1
		out[last] = append(out[last], dayOf{Date: d, Day: d.Day(), Today: key == today, Out: d.Month() != month.Month(), Fires: on[key]})
	}
	return out, nil
}

// addReminder says back what it understood, and keeps it once that is
// confirmed.
func (s *Server) addReminder(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return broken(err)
	}
	sentence, by := strings.TrimSpace(r.PostFormValue("sentence")), strings.TrimSpace(r.PostFormValue("by"))
	if sentence == "" {
		return Told("请写一句话，比如“每月25日上午十点提醒园区妇建群报送组建进度”。")
	}
	if r.PostFormValue("sure") != "" {
		say, err := s.opts.Office.AddReminder(r.Context(), by, sentence, r.PostFormValue("often") != "")
		if err != nil {
			return err
		}
		return s.done(w, r, who, "/reminders", say)
	}
	said, often, err := s.opts.Office.Propose(r.Context(), by, sentence)
	if err != nil {
		return err
	}
	body, err := s.remindersIn(r, s.month(""))
	if err != nil {
		return err
	}
	body["Sentence"], body["By"], body["Said"], body["Often"] = sentence, by, said, often
	s.render(w, r, http.StatusOK, "reminders", who, body)
	return nil
}

func (s *Server) changeReminder(w http.ResponseWriter, r *http.Request, who *session) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return Told("没有这条提醒。")
	}
	say, err := s.opts.Office.ChangeReminder(r.Context(), id, r.PostFormValue("do"), strings.TrimSpace(r.PostFormValue("words")))
	if err != nil {
		return err
	}
	return s.done(w, r, who, "/reminders", say)
}
