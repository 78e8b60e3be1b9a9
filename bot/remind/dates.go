package remind

import (
	"strings"
)

// dayRules read the pieces of a sentence that say the day: how often, which
// period, which day of it, and what moves it. The first that fits is taken, so
// longer and more certain writings stand before shorter ones.
var dayRules = concat(boundRules, offsetRules, shiftRules, frameRules, dateRules, pickRules, lunarRules, festivalRules())

func concat(groups ...[]rule) []rule {
	var all []rule
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

// frameRules say how often, or name one period.
var frameRules = []rule{
	pattern(`每隔(N)(天|日|周|个?星期|个?礼拜|个?月|年)`, everyOther),
	pattern(`隔(一)?(天|日|周|月|年)`, func(s *scan, m []string) error { return s.repeat(unitOf(m[2]), 2) }),
	pattern(`双周`, func(s *scan, m []string) error { return s.repeat(weekFrame, 2) }),
	pattern(`每(?:一)?(?:天|日)|天天|日日`, func(s *scan, m []string) error { return s.repeat(dayFrame, 1) }),
	pattern(`每(?:逢|个|一个)?工作日|(?:逢|凡)工作日|工作日(?:每天|都)`, func(s *scan, m []string) error { return s.repeat(workFrame, 1) }),
	pattern(`每(N)个?工作日`, func(s *scan, m []string) error { return unclear(m[0]) }),
	pattern(`(?:每(?:逢|个|一个|一)?|逢)Z`, func(s *scan, m []string) error { return s.repeat(weekFrame, 1) }),
	pattern(`每(?:个|一个|一)?月`, func(s *scan, m []string) error { return s.repeat(monthFrame, 1) }),
	pattern(`每(?:个|一个|一)?季度?`, func(s *scan, m []string) error { return s.repeat(quarterFrame, 1) }),
	pattern(`每(?:个|一个)?半年`, func(s *scan, m []string) error { return s.repeat(halfFrame, 1) }),
	pattern(`每(?:一)?年|年年`, func(s *scan, m []string) error { return s.repeat(yearFrame, 1) }),
	pattern(`每(N)个?(天|日|周|星期|礼拜|月|季度|年)`, func(s *scan, m []string) error {
		n := number(m[1])
		if n < 1 {
			return noSuch(m[0], "每两周")
		}
		if unitOf(m[2]) == quarterFrame {
			return s.repeatMonths(3 * n)
		}
		return s.repeat(unitOf(m[2]), n)
	}),
	pattern(`每(?:逢|到)?`, func(s *scan, m []string) error {
		if !s.festivalFollows() {
			return errNot
		}
		return s.repeat(yearFrame, 1)
	}),
}

func unitOf(word string) frame {
	switch strings.TrimPrefix(word, "个") {
	case "天", "日":
		return dayFrame
	case "周", "星期", "礼拜":
		return weekFrame
	case "月":
		return monthFrame
	case "季度", "季":
		return quarterFrame
	}
	return yearFrame
}

// everyOther asks where 每隔 is more than one: some count the day between,
// some do not.
func everyOther(s *scan, m []string) error {
	n, unit := number(m[1]), strings.TrimPrefix(m[2], "个")
	if n == 1 {
		return s.repeat(unitOf(unit), 2)
	}
	if n < 1 || n > 60 {
		return noSuch(m[0], "每两周")
	}
	if unit == "月" {
		unit = "个月"
	}
	return s.here(m, "“"+m[0]+"”是隔几"+unit+"一次？", "每"+han(n)+unit, "每"+han(n+1)+unit)
}

// repeat makes the sentence recur in a frame. A year said before a shorter
// frame is no second frame: 每年每季度末.
func (s *scan) repeat(f frame, every int) error {
	w := &s.w
	if w.recurs && w.frame != f && w.frame != yearFrame {
		return unclear(s.original(w.from0, s.pos))
	}
	w.each(f, every)
	if f == weekFrame {
		return s.weekdays()
	}
	return nil
}

func (s *scan) repeatMonths(n int) error { return s.repeat(monthFrame, n) }

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
		named := s.skip("周") || s.skip("星期") || s.skip("礼拜")
		d := s.weekday(named || len(days) == 0, sep || dash)
		if d == 0 {
			s.pos = start
			break
		}
		if dash {
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
	rest := s.norm[s.pos:]
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
	if (named || separate) && len(rest) > 0 && rest[0] >= '1' && rest[0] <= '7' && !begins(rest[1:], clockUnits) && !begins(rest[1:], digitWords) {
		s.pos++
		return int(rest[0] - '0')
	}
	return 0
}

var (
	clockUnits = []string{"点", "时", "刻", ":", "号", "个", "月"}
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

// dateRules name one day or one period.
var dateRules = []rule{
	pattern(`大后[天日]`, inDays(3)),
	pattern(`后[天日]`, inDays(2)),
	pattern(`(?:明[天日]|明儿)`, inDays(1)),
	pattern(`(?:今[天日]|今儿)`, inDays(0)),
	pattern(`(?:昨[天日]|前[天日]|昨儿)`, func(s *scan, m []string) error { return ErrPast }),
	pattern(`([今明])([早晚晨])`, func(s *scan, m []string) error {
		s.w.date = s.today()
		if m[1] == "明" {
			s.w.date++
		}
		s.w.period = map[string]string{"早": "早上", "晨": "早上", "晚": "晚上"}[m[2]]
		s.w.clockAt, s.w.clockTo = s.pos, s.pos
		return nil
	}),
	pattern(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:日|号)?`, func(s *scan, m []string) error {
		if err := s.year(number(m[1])); err != nil {
			return err
		}
		return s.monthDay(m[0], number(m[2]), number(m[3]))
	}),
	pattern(`(\d{4}|[二〇零一九八七六五四三]{4})年度?`, func(s *scan, m []string) error { return s.year(digits(m[1])) }),
	pattern(`今年度?|本年度?`, func(s *scan, m []string) error { return s.year(s.today().year()) }),
	pattern(`明年|来年|下一?年`, func(s *scan, m []string) error { return s.year(s.today().year() + 1) }),
	pattern(`后年`, func(s *scan, m []string) error { return s.year(s.today().year() + 2) }),
	pattern(`去年|前年`, func(s *scan, m []string) error { return ErrPast }),
	pattern(`(本|这个?|当|下下个?|下个?|上个?)Z`, func(s *scan, m []string) error {
		n, err := steps(m[1])
		if err != nil {
			return err
		}
		s.w.one(weekFrame, s.today().monday()+Day(7*n))
		return s.weekdays()
	}),
	pattern(`(本|这个?|当|下下个?|下个?|上个?)月`, func(s *scan, m []string) error {
		n, err := steps(m[1])
		y, month, _ := s.today().date()
		s.w.one(monthFrame, civil(y, month+n, 1))
		return err
	}),
	pattern(`(本|这个?|当|下下个?|下一?个?|上个?)季度?`, func(s *scan, m []string) error {
		n, err := steps(m[1])
		y, month, _ := s.today().date()
		s.w.one(quarterFrame, civil(y, (month-1)/3*3+1+3*n, 1))
		return err
	}),
	pattern(`第?([一二三四1-4])季度`, func(s *scan, m []string) error {
		s.w.one(quarterFrame, civil(s.thisYear(), 3*number(m[1])-2, 1))
		return nil
	}),
	pattern(`([上下])半年`, func(s *scan, m []string) error {
		month := 1
		if m[1] == "下" {
			month = 7
		}
		s.w.one(halfFrame, civil(s.thisYear(), month, 1))
		return nil
	}),
	pattern(`(\d{1,2})[/.](\d{1,2})`, func(s *scan, m []string) error {
		if s.follows("0123456789./%万亿个米元公千") {
			return errNot
		}
		return s.monthDay(m[0], number(m[1]), number(m[2]))
	}),
	pattern(`Z`, func(s *scan, m []string) error {
		if s.w.frame == weekFrame {
			return s.weekdays()
		}
		if s.w.frame != noFrame || s.w.date != 0 {
			return errNot
		}
		had := len(s.w.picks)
		if err := s.weekdays(); err != nil {
			return err
		}
		if len(s.w.picks) == had {
			return errNot
		}
		s.w.bareWeek = true
		return nil
	}),
}

func inDays(n int) func(*scan, []string) error {
	return func(s *scan, m []string) error {
		if s.w.hasDay() {
			return unclear(s.original(s.w.from0, s.pos))
		}
		s.w.date = s.today() + Day(n)
		return nil
	}
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

func (s *scan) year(y int) error {
	if y < 100 || s.w.yearSaid {
		return errNot
	}
	if y > s.today().year()+50 {
		return noSuch(text(y)+"年", "明年3月8日")
	}
	s.w.yearSaid = true
	s.w.one(yearFrame, civil(y, 1, 1))
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
	if len(s.w.months) > 0 || len(s.w.picks) > 0 {
		return s.tooMany()
	}
	s.w.months = []int{month}
	s.w.pick(Pick{Of: "day", N: day})
	return nil
}

func (s *scan) tooMany() error {
	return &problem{ErrUnclear, "一条提醒只能写一个日子。请分成几条，一句话设一条，" + example}
}

// skip passes over a word.
func (s *scan) skip(word string) bool {
	if s.pos < s.limit && strings.HasPrefix(s.norm[s.pos:s.limit], word) {
		s.pos += len(word)
		return true
	}
	return false
}
