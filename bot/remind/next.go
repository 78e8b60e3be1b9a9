package remind

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// horizon bounds the search for a next day. Nothing that Parse understands
// leaves a longer gap.
const horizon = 60 * 366

// margin covers how far a shift to a working day can move a day.
const margin = 20

// mostLeftOut bounds how many times in a row may be left out.
const mostLeftOut = 3660

// Next is the first time after the given one at which the plan is due, always
// in Beijing time. note says in Chinese what the person should know of this
// date: a year without holiday data, a day that was moved. ok is false where
// nothing is due any more.
func (c *Calendar) Next(p Plan, after time.Time) (due time.Time, note string, ok bool) {
	for range mostLeftOut {
		ok = false
		for _, r := range p.rules() {
			if t, n, found := c.nextOf(r, after); found && (!ok || t.Before(due)) {
				due, note, ok = t, n, true
			}
		}
		if !ok || !p.leftOut(dayOf(due)) {
			return due, note, ok
		}
		after = due
	}
	return time.Time{}, "", false
}

func (c *Calendar) nextOf(p Rule, after time.Time) (due time.Time, note string, ok bool) {
	l := &look{Calendar: c}
	for base := range l.bases(p, dayOf(after)-p.reach()) {
		if p.Until != 0 && base > p.Until {
			break
		}
		if base < p.From {
			continue
		}
		day, moved, keep := l.move(p, base)
		if !keep {
			continue
		}
		for _, m := range p.Clock {
			if t := day.at(m - p.Lead); t.After(after) {
				return t, l.note(p, base, day, moved), true
			}
		}
	}
	return time.Time{}, "", false
}

// reach is how many days before a due day its base day can lie.
func (p Rule) reach() Day {
	days := margin
	for _, s := range p.Steps {
		if s.N < 0 {
			continue
		}
		switch s.Unit {
		case "day":
			days += s.N
		case "workday":
			days += 2*s.N + margin
		case "month":
			days += 31 * s.N
		case "week", "weekday":
			days += 7*s.N + 7
		}
	}
	if p.Holiday {
		days += margin
	}
	return Day(days)
}

// move takes the steps of a plan and then moves off a day without work.
func (l *look) move(p Rule, d Day) (to Day, moved string, keep bool) {
	d = l.edge(p, d)
	for _, s := range p.Steps {
		switch s.Unit {
		case "day":
			d += Day(s.N)
		case "workday":
			d = l.workdays(d, s.N)
		case "month":
			d = d.addMonths(s.N)
		case "week":
			d = d.monday() + Day(7*s.N+s.Weekday-1)
		case "weekday":
			d = d.toWeekday(s.Weekday, s.N)
		}
	}
	if p.Shift == Stay || l.works(d) {
		return d, "", true
	}
	_, m, n := d.date()
	moved = fmt.Sprintf("%d月%d日不上班", m, n)
	switch p.Shift {
	case Before:
		return l.workdays(d, -1), moved + "，提前", true
	case After:
		return l.workdays(d, 1), moved + "，顺延", true
	}
	return d, moved, false
}

// edge is the first or last day off around a festival, by the way counted.
func (l *look) edge(p Rule, d Day) Day {
	if !p.Holiday || len(p.Steps) == 0 || l.works(d) {
		return d
	}
	step := Day(1)
	if p.Steps[0].N < 0 {
		step = -1
	}
	for !l.works(d + step) {
		d += step
	}
	return d
}

func (l *look) note(p Rule, base, due Day, moved string) string {
	var notes []string
	if moved != "" {
		_, m, n := due.date()
		notes = append(notes, fmt.Sprintf("%s到%d月%d日", moved, m, n))
	}
	if s := l.short(p, base); s != "" {
		notes = append(notes, s)
	}
	if name := l.off(due); name != "" {
		notes = append(notes, "当天"+name+"放假")
	}
	for y := min(base, due).year(); y <= max(base, due).year(); y++ {
		if l.missing[y] {
			notes = append(notes, fmt.Sprintf("%d年的放假安排还没有数据，按周一到周五算，法定节日当天除外", y))
		}
	}
	return strings.Join(notes, "；")
}

// short says that the month lacks the day and its last one stands in.
func (l *look) short(p Rule, base Day) string {
	y, m, n := base.date()
	for _, pick := range p.Picks {
		if pick.Of != "day" {
			continue
		}
		if p.Unit == Month && pick.N > n && n == monthDays(y, m) {
			return fmt.Sprintf("%d月没有%d日，按最后一天%d日算", m, pick.N, n)
		}
		if p.Unit == Lunar && pick.N == 30 && !l.thirty(base) {
			return "这个农历月只有29天，按最后一天算"
		}
	}
	return ""
}

func (l *look) thirty(d Day) bool {
	for y := d.year() - 1; y <= d.year(); y++ {
		for _, m := range l.lunar(y) {
			if d == m.first+29 && m.days == 30 {
				return true
			}
		}
	}
	return false
}

// bases gives the base days of a plan from a day on, in order.
func (l *look) bases(p Rule, from Day) iter.Seq[Day] {
	if p.Unit == Once {
		return slices.Values([]Day{p.Date})
	}
	from = max(from, p.From)
	groups := map[Unit]func(Rule, Day) iter.Seq[[]Day]{
		EachDay: l.days, Workday: l.worked, Week: l.weeks,
		Month: l.months, Lunar: l.moons, Festival: l.feasts,
	}[p.Unit]
	return func(yield func(Day) bool) {
		if groups == nil {
			return
		}
		for group := range groups(p, from) {
			slices.Sort(group)
			for _, d := range slices.Compact(group) {
				if d > from+horizon || d >= from && !yield(d) {
					return
				}
			}
		}
	}
}
