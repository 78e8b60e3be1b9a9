package remind

import (
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	c, err := LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	at := []int{600}
	last := []Pick{{Of: "workday", N: -1}}
	for _, tt := range []struct {
		name string
		plan Plan
		want string
	}{
		{"last working day", Plan{Rule: Rule{Unit: Month, Picks: last, Clock: at}}, "2026-01-30"},
		{"a Saturday worked", Plan{Rule: Rule{Unit: Month, Months: []int{2}, Picks: last, Clock: at}}, "2026-02-28"},
		{"春节", Plan{Rule: Rule{Unit: Festival, Festival: "春节", Clock: at}}, "2026-02-17"},
		{"first working day after 春节", Plan{Rule: Rule{Unit: Festival, Festival: "春节", Steps: []Step{{Unit: "workday", N: 1}}, Clock: at}}, "2026-02-24"},
		{"day before the 春节 holiday", Plan{Rule: Rule{Unit: Festival, Festival: "春节", Holiday: true, Steps: []Step{{Unit: "day", N: -1}}, Clock: at}}, "2026-02-14"},
		{"清明", Plan{Rule: Rule{Unit: Festival, Festival: "清明节", Clock: at}}, "2026-04-05"},
		{"腊月三十 of 29 days", Plan{Rule: Rule{Unit: Lunar, Months: []int{12}, Picks: []Pick{{Of: "day", N: 30}}, Clock: at}}, "2026-02-16"},
		{"国庆 moved on", Plan{Rule: Rule{Unit: Festival, Festival: "国庆节", Shift: After, Clock: at}}, "2026-10-08"},
	} {
		due, note, ok := c.Next(tt.plan, now)
		if got := due.Format(layout + " 15:04"); !ok || got != tt.want+" 10:00" {
			t.Errorf("%s: %s %q %v, want %s", tt.name, got, note, ok, tt.want)
		}
	}
	if _, note, _ := c.Next(Plan{Rule: Rule{Unit: Month, Picks: last, Clock: at}}, now.AddDate(1, 0, 0)); note == "" {
		t.Error("2027 without data is not said")
	}
}
