package remind

import (
	"zujian/knowledge/text"
)

// amount is a stretch of time as people say it: 三天, 半小时, 一个半小时, 两周.
// Before 前 and 后 it has no 日: 15日前 is a day of the month.
const (
	amount = `(N|半)个?(半)?(工作日|天|日|周|星期|礼拜|月|年|小时|钟头|刻钟|分钟|分)(半)?`
	noDate = `(N|半)个?(半)?(工作日|天|周|星期|礼拜|月|年|小时|钟头|刻钟|分钟|分)(半)?`
)

// offsetRules move from a day: 前三个工作日, 提前一周, 三天后, 次日.
var offsetRules = []rule{
	pattern(`(?:的)?(?:之|以)?(前|后)(?:的)?(?:(最后)一?|第(N)|(?:首|头)一?)?个?(ZW)`, nthWeekdayFrom),
	pattern(`(?:的)?(?:当|那一?|同一?|所在(?:的)?(?:那一?)?)个?Z(?:的)?(ZW)`, func(s *scan, m []string) error {
		if !s.w.hasDay() || s.w.inherited {
			return errNot
		}
		return s.weekdayStep("week", 0, m[1])
	}),
	pattern(`(?:的)?(?:提前|之前|以前|前)(?:的)?(?:第)?`+amount+`(?:的)?`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1:], -1)
	}),
	pattern(`(?:的)?(?:之后|以后|过后|后)(?:的)?(?:第)?`+amount+`(?:的)?`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1:], 1)
	}),
	pattern(`(?:再?过|等)?(N)个?(?:小时|钟头)零?(N)分钟?(?:之|以|过)?后`, func(s *scan, m []string) error {
		if number(m[1]) < 1 || number(m[2]) < 1 {
			return errNot
		}
		return s.byMinutes(m[0], 60*number(m[1])+number(m[2]), 1)
	}),
	pattern(noDate+`(?:之|以)?内`, func(s *scan, m []string) error {
		days := map[string]int{"天": 1, "周": 7, "星期": 7, "礼拜": 7}[m[3]] * number(m[1])
		if days < 2 || s.w.hasDay() || !s.recurrenceFollows() {
			return errNot
		}
		last := s.today() + Day(days)
		a := s.here(m, "“"+m[0]+"”到哪一天为止？", (last - 1).String(), last.String())
		a.Fill = []string{"到" + (last - 1).String() + "为止", "到" + last.String() + "为止"}
		return a
	}),
	pattern(`(?:的)?`+noDate+`(?:之|以)?前`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1:], -1)
	}),
	pattern(`(?:再?过|等)?`+noDate+`(?:之|以|过)?后`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1:], 1)
	}),
	pattern(`(?:再?过|等)两天`, func(s *scan, m []string) error { // two days to some, soon to others
		return s.here(m, "“"+m[0]+"”是哪一天？", (s.today() + 2).String(), (s.today() + 3).String())
	}),
	pattern(`(?:再?过|等)`+amount, func(s *scan, m []string) error {
		return s.offset(m[0], m[1:], 1)
	}),
	pattern(`(?:之|以)?前(?:的)?(?:最后|头)(?:一|1)?个?(工作日|天)`, func(s *scan, m []string) error {
		return s.offset(m[0], []string{"1", "", m[1], ""}, -1)
	}),
	pattern(`(?:之|以)?后(?:的)?(?:首|第一)个?(工作日|天)`, func(s *scan, m []string) error {
		return s.offset(m[0], []string{"1", "", m[1], ""}, 1)
	}),
	pattern(`前夕|前夜|头一天|前一晚`, func(s *scan, m []string) error { return s.offset(m[0], []string{"1", "", "天", ""}, -1) }),
	pattern(`(?:后|上班|复工)(?:的)?(?:上班)?(?:第一|首)[天日](?:上班)?|上班(?:第一|首)[天日]`, func(s *scan, m []string) error {
		s.w.holiday = true
		return s.offset(m[0], []string{"1", "", "工作日", ""}, 1)
	}),
	pattern(`次日|翌日|第二天`, func(s *scan, m []string) error { return s.offset(m[0], []string{"1", "", "天", ""}, 1) }),
	pattern(`(之|以)?前`, func(s *scan, m []string) error {
		if s.openPeriod() && frontRow.MatchString(s.norm[s.pos-len(m[0]):s.limit]) {
			return errNot
		}
		if !s.w.hasDay() && !s.w.hasClock() || s.follows("往来期面天日年") {
			return errNot
		}
		if s.recurrenceFollows() {
			return s.untilBefore(m)
		}
		return s.here(m, "“"+s.original(s.said0(), s.pos)+"”提前多久提醒？", "前一天", "前三天", "前一周")
	}),
	pattern(`(?:之|以)?后`, func(s *scan, m []string) error {
		if !s.w.hasDay() || s.follows("勤台天日年儿") {
			return errNot
		}
		if s.recurrenceFollows() {
			return s.fromNamed(1)
		}
		return s.here(m, "“"+s.original(s.w.from0, s.pos)+"”过多久提醒？", "后第一天", "后第一个工作日", "后第七天")
	}),
}

