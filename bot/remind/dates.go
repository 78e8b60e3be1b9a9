package remind

import (
	"strconv"
	"strings"
)

// dateRules name one day or one period.
var dateRules = []rule{
	pattern(`大后[天日]`, inDays(3)),
	pattern(`后[天日]|后儿个?`, inDays(2)),
	pattern(`明[天日]|明儿个?`, inDays(1)),
	pattern(`今[天日]|今儿个?|即日|本日`, inDays(0)),
	pattern(`昨[天日]|前[天日]|昨儿`, func(s *scan, m []string) error { return ErrPast }),
	pattern(`([今明])([早晚晨])`, func(s *scan, m []string) error {
		if err := inDays(map[string]int{"今": 0, "明": 1}[m[1]])(s, m); err != nil {
			return err
		}
		s.w.period = map[string]string{"早": "早上", "晨": "早上", "晚": "晚上"}[m[2]]
		s.w.clockAt, s.w.clockTo = s.pos, s.pos
		return nil
	}),
	pattern(`(\d{4})[-/.,年](\d{1,2})[-/.,月](\d{1,2})(?:日|号)?`, wholeDate),
	pattern(`(20\d\d)(\d\d)(\d\d)(?:日|号)?`, wholeDate),
	pattern(`(\d{4}|[二〇零一九八七六五四三]{4})年?(?:度)?`, func(s *scan, m []string) error {
		if !strings.Contains(m[0], "年") && !s.follows("一二三四五六七八九十123456789正腊冬元春除清国中端重农") {
			return errNot
		}
		return s.year(digits(m[1]))
	}),
	pattern(`(\d{2}|[二三][零〇一二三四五六七八九])年`, func(s *scan, m []string) error {
		if !s.follows("一二三四五六七八九十123456789正腊冬元") {
			return errNot
		}
		return s.year(2000 + digits(m[1]))
	}),
	pattern(`今年度?|本年度?`, func(s *scan, m []string) error { return s.year(s.today().year()) }),
	pattern(`明年|来年|次年|下一?年`, func(s *scan, m []string) error { return s.year(s.today().year() + 1) }),
	pattern(`后年`, func(s *scan, m []string) error { return s.year(s.today().year() + 2) }),
	pattern(`去年|前年|上一?年`, func(s *scan, m []string) error { return ErrPast }),
	pattern(`(本|这一?个?|当|今个?|下下一?个?|下一?个?|上上?一?个?)Z`, func(s *scan, m []string) error {
		n, err := steps(m[1])
		if err != nil {
			return err
		}
		start := s.today().monday() + Day(7*n)
		if s.w.oneDay() && (s.bracket || !s.joined) && !s.w.inherited {
			return s.besideWeek(m, start)
		}
		if err := s.period(weekFrame, start); err != nil {
			return err
		}
		return s.weekdays()
	}),
	pattern(`(本|这一?个?|当|同|下下一?个?|下一?个?|上上?一?个?)月`, func(s *scan, m []string) error {
		n, err := steps(m[1])
		if err != nil {
			return err
		}
		y, month, _ := s.today().date()
		return s.period(monthFrame, civil(y, month+n, 1))
	}),
	pattern(`(本|这一?个?|当|下下个?|下一?个?|上一?个?)季度?`, func(s *scan, m []string) error {
		n, err := steps(m[1])
		if err != nil {
			return err
		}
		y, month, _ := s.today().date()
		return s.period(quarterFrame, civil(y, (month-1)/3*3+1+3*n, 1))
	}),
	pattern(`(?:第|q)?([一二三四1-4首末])(?:个)?季度?`, func(s *scan, m []string) error {
		n := map[string]int{"首": 1, "末": 4}[m[1]]
		if !strings.Contains(m[0], "季") {
			return errNot
		}
		return s.named(quarterFrame, 3*max(n, number(m[1]))-2)
	}),
	pattern(`([上下])半年`, func(s *scan, m []string) error {
		return s.named(halfFrame, map[string]int{"上": 1, "下": 7}[m[1]])
	}),
	pattern(`(\d{1,2})([-/.])(\d{1,2})(?:日|号)?`, slashed),
	pattern(`Z`, bareWeekday),
}

// wholeDate is a date in figures with its year.
func wholeDate(s *scan, m []string) error {
	if s.w.oneDay() && (s.bracket || !s.joined) && !s.w.inherited {
		return s.dateBeside(m[0], number(m[1]), number(m[2]), number(m[3]))
	}
	if err := s.year(number(m[1])); err != nil {
		return err
	}
	return s.monthDay(m[0], number(m[2]), number(m[3]))
}

// slashed reads 12/5, 12-05 and 12.5. What may as well be a clock is asked.
func slashed(s *scan, m []string) error {
	if s.follows("0123456789./%万亿个米元公千点时:周天年岁人分") {
		return errNot
	}
	first, second := number(m[1]), number(m[3])
	if m[2] == "-" && len(m[1]) < 2 && len(m[3]) < 2 {
		return errNot
	}
	if m[2] == "." && len(m[3]) == 2 && !s.partFollows() && !strings.HasSuffix(m[0], "日") && !strings.HasSuffix(m[0], "号") {
		if first > 12 {
			return errNot
		}
		options := []string{strconv.Itoa(first) + "月" + strconv.Itoa(second) + "日", m[1] + ":" + m[3]}
		return s.here(m, "“"+m[0]+"”是日子还是钟点？", options...)
	}
	return s.monthDay(m[0], first, second)
}

