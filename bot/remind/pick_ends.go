package remind

import (
	"strings"
)

// endsWith reports whether the period said can have its 月底, 季末 or 年底.
func (w *when) endsWith(unit string) bool {
	switch strings.TrimSuffix(unit, "度") {
	case "月":
		return w.frame == noFrame || w.frame == monthFrame || len(w.months) > 0
	case "季":
		return w.frame == noFrame || w.frame == quarterFrame
	case "年":
		return w.frame == noFrame || w.frame == yearFrame
	}
	return true
}

// atEnd is 月底 and the like. Without a period before it the present one is
// meant.
func (s *scan) atEnd(unit string) error {
	w := s.w
	y, m, _ := s.today().date()
	if w.inherited && (w.frame == weekFrame || w.frame == dayFrame || w.frame == workFrame) {
		w.own()
	}
	if w.inherited && !w.endsWith(unit) {
		w.own()
	}
	if w.date != 0 || w.festival != "" || w.bareWeek || len(w.picks) > 0 && !s.joined || w.frame != noFrame && w.frame < monthFrame {
		return s.another()
	}
	if !w.endsWith(unit) {
		return s.conflict()
	}
	if len(w.picks) > 0 {
		if unit == "年" || w.frame == noFrame && len(w.months) == 0 {
			return errFull
		}
		w.pick(Pick{Of: "day", N: -1})
		return nil
	}
	switch strings.TrimSuffix(unit, "度") {
	case "月":
		if w.frame == noFrame && len(w.months) == 0 {
			w.one(monthFrame, civil(y, m, 1))
		}
	case "年":
		if w.frame == noFrame {
			w.one(yearFrame, civil(y, 1, 1))
		}
	case "季":
		if w.frame == noFrame {
			w.one(quarterFrame, civil(y, (m-1)/3*3+1, 1))
		}
	default:
		if w.frame < monthFrame && len(w.months) == 0 || w.inherited {
			return errNot
		}
	}
	if unit == "年" && len(w.months) > 0 {
		return s.conflict()
	}
	w.end = true
	return nil
}

// atStart asks: 月初 is the first day to some and the first days to others.
func (s *scan) atStart(m []string) error {
	unit := strings.TrimSuffix(strings.TrimSuffix(m[0], "初"), "头")
	if s.w.frame == monthFrame || len(s.w.months) > 0 {
		unit = ""
	}
	if unit == "月" {
		unit = "本月"
	}
	first := "第一天"
	if unit == "年" {
		unit = "明年"
		if s.w.frame == yearFrame {
			unit = ""
		}
	}
	if strings.HasPrefix(unit, "季") {
		unit = ""
	}
	return s.here(m, "“"+s.original(min(s.w.from0, s.pos-len(m[0])), s.pos)+"”是哪一天？", unit+first, unit+"第一个工作日")
}
