package remind

import (
	"slices"
	"strings"
)

// dayRules read the pieces of a sentence that say the day: how often, which
// period, which day of it, and what moves it. The first that fits is taken, so
// longer and more certain writings stand before shorter ones.
var dayRules, nameRules []rule

func init() {
	names := slices.Concat(named(dateRules), named(pickRules), named(lunarRules), named(festivalRules()))
	nameRules = slices.Concat(offsetRules, names)
	dayRules = slices.Concat(boundRules, offsetRules, shiftRules, lunarRules[:1], named(frameRules), names)
}

// frameRules say how often.
var frameRules = []rule{
	pattern(`每?隔(N)(天|日|周|个?星期|个?礼拜|个?月|年)`, everyOther),
	pattern(`隔()(天|日|周|月|年)`, func(s *scan, m []string) error { return s.repeat(unitOf(m[2]), 2) }),
	pattern(`逢?([单双])(周|月|日)`, func(s *scan, m []string) error {
		switch {
		case m[2] == "日":
			return s.unclear(s.pos-len(m[0]), s.pos)
		case m[2] == "月":
			return s.eachMonth(map[string]int{"单": 1, "双": 2}[m[1]])
		}
		a := s.here(m, "“"+m[0]+"”从哪一周算起？", "这一周算，每两周一次", "下一周算，每两周一次")
		a.Fill = []string{"每两周", "从下周一起每两周"}
		return a
	}),
	pattern(`每半个?月(?:一次)?`, func(s *scan, m []string) error {
		return s.here(m, "“"+m[0]+"”是哪几天？", "每月1日、15日", "每月15日、最后一天", "每15天")
	}),
	pattern(`每(?:一)?(?:天|日)|天天|日日`, func(s *scan, m []string) error { return s.repeat(dayFrame, 1) }),
	pattern(`每(?:逢|个|一个|一)?工作日|(?:逢|凡)工作日|工作日(?:每天|都)?`, func(s *scan, m []string) error { return s.repeat(workFrame, 1) }),
	pattern(`每(N)个?工作日`, func(s *scan, m []string) error { return s.unclear(s.pos-len(m[0]), s.pos) }),
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
			return s.repeat(monthFrame, 3*n)
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

// repeat makes the time recur in a frame. A period said before it is that in
// which it recurs: 下周每天. What was said else before it would be lost, so it
// is asked about.
func (s *scan) repeat(f frame, every int) error {
	w := s.w
	if w.inherited {
		w.own()
	}
	switch {
	case w.date != 0 || w.festival != "" || w.lunar && f != monthFrame && f != yearFrame || w.end:
		return s.conflict()
	case w.recurs && w.frame == weekFrame && f == dayFrame && len(w.picks) > 1:
		return nil // 每周一到周五每天
	case !w.recurs && w.frame == weekFrame && f == dayFrame && len(w.picks) > 1, w.bareWeek && f == dayFrame && len(w.picks) > 1:
		return nil // 下周一到周五每天
	case len(w.picks) > 0 || w.recurs && len(w.months) > 0:
		return s.conflict()
	case w.recurs && w.frame == weekFrame && f == workFrame && w.every == 1:
	case w.recurs && w.frame == yearFrame && w.every == 1 && f >= monthFrame:
	case w.recurs:
		if w.frame != f || w.every != every {
			return s.conflict()
		}
	case w.frame != noFrame || len(w.months) > 0:
		if !s.within() {
			return s.conflict()
		}
	}
	w.each(f, every)
	if f == weekFrame {
		return s.weekdays()
	}
	return nil
}

// conflict asks about what contradicts the rest of its time.
func (s *scan) conflict() error {
	if s.joined {
		return errFull
	}
	return s.unclear(min(s.w.from0, s.pos), s.pos)
}

// within takes the period said as that in which the time recurs.
func (s *scan) within() bool {
	first, last, ok := s.extent(s.w)
	if !ok {
		return false
	}
	w := s.w
	w.from, w.until = first, last
	w.frame, w.months, w.start, w.yearSaid = noFrame, nil, 0, false
	return true
}

// eachMonth is every second month of the year, from the first or the second.
func (s *scan) eachMonth(first int) error {
	if err := s.repeat(yearFrame, 1); err != nil {
		return err
	}
	for m := first; m <= 12; m += 2 {
		s.w.months = append(s.w.months, m)
	}
	return nil
}
