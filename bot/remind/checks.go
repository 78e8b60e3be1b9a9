package remind

import "fmt"

// checked asks where what is said of a day beside naming it does not fit:
// 12月5日（周五） is a Saturday.
func (s *scan) checked(r Rule) error {
	w := s.w
	if len(w.checks) == 0 {
		return nil
	}
	if r.recurs() {
		return s.unclear(w.checks[0].start, w.checks[0].stop)
	}
	bare := r
	bare.Steps, bare.Shift, bare.Holiday, bare.Lead, bare.Clock = nil, Stay, false, 0, []int{dayMinutes - 1}
	due, _, ok := s.cal.Next(Plan{Rule: bare}, s.today().at(0).Add(-minutesOf(1)))
	if !ok {
		return nil // over, which future says
	}
	d := dayOf(due)
	for _, c := range w.checks {
		if c.fits(d) {
			continue
		}
		from, to := min(w.from0, c.start), max(w.nameTo, c.stop)
		if to < len(s.norm) && s.norm[to] == ')' {
			to++
		}
		said := s.original(from, to)
		return s.ask(from, to, fmt.Sprintf("“%s”对不上：%s是%s。是哪一天？请选一个，或者写一个日子。", said, d, weekdayName(d.weekday())), c.either(d)...)
	}
	return nil
}

func (c check) fits(d Day) bool {
	_, month, day := d.date()
	switch {
	case c.weekday != 0:
		return d.weekday() == c.weekday
	case c.date != 0:
		return d == c.date
	}
	return (c.month == 0 || month == c.month) && day == c.day
}

// either gives the day named and the one that the word beside it means.
func (c check) either(d Day) []string {
	other := c.date
	switch {
	case c.weekday != 0:
		other = d.toWeekday(c.weekday, 1)
		if back := d.toWeekday(c.weekday, -1); d-back < other-d {
			other = back
		}
	case c.date == 0:
		y, month, _ := d.date()
		if c.month != 0 {
			month = c.month
		}
		other = civil(y, month, min(c.day, monthDays(y, month)))
	}
	return []string{d.String(), other.String()}
}
