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
		if err := s.accords(all, i); err != nil {
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
func (s *scan) accords(all []*when, i int) error {
	w := all[i]
	if i == 0 {
		if w.bareWeek && len(all) > 1 && slices.ContainsFunc(all[1:], func(o *when) bool { return o.bareWeek }) {
			return s.eachOrOnce(w)
		}
		return nil
	}
	before := all[i-1]
	moved := len(w.steps) > 0 && len(before.steps) == 0 && before.clockTo == w.clockTo
	if !w.added && before.recurs != w.recurs || w.bareWeek && before.recurs || moved || before.from != w.from {
		return s.ask(w.from0, w.to0, "“"+s.original(w.from0, w.to0)+"”和前面的日子对不起来。请分成两条，一句话设一条；不要这几个字，请回“不要”。")
	}
	return nil
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
		return s.partlyOver(p)
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
		return s.ask(w.from0, w.to0, s.overToday(p, said)+"已经过了。要设的是哪一个？", "明天", "每天")
	case w.frame == monthFrame && w.start <= s.today() && w.end:
		options = []string{"下月底", "每月底"}
	case w.frame == yearFrame && !w.yearSaid && w.end:
		options = []string{"明年年底", "每年年底"}
	default:
		return &problem{ErrPast, "“" + strings.TrimSpace(said) + "”已经过了。请写一个还没有到的时间。"}
	}
	return s.ask(w.from0, w.to0, "“"+said+"”已经过了。要设的是哪一个？", options...)
}

// overToday names the time of today that is over, with its clock where it has one:
// the day itself is not.
func (s *scan) overToday(p Rule, said string) string {
	if s.w.hasClock() {
		said += sayClock(slices.Max(p.Clock))
	}
	return "“" + said + "”"
}

// partlyOver asks where some of the days of a list are over: 本周一、周三、周五
// said on a Wednesday.
func (s *scan) partlyOver(p Rule) error {
	w := s.w
	if p.recurs() || len(p.Picks) < 2 || len(p.Steps) > 0 {
		return nil
	}
	var ahead []string
	over := 0
	for d := range (&look{Calendar: s.cal}).bases(p, p.From) {
		if d > p.Until {
			break
		}
		if d.at(slices.Max(p.Clock) - p.Lead).After(s.now) {
			ahead = append(ahead, d.String())
		} else {
			over++
		}
	}
	if over == 0 || len(ahead) == 0 {
		return nil
	}
	said := s.original(w.from0, w.to0)
	return s.ask(w.from0, w.to0, "“"+said+"”里有的日子已经过了。只提醒后面的吗？请选一个，或者写别的日子。", strings.Join(ahead, "和"))
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
	if moved || slices.ContainsFunc(p.rules(), func(r Rule) bool { return !r.recurs() }) {
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
