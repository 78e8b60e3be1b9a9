package remind

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/6tail/lunar-go/calendar"
)

// This file makes sentences with the times that they mean, worked out day by
// day without the grammar or the plans: what Parse reads of them is compared.

// meant is what a sentence that was made means.
type meant struct {
	text   string
	on     func(d Day) bool // base days
	move   func(d Day) Day  // nil: none
	from   Day
	until  Day
	shift  string
	not    []int
	out    Day
	count  int
	clocks []int
}

type maker struct {
	*rand.Rand
	c     *Calendar
	today Day
	moons map[Day]*calendar.Lunar
}

func pickOne[T any](m *maker, of ...T) T { return of[m.IntN(len(of))] }

var digitsHan = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

func (m *maker) weekday() (string, int) {
	d := m.IntN(7) + 1
	return pickOne(m, "周", "星期", "礼拜") + []string{"一", "二", "三", "四", "五", "六", "日"}[d-1], d
}

func on(weekdays ...int) func(Day) bool {
	return func(d Day) bool { return slices.Contains(weekdays, d.weekday()) }
}

func onDate(days ...int) func(Day) bool {
	return func(d Day) bool {
		_, _, n := d.date()
		return slices.Contains(days, n)
	}
}

func lastOfMonth(d Day) bool {
	y, mo, n := d.date()
	return n == monthDays(y, mo)
}

func (m *maker) works(d Day) bool {
	works, _ := m.c.working(d)
	return works
}

// lastWork reports the last working day of a month, counted by hand.
func (m *maker) lastWork(d Day) bool {
	if !m.works(d) {
		return false
	}
	for e := d + 1; e.utc().Month() == d.utc().Month(); e++ {
		if m.works(e) {
			return false
		}
	}
	return true
}

func (m *maker) firstWorks(d Day, n int) bool {
	if !m.works(d) {
		return false
	}
	before := 0
	for e := d - 1; e.utc().Month() == d.utc().Month(); e-- {
		if m.works(e) {
			before++
		}
	}
	return before < n
}

// recurring makes words for what comes again, within a period of at least so
// many days.
func (m *maker) recurring(period bool) (string, func(Day) bool) {
	w1, d1 := m.weekday()
	n := m.IntN(28) + 1
	switch k := m.IntN(13); {
	case k == 0:
		return pickOne(m, "每天", "每日", "天天"), func(Day) bool { return true }
	case k == 1:
		return pickOne(m, "每个工作日", "工作日"), m.works
	case k <= 3:
		return pickOne(m, "每", "每个") + w1, on(d1)
	case k == 4:
		w2, d2 := m.weekday()
		return "每" + w1 + pickOne(m, "、", "和") + w2, on(d1, d2)
	case k == 5:
		return "每周一" + pickOne(m, "到", "至") + "周五", on(1, 2, 3, 4, 5)
	case k == 6:
		return fmt.Sprintf("%s%d%s", pickOne(m, "每月", "每个月"), n, pickOne(m, "日", "号")), onDate(n)
	case k == 7:
		n2 := m.IntN(28) + 1
		return fmt.Sprintf("每月%d%s%d号", n, pickOne(m, "号和", "日、", "、"), n2), onDate(n, n2)
	case k == 8:
		return pickOne(m, "每月最后一天", "每月底", "每个月最后一天"), lastOfMonth
	case k == 9:
		nth := m.IntN(4) + 1
		return "每月第" + digitsHan[nth] + "个" + w1, func(d Day) bool {
			_, _, day := d.date()
			return d.weekday() == d1 && (day-1)/7+1 == nth
		}
	case k == 10:
		return "每月最后一个工作日", m.lastWork
	case k == 11:
		rows := m.IntN(3) + 2
		return "每月前" + map[int]string{2: "两", 3: "三", 4: "四"}[rows] + "个工作日", func(d Day) bool { return m.firstWorks(d, rows) }
	case period:
		return pickOne(m, "每天", "天天"), func(Day) bool { return true }
	}
	return m.rare()
}

