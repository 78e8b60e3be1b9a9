package remind

import (
	"slices"
)

// day settles which days are meant.
func (s *scan) day(p *Rule) error {
	w := s.w
	switch {
	case w.date != 0:
		if w.recurs || w.frame != noFrame || w.festival != "" || len(w.picks)+len(w.months) > 0 {
			return s.unclear(w.from0, w.to0)
		}
		p.Unit, p.Date = Once, w.date
		p.fold()
	case w.festival != "":
		return s.feast(p)
	case w.lunar:
		return s.moon(p)
	case w.bareWeek:
		return s.weekday1(p)
	case w.frame == dayFrame:
		p.Unit, p.Every = EachDay, w.every
	case w.frame == workFrame:
		p.Unit = Workday
	case w.frame == weekFrame:
		return s.week(p)
	case w.frame != noFrame || len(w.months) > 0 || len(w.picks) > 0:
		return s.month(p)
	case w.hasClock():
		return s.ask(w.clockAt, w.clockAt, "哪一天提醒？请选一个，或者写一个日子。", "今天", "明天", "每天")
	default:
		return ErrNoTime
	}
	return nil
}

// fold takes the steps of a single day at once, but for working days, which a
// newer calendar may count otherwise.
func (p *Rule) fold() {
	for len(p.Steps) > 0 {
		switch s := p.Steps[0]; s.Unit {
		case "day":
			p.Date += Day(s.N)
		case "month":
			p.Date = p.Date.addMonths(s.N)
		case "week":
			p.Date = p.Date.monday() + Day(7*s.N+s.Weekday-1)
		default:
			return
		}
		p.Steps = p.Steps[1:]
	}
}

func (s *scan) feast(p *Rule) error {
	w := s.w
	p.Festival = w.festival
	if w.recurs {
		if w.frame != yearFrame {
			return s.unclear(w.from0, w.to0)
		}
		p.Unit, p.Every = Festival, w.every
		return nil
	}
	p.Unit, p.Single = Festival, true
	year := s.thisYear()
	if !w.yearSaid {
		next := Rule{Unit: Festival, Festival: p.Festival, Holiday: p.Holiday, Steps: p.Steps, Clock: []int{dayMinutes - 1}}
		if due, _, ok := s.cal.Next(Plan{Rule: next}, s.now); ok {
			year = s.baseYear(p.Festival, dayOf(due))
		}
	}
	d := s.cal.festival(p.Festival, year)
	if w.yearSaid && d.year() > year {
		var err error
		if d, err = s.whichYear(s.cal.festival(p.Festival, year-1), d); err != nil {
			return err
		}
	}
	p.From, p.Until = d, d
	return nil
}

// baseYear is the year whose festival lies nearest to a day.
func (s *scan) baseYear(festival string, d Day) int {
	best, far := d.year(), Day(1<<30)
	for y := d.year() - 1; y <= d.year()+1; y++ {
		if gap := s.cal.festival(festival, y) - d; max(gap, -gap) < far {
			best, far = y, max(gap, -gap)
		}
	}
	return best
}

func (s *scan) moon(p *Rule) error {
	w := s.w
	if w.end {
		w.pick(Pick{Of: "day", N: -1})
	}
	if len(w.picks) > 1 && !w.recurs {
		return s.unclear(w.from0, w.to0)
	}
	if len(w.picks) == 0 || len(w.months) == 0 && !(w.recurs && w.frame == monthFrame) {
		return s.ask(w.to0, w.to0, "农历哪一天？请写全，例如：农历正月十五。")
	}
	p.Unit, p.Months, p.Picks = Lunar, w.months, w.picks
	if w.recurs {
		p.Every = w.every
		return nil
	}
	var d Day
	if w.yearSaid {
		d = s.cal.lunarDate(w.start.year(), w.months[0], w.picks[0].N)
		if d.year() > w.start.year() {
			before := s.cal.lunarDate(w.start.year()-1, w.months[0], w.picks[0].N)
			var err error
			if d, err = s.whichYear(before, d); err != nil {
				return err
			}
		}
	}
	for y := s.today().year() - 1; d < s.today() && !w.yearSaid; y++ {
		d = s.cal.lunarDate(y, w.months[0], w.picks[0].N)
	}
	p.Single, p.From, p.Until = true, d, d
	return nil
}

// whichYear asks about the end of a lunar year, which lies in the next year of
// the sun: 明年除夕.
func (s *scan) whichYear(days ...Day) (Day, error) {
	w := s.w
	for _, c := range w.checks {
		if slices.Contains(days, c.date) {
			return c.date, nil
		}
	}
	days = slices.DeleteFunc(days, func(d Day) bool { return d < s.today() })
	if len(days) == 1 {
		return days[0], nil
	}
	var options []string
	for _, d := range days {
		options = append(options, d.String())
	}
	return 0, s.ask(w.from0, w.nameTo, "“"+s.original(w.from0, w.nameTo)+"”是哪一天？农历年和公历年不同。", options...)
}

// weekday1 is a day of the week that comes next: 周五. Today it is, while its
// hour is still to come.
func (s *scan) weekday1(p *Rule) error {
	w := s.w
	if len(w.picks) > 1 {
		return s.eachOrOnce(w)
	}
	next := s.today() + Day((w.picks[0].Weekday-s.today().weekday()+7)%7)
	if next == s.today() {
		said := s.original(w.from0, w.to0)
		if !w.hasClock() && len(w.steps) == 0 {
			return s.ask(w.from0, w.to0, "今天就是"+said+"。是今天，还是下"+said+"？", "今天", "下"+said)
		}
		if clock, err := s.settleClock(); err == nil && len(w.steps) == 0 && !next.at(slices.Max(clock)-w.lead).After(s.now) {
			next += 7
		}
	}
	p.Unit, p.Picks, p.Single = Week, w.picks, true
	p.From, p.Until = next, next
	return nil
}

// eachOrOnce asks about several weekdays without a week.
func (s *scan) eachOrOnce(w *when) error {
	said := s.original(w.from0, w.to0)
	return s.ask(w.from0, w.to0, "“"+said+"”是每周都提醒，还是只这一次？", "每"+said, "本"+said)
}

func (s *scan) week(p *Rule) error {
	w := s.w
	if len(w.picks) == 0 {
		said := s.original(w.from0, w.to0)
		if w.recurs && w.every == 1 && len(w.steps) == 0 {
			return s.ask(w.from0, w.to0, "“"+said+"”是周几提醒？", "每周一", "每周三", "每周五")
		}
		if len(w.steps) > 0 {
			return s.unclear(w.from0, w.to0)
		}
		return s.ask(w.to0, w.to0, "周几提醒？", "周一", "周三", "周五")
	}
	p.Unit, p.Picks = Week, w.picks
	if w.recurs {
		p.Every = w.every
		return nil
	}
	p.Single, p.From, p.Until = true, w.start, w.start+6
	return nil
}
