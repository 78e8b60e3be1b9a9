package remind

import "slices"

// Unit is what a rule counts in.
type Unit string

// The units of a rule.
const (
	Once     Unit = "once"     // on Date
	EachDay  Unit = "day"      // every so many days
	Workday  Unit = "workday"  // on working days
	Week     Unit = "week"     // on Picks of a week
	Month    Unit = "month"    // on Picks of Months, or of every month
	Lunar    Unit = "lunar"    // on Picks of lunar Months, or of every lunar month
	Festival Unit = "festival" // on Festival, every year
)

// What becomes of a due day that is no working day.
const (
	Stay   = ""       // on the day
	Before = "before" // the working day before
	After  = "after"  // the working day after
	Skip   = "skip"   // no reminder
)

// Plan is when a reminder is due and what it says, as understood from one
// sentence. It is stored as JSON, and a stored plan stays valid when the
// calendar learns of new holidays. It is due whenever one of its rules is, but
// for the days left out.
type Plan struct {
	Rule
	Also    []Rule `json:"also,omitempty"`
	Without []Day  `json:"without,omitempty"` // no time on these days
	NotOn   []int  `json:"not_on,omitempty"`  // nor on these weekdays, 1 Monday to 7 Sunday
	Assumed bool   `json:"assumed,omitempty"` // the sentence named no time of day
	Daytime bool   `json:"daytime,omitempty"` // nor whether before noon: the quiet hours left one reading
	Who     string `json:"who,omitempty"`
	What    string `json:"what"`
}

// Rule gives some of the times of a plan. Base days follow from Unit; Steps and
// Shift move them, in that order; Clock and Lead give the minute.
type Rule struct {
	Unit     Unit   `json:"unit"`
	Every    int    `json:"every,omitempty"`    // every how many units (years if Months is set); 0 is 1
	Date     Day    `json:"date,omitempty"`     // Once: the day; Every above 1: a day of a period that counts
	Months   []int  `json:"months,omitempty"`   // ascending; empty: every month
	Picks    []Pick `json:"picks,omitempty"`    // which days of the period
	Festival string `json:"festival,omitempty"` // Festival: its name; Once: the name said
	Holiday  bool   `json:"holiday,omitempty"`  // count from the edge of the days off around the festival
	Single   bool   `json:"single,omitempty"`   // only what lies between From and Until
	Steps    []Step `json:"steps,omitempty"`
	Shift    string `json:"shift,omitempty"`
	Clock    []int  `json:"clock"`          // minutes after midnight, ascending; 1440 is the end of the day
	Lead     int    `json:"lead,omitempty"` // so many minutes before
	From     Day    `json:"from,omitempty"` // no base day before
	Until    Day    `json:"until,omitempty"`
}

// Pick is a day of a period.
type Pick struct {
	Of      string `json:"of"`                // "day", "workday" or "weekday"
	N       int    `json:"n,omitempty"`       // which one, from the end if negative
	Weekday int    `json:"weekday,omitempty"` // 1 Monday to 7 Sunday
}

// Step moves a day on, or back if N is negative. "weekday" is the N-th such
// Weekday after or before the day, "week" the Weekday of the N-th week from it.
type Step struct {
	Unit    string `json:"unit"` // "day", "workday", "month", "weekday" or "week"
	N       int    `json:"n"`
	Weekday int    `json:"weekday,omitempty"`
}

// Target is the group or person to remind as the sentence names it, 我 for the
// speaker, empty where it names nobody.
func (p Plan) Target() string { return p.Who }

// Text is what to remind of.
func (p Plan) Text() string { return p.What }

// Recurs reports whether the reminder comes again and again.
func (p Plan) Recurs() bool { return slices.ContainsFunc(p.rules(), Rule.recurs) }

func (p Plan) rules() []Rule { return append([]Rule{p.Rule}, p.Also...) }

func (r Rule) recurs() bool { return r.Unit != Once && !r.Single }

// Keeping is a plan with other times that still ends when the old one did, and
// still treats days off as that did, where it says nothing of either.
func (p Plan) Keeping(old Plan) Plan {
	if !p.Recurs() || !old.Recurs() {
		return p
	}
	p.Also = slices.Clone(p.Also)
	for _, r := range append([]*Rule{&p.Rule}, pointers(p.Also)...) {
		if r.Until == 0 {
			r.Until = old.Until
		}
		if r.Shift == Stay {
			r.Shift = old.Shift
		}
	}
	if len(p.NotOn) == 0 {
		p.NotOn = old.NotOn
	}
	return p
}

func pointers(rules []Rule) (all []*Rule) {
	for i := range rules {
		all = append(all, &rules[i])
	}
	return all
}

// leftOut reports whether no time is due on a day.
func (p Plan) leftOut(d Day) bool {
	return slices.Contains(p.Without, d) || slices.Contains(p.NotOn, d.weekday())
}
