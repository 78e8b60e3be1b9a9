package remind

import (
	"regexp"
	"slices"
	"strings"
)

const (
	numerals    = `N(?:[、,和及与]N)*`
	monthsNamed = `N(?:月?[、,和及与]N)*`
)

// pickRules name days of a period.
var pickRules = []rule{
	pattern(`最后(?:的)?(?:一|1)?(?:个)?(工作日|天|日|ZW)|倒数(?:的)?第?(N)个?(工作日|天|日|ZW)|最末(?:一)?(?:个)?(工作日|天|日)`, lastOf),
	pattern(`(?:第|头|首)(N)?个?(工作日|ZW)|(?:首|头)(?:一)?个(工作日|ZW)`, nthOf),
	pattern(`第(N)Z的?(ZW)`, func(s *scan, m []string) error {
		return s.here(m, "“"+m[0]+"”有两种算法，请写成第几个周几。", "第"+m[1]+"个"+m[2])
	}),
	pattern(`第(N)[天日]|头一天|首日|第一日`, func(s *scan, m []string) error {
		if s.w.frame == noFrame && len(s.w.months) == 0 {
			return errNot
		}
		s.w.pick(Pick{Of: "day", N: max(number(m[1]), 1)})
		return nil
	}),
	pattern(`(?:首|头)个月|第(N)个?月|首月`, func(s *scan, m []string) error { return s.nthMonth(max(number(m[1]), 1)) }),
	pattern(`末月|最后(?:一)?个月`, func(s *scan, m []string) error { return s.nthMonth(-1) }),
	pattern(`(闰)N?月|(正|冬|腊)月`, lunarMonthWord),
	pattern(`(N)月底((?:[、,和及与]N月底)+)`, func(s *scan, m []string) error {
		s.w.end = true
		return s.monthList(strings.ReplaceAll(m[1]+m[2], "月底", ""))
	}),
	pattern(`(N)月(初[一二三四五六七八九十])`, func(s *scan, m []string) error {
		s.w.lunar = true
		if err := s.monthList(m[1]); err != nil {
			return err
		}
		return s.lunarDay(m[2])
	}),
	pattern(`(`+monthsNamed+`)月份?(N)(日|号)?`, func(s *scan, m []string) error {
		if m[3] == "" && !s.ends() {
			return errNot
		}
		if err := s.monthList(m[1]); err != nil {
			return err
		}
		if s.w.lunar {
			return s.lunarDay(m[2])
		}
		return s.dayList(m[2])
	}),
	pattern(`(`+monthsNamed+`)月份?`, func(s *scan, m []string) error { return s.monthList(m[1]) }),
	pattern(`(`+numerals+`)[日号]`, func(s *scan, m []string) error { return s.dayList(m[1]) }),
	pattern(`(N)(?:日|号)?(?:到|至|-|~)(N)[日号]`, func(s *scan, m []string) error {
		return s.here(m, "“"+m[0]+"”是好几天。提醒在哪一天？", m[1]+"日", m[2]+"日")
	}),
	pattern(`[年月]?(上旬|中旬|下旬)`, func(s *scan, m []string) error {
		options := map[string][]string{"上旬": {"5日", "10日"}, "中旬": {"15日", "20日"}, "下旬": {"25日", "最后一个工作日"}}[m[1]]
		return s.here(m, "“"+m[1]+"”是哪一天？", options...)
	}),
	pattern(`(月|年|季度?)?(?:底|末|尾)`, func(s *scan, m []string) error { return s.atEnd(m[1]) }),
	pattern(`(月|年|季度?)初`, func(s *scan, m []string) error { return s.atStart(m) }),
	pattern(`初`, func(s *scan, m []string) error {
		if s.w.frame < monthFrame && len(s.w.months) == 0 || s.w.lunar || len(s.w.picks) > 0 || s.follows("一二三四五六七八九十") {
			return errNot
		}
		return s.atStart(m)
	}),
	pattern(`(N)`, func(s *scan, m []string) error {
		// 每月25 and 每月25上午: the unit is often left out.
		if s.w.frame != monthFrame || s.w.lunar || len(s.w.picks) > 0 || !s.ends() {
			return errNot
		}
		return s.dayList(m[1])
	}),
}

