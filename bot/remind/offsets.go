package remind

import "strings"

// offsetRules move from a day: 前三个工作日, 提前一周, 三天后, 次日.
var offsetRules = []rule{
	pattern(`(?:的)?(?:提前|之前|以前|前)(?:的)?(?:第)?(N|半)(?:个)?(工作日|天|日|周|星期|礼拜|月|年|小时|钟头|分钟)(?:的)?`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1], m[2], -1)
	}),
	pattern(`(?:的)?(?:之后|以后|后)(?:的)?(?:第)?(N|半)(?:个)?(工作日|天|日|周|星期|礼拜|月|小时|钟头|分钟)(?:的)?`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1], m[2], 1)
	}),
	pattern(`(?:的)?(?:第)?(N|半)(?:个)?(工作日|天|周|星期|礼拜|月|年|小时|钟头|分钟)(?:之|以)?前`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1], m[2], -1)
	}),
	pattern(`(?:再?过|等)?(N|半)(?:个)?(工作日|天|周|星期|礼拜|月|年|小时|钟头|分钟)(?:之|以)?后`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1], m[2], 1)
	}),
	pattern(`(?:再?过|等)(N|半)(?:个)?(天|周|星期|礼拜|月|小时|钟头|分钟)`, func(s *scan, m []string) error {
		return s.offset(m[0], m[1], m[2], 1)
	}),
	pattern(`(?:之|以)?前(?:的)?(?:最后|头)(?:一|1)?个?(工作日|天)`, func(s *scan, m []string) error {
		return s.offset(m[0], "1", m[1], -1)
	}),
	pattern(`(?:之|以)?后(?:的)?(?:首|第一)个?(工作日|天)`, func(s *scan, m []string) error {
		return s.offset(m[0], "1", m[1], 1)
	}),
	pattern(`前夕|前夜|头一天|前一晚`, func(s *scan, m []string) error { return s.offset(m[0], "1", "天", -1) }),
	pattern(`(?:后|上班|复工)(?:的)?(?:上班)?(?:第一|首)[天日](?:上班)?|上班(?:第一|首)[天日]`, func(s *scan, m []string) error {
		s.w.holiday = true
		return s.offset(m[0], "1", "工作日", 1)
	}),
	pattern(`次日|翌日|第二天`, func(s *scan, m []string) error { return s.offset(m[0], "1", "天", 1) }),
	pattern(`(?:之|以)?前`, func(s *scan, m []string) error {
		if !s.w.hasDay() {
			return errNot
		}
		return s.here(m, "“"+s.original(s.w.from0, s.pos)+"”提前多久提醒？", "前一天", "前三天", "前一周")
	}),
	pattern(`(?:之|以)?后`, func(s *scan, m []string) error {
		if !s.w.hasDay() {
			return errNot
		}
		return s.here(m, "“"+s.original(s.w.from0, s.pos)+"”过多久提醒？", "后第一天", "后第一个工作日", "后第七天")
	}),
}

const (
	mostDays   = 400
	mostMonths = 120
)

// offset moves the day said by so much, or today where none was said.
func (s *scan) offset(said, amount, unit string, way int) error {
	n := number(amount)
	half := amount == "半"
	if n < 1 && !half || n > mostDays {
		return noSuch(said, "前三天")
	}
	switch unit {
	case "小时", "钟头", "分钟":
		minutes := n
		if unit != "分钟" {
			minutes = n * 60
		}
		if half {
			minutes = 30
		}
		return s.byMinutes(said, minutes, way)
	case "月":
		if half {
			return s.step(said, "day", 15*way)
		}
		return s.step(said, "month", n*way)
	case "年":
		if half {
			return s.step(said, "month", 6*way)
		}
		return s.step(said, "month", 12*n*way)
	case "周", "星期", "礼拜":
		if half {
			return unclear(said)
		}
		return s.step(said, "day", 7*n*way)
	case "工作日":
		return s.step(said, "workday", n*way)
	}
	if half {
		return unclear(said)
	}
	return s.step(said, "day", n*way)
}

func (s *scan) byMinutes(said string, minutes, way int) error {
	w := &s.w
	if way < 0 {
		if !w.hasDay() {
			return errNot
		}
		w.lead += minutes
		return nil
	}
	if w.hasDay() || w.hasClock() {
		return unclear(said)
	}
	at := s.now.In(Shanghai).Add(minutesOf(minutes))
	w.date, w.instant = dayOf(at), at.Hour()*60+at.Minute()
	return nil
}

func (s *scan) step(said, unit string, n int) error {
	w := &s.w
	if unit == "month" && (n > mostMonths || n < -mostMonths) {
		return noSuch(said, "前两个月")
	}
	if !w.hasDay() {
		if n < 0 {
			return errNot // before what? see asked for a term
		}
		w.date = s.today()
	}
	if len(w.steps) > 2 {
		return unclear(said)
	}
	w.steps = append(w.steps, Step{Unit: unit, N: n})
	return nil
}

