package remind

import (
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

const (
	numerals    = `N(?:[、,和及与]N)*`
	monthsNamed = `N(?:月?[、,和及与]N)*`
)

// pickRules name days of a period.
var pickRules = []rule{
	pattern(`(?:第|首|头)?(N)(?:个)?(?:[、,和及与]第?(N)个?)+(工作日|ZW)`, severalOf),
	pattern(`(最后|前|头|倒数)(?:的)?(N)(?:个)?(工作日|天|日)`, rowOf),
	pattern(`最后(?:的)?(?:一|1)?(?:个)?(工作日|天|日|ZW)|倒数(?:的)?第?(N)个?(工作日|天|日|ZW)|最末(?:一)?(?:个)?(工作日|天|日)`, lastOf),
	pattern(`下一?个工作日`, func(s *scan, m []string) error {
		if s.w.hasDay() {
			return errNot
		}
		s.w.date = s.today()
		return s.step(m[0], "workday", 1)
	}),
	pattern(`第(N)个?(工作日|ZW)|(?:首|头)一?个?(工作日|ZW)`, nthOf),
	pattern(`第(N)Z的?(ZW)`, func(s *scan, m []string) error {
		return s.here(m, "“"+m[0]+"”有两种算法，请写成第几个周几。", "第"+m[1]+"个"+m[2])
	}),
	pattern(`第(N)[天日]|头一天|首日|第一日`, func(s *scan, m []string) error {
		if s.w.frame == noFrame && len(s.w.months) == 0 {
			return errNot
		}
		if s.w.frame == weekFrame {
			return s.dayOfWeek(max(number(m[1]), 1))
		}
		return s.onePick(Pick{Of: "day", N: max(number(m[1]), 1)})
	}),
	pattern(`(?:首|头)个月|第(N)个?月|首月`, func(s *scan, m []string) error { return s.nthMonth(max(number(m[1]), 1)) }),
	pattern(`末月|最后(?:一)?个月`, func(s *scan, m []string) error { return s.nthMonth(-1) }),
	pattern(`(闰)N?月|(正|冬|腊|元)月(?:份)?`, lunarMonthWord),
	pattern(`(N)月底((?:[、,和及与]N月底)+)`, func(s *scan, m []string) error {
		if err := s.monthList(strings.ReplaceAll(m[1]+m[2], "月底", "")); err != nil {
			return err
		}
		s.w.end = true
		return nil
	}),
	pattern(`(N)月(初[一二三四五六七八九十])`, func(s *scan, m []string) error {
		if err := s.monthList(m[1]); err != nil {
			return err
		}
		s.w.lunar = true
		return s.lunarDay(m[2])
	}),
	pattern(`(N)月(廿[一二三四五六七八九]?|卅)`, func(s *scan, m []string) error {
		if err := s.monthList(m[1]); err != nil {
			return err
		}
		s.w.lunar = true
		return s.lunarDay(m[2])
	}),
	pattern(`(`+monthsNamed+`)月份?(?:的)?(N)(日|号)?`, monthAndDay),
	pattern(`(`+monthsNamed+`)月份?`, func(s *scan, m []string) error {
		if s.follows("底末尾初") && s.w.oneDay() && !s.w.inherited {
			return s.conflict()
		}
		return s.monthList(m[1])
	}),
	pattern(`(N)(?:日|号)?(?:到|至|-|~)(N)[日号]`, dayRange),
	pattern(`(`+numerals+`)[日号]`, func(s *scan, m []string) error { return s.dayList(m[1]) }),
	pattern(`[年月]?(上旬|中旬|下旬)`, func(s *scan, m []string) error {
		options := map[string][]string{"上旬": {"5日", "10日"}, "中旬": {"15日", "20日"}, "下旬": {"25日", "最后一个工作日"}}[m[1]]
		return s.here(m, "“"+m[1]+"”是哪一天？", options...)
	}),
	pattern(`(月|年|季度?)?(?:底|末|尾)`, func(s *scan, m []string) error { return s.atEnd(m[1]) }),
	pattern(`(月|年|季度?)(?:初|头)`, func(s *scan, m []string) error { return s.atStart(m) }),
	pattern(`初`, func(s *scan, m []string) error {
		if s.w.frame < monthFrame && len(s.w.months) == 0 || s.w.lunar || len(s.w.picks) > 0 || s.follows("一二三四五六七八九十") {
			return errNot
		}
		return s.atStart(m)
	}),
	pattern(`(`+numerals+`)`, func(s *scan, m []string) error {
		// 每月25 and 每月25上午: the unit is often left out.
		if s.w.frame != monthFrame || s.w.lunar || len(s.w.picks) > 0 || !s.ends() {
			return errNot
		}
		return s.dayList(m[1])
	}),
}

// monthAndDay reads 12月5日, and 八月十五: without 日 in characters it may as well
// be a day of the moon.
func monthAndDay(s *scan, m []string) error {
	if m[3] == "" && !s.ends() {
		return errNot
	}
	w := s.w
	if !w.lunar && m[3] == "" && number(m[1]) > 0 && number(m[2]) > 0 && !strings.ContainsAny(m[2], "0123456789") {
		a := s.here(m, "“"+m[0]+"”是公历还是农历？", "公历", "农历")
		a.Fill = []string{m[0] + "日", "农历" + m[0]}
		return a
	}
	if !w.lunar && !w.inherited && w.oneDay() && (s.bracket || !s.joined) && len(listed.Split(m[1], -1)) == 1 {
		return s.dateBeside(m[0], 0, number(m[1]), number(m[2]))
	}
	if err := s.monthList(m[1]); err != nil {
		return err
	}
	if w.lunar {
		return s.lunarDay(m[2])
	}
	return s.dayList(m[2])
}

// dayRange is 1日到5日: every day of it in each month; else it is asked.
func dayRange(s *scan, m []string) error {
	w, from, to := s.w, number(m[1]), number(m[2])
	if !w.recurs || w.frame != monthFrame || len(w.picks) > 0 {
		return errNot
	}
	if from < 1 || to > 31 || to <= from {
		return noSuch(m[0], "1日到5日")
	}
	for n := from; n <= to; n++ {
		w.pick(Pick{Of: "day", N: n})
	}
	return nil
}

// severalOf is 第二个和第四个周五.
func severalOf(s *scan, m []string) error {
	what := m[3]
	said := strings.NewReplacer("第", "", "个", "", "首", "", "头", "").Replace(strings.TrimSuffix(m[0], what))
	all, err := numbers(said, 31, m[0], "第二个和第四个周五")
	if err != nil {
		return err
	}
	for i, n := range all {
		s.joined = s.joined || i > 0
		if err := s.pickOf(what, n); err != nil {
			return err
		}
	}
	return nil
}

const longestRow = 10

// rowOf is 最后三天 of a period, and 前三天 of one that recurs; after a day it
// moves back from it.
func rowOf(s *scan, m []string) error {
	n, w := number(m[2]), s.w
	front := m[1] == "前" || m[1] == "头"
	open := len(w.picks) == 0 && !w.end && w.festival == "" && w.date == 0 && w.frame >= weekFrame
	if n < 2 || !open || front && !w.recurs {
		return errNot
	}
	if n > longestRow {
		return s.unclear(s.pos-len(m[0]), s.pos)
	}
	for i := 1; i <= n; i++ {
		k := i
		if !front {
			k = i - n - 1
		}
		s.joined = s.joined || i > 1
		if err := s.pickOf(m[3], k); err != nil {
			return err
		}
	}
	return nil
}

// onePick adds a day of the period; after another it needs a word that adds.
func (s *scan) onePick(p Pick) error {
	if len(s.w.picks) > 0 && !s.joined {
		return s.conflict()
	}
	s.w.pick(p)
	return nil
}

// ends reports whether a number without its unit can end here: a part of the
// day, an offset or the end of the time follows.
func (s *scan) ends() bool {
	rest := s.norm[s.pos:s.limit]
	if rest == "" || s.partFollows() {
		return true
	}
	for _, next := range []string{"早", "晚", "前", "后", ",", "(", ")", "提前", "的", "到", "至"} {
		if strings.HasPrefix(rest, next) {
			return true
		}
	}
	return false
}

func (s *scan) monthList(said string) error {
	w := s.w
	if w.inherited && w.frame != yearFrame {
		w.own()
	}
	if len(w.months) > 0 || w.festival != "" || len(w.picks) > 0 || w.date != 0 || w.bareWeek || w.end {
		return s.conflict()
	}
	months, err := numbers(strings.ReplaceAll(said, "月", ""), 12, said+"月", "3月8日")
	if err != nil {
		return err
	}
	if w.frame != noFrame && w.frame != yearFrame {
		return s.conflict()
	}
	w.months = months
	return nil
}

func (s *scan) dayList(said string) error {
	w := s.w
	if w.lunar || w.recurs && w.frame < monthFrame && !w.inherited {
		return errNot
	}
	if w.recurs && w.frame < monthFrame {
		w.own()
	}
	if w.oneDay() && !w.inherited && (s.bracket || !s.joined && (len(w.picks) == 0 || w.picks[0].Of == "weekday")) {
		return s.dayBeside(said)
	}
	if w.end && !s.joined {
		return s.conflict()
	}
	if len(w.picks) > 0 && w.picks[len(w.picks)-1].Of == "day" && !w.bareWeek {
		s.joined = true // 5日6日
	}
	if w.date != 0 || w.festival != "" || w.bareWeek || w.frame == weekFrame {
		return s.another()
	}
	if len(w.picks) > 0 && !s.joined {
		return s.conflict()
	}
	if len(w.months) == 0 && len(w.before) > 0 && (w.frame == noFrame || w.frame == yearFrame) {
		w.months = w.before
	}
	most := 31
	for _, m := range w.months {
		most = min(most, monthDays(2024, m))
	}
	whole := said + "日"
	if len(w.months) == 1 {
		whole = strconv.Itoa(w.months[0]) + "月" + whole
	}
	days, err := numbers(said, most, whole, "3月25日")
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

var listed = text.NewPattern(`[、,和及与]`)

// numbers reads a list such as 3、6、9.
func numbers(said string, most int, whole, right string) ([]int, error) {
	var all []int
	for _, part := range listed.Split(said, -1) {
		n := number(part)
		if n < 1 || n > most {
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
		return noSuch("第"+strconv.Itoa(n)+"个", "第一个工作日")
	}
	w := s.w
	if w.date != 0 || w.festival != "" || w.bareWeek || len(w.picks) > 0 && !s.joined ||
		w.frame == weekFrame && pickWord(what) == "weekday" {
		return s.another()
	}
	if w.end && n > 0 {
		return s.conflict()
	}
	switch of := pickWord(what); of {
	case "weekday":
		d := []rune(what)
		w.pick(Pick{Of: of, N: n, Weekday: weekdayOf(d[len(d)-1])})
	case "day":
		if w.frame == weekFrame { // 每周前三天
			return s.dayOfWeek(n)
		}
		w.pick(Pick{Of: of, N: n})
	default:
		w.pick(Pick{Of: of, N: n})
	}
	if w.frame == noFrame && len(w.months) == 0 && !w.lunar {
		return s.ask(s.pos, s.pos, "“"+what+"”是哪个月的？请写几月或者每月，例如：每月最后一个工作日。")
	}
	return nil
}

// dayOfWeek picks the n-th day of a week, from its end if n is negative.
func (s *scan) dayOfWeek(n int) error {
	if n < 0 {
		n += 8
	}
	if n < 1 || n > 7 {
		return s.conflict()
	}
	s.w.pick(Pick{Of: "weekday", Weekday: n})
	return nil
}

func pickWord(what string) string {
	switch what {
	case "工作日":
		return "workday"
	case "天", "日":
		return "day"
	}
	return "weekday"
}

// dayBeside is 5日 beside another name of the day: 周五（5日）.
func (s *scan) dayBeside(said string) error {
	n := number(said)
	if n < 1 {
		return errNot
	}
	s.w.checks = append(s.w.checks, check{day: n, start: s.pos - len(said), stop: s.pos})
	return nil
}

func weekdayOf(r rune) int {
	if r == '日' || r == '天' || r == '7' {
		return 7
	}
	return number(string(r))
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
