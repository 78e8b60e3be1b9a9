package remind

import (
	"slices"
	"strconv"
)

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
			return noSuch(strconv.Itoa(m)+"月"+strconv.Itoa(p.Picks[0].N)+"日", strconv.Itoa(m)+"月最后一天")
		}
	}
	return s.leapDay(p, first)
}

// leapDay refuses 2月29日 of a year that has none.
func (s *scan) leapDay(p *Rule, first Day) error {
	for _, k := range p.Picks {
		if k.Of == "day" && k.N == 29 && slices.Equal(p.Months, []int{2}) && s.w.yearSaid && monthDays(first.year(), 2) < 29 {
			return noSuch(strconv.Itoa(first.year())+"年2月29日", "2月最后一天")
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
