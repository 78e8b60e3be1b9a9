package console

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

func (s *Server) showRecord(w http.ResponseWriter, r *http.Request, who *session) error {
	days, err := strconv.Atoi(r.URL.Query().Get("days"))
	if err != nil || days < 1 || days > 366 {
		days = 7
	}
	week, err := s.opts.Office.Week(r.Context(), days)
	if err != nil {
		return err
	}
	today := s.now().In(beijing)
	s.render(w, r, http.StatusOK, "record", who, map[string]any{"Days": days, "Week": week,
		"From": today.AddDate(0, -1, 0).Format(time.DateOnly), "To": today.Format(time.DateOnly)})
	return nil
}

// giveRecord gives the record of some days, both ends included, as a table.
func (s *Server) giveRecord(w http.ResponseWriter, r *http.Request, _ *session) error {
	from, err1 := time.ParseInLocation(time.DateOnly, r.URL.Query().Get("from"), beijing)
	to, err2 := time.ParseInLocation(time.DateOnly, r.URL.Query().Get("to"), beijing)
	if err1 != nil || err2 != nil || to.Before(from) {
		return Told("请写上从哪天到哪天，要像 2026-03-01 这样，先早后晚。")
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="record-%s-%s.csv"`,
		from.Format(time.DateOnly), to.Format(time.DateOnly)))
	if err := s.opts.Office.ExportRecord(r.Context(), w, from, to.AddDate(0, 0, 1)); err != nil && r.Context().Err() == nil {
		s.log.Error("a record was not given to its end", "cause", err.Error())
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = c.Close() // so that nobody takes what there is for the whole
		}
	}
	return nil
}
