package remind

import (
	"slices"
	"strings"
	"time"
)

func minutesOf(n int) time.Duration { return time.Duration(n) * time.Minute }

// usualClock is when a reminder comes whose sentence names no time of day. It
// is said whenever the plan is: see Plan.Understood.
const usualClock = 9 * 60

// plan puts the pieces together. What can mean two things is asked.
func (s *scan) plan() (Plan, error) {
	w := &s.w
	p := Plan{Steps: w.steps, Shift: w.shift, Lead: w.lead, From: w.from, Until: w.until, Holiday: w.holiday}
	if err := s.day(&p); err != nil {
		return p, err
	}
	if w.hasClock() {
		clock, err := s.settleClock()
		if err != nil {
			return p, err
		}
		slices.Sort(clock)
		p.Clock = slices.Compact(clock)
	} else {
		p.Clock, p.Assumed = []int{usualClock}, true
	}
	s.anchor(&p)
	if err := s.future(&p); err != nil {
		return p, err
	}
	return p, s.counted(&p)
}

// day settles which days are meant.
func (s *scan) day(p *Plan) error {
	w := &s.w
	switch {
	case w.date != 0:
		if w.recurs || w.frame != noFrame || w.festival != "" || len(w.picks)+len(w.months) > 0 {
			return unclear(s.original(w.from0, w.to0))
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
func (p *Plan) fold() {
	for len(p.Steps) > 0 {
		switch s := p.Steps[0]; s.Unit {
		case "day":
			p.Date += Day(s.N)
		case "month":
			p.Date = p.Date.addMonths(s.N)
		default:
			return
		}
		p.Steps = p.Steps[1:]
	}
}

func (s *scan) feast(p *Plan) error {
	w := &s.w
	p.Festival = w.festival
	if w.recurs {
		if w.frame != yearFrame {
			return unclear(s.original(w.from0, w.to0))
		}
		p.Unit, p.Every = Festival, w.every
		return nil
	}
	p.Unit, p.Single = Festival, true
	year := s.thisYear()
	if !w.yearSaid {
		if due, _, ok := s.cal.Next(Plan{Unit: Festival, Festival: p.Festival, Holiday: p.Holiday, Steps: p.Steps, Clock: []int{dayMinutes - 1}}, s.now); ok {
			year = s.baseYear(p.Festival, dayOf(due))
		}
	}
	d := s.cal.festival(p.Festival, year)
	if w.yearSaid && d.year() > year { // 除夕 is named by the year it lies in
		d = s.cal.festival(p.Festival, year-1)
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

func (s *scan) moon(p *Plan) error {
	w := &s.w
	if w.end {
		w.pick(Pick{Of: "day", N: -1})
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
	for y := s.today().year() - 1; d < s.today(); y++ {
		if w.yearSaid {
			y = w.start.year()
		}
		d, _ = s.cal.lunarDate(y, w.months[0], w.picks[0].N)
		if w.yearSaid {
			break
		}
	}
	p.Single, p.From, p.Until = true, d, d
	return nil
}

// weekday1 is a day of the week that comes next: 周五.
func (s *scan) weekday1(p *Plan) error {
	w := &s.w
	if len(w.picks) > 1 {
		said := s.original(w.from0, w.to0)
		return s.ask(w.from0, w.to0, "“"+said+"”是每周都提醒，还是只这一次？", "每"+said, "本"+said)
	}
	p.Unit, p.Picks, p.Single = Week, w.picks, true
	p.From, p.Until = s.today(), s.today()+7
	return nil
}

func (s *scan) week(p *Plan) error {
	w := &s.w
	if len(w.picks) == 0 {
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

// month settles everything that is counted in months.
func (s *scan) month(p *Plan) error {
	w := &s.w
	p.Unit, p.Months, p.Picks = Month, w.months, w.picks
	if w.end && len(p.Picks) == 0 {
		p.Picks = []Pick{{Of: "day", N: -1}}
	}
	if len(p.Picks) == 0 {
		return s.ask(w.to0, w.to0, "“"+s.original(w.from0, w.to0)+"”的哪一天？请选一个，或者写一个日子。", "第一天", "最后一天", "最后一个工作日")
	}
	if err := s.periodMonth(p); err != nil {
		return err
	}
	if w.recurs {
		p.Every = w.every
		return nil
	}
	return s.onceInMonths(p)
}

// periodMonth gives the months of a quarter, half-year or year in which the
// days picked lie.
func (s *scan) periodMonth(p *Plan) error {
	w := &s.w
	if len(p.Months) > 0 || w.frame != quarterFrame && w.frame != halfFrame && w.frame != yearFrame {
		return nil
	}
	n := w.inPeriod
	if n == 0 {
		first, last := p.Picks[0].N, p.Picks[len(p.Picks)-1].N
		if first > 0 != (last > 0) || p.Picks[0].Of == "day" && first > 1 {
			return s.ask(w.to0, w.to0, "是其中哪个月？请写明几月，例如：每年3月25日。")
		}
		n = 1
		if first < 0 {
			n = -1
		}
	}
	if w.frame == yearFrame {
		p.Months = []int{1}
		if n < 0 {
			p.Months = []int{12}
		}
		return nil
	}
	p.Months = periodMonths(w.frame, n)
	return nil
}

// onceInMonths keeps a plan to the one period that was named, or to this year
// or month where none was.
func (s *scan) onceInMonths(p *Plan) error {
	w := &s.w
	p.Single = true
	if len(w.months) > 1 && !w.yearSaid {
		said := s.original(w.from0, w.to0)
		return s.ask(w.from0, w.to0, "“"+said+"”是每年都提醒，还是只今年？", "每年"+said, "今年"+said)
	}
	first, last := s.span()
	p.From, p.Until = first, last
	if p.Months != nil {
		p.Months = slices.DeleteFunc(slices.Clone(p.Months), func(m int) bool {
			d := civil(first.year(), m, 1)
			return d < first || d > last
		})
	}
	if p.Months == nil && len(p.Picks) == 1 && p.Picks[0].Of == "day" && len(w.steps) == 0 && w.shift == Stay {
		y, m, _ := first.date()
		if p.Picks[0].N > monthDays(y, m) {
			return noSuch(text(m)+"月"+text(p.Picks[0].N)+"日", text(m)+"月最后一天")
		}
	}
	return s.leapDay(p, first)
}

// leapDay refuses 2月29日 of a year that has none.
func (s *scan) leapDay(p *Plan, first Day) error {
	for _, k := range p.Picks {
		if k.Of == "day" && k.N == 29 && slices.Equal(p.Months, []int{2}) && s.w.yearSaid && monthDays(first.year(), 2) < 29 {
			return noSuch(text(first.year())+"年2月29日", "2月最后一天")
		}
	}
	return nil
}

// span is the first and last day of the period that a sentence names.
func (s *scan) span() (first, last Day) {
	w := &s.w
	if w.frame == noFrame {
		y, m, _ := s.today().date()
		if len(w.months) > 0 {
			return civil(y, 1, 1), civil(y, 12, 31)
		}
		return civil(y, m, 1), civil(y, m, monthDays(y, m))
	}
	y, m, _ := w.start.date()
	size := map[frame]int{monthFrame: 1, quarterFrame: 3, halfFrame: 6, yearFrame: 12}[w.frame]
	return w.start, civil(y, m+size, 1) - 1
}

// anchor sets what every second, third … period counts from: the first one to
// come.
func (s *scan) anchor(p *Plan) {
	if p.Every < 2 {
		p.Every = 0
		return
	}
	first := *p
	first.Every = 0
	if s.w.anchor != 0 {
		p.Date = s.w.anchor
		return
	}
	base := s.today()
	for d := range (&look{Calendar: s.cal}).bases(first, max(s.today(), p.From)) {
		if d.at(p.Clock[len(p.Clock)-1] - p.Lead).After(s.now) {
			base = d
			break
		}
	}
	p.Date = base
}

// future asks where the time named is over.
func (s *scan) future(p *Plan) error {
	if _, _, ok := s.cal.Next(*p, s.now); ok {
		return nil
	}
	w := &s.w
	said := s.original(w.from0, w.to0)
	var options []string
	switch {
	case p.Recurs():
		return ErrPast
	case w.bareDay:
		options = []string{"下月" + said, "每月" + said}
	case len(w.months) > 0 && !w.yearSaid && !w.lunar:
		options = []string{"明年" + said, "每年" + said}
	case w.frame == weekFrame && w.start == s.today().monday():
		bare := said
		for _, word := range []string{"这个", "本", "这", "当"} {
			bare = strings.TrimPrefix(bare, word)
		}
		options = []string{"下" + bare, "每" + bare}
	case w.date == s.today() && w.instant < 0 && len(w.steps) == 0:
		options = []string{"明天", "每天"}
	case w.frame == monthFrame && w.start <= s.today() && w.end:
		options = []string{"下月底", "每月底"}
	case w.frame == yearFrame && !w.yearSaid && w.end:
		options = []string{"明年年底", "每年年底"}
	default:
		return &problem{ErrPast, "“" + strings.TrimSpace(said) + "”已经过了。请写一个还没有到的时间。"}
	}
	return s.ask(w.from0, w.to0, "“"+said+"”已经过了。要设的是哪一个？", options...)
}

// counted ends a plan after so many times.
func (s *scan) counted(p *Plan) error {
	if s.w.count == 0 {
		return nil
	}
	if !p.Recurs() || len(p.Steps) > 0 {
		return unclear(s.original(s.w.from0, s.w.to0))
	}
	after, l, n := s.now, &look{Calendar: s.cal}, 0
	for d := range l.bases(*p, max(s.today(), p.From)) {
		if !d.at(p.Clock[0] - p.Lead).After(after) {
			continue
		}
		if n++; n == s.w.count {
			p.Until = d
			return nil
		}
	}
	return ErrPast
}