// partFollows reports whether a time of day follows, perhaps after the day of
// the week.
func (s *scan) partFollows() bool {
	probe := *s
	probe.w, probe.pieces = &when{instant: -1}, 1
	for _, word := range []string{",", "的", "(", ")", "当天"} {
		probe.skip(word)
	}
	for _, r := range clockRules {
		if r.re.MatchString(probe.norm[probe.pos:probe.limit]) {
			return true
		}
	}
	return strings.HasPrefix(probe.norm[probe.pos:probe.limit], "周") || strings.HasPrefix(probe.norm[probe.pos:probe.limit], "星期")
}

func inDays(n int) func(*scan, []string) error {
	return func(s *scan, m []string) error {
		w := s.w
		if w.inherited {
			w.own()
		}
		switch {
		case w.date != 0 && !s.bracket || w.date != 0 && s.joined:
			return s.list()
		case w.oneDay() && !s.joined || s.bracket:
			w.checks = append(w.checks, check{date: s.today() + Day(n), start: s.pos - len(m[0]), stop: s.pos})
			return nil
		case w.yearSaid && w.frame == yearFrame && len(w.months) == 0 && n == 0: // 明年今天
			y, month, day := s.today().date()
			w.date = civil(y, month, 1).addMonths(12*(w.start.year()-y)) + Day(day-1)
			w.frame = noFrame
			return nil
		case w.hasDay():
			return s.conflict()
		}
		w.date = s.today() + Day(n)
		return nil
	}
}

// list has a day follow another at once: 明天后天.
func (s *scan) list() error {
	s.joined = true
	return errFull
}

// steps gives how many periods on 本, 下 and 下下 are.
func steps(word string) (int, error) {
	switch {
	case strings.HasPrefix(word, "上"):
		return 0, ErrPast
	case strings.HasPrefix(word, "下下"):
		return 2, nil
	case strings.HasPrefix(word, "下"):
		return 1, nil
	}
	return 0, nil
}

// period is one period by its first day. Only a year may be said before it.
func (s *scan) period(f frame, start Day) error {
	w := s.w
	if w.inherited {
		w.own()
	}
	switch {
	case w.recurs || w.frame != noFrame || w.date != 0 || w.festival != "" || len(w.months)+len(w.picks) > 0:
		return s.conflict()
	}
	w.one(f, start)
	return nil
}

// named is a period of the year that was said, or else of the present one or
// the one to come.
func (s *scan) named(f frame, month int) error {
	w := s.w
	said := w.yearSaid && w.frame == yearFrame && !w.recurs
	if said {
		w.frame = noFrame
	}
	start := civil(s.thisYear(), month, 1)
	size := map[frame]int{quarterFrame: 3, halfFrame: 6}[f]
	if !said && civil(s.thisYear(), month+size, 1) <= s.today() {
		start = civil(s.thisYear()+1, month, 1)
	}
	return s.period(f, start)
}

func (s *scan) year(y int) error {
	w := s.w
	if y < 100 {
		return errNot
	}
	if w.inherited {
		w.own()
		w.yearSaid = false
	}
	if w.yearSaid || w.recurs || w.hasDay() {
		return s.conflict()
	}
	if y > s.today().year()+50 {
		return noSuch(strconv.Itoa(y)+"年", "明年3月8日")
	}
	if y < s.today().year() {
		return &problem{ErrPast, strconv.Itoa(y) + "年已经过了。请写一个还没有到的时间。"}
	}
	w.yearSaid = true
	w.one(yearFrame, civil(y, 1, 1))
	return nil
}

// thisYear is the year that was said, or else the present one.
func (s *scan) thisYear() int {
	if s.w.yearSaid {
		return s.w.start.year()
	}
	return s.today().year()
}

func (s *scan) monthDay(said string, month, day int) error {
	if month < 1 || month > 12 || day < 1 || day > monthDays(2024, month) {
		return noSuch(said, "3月8日")
	}
	w := s.w
	if w.oneDay() && (s.bracket || !s.joined) && !w.inherited {
		return s.dateBeside(said, 0, month, day)
	}
	if w.recurs && w.frame != yearFrame {
		if !w.inherited {
			return s.conflict()
		}
		w.own()
	}
	if w.inherited && w.frame != yearFrame {
		w.own()
	}
	if len(w.months)+len(w.picks) > 0 || w.date != 0 || w.festival != "" || w.lunar || w.end || w.frame != noFrame && w.frame != yearFrame {
		return s.conflict()
	}
	w.months = []int{month}
	w.pick(Pick{Of: "day", N: day})
	return nil
}

// dateBeside is a date that stands beside another name of the day.
func (s *scan) dateBeside(said string, year, month, day int) error {
	c := check{month: month, day: day, start: s.pos - len(said), stop: s.pos}
	if year != 0 {
		c = check{date: civil(year, month, day), start: c.start, stop: c.stop}
	}
	s.w.checks = append(s.w.checks, c)
	return nil
}

// besideWeek is a weekday of a week beside another name of the day: 12月5日下周六.
func (s *scan) besideWeek(m []string, monday Day) error {
	start := s.pos - len(m[0])
	d := s.oneWeekday()
	if d == 0 {
		return errNot
	}
	s.w.checks = append(s.w.checks, check{date: monday + Day(d-1), start: start, stop: s.pos})
	return nil
}
