package remind

import "strings"

// weekdays reads the days that follow a week: 一, 周一、周三, 一三五, 一到五.
func (s *scan) weekdays() error {
	s.skip("的")
	var days []int
	for {
		start := s.pos
		sep := len(days) == 0
		if len(days) > 0 {
			sep = s.skip("、") || s.skip(",") || s.skip("和") || s.skip("及") || s.skip("与")
		}
		dash := len(days) > 0 && !sep && (s.skip("到") || s.skip("至") || s.skip("-") || s.skip("~"))
		if sep && len(days) > 0 {
			_ = s.skip("每") // 每周一和每周三
		}
		named := s.skip("周") || s.skip("星期") || s.skip("礼拜")
		d := s.weekday(named || len(days) == 0, sep || dash)
		if d == 0 {
			s.pos = start
			break
		}
		if dash {
			if d <= days[len(days)-1] {
				return s.unclear(start, s.pos)
			}
			for x := days[len(days)-1] + 1; x < d; x++ {
				days = append(days, x)
			}
		}
		days = append(days, d)
	}
	if len(days) == 0 && s.skip("末") {
		return s.askWeekend()
	}
	for _, d := range days {
		s.w.pick(Pick{Of: "weekday", Weekday: d})
	}
	return nil
}

func (s *scan) askWeekend() error {
	at := s.pos - len("末")
	a := s.ask(at, s.pos, "“周末”是周六还是周日？", "周六", "周日", "周六、周日")
	a.Fill = []string{"六", "日", "六、日"}
	return a
}

// weekday reads one day of the week. Where neither 周 nor a sign stands before
// it, it must not be the beginning of a clock: 每周三三点.
func (s *scan) weekday(named, separate bool) int {
	rest := s.norm[s.pos:s.limit]
	if strings.HasPrefix(rest, "天天") { // 下星期天天
		return 0
	}
	for i, r := range "一二三四五六日" {
		if !strings.HasPrefix(rest, string(r)) && (r != '日' || !strings.HasPrefix(rest, "天")) {
			continue
		}
		if after := rest[len("一"):]; begins(after, clockUnits) || !named && !separate && strings.HasPrefix(after, "十") {
			return 0
		}
		s.pos += len("一")
		return i/len("一") + 1
	}
	if !named && !separate || rest == "" || rest[0] < '1' || rest[0] > '7' || begins(rest[1:], clockUnits) || begins(rest[1:], digitWords) {
		return 0
	}
	s.pos++
	return int(rest[0] - '0')
}

var (
	clockUnits = []string{"点", "时", "刻", ":", "号", "个", "月", "天后", "天之后", "天以后", "天内", "次"}
	digitWords = []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "十"}
)

func begins(text string, words []string) bool {
	for _, word := range words {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// bareWeekday reads 周五 without a week: the next one, a day of the week named
// before, or a word beside a day that is known: 12月5日（周五）.
func bareWeekday(s *scan, m []string) error {
	w := s.w
	switch {
	case w.weeks:
		return s.weekdayOfStep()
	case w.oneDay() && (s.bracket || !s.joined):
		return s.weekdayBeside(m)
	case w.frame == weekFrame && len(w.picks) == 0:
		return s.weekdays()
	case w.frame != noFrame && !w.inherited || w.date != 0 || w.festival != "" || len(w.months) > 0 || len(w.picks) > 0:
		return s.another()
	case w.frame != weekFrame:
		w.own()
	}
	if w.frame == weekFrame {
		return s.weekdays()
	}
	if err := s.weekdays(); err != nil {
		return err
	}
	if len(w.picks) == 0 {
		return errNot
	}
	w.bareWeek = true
	return nil
}

// another is errFull where something adds to a time, errNot else.
func (s *scan) another() error {
	if s.joined {
		return errFull
	}
	return errNot
}

// one weekday is read off as weekdays reads it.
func (s *scan) oneWeekday() int {
	had := s.w.picks
	s.w.picks = nil
	err := s.weekdays()
	got := s.w.picks
	s.w.picks = had
	if err != nil || len(got) != 1 {
		return 0
	}
	return got[0].Weekday
}

func (s *scan) weekdayBeside(m []string) error {
	start := s.pos - len(m[0])
	d := s.oneWeekday()
	if d == 0 {
		return errNot
	}
	s.w.checks = append(s.w.checks, check{weekday: d, start: start, stop: s.pos})
	return nil
}

// weekdayOfStep is 周五 after 两周后的.
func (s *scan) weekdayOfStep() error {
	d := s.oneWeekday()
	if d == 0 {
		return errNot
	}
	last := &s.w.steps[len(s.w.steps)-1]
	last.Unit, last.N, last.Weekday = "week", last.N/7, d
	s.w.weeks = false
	return nil
}
