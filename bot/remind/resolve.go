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
	all := append(s.done, s.w)
	fillClocks(all)
	var p Plan
	for i, w := range all {
		s.w = w
		r, err := s.whole()
		if err != nil {
			return p, err
		}
		if err := s.accords(all, i, r); err != nil {
			return p, err
		}
		if i == 0 {
			p.Rule = r
		} else {
			p.Also = append(p.Also, r)
		}
	}
	p.Assumed, p.Daytime = len(all[0].clocks) == 0 && all[0].instant < 0 && all[0].period == "", s.daytime
	slices.Sort(s.set.without)
	p.Without, p.NotOn = slices.Compact(s.set.without), s.set.notOn
	if err := s.left(p); err != nil {
		return p, err
	}
	return p, s.counted(&p)
}

// fillClocks gives the times of a list the clock said after or before them:
// 明天和后天上午九点.
func fillClocks(all []*when) {
	for i := len(all) - 2; i >= 0; i-- {
		all[i].borrow(all[i+1])
	}
	for i := 1; i < len(all); i++ {
		all[i].borrow(all[i-1])
	}
}

func (w *when) borrow(other *when) {
	if !w.hasClock() && other.instant < 0 {
		w.clocks, w.period, w.clockAt, w.clockTo = other.clocks, other.period, other.clockAt, other.clockTo
	}
}

// whole is the rule of one time, with its clock.
func (s *scan) whole() (Rule, error) {
	w := s.w
	if err := s.unbound(); err != nil {
		return Rule{}, err
	}
	r, err := s.rule()
	if err != nil {
		return r, err
	}
	if err := s.checked(r); err != nil {
		return r, err
	}
	r.Clock = []int{usualClock}
	if w.hasClock() {
		if r.Clock, err = s.settleClock(); err != nil {
			return r, err
		}
	} else if w.lead > 0 {
		return r, s.ask(w.to0, w.to0, "提前多久是从几点算起的？请写几点，例如：上午9:00。")
	}
	s.anchor(&r)
	return r, s.future(r)
}

// rule is a time without its clock.
func (s *scan) rule() (Rule, error) {
	w := s.w
	r := Rule{Steps: w.steps, Shift: s.set.shift, Lead: w.lead, From: w.from, Until: w.until, Holiday: w.holiday}
	if err := s.day(&r); err != nil {
		return r, err
	}
	if r.recurs() {
		r.From = max(r.From, s.set.from)
		if s.set.until != 0 && (r.Until == 0 || s.set.until < r.Until) {
			r.Until = s.set.until
		}
	}
	return r, nil
}

// unbound asks where a range of days was said and not how often in it.
func (s *scan) unbound() error {
	b, w := s.set, s.w
	if b.from == 0 && b.until == 0 || w.recurs {
		return nil
	}
	if w.hasDay() {
		return s.unclear(w.from0, w.to0)
	}
	if b.until != 0 {
		return s.ask(b.to, b.to, "这段时间里每天都提醒吗？请选一个，或者写每周几。", "每天", "每个工作日")
	}
	return s.ask(b.to, b.to, "从这天起多久提醒一次？请选一个，或者写每月几日。", "每天", "每个工作日", "每周一")
}

