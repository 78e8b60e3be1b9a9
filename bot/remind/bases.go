package remind

import (
	"iter"
	"slices"
)

func (p Rule) every() int { return max(p.Every, 1) }

// counts reports whether the period so many units from the anchor's counts.
func (p Rule) counts(units int) bool { return units%p.every() == 0 }

// periods calls group for period 0, 1, 2 … until the horizon is passed.
func periods(group func(i int) (days []Day, start Day), end Day) iter.Seq[[]Day] {
	return func(yield func([]Day) bool) {
		for i := 0; ; i++ {
			days, start := group(i)
			if start > end || !yield(days) {
				return
			}
		}
	}
}

func (l *look) days(p Rule, from Day) iter.Seq[[]Day] {
	return periods(func(i int) ([]Day, Day) {
		d := from + Day(i)
		if !p.counts(int(d - p.Date)) {
			return nil, d
		}
		return []Day{d}, d
	}, from+horizon)
}

func (l *look) worked(_ Rule, from Day) iter.Seq[[]Day] {
	return periods(func(i int) ([]Day, Day) {
		d := from + Day(i)
		if !l.works(d) {
			return nil, d
		}
		return []Day{d}, d
	}, from+horizon)
}

func (l *look) weeks(p Rule, from Day) iter.Seq[[]Day] {
	return periods(func(i int) ([]Day, Day) {
		monday := from.monday() + Day(7*i)
		if !p.counts(int(monday-p.Date.monday()) / 7) {
			return nil, monday
		}
		return l.picked(p.Picks, monday, monday+6), monday
	}, from+horizon)
}

func (l *look) months(p Rule, from Day) iter.Seq[[]Day] {
	year, month, _ := from.date()
	ay, am, _ := p.Date.date()
	return periods(func(i int) ([]Day, Day) {
		first := civil(year, month+i, 1)
		y, m, _ := first.date()
		last := civil(y, m, monthDays(y, m))
		units := (y-ay)*12 + m - am
		if len(p.Months) > 0 {
			units = y - ay
		}
		if !p.counts(units) || len(p.Months) > 0 && !slices.Contains(p.Months, m) {
			return nil, first
		}
		return l.picked(p.Picks, first, last), first
	}, from+horizon)
}

// moons leaves the leap month out where months are named: 六月十五 of a year
// with 闰六月 is the first of the two.
func (l *look) moons(p Rule, from Day) iter.Seq[[]Day] {
	year := from.year() - 1
	return periods(func(i int) ([]Day, Day) {
		var days []Day
		if !p.counts(year + i - l.anchorYear(p)) {
			return nil, civil(year+i, 1, 1)
		}
		for _, m := range l.lunar(year + i) {
			if len(p.Months) > 0 && (m.leap || !slices.Contains(p.Months, m.number)) {
				continue
			}
			for _, pick := range p.Picks {
				days = append(days, m.pick(pick.N))
			}
		}
		return days, civil(year+i, 1, 1)
	}, from+horizon)
}

func (l *look) anchorYear(p Rule) int {
	if p.Every < 2 {
		return 0
	}
	return l.lunarYearOf(p.Date)
}

func (l *look) feasts(p Rule, from Day) iter.Seq[[]Day] {
	year := from.year() - 1
	return periods(func(i int) ([]Day, Day) {
		start := civil(year+i, 1, 1)
		if !p.counts(year + i - p.Date.year()) {
			return nil, start
		}
		return []Day{l.festival(p.Festival, year+i)}, start
	}, from+horizon)
}

// picked gives the days picked of a period, first and last included. A day
// that the period does not have is its last; a fifth Friday that it does not
// have is none.
func (l *look) picked(picks []Pick, first, last Day) []Day {
	var days []Day
	for _, p := range picks {
		d := l.pick(p, first, last)
		if d >= first && d <= last {
			days = append(days, d)
		}
	}
	return days
}

func (l *look) pick(p Pick, first, last Day) Day {
	switch {
	case p.Of == "workday" && p.N < 0:
		return l.workdays(last+1, p.N)
	case p.Of == "workday":
		return l.workdays(first-1, p.N)
	case p.Of == "weekday" && p.N == 0:
		return first.monday() + Day(p.Weekday-1)
	case p.Of == "weekday":
		y, m, _ := first.date()
		return nthWeekday(y, m, p.Weekday, p.N)
	case p.N < 0:
		return last + Day(p.N+1)
	}
	return min(first+Day(p.N-1), last)
}
