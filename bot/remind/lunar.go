package remind

import (
	"math"

	"github.com/6tail/lunar-go/calendar"
)

// julianEpoch is the Julian day number of noon on 1970-01-01.
const julianEpoch = 2440588

type lunarMonth struct {
	number int // 1 to 12
	leap   bool
	first  Day
	days   int // 29 or 30
}

// lunar gives the months of a lunar year, the leap month after its namesake.
func (c *Calendar) lunar(year int) []lunarMonth {
	if v, ok := c.lunars.Load(year); ok {
		return v.([]lunarMonth)
	}
	var months []lunarMonth
	list := calendar.NewLunarYear(year).GetMonthsInYear()
	for e := list.Front(); e != nil; e = e.Next() {
		m := e.Value.(*calendar.LunarMonth)
		n := m.GetMonth()
		months = append(months, lunarMonth{
			number: max(n, -n), leap: n < 0, days: m.GetDayCount(),
			first: julian(m.GetFirstJulianDay()),
		})
	}
	c.lunars.Store(year, months)
	return months
}

func julian(jd float64) Day { return Day(math.Floor(jd+0.5)) - julianEpoch }

// lunarDate is a day of a lunar year. A day that a month of 29 days does not
// have is its last: 腊月三十 is 除夕 in every year.
func (c *Calendar) lunarDate(year, month, day int) Day {
	for _, m := range c.lunar(year) {
		if m.number == month && !m.leap {
			return m.pick(day)
		}
	}
	return 0
}

func (m lunarMonth) pick(day int) Day {
	if day < 0 {
		return m.first + Day(m.days+day)
	}
	return m.first + Day(min(day, m.days)-1)
}

// termOf is the day of a term of the sun, of which 小寒 is the first. The
// library's table of a year begins with the last two of the year before.
func termOf(year, n int) Day {
	return julian(calendar.NewLunarYear(year).GetJieQiJulianDays()[n+1])
}

// lunarYearOf is the lunar year that a day lies in.
func (c *Calendar) lunarYearOf(d Day) int {
	if y := d.year(); d >= c.festival("春节", y) {
		return y
	}
	return d.year() - 1
}