// shiftRules say what becomes of a day without work.
var shiftRules = []rule{
	pattern(`(?:如果|如|若|要是|万一|当天|当日)?(?:正好|恰好|刚好)?(?:遇到|遇上|遇|逢|碰到|碰上|赶上|是|撞上)(?:了)?`+restDays+`(?:的话|的|时)?,?(?:则|就|便)?(?:自动)?(`+shiftWords+`)(?:一天|到.{0,3}工作日|至.{0,3}工作日)?`, shift),
	pattern(restDays+`(?:的话)?,?(?:则|就|便)?(?:自动)?(`+shiftWords+`)(?:到.{0,3}工作日|至.{0,3}工作日)?`, shift),
	pattern(`,?(?:除了?|不含|不包括)`+restDays+`(?:之?外|以外)?`, func(s *scan, m []string) error { return s.setShift(Skip) }),
	pattern(restDays+`(?:除外|不算)`, func(s *scan, m []string) error { return s.setShift(Skip) }),
	pattern(`不上班(?:的话)?,?(?:则|就)?(`+shiftWords+`)(?:到.{0,3}工作日)?`, shift),
}

const (
	restDays   = `(?:法定)?(?:节假日|周末|双休日|休息日|节日|假日|假期|放假|非工作日|周六日|周六、周日|周六周日)(?:(?:和|或者?|及|、)(?:法定)?(?:节假日|周末|双休日|休息日|假期|放假))?`
	shiftWords = `顺延|往后推|往后顺延|推迟|延后|后延|延到|推到|提前|往前提|往前推|提早|不发|不提醒|不用提醒|跳过|停发|照发|照常`
)

func shift(s *scan, m []string) error {
	switch word := m[1]; {
	case strings.Contains(word, "前"), word == "提早":
		return s.setShift(Before)
	case strings.HasPrefix(word, "不"), word == "跳过", word == "停发":
		return s.setShift(Skip)
	case strings.HasPrefix(word, "照"):
		return s.setShift(Stay)
	}
	return s.setShift(After)
}

func (s *scan) setShift(to string) error {
	s.w.shift = to
	return nil
}

// boundRules say from when, until when and how often.
var boundRules = []rule{
	pattern(`(?:从|自)(.{1,14}?)(?:起|开始|以后|之后)`, func(s *scan, m []string) error {
		d, ok := s.single(m[1])
		if !ok {
			return errNot
		}
		s.w.from = d
		return nil
	}),
	pattern(`(?:一直|持续)?(?:到|至|截至|截止|直到)(.{1,14}?)(?:为止|止|结束|截止)`, until),
	pattern(`,?(?:一直|持续)(?:到|至)(.{1,14}?)(?:,|$)`, until),
	pattern(`\((.{1,14}?)算第一次\)`, func(s *scan, m []string) error {
		d, ok := s.single(m[1])
		if !ok {
			return errNot
		}
		s.w.anchor = d
		return nil
	}),
	pattern(`连续(N)(天|日|周|个?月)`, func(s *scan, m []string) error {
		if !s.w.recurs {
			if err := s.repeat(unitOf(m[2]), 1); err != nil {
				return err
			}
		}
		return s.times(number(m[1]))
	}),
	pattern(`,?(?:一)?共?(?:发|提醒)?(N)次`, func(s *scan, m []string) error {
		if !strings.Contains(m[0], "共") {
			if number(m[1]) == 1 && s.w.recurs {
				return nil // 每月一次 says no more than 每月
			}
			return errNot
		}
		return s.times(number(m[1]))
	}),
}

func until(s *scan, m []string) error {
	d, ok := s.single(m[1])
	if !ok {
		return errNot
	}
	s.w.until = d
	return nil
}

func (s *scan) times(n int) error {
	if n < 1 || n > 100 {
		return noSuch(text(n)+"次", "共三次")
	}
	s.w.count = n
	return nil
}

// single reads a phrase that means one day or one period, and gives the day,
// for 起 the first and for 止 the last of a period.
func (s *scan) single(phrase string) (Day, bool) {
	inner := s.of(fold(phrase))
	if end, err := inner.run(0); err != nil || end < len(inner.norm) || inner.w.hasClock() || inner.w.recurs {
		return 0, false
	}
	w := &inner.w
	if len(w.picks) == 0 && !w.end && w.date == 0 && w.festival == "" && (w.frame != noFrame || len(w.months) > 0) {
		w.pick(Pick{Of: "day", N: 1})
		if w.frame == weekFrame {
			w.picks = []Pick{{Of: "weekday", Weekday: 1}}
		}
	}
	p, err := inner.plan()
	if err != nil {
		return 0, false
	}
	p.Clock = []int{dayMinutes - 1}
	due, _, ok := s.cal.Next(p, s.today().at(0))
	return dayOf(due), ok
}
