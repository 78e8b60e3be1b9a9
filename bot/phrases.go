package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zujian/bot/remind"
	"zujian/bot/remind/due"
)

// planned is a kept plan on the calendar: what the scheduler sends.
type planned struct {
	remind.Plan
	calendar *remind.Calendar
}

func (p planned) Next(after time.Time) (time.Time, string, bool) {
	return p.calendar.Next(p.Plan, after)
}

// phrases reads kept plans.
type phrases struct{ *remind.Calendar }

func (c phrases) Plan(kept []byte) (due.Plan, error) { return c.plan(kept) }

// plan refuses what it does not know all of: a plan of a newer program would
// fire at other times than it says.
func (c phrases) plan(kept []byte) (planned, error) {
	p := planned{calendar: c.Calendar}
	d := json.NewDecoder(bytes.NewReader(kept))
	d.DisallowUnknownFields()
	if err := d.Decode(&p.Plan); err != nil {
		return p, fmt.Errorf("read a kept plan: %w", err)
	}
	return p, nil
}

// phrases gives the calendar, under the office's own holidays.yaml.
func (p *program) phrases() (phrases, error) {
	var c *remind.Calendar
	load := func(own ...string) (err error) {
		c, err = remind.LoadCalendar(own...)
		return err
	}
	var err error
	if path := filepath.Join(p.data, "holidays.yaml"); exists(path) {
		err = p.lastGood(path, func(path string) error { return load(path) })
	} else {
		err = load()
	}
	if err != nil {
		return phrases{}, refuse("%v", err)
	}
	return phrases{c}, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// policy is the consideration of reminders as configured.
func (c remindConfig) policy() due.Policy {
	p := due.Usual
	if c.Quiet != "" {
		p.QuietFrom, p.QuietTo, _ = due.ParseQuiet(c.Quiet) // was checked at the start
	}
	if c.PerDay > 0 {
		p.PerDay = c.PerDay
	}
	if c.LateHours > 0 {
		p.Window = time.Duration(c.LateHours) * time.Hour
	}
	return p
}

// check says in Chinese what is wrong; empty means nothing.
func (c remindConfig) check() string {
	if c.Quiet != "" {
		if _, _, err := due.ParseQuiet(c.Quiet); err != nil {
			return fmt.Sprintf("remind 里的 quiet %v。", err)
		}
	}
	if c.PerDay < 0 || c.PerDay > 20 {
		return fmt.Sprintf("remind 里的 per_day 是 %d，要在 1 到 20 之间；不写就是 2。", c.PerDay)
	}
	if c.LateHours < 0 || c.LateHours > 72 {
		return fmt.Sprintf("remind 里的 late_hours 是 %d，要在 1 到 72 之间；不写就是 6。", c.LateHours)
	}
	for name, groups := range c.Lists {
		if len(groups) == 0 {
			return fmt.Sprintf("remind.lists 里的“%s”没有写群名。", name)
		}
	}
	return ""
}

// beijing is the zone in which times are said.
var beijing = time.FixedZone("CST", 8*60*60)

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// date names a time in full.
func date(t time.Time) string {
	t = t.In(beijing)
	return t.Format("2006年1月2日") + "（周" + weekdays[t.Weekday()] + "）" + t.Format("15:04")
}

// times gives the next n times of a plan as a person reads them, with what the
// calendar and the quiet hours have to say of each.
func (p planned) times(policy due.Policy, after time.Time, n int) (at []time.Time, said []string) {
	for len(at) < n {
		t, note, ok := p.Next(after)
		if !ok {
			break
		}
		line := date(t)
		if moved := policy.Quietly(t); moved != "" {
			note = strings.Trim(note+"；"+moved, "；")
		}
		if note != "" {
			line += "　" + strings.TrimRight(note, "。")
		}
		at, said, after = append(at, t), append(said, line), t
	}
	return at, said
}

// monthly is how often a monthly reminder comes in a year, lunar months too.
const monthly = 13

// aYear counts the times of a plan within a year; many enough is enough.
func (p planned) aYear(after time.Time) int {
	n, end := 0, after.AddDate(1, 0, 0)
	for n < 400 {
		t, _, ok := p.Next(after)
		if !ok || t.After(end) {
			break
		}
		n, after = n+1, t
	}
	return n
}
