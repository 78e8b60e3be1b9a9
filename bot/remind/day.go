// Package remind understands one Chinese sentence as a reminder and says when
// it is due. It is pure: time is passed in, nothing is stored, nothing waits.
// Every time is Beijing time, whatever the machine's zone.
package remind

import (
	"fmt"
	"time"

	"zujian/knowledge/text"
)

const (
	dayMinutes = 24 * 60
	layout     = "2006-01-02"
)

// Day is a calendar day in Beijing, counted from 1970-01-01; zero means none.
// As text it is 2006-01-02.
type Day int

// DayOf is the day of a moment in Beijing.
func DayOf(t time.Time) Day { return dayOf(t) }

// At is the moment at which a day begins in Beijing.
func At(d Day) time.Time { return d.at(0) }

func dayOf(t time.Time) Day {
	y, m, d := t.In(text.Beijing).Date()
	return civil(y, int(m), d)
}

// civil is the day of a date. Months and days outside their range carry over.
func civil(y, m, d int) Day {
	return Day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / (dayMinutes * 60))
}

func (d Day) utc() time.Time { return time.Unix(int64(d)*dayMinutes*60, 0).UTC() }

func (d Day) date() (year, month, day int) {
	y, m, n := d.utc().Date()
	return y, int(m), n
}

func (d Day) year() int {
	y, _, _ := d.date()
	return y
}

// weekday is 1 for Monday to 7 for Sunday.
func (d Day) weekday() int { return (int(d)%7+7+3)%7 + 1 }

func (d Day) monday() Day { return d - Day(d.weekday()-1) }

// toWeekday is the n-th such weekday after the day, or before it if n is
// negative.
func (d Day) toWeekday(weekday, n int) Day {
	if n > 0 {
		return d + Day((weekday-d.weekday()+6)%7+1+7*(n-1))
	}
	return d - Day((d.weekday()-weekday+6)%7+1+7*(-n-1))
}

// at is the moment so many minutes after the day begins.
func (d Day) at(minutes int) time.Time {
	return time.Unix(int64(d)*dayMinutes*60+int64(minutes)*60-8*60*60, 0).In(text.Beijing)
}

// addMonths keeps the day of the month, or takes the last of a shorter month.
func (d Day) addMonths(n int) Day {
	y, m, day := d.date()
	return civil(y, m+n, min(day, monthDays(y, m+n)))
}

func monthDays(y, m int) int {
	return int(civil(y, m+1, 1) - civil(y, m, 1))
}

func (d Day) String() string {
	y, m, n := d.date()
	return fmt.Sprintf("%d年%d月%d日", y, m, n)
}

// MarshalText writes 2006-01-02.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.utc().Format(layout)), nil }

// UnmarshalText reads 2006-01-02.
func (d *Day) UnmarshalText(text []byte) error {
	t, err := time.Parse(layout, string(text))
	if err != nil {
		return fmt.Errorf("read a day: %w", err)
	}
	*d = dayOf(t.Add(-8 * time.Hour))
	return nil
}
