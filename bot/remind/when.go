package remind

// when gathers the pieces of one time before they are put together; see
// resolve. A sentence has several where it names days with their own clocks.
type when struct {
	frame     frame
	start     Day  // first day of the one period meant, if not recurring
	recurs    bool // each of the frame
	inherited bool // the frame is that of the time before: 每周二九点和周四十点
	added     bool // a word that adds stands before it
	every     int
	yearSaid  bool
	months    []int
	before    []int // the months of the time before, for a day without its own
	inPeriod  int   // the n-th month of a quarter or half-year; -1 the last
	picks     []Pick
	end       bool // 底, 末: the last day unless a pick says which
	bareDay   bool // only N日 was said
	bareWeek  bool // only 周X was said
	date      Day  // a day that is certain: 明天, 下周三
	instant   int  // minutes after midnight of date, for X小时后; -1 none
	lunar     bool
	festival  string
	holiday   bool
	steps     []Step
	weeks     bool // the last step was said in weeks: a weekday may follow
	lead      int
	checks    []check
	from      Day // a period said before what recurs in it: 下周每天
	until     Day
	period    string // 上午 and so on, waiting for its hour
	clocks    []clock
	from0     int // the part of the sentence that says the day
	to0       int
	nameTo    int // where the day itself ends, before what moves it
	clockAt   int // and the clock
	clockTo   int
}

// check is what a sentence says of a day beside naming it: 12月5日（周五）.
type check struct {
	weekday     int
	month, day  int
	date        Day
	start, stop int
}

// bounds hold for all times of a sentence.
type bounds struct {
	from    Day
	until   Day
	to      int // where in the sentence they end
	count   int
	anchor  Day // of every second, third … period
	shift   string
	shifted bool
	without []Day
	notOn   []int
}

// frame is the period that picks are taken from.
type frame int

const (
	noFrame frame = iota
	dayFrame
	workFrame
	weekFrame
	monthFrame
	quarterFrame
	halfFrame
	yearFrame
)

// note remembers where the day and the clock are said.
func (w *when) note(from, to int) {
	if w.clockTo == to && w.clockAt < to {
		return
	}
	if w.to0 == 0 || from < w.from0 {
		w.from0 = from
	}
	w.to0 = max(w.to0, to)
}

func (w *when) hasDay() bool {
	return w.frame != noFrame || w.date != 0 || w.festival != "" || w.lunar || len(w.picks) > 0 || w.end || len(w.months) > 0
}

func (w *when) hasClock() bool { return len(w.clocks) > 0 || w.instant >= 0 || w.period != "" }

// oneDay reports whether a single day is named, as far as it goes.
func (w *when) oneDay() bool {
	return !w.recurs && (w.date != 0 || w.festival != "" || w.bareWeek || len(w.picks) == 1)
}

// heir begins the next time of a list: what recurs is not said again.
func (w *when) heir() *when {
	return &when{instant: -1, frame: w.frame, recurs: w.recurs, every: w.every, start: w.start, yearSaid: w.yearSaid,
		before: w.months, inherited: true, from: w.from, until: w.until}
}

// own forgets a frame that was only inherited.
func (w *when) own() {
	if w.inherited {
		w.frame, w.recurs, w.every, w.start, w.inherited = noFrame, false, 0, 0, false
		w.from, w.until = 0, 0
	}
}

// fork is the same time again, without what moves it.
func (w *when) fork() *when {
	twin := *w
	twin.steps, twin.lead, twin.weeks = nil, 0, false
	return &twin
}

// each makes the plan recur in every so many of a frame.
func (w *when) each(f frame, every int) {
	w.frame, w.recurs, w.every, w.inherited = f, true, every, false
}

// one means the single period that begins on a day.
func (w *when) one(f frame, start Day) {
	w.frame, w.start, w.recurs, w.inherited = f, start, false, false
}

func (w *when) pick(p Pick) { w.picks = append(w.picks, p) }

// months of a quarter or half-year in which its n-th month falls.
func periodMonths(f frame, n int) []int {
	size := 3
	if f == halfFrame {
		size = 6
	}
	if n < 0 {
		n = size
	}
	var months []int
	for m := n; m <= 12; m += size {
		months = append(months, m)
	}
	return months
}