// rare makes words for what comes a few times a year.
func (m *maker) rare() (string, func(Day) bool) {
	month, n := m.IntN(12)+1, m.IntN(28)+1
	switch m.IntN(4) {
	case 0:
		return fmt.Sprintf("每年%d月%d%s", month, n, pickOne(m, "日", "号")), func(d Day) bool {
			_, mo, day := d.date()
			return mo == month && day == n
		}
	case 1:
		return pickOne(m, "每季度末", "每季度最后一天", "每季末"), func(d Day) bool {
			_, mo, _ := d.date()
			return mo%3 == 0 && lastOfMonth(d)
		}
	case 2:
		day := m.IntN(10) + 1
		return "每月" + pickOne(m, "初", "农历初") + digitsHan[day], func(d Day) bool { return m.lunarOf(d).GetDay() == day }
	}
	day := m.IntN(10) + 1
	return pickOne(m, "每年正月初", "每年农历正月初") + digitsHan[day], func(d Day) bool {
		l := m.lunarOf(d)
		return l.GetMonth() == 1 && l.GetDay() == day
	}
}

func (m *maker) lunarOf(d Day) *calendar.Lunar {
	if m.moons[d] == nil {
		y, mo, n := d.date()
		m.moons[d] = calendar.NewSolarFromYmd(y, mo, n).GetLunar()
	}
	return m.moons[d]
}

// day makes words for one day to come.
func (m *maker) day() (string, Day) {
	y, mo, _ := m.today.date()
	d := m.today + Day(m.IntN(300)+1)
	dy, dmo, dd := d.date()
	w, wd := m.weekday()
	switch m.IntN(8) {
	case 0:
		n := m.IntN(3) + 1
		return []string{"明天", "后天", "大后天"}[n-1], m.today + Day(n)
	case 1:
		return "下" + w, m.today.monday() + Day(6+wd)
	case 2:
		return fmt.Sprintf("%d年%d月%d日", dy, dmo, dd), d
	case 3:
		return fmt.Sprintf("%d-%02d-%02d", dy, dmo, dd), d
	case 4:
		n := m.IntN(28) + 1
		return fmt.Sprintf("下个月%d号", n), civil(y, mo+1, n)
	case 5:
		n := m.IntN(8) + 2
		return strings.Replace(digitsHan[n], "二", "两", 1) + pickOne(m, "天后", "天之后"), m.today + Day(n)
	}
	if dy == y {
		return fmt.Sprintf("%d月%d%s", dmo, dd, pickOne(m, "日", "号")), d
	}
	return fmt.Sprintf("明年%d月%d日", dmo, dd), d
}

// period makes words for a stretch of days.
func (m *maker) period() (string, Day, Day) {
	y, mo, _ := m.today.date()
	switch m.IntN(6) {
	case 0:
		first := m.today.monday() + 7
		return pickOne(m, "下周", "下星期", "下个星期"), first, first + 6
	case 1:
		return pickOne(m, "下个月", "下月"), civil(y, mo+1, 1), civil(y, mo+2, 1) - 1
	case 2:
		n := m.IntN(12) + 1
		return fmt.Sprintf("明年%d月", n), civil(y+1, n, 1), civil(y+1, n+1, 1) - 1
	case 3:
		return "明年", civil(y+1, 1, 1), civil(y+2, 1, 1) - 1
	case 4:
		n := m.IntN(4) + 1
		return "明年第" + digitsHan[n] + "季度", civil(y+1, 3*n-2, 1), civil(y+1, 3*n+1, 1) - 1
	}
	n := m.IntN(12) + 1
	first := civil(y, n, 1)
	if civil(y, n+1, 1)-1 < m.today {
		first = civil(y+1, n, 1)
	}
	return fmt.Sprintf("%d月", n), first, civil(first.year(), n+1, 1) - 1
}

func (m *maker) clock() (string, int) {
	h := m.IntN(10) + 8
	half := m.IntN(2) * 30
	part, shown := "上午", h
	if h == 12 {
		part = "中午"
	} else if h > 12 {
		part, shown = "下午", h-12
	}
	hour := fmt.Sprint(shown)
	if shown <= 10 && m.IntN(2) == 0 {
		hour = strings.Replace(digitsHan[shown], "二", "两", 1)
	}
	switch {
	case m.IntN(4) == 0:
		return fmt.Sprintf("%d:%02d", h, half), h*60 + half
	case half == 30:
		return part + hour + "点半", h*60 + 30
	}
	return part + hour + "点", h * 60
}

// times makes one or two clocks.
func (m *maker) times() (string, []int) {
	said, n := m.clock()
	for strings.Contains(said, ":") && n < 13*60 { // 9:30 may be in the evening
		said, n = m.clock()
	}
	if m.IntN(6) > 0 {
		return said, []int{n}
	}
	n2 := (m.IntN(4) + 14) * 60
	return said + pickOne(m, "和", "、") + fmt.Sprintf("下午%d点", n2/60-12), []int{n, n2}
}