// accords asks where a word about one time of a list may mean all of them: what
// moves the last one, or a single day beside others that come again.
func (s *scan) accords(all []*when, i int, r Rule) error {
	w := all[i]
	if i == 0 {
		if w.bareWeek && len(all) > 1 && slices.ContainsFunc(all[1:], func(o *when) bool { return o.bareWeek }) {
			return s.eachOrOnce(w)
		}
		return nil
	}
	before := all[i-1]
	if !w.added && before.recurs != w.recurs || w.bareWeek && before.recurs || len(w.steps) > 0 && len(before.steps) == 0 && before.clockTo == w.clockTo || w.inherited && before.from != w.from {
		return s.ask(w.from0, w.to0, "“"+s.original(w.from0, w.to0)+"”和前面的日子对不起来。请分成两条，一句话设一条；不要这几个字，请回“不要”。")
	}
	return nil
}

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
		if due, _, ok := s.cal.Next(Plan{Rule: Rule{Unit: Festival, Festival: p.Festival, Holiday: p.Holiday, Steps: p.Steps, Clock: []int{dayMinutes - 1}}}, s.now); ok {
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
		d, _ = s.cal.lunarDate(w.start.year(), w.months[0], w.picks[0].N)
		if d.year() > w.start.year() {
			before, _ := s.cal.lunarDate(w.start.year()-1, w.months[0], w.picks[0].N)
			var err error
			if d, err = s.whichYear(before, d); err != nil {
				return err
			}
		}
	}
	for y := s.today().year() - 1; d < s.today() && !w.yearSaid; y++ {
		d, _ = s.cal.lunarDate(y, w.months[0], w.picks[0].N)
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

// month settles everything that is counted in months.
func (s *scan) month(p *Rule) error {
	w := s.w
	if w.frame != noFrame && w.frame < monthFrame {
		return s.unclear(w.from0, w.to0)
	}
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
func (s *scan) periodMonth(p *Rule) error {
	w := s.w
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
func (s *scan) onceInMonths(p *Rule) error {
	w := s.w
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
	if p.Months == nil && len(p.Picks) == 1 && p.Picks[0].Of == "day" && len(w.steps) == 0 && s.set.shift == Stay {
		y, m, _ := first.date()
		if p.Picks[0].N > monthDays(y, m) {
			return noSuch(text(m)+"月"+text(p.Picks[0].N)+"日", text(m)+"月最后一天")
		}
	}
	return s.leapDay(p, first)
}

// leapDay refuses 2月29日 of a year that has none.
func (s *scan) leapDay(p *Rule, first Day) error {
	for _, k := range p.Picks {
		if k.Of == "day" && k.N == 29 && slices.Equal(p.Months, []int{2}) && s.w.yearSaid && monthDays(first.year(), 2) < 29 {
			return noSuch(text(first.year())+"年2月29日", "2月最后一天")
		}
	}
	return nil
}

// span is the first and last day of the period that a sentence names.
func (s *scan) span() (first, last Day) {
	w := s.w
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
func (s *scan) anchor(p *Rule) {
	if p.Every < 2 {
		p.Every = 0
		return
	}
	first := *p
	first.Every = 0
	if s.set.anchor != 0 {
		p.Date = s.set.anchor
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
func (s *scan) future(p Rule) error {
	if _, _, ok := s.cal.Next(Plan{Rule: p}, s.now); ok {
		return nil
	}
	w := s.w
	said := s.original(w.from0, w.to0)
	var options []string
	switch {
	case p.recurs():
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

// left asks where what is left out leaves nothing, or was not to come anyway.
func (s *scan) left(p Plan) error {
	if len(p.Without)+len(p.NotOn) > 0 && !p.Recurs() {
		return s.unclear(s.w.from0, s.w.to0)
	}
	if _, _, ok := s.cal.Next(p, s.now); !ok {
		return ErrPast
	}
	for _, d := range p.Without {
		with := p
		with.Without = nil
		if due, _, ok := s.cal.Next(with, d.at(0).Add(-time.Minute)); ok && dayOf(due) == d {
			return nil
		}
	}
	if len(p.Without) > 0 {
		return &problem{ErrUnclear, "要除去的" + p.Without[0].String() + "本来就不提醒。请看看日子写对了没有，" + example}
	}
	return nil
}

// counted ends a plan after so many times.
func (s *scan) counted(p *Plan) error {
	n := s.set.count
	if n == 0 {
		return nil
	}
	moved := slices.ContainsFunc(p.rules(), func(r Rule) bool {
		return len(r.Steps) > 0 || r.Shift != Stay && r.Shift != Skip || r.Lead >= dayMinutes
	})
	if !p.Recurs() || moved {
		return s.unclear(s.w.from0, s.w.to0)
	}
	var last, next time.Time
	for after := s.now; n >= 0; n-- {
		due, _, ok := s.cal.Next(*p, after)
		if !ok && n > 0 {
			return nil // it ends before
		}
		last, next, after = next, due, due
	}
	if dayOf(last) == dayOf(next) && !next.IsZero() { // 共三次, two of them a day
		return s.unclear(s.w.from0, s.w.to0)
	}
	p.until(dayOf(last))
	return nil
}

// until ends all rules of a plan with a day.
func (p *Plan) until(d Day) {
	p.Until = d
	for i := range p.Also {
		p.Also[i].Until = d
	}
}