// ends reports whether a number without its unit can end here: a part of the
// day, an offset or the end of the time follows.
func (s *scan) ends() bool {
	rest := s.norm[s.pos:s.limit]
	if rest == "" {
		return true
	}
	for _, next := range []string{"早", "上午", "中午", "下午", "晚", "凌晨", "前", "后", ","} {
		if strings.HasPrefix(rest, next) {
			return true
		}
	}
	return false
}

func (s *scan) monthList(said string) error {
	if len(s.w.months) > 0 || s.w.festival != "" {
		return s.tooMany()
	}
	months, err := numbers(strings.ReplaceAll(said, "月", ""), 1, 12, said+"月", "3月8日")
	if err != nil {
		return err
	}
	if s.w.recurs && s.w.frame != yearFrame {
		return unclear(s.original(s.w.from0, s.pos))
	}
	s.w.months = months
	return nil
}

func (s *scan) dayList(said string) error {
	w := &s.w
	if w.lunar {
		return errNot
	}
	most := 31
	for _, m := range w.months {
		most = min(most, monthDays(2024, m))
	}
	whole := said + "日"
	if len(w.months) == 1 {
		whole = text(w.months[0]) + "月" + whole
	}
	days, err := numbers(said, 1, most, whole, "3月25日")
	if err != nil {
		return err
	}
	if len(w.months) == 0 && w.frame == noFrame && len(w.picks) == 0 {
		w.bareDay = true
	}
	for _, d := range days {
		w.pick(Pick{Of: "day", N: d})
	}
	return nil
}

var listed = regexp.MustCompile(`[、,和及与]`)

// numbers reads a list such as 3、6、9.
func numbers(said string, least, most int, whole, right string) ([]int, error) {
	var all []int
	for _, part := range listed.Split(said, -1) {
		n := number(part)
		if n < least || n > most {
			return nil, noSuch(whole, right)
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func lastOf(s *scan, m []string) error {
	n, what := 1, m[1]
	if m[3] != "" {
		n, what = number(m[2]), m[3]
	} else if m[4] != "" {
		what = m[4]
	}
	return s.pickOf(what, -n)
}

func nthOf(s *scan, m []string) error {
	n, what := max(number(m[1]), 1), m[2]
	if m[3] != "" {
		n, what = 1, m[3]
	}
	return s.pickOf(what, n)
}

func (s *scan) pickOf(what string, n int) error {
	if n == 0 || n > 31 || n < -31 {
		return noSuch("第"+text(n)+"个", "第一个工作日")
	}
	switch what {
	case "工作日":
		s.w.pick(Pick{Of: "workday", N: n})
	case "天", "日":
		s.w.pick(Pick{Of: "day", N: n})
	default:
		d := []rune(what)
		s.w.pick(Pick{Of: "weekday", N: n, Weekday: weekdayOf(d[len(d)-1])})
	}
	if s.w.frame == noFrame && len(s.w.months) == 0 && !s.w.lunar {
		return unclear(s.original(s.pos-len(what), s.pos))
	}
	return nil
}

func weekdayOf(r rune) int {
	if r == '日' || r == '天' || r == '7' {
		return 7
	}
	return digit(r)
}

// nthMonth is a month of a quarter or a half-year.
func (s *scan) nthMonth(n int) error {
	most := map[frame]int{quarterFrame: 3, halfFrame: 6}[s.w.frame]
	if most == 0 || n > most {
		return errNot
	}
	s.w.inPeriod = n
	return nil
}

// atEnd is 月底 and the like. Without a period before it the present one is
// meant.
func (s *scan) atEnd(unit string) error {
	w := &s.w
	y, m, _ := s.today().date()
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
		if w.frame < monthFrame && len(w.months) == 0 {
			return errNot
		}
	}
	w.end = true
	return nil
}

// atStart asks: 月初 is the first day to some and the first days to others.
func (s *scan) atStart(m []string) error {
	unit := strings.TrimSuffix(m[0], "初")
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