// said0 is where what was said of the time begins.
func (s *scan) said0() int {
	if s.w.to0 == 0 {
		return s.w.clockAt
	}
	return s.w.from0
}

const (
	mostDays   = 400
	mostMonths = 120
)

// offset moves the day said by so much, or today where none was said. parts
// are the number, 半 after it, the unit and 半 after that.
func (s *scan) offset(said string, parts []string, way int) error {
	n, unit := number(parts[0]), parts[2]
	bare := parts[0] == "半"
	half := bare || parts[1] != "" || parts[3] != ""
	if bare {
		n = 0
	}
	if n < 0 {
		return s.unclear(s.pos-len(said), s.pos)
	}
	if n < 1 && !half || n > mostDays {
		return noSuch(said, "前三天")
	}
	if minutes := map[string]int{"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1, "分": 1}[unit]; minutes > 0 {
		if half && minutes < 60 {
			return s.unclear(s.pos-len(said), s.pos)
		}
		if half {
			return s.byMinutes(said, n*60+30, way)
		}
		return s.byMinutes(said, n*minutes, way)
	}
	switch {
	case unit == "月" && half:
		if n > 0 {
			return s.unclear(s.pos-len(said), s.pos)
		}
		return s.step(said, "day", 15*way)
	case unit == "年" && half && n == 0:
		return s.step(said, "month", 6*way)
	case half:
		return s.unclear(s.pos-len(said), s.pos)
	case unit == "月":
		return s.step(said, "month", n*way)
	case unit == "年":
		return s.step(said, "month", 12*n*way)
	case unit == "工作日":
		return s.step(said, "workday", n*way)
	case unit == "天" || unit == "日":
		return s.step(said, "day", n*way)
	}
	err := s.step(said, "day", 7*n*way)
	s.w.weeks = err == nil
	return err
}

func (s *scan) byMinutes(said string, minutes, way int) error {
	if s.listed && way < 0 && (s.w.lead > 0 || len(s.w.steps) > 0) {
		s.twin()
	}
	w := s.w
	if way < 0 {
		if !w.hasDay() {
			return errNot
		}
		w.lead += minutes
		return nil
	}
	if w.instant >= 0 && len(w.steps) == 0 && s.now.Before(w.date.at(w.instant)) { // 一小时三十分钟后 in two pieces
		return s.unclear(w.from0, s.pos)
	}
	if w.hasDay() || w.hasClock() {
		return s.unclear(s.pos-len(said), s.pos)
	}
	at := s.now.In(text.Beijing).Add(minutesOf(minutes))
	w.date, w.instant = dayOf(at), at.Hour()*60+at.Minute()
	return nil
}

// openPeriod reports whether a period recurs of which no day was named yet.
func (s *scan) openPeriod() bool {
	w := s.w
	return w.recurs && w.frame >= weekFrame && len(w.picks)+len(w.months) == 0 && !w.end && w.festival == "" && !w.lunar
}

var frontRow = text.NewPattern(`^前` + numeral + `个?(?:天|日|工作日)`)

// twin begins the same time again: 前三天和前一天.
func (s *scan) twin() {
	s.done = append(s.done, s.w)
	s.w = s.w.fork()
}

func (s *scan) step(said, unit string, n int) error {
	if unit == "month" && (n > mostMonths || n < -mostMonths) {
		return noSuch(said, "前两个月")
	}
	if s.listed && (len(s.w.steps) > 0 || s.w.lead > 0) {
		s.twin()
	}
	w := s.w
	if !w.hasDay() {
		if n < 0 {
			return errNot // before what? see asked for a term
		}
		w.date = s.today()
	}
	if n < 0 && s.openPeriod() {
		return errNot // 每月前三天
	}
	if w.instant >= 0 || len(w.steps) > 2 || w.recurs && w.frame < monthFrame && w.frame != weekFrame {
		return s.unclear(s.pos-len(said), s.pos)
	}
	w.steps = append(w.steps, Step{Unit: unit, N: n})
	w.weeks = false
	return nil
}

// nthWeekdayFrom is 后第一个周一 or 前最后一个周五.
func nthWeekdayFrom(s *scan, m []string) error {
	n := max(number(m[3]), 1)
	if !s.w.hasDay() || s.w.hasClock() || m[3] != "" && m[1] == "前" {
		return errNot
	}
	if m[1] == "前" {
		n = -n
	}
	return s.weekdayStep("weekday", n, m[4])
}

func (s *scan) weekdayStep(unit string, n int, said string) error {
	runes := []rune(said)
	if len(s.w.steps) > 2 {
		return errNot
	}
	s.w.steps = append(s.w.steps, Step{Unit: unit, N: n, Weekday: weekdayOf(runes[len(runes)-1])})
	return nil
}