// makes a sentence: what recurs with bounds and exceptions, or a single day
// with what moves it.
func (m *maker) makes() meant {
	clockSaid, clocks := m.times()
	if m.IntN(4) == 0 {
		return m.single(clockSaid, clocks)
	}
	s := meant{clocks: clocks}
	said, base := m.recurring(false)
	s.on = base
	switch m.IntN(6) {
	case 0:
		var p string
		p, s.from, s.until = m.period()
		said, s.on = m.recurring(true)
		said = p + said
	case 1:
		var p string
		p, s.from = m.day()
		said = pickOne(m, "从"+p+"起", "从"+p+"开始", p+"起") + said
	case 2:
		p, d := m.day()
		s.until = d
		said = pickOne(m, "到", "截至") + p + pickOne(m, "为止", "为止，") + said
	case 3:
		p1, d1 := m.day()
		p2, d2 := m.day()
		if d1 < d2 {
			s.from, s.until = d1, d2
			said = pickOne(m, "从", "") + p1 + pickOne(m, "到", "至") + p2 + said
		}
	}
	s.text = said + pickOne(m, "的", "", "", "") + clockSaid
	m.except(&s)
	return s
}

// except adds what is left out or moved.
func (m *maker) except(s *meant) {
	switch m.IntN(8) {
	case 0:
		s.shift = pickOne(m, Before, After, Skip)
		words := map[string]string{Before: "遇周末提前", After: "遇节假日顺延", Skip: "节假日不发"}[s.shift]
		s.text = pickOne(m, s.text+"，"+words, s.text+"（"+words+"）", s.text+words)
	case 1:
		w, d := m.weekday()
		s.not = []int{d}
		s.text = pickOne(m, s.text+"，"+w+"除外", "除"+w+"外"+s.text, s.text+"（"+w+"除外）")
	case 2:
		s.count = m.IntN(4) + 2
		s.text += pickOne(m, "，共", "，一共", "（共", "，只提醒") + map[int]string{2: "两", 3: "三", 4: "四", 5: "五"}[s.count] + "次"
		if strings.Contains(s.text, "（共") {
			s.text += "）"
		}
	case 3:
		p, d := m.day()
		s.out = d
		s.text += "，" + p + pickOne(m, "这次除外", "除外", "那天不发")
	}
}

func (m *maker) single(clockSaid string, clocks []int) meant {
	said, d := m.day()
	s := meant{clocks: clocks, on: func(x Day) bool { return x == d }}
	after := strings.HasSuffix(said, "后")
	switch n := m.IntN(4) + 2; m.IntN(5) {
	case 0:
		if !after {
			said += pickOne(m, "前", "提前") + strings.Replace(digitsHan[n], "二", "两", 1) + "天"
			s.move = func(x Day) Day { return x - Day(n) }
		}
	case 1:
		if !after {
			said += pickOne(m, "后第一个工作日", "之后第一个工作日")
			s.move = func(x Day) Day {
				for x++; !m.works(x); x++ {
				}
				return x
			}
		}
	case 2:
		said += "（" + []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}[d.weekday()-1] + "）"
	}
	s.text = said + clockSaid
	return s
}

// due works the times out, day by day.
func (s meant) due(m *maker, now time.Time) (all []time.Time) {
	start := dayOf(now)
	for d := start - 40; d < start+800; d++ {
		if !s.on(d) || d < s.from || s.until != 0 && d > s.until {
			continue
		}
		to := d
		if s.move != nil {
			to = s.move(d)
		}
		if s.shift != "" && !m.works(to) {
			if s.shift == Skip {
				continue
			}
			for step := map[string]Day{Before: -1, After: 1}[s.shift]; !m.works(to); to += step {
			}
		}
		if slices.Contains(s.not, to.weekday()) || to == s.out {
			continue
		}
		for _, c := range s.clocks {
			if t := to.at(c); t.After(now) {
				all = append(all, t)
			}
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	all = slices.CompactFunc(all, time.Time.Equal)
	if s.count > 0 {
		all = all[:min(s.count, len(all))]
	}
	return all
}

// sentence puts words around a time that say nothing of it.
func (m *maker) sentence(s meant) string {
	switch m.IntN(5) {
	case 0:
		return pickOne(m, "", "麻烦", "请", "那个") + s.text + pickOne(m, "提醒妇建群报送进度", "提醒我交表", "记得提醒大家开会", "提醒一下妇建群：交材料")
	case 1:
		return "提醒妇建群交表，" + s.text
	}
	return s.text
}
