package remind

// when gathers the pieces of time of one sentence before they are put
// together; see resolve.
type when struct {
	frame    frame
	start    Day  // first day of the one period meant, if not recurring
	recurs   bool // each of the frame
	every    int
	yearSaid bool
	months   []int
	inPeriod int // the n-th month of a quarter or half-year; -1 the last
	picks    []Pick
	end      bool // 底, 末: the last day unless a pick says which
	bareDay  bool // only N日 was said
	bareWeek bool // only 周X was said
	date     Day  // a day that is certain: 明天, 下周三
	instant  int  // minutes after midnight of date, for X小时后; -1 none
	lunar    bool
	festival string
	holiday  bool
	steps    []Step
	lead     int
	shift    string
	from     Day
	until    Day
	count    int
	anchor   Day    // of every second, third … period
	period   string // 上午 and so on, waiting for its hour
	clocks   []clock
	from0    int // the part of the sentence that says the day
	to0      int
	clockAt  int // and the clock
	clockTo  int
	pieces   int
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
	w.pieces++
	if w.clockTo == to && w.clockAt < to {
		return
	}
	if w.to0 == 0 || from < w.from0 {
		w.from0 = from
	}
	w.to0 = max(w.to0, to)
}

func (w *when) hasDay() bool {
	return w.frame != noFrame || w.date != 0 || w.festival != "" || w.lunar || len(w.picks) > 0 || w.end
}

func (w *when) hasClock() bool { return len(w.clocks) > 0 || w.instant >= 0 || w.period != "" }

// each makes the plan recur in every so many of a frame.
func (w *when) each(f frame, every int) {
	w.frame, w.recurs, w.every = f, true, every
}

// one means the single period that begins on a day.
func (w *when) one(f frame, start Day) {
	w.frame, w.start = f, start
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
