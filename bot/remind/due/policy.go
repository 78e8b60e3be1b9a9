// Package due sends reminders when they are due: at most once for each time,
// not at night, not too many to a group, and never without a trace. What is
// sent, moved, missed or in doubt stands in the store.
package due

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"zujian/knowledge/text"
)

// Policy is the consideration shown to those who are reminded.
type Policy struct {
	QuietFrom time.Duration // since midnight; equal to QuietTo: no quiet hours
	QuietTo   time.Duration
	PerDay    int           // messages to a group in a day; 0: no cap
	Window    time.Duration // how late a reminder may still be sent
}

// Usual is the policy where the configuration names none.
var Usual = Policy{QuietFrom: 21 * time.Hour, QuietTo: 7*time.Hour + 30*time.Minute, PerDay: 2, Window: 6 * time.Hour}

var hours = regexp.MustCompile(`^(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})$`)

// ParseQuiet reads quiet hours such as 21:00-7:30.
func ParseQuiet(text string) (from, to time.Duration, err error) {
	m := hours.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, fmt.Errorf("要像 21:00-7:30 这样，现在是“%s”", text)
	}
	var n [5]int
	for i := 1; i < len(m); i++ {
		n[i], _ = strconv.Atoi(m[i]) // digits only
	}
	if n[1] > 24 || n[3] > 24 || n[2] > 59 || n[4] > 59 {
		return 0, 0, fmt.Errorf("“%s”里有不对的钟点", text)
	}
	return clock(n[1], n[2]), clock(n[3], n[4]), nil
}

func clock(h, m int) time.Duration {
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
}

// Midnight is the moment at which the day of t begins in Beijing.
func Midnight(t time.Time) time.Time {
	y, m, d := t.In(text.Beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, text.Beijing)
}

// Quiet reports whether t lies in the quiet hours.
func (p Policy) Quiet(t time.Time) bool {
	since := t.Sub(Midnight(t))
	if p.QuietFrom <= p.QuietTo {
		return since >= p.QuietFrom && since < p.QuietTo
	}
	return since >= p.QuietFrom || since < p.QuietTo
}

// Move gives t, or the end of the quiet hours that it lies in.
func (p Policy) Move(t time.Time) time.Time {
	if !p.Quiet(t) {
		return t
	}
	end := Midnight(t).Add(p.QuietTo)
	if !end.After(t) {
		end = end.AddDate(0, 0, 1)
	}
	return end
}

// tomorrow is when reminders that are too many for the day of t are sent.
func (p Policy) tomorrow(t time.Time) time.Time {
	next := Midnight(t).AddDate(0, 0, 1)
	if at := next.Add(p.QuietTo); p.QuietFrom != p.QuietTo && p.QuietTo > 0 && p.QuietTo < 12*time.Hour {
		return at
	}
	return p.Move(next.Add(8 * time.Hour))
}

// Quietly says in Chinese how quiet hours move a time; empty where they do not.
func (p Policy) Quietly(t time.Time) string {
	at := p.Move(t)
	if at.Equal(t) {
		return ""
	}
	return fmt.Sprintf("%s在夜里，不打扰人，移到%s", t.In(text.Beijing).Format("15:04"), at.In(text.Beijing).Format("1月2日15:04"))
}
