package remind

import (
	"slices"
	"strings"
	"time"

	"zujian/knowledge/text"
)

const (
	toWords  = `(?:一直|持续)?(?:到|至|直到|直至|截至|截止到?|-+|~)`
	endWords = `(?:为止|止|结束|截止)`
	outWords = `(?:除外|不发|不用发|不必发|不要发|别发|不提醒|不用提醒|不必提醒|别提醒|跳过|不算|停发|停一次|暂停)`
)

var (
	begun      = text.NewPattern(`^(?:的时候)?(?:起|开始|以后|之后),?`)
	upTo       = text.NewPattern(`^,?` + toWords)
	ended      = text.NewPattern(`^(?:` + endWords + `|期间|之间)?,?`)
	recurrence = text.NewPattern(`^[,的在内里期间]*(?:每|天天|日日|连续|逢|工作日|隔)`)
	thatOnce   = text.NewPattern(`^的?(?:[这那]一?[次天日周期回])?的?$`)
)

// boundRules say from when, until when, how often, and on which days not.
var boundRules = []rule{
	pattern(`(?:从|自)从?`, fromWord),
	pattern(`,?`+toWords, toWord),
	pattern(`起|开始`, func(s *scan, m []string) error {
		if !s.recurrenceFollows() && !s.w.recurs && !upTo.MatchString(s.norm[s.pos:s.limit]) {
			return errNot
		}
		return s.fromNamed(0)
	}),
	pattern(`\((.{1,14}?)算第一次\)`, func(s *scan, m []string) error {
		open := s.pos - len(m[0]) + 1
		first, _, end := s.dayAt(open)
		if end != open+len(m[1]) {
			return errNot
		}
		s.set.anchor = first
		return nil
	}),
	pattern(`\((N(?:、N)+)月\)`, func(s *scan, m []string) error { // 每季度最后一天（3、6、9、12月）
		months, err := numbers(m[1], 12, m[0], "3月25日")
		if err != nil || !s.w.recurs || !slices.Equal(months, periodMonths(s.w.frame, -1)) {
			return errNot
		}
		return nil
	}),
	pattern(`连续(N)(天|日|个?工作日|周|个?月)`, func(s *scan, m []string) error {
		f := unitOf(m[2])
		if strings.HasSuffix(m[2], "工作日") {
			f = workFrame
		}
		if s.w.recurs && s.w.frame != f {
			return s.conflict()
		}
		if !s.w.recurs {
			if err := s.repeat(f, 1); err != nil {
				return err
			}
		}
		return s.times(m[1])
	}),
	pattern(`(?:除了?|不含|不包括)(?:每|逢)?(Z)`, func(s *scan, m []string) error {
		s.pos -= len(m[1])
		return s.notOn(``)
	}),
	pattern(`Z`, func(s *scan, m []string) error {
		if s.pieces == 0 {
			return errNot
		}
		s.pos -= len(m[0])
		return s.notOn(outWords)
	}),
	pattern(`除(?:了)?(.{2,16}?)(?:之?外|以外)`, without),
	pattern(`(.{2,20}?)`+outWords, without),
	pattern(`(?:一|总|只|就|合)?(?:共|计)?(?:发|提醒)?(N)次(?:为止)?`, func(s *scan, m []string) error {
		switch {
		case !strings.HasPrefix(m[0], m[1]):
			return s.times(m[1])
		case number(m[1]) == 1 && s.w.recurs: // 每月一次 says no more than 每月
			return nil
		}
		return errNot
	}),
	pattern(`(?:从今)?(?:以后|今后|往后|接下来)`, func(s *scan, m []string) error {
		if s.w.hasDay() || !s.recurrenceFollows() {
			return errNot
		}
		return nil
	}),
	pattern(`(?:之|以)?内|全年|全月|期间|里`, func(s *scan, m []string) error { // 本周内每天
		_, _, ok := s.extent(s.w)
		if !ok || !s.recurrenceFollows() {
			return errNot
		}
		return nil
	}),
	pattern(`逢`, func(s *scan, m []string) error { // 每月逢5号
		if s.w.frame != monthFrame || len(s.w.picks) > 0 || !s.follows("0123456789一二三四五六七八九十廿") {
			return errNot
		}
		return nil
	}),
	pattern(`各(?:发|提醒)?[一1]次`, func(s *scan, m []string) error { return nil }),
}

// recurrenceFollows reports whether the next words say how often.
func (s *scan) recurrenceFollows() bool { return recurrence.MatchString(s.norm[s.pos:s.limit]) }

// passes moves over what a pattern matches at the position.
func (s *scan) passes(re *text.Pattern) bool {
	m := re.FindString(s.norm[s.pos:s.limit])
	s.pos += len(m)
	return m != ""
}

// fromWord reads 从12月1日起, 从12月1日到12月5日.
func fromWord(s *scan, m []string) error {
	first, _, end := s.dayAt(s.pos)
	if end == s.pos {
		return errNot
	}
	s.pos = end
	began := s.passes(begun)
	to := s.pos
	if s.passes(upTo) {
		if _, last, end := s.dayAfter(s.pos, first); end > s.pos {
			s.pos = end
			s.passes(ended)
			return s.bound(first, last)
		}
		s.pos = to
	}
	if !began {
		return errNot
	}
	return s.bound(first, 0)
}

// bound sets from when and until when; a second pair contradicts the first.
func (s *scan) bound(from, until Day) error {
	b := &s.set
	if from != 0 && b.from != 0 || until != 0 && b.until != 0 || from != 0 && until != 0 && until < from {
		return s.unclear(min(s.w.from0, s.pos), s.pos)
	}
	if from != 0 {
		b.from = from
	}
	if until != 0 {
		b.until = until
	}
	b.to = s.pos
	return nil
}

// toWord reads 到年底 after what recurs or before it, and 12月1日到12月5日.
func toWord(s *scan, m []string) error {
	start := s.pos - len(m[0])
	from := Day(0)
	if s.w.hasDay() && !s.w.recurs && !s.w.hasClock() && !s.w.inherited {
		first, _, ok := s.extent(s.w)
		if !ok || strings.HasPrefix(m[0], ",") {
			return errNot
		}
		from = first
	}
	_, last, end := s.dayAfter(s.pos, from)
	if end == s.pos {
		return errNot
	}
	s.pos = end
	marked := ended.FindString(s.norm[s.pos:s.limit])
	s.pos += len(strings.TrimSuffix(marked, ","))
	if len(s.w.clocks) > 0 && s.clockFollows() {
		return s.unclear(start, s.pos)
	}
	switch {
	case from != 0:
		s.w = &when{instant: -1}
	case !s.w.recurs && strings.Trim(marked, ",") == "" && !s.recurrenceFollows():
		return errNot
	}
	return s.bound(from, last)
}

func (s *scan) clockFollows() bool {
	for _, r := range clockRules {
		if r.re.MatchString(s.norm[s.pos:s.limit]) {
			return true
		}
	}
	return false
}

// fromNamed takes the day or period just read as the first, or the day after it.
func (s *scan) fromNamed(later Day) error {
	first, last, ok := s.extent(s.w)
	if !ok {
		return errNot
	}
	if later != 0 {
		first = last + later
	}
	s.w = &when{instant: -1}
	return s.bound(first, 0)
}

// untilBefore takes the day just read as the one after the last.
func (s *scan) untilBefore(m []string) error {
	first, _, ok := s.extent(s.w)
	if !ok {
		return s.here(m, "“"+s.original(s.said0(), s.pos)+"”是到哪一天？")
	}
	s.w = &when{instant: -1}
	return s.bound(0, first-1)
}

// notOn reads weekdays that are left out.
func (s *scan) notOn(after string) error {
	had, from0 := s.w.picks, s.pos
	s.w.picks = nil
	s.pos += len(zWord.FindString(s.norm[s.pos:s.limit]))
	err := s.weekdays()
	got := s.w.picks
	s.w.picks = had
	if err != nil || len(got) == 0 || s.pos == from0 {
		return errNot
	}
	tail := text.NewPattern(`^的?(?:之外|以外|外)?` + after)
	m := tail.FindString(s.norm[s.pos:s.limit])
	if m == "" && after != "" {
		return errNot
	}
	s.pos += len(m)
	for _, k := range got {
		s.set.notOn = append(s.set.notOn, k.Weekday)
	}
	return nil
}

var zWord = text.NewPattern(`^(?:周|星期|礼拜)`)

const longestBreak = 62

// without reads days that are left out: 12月7日这次除外.
func without(s *scan, m []string) error {
	if s.pieces == 0 {
		return errNot
	}
	from := s.pos - len(m[0]) + strings.Index(m[0], m[1])
	first, last, end := s.dayAt(from)
	if to := end + len(upTo.FindString(s.norm[end:s.limit])); to > end && end > from {
		if _, other, stop := s.dayAfter(to, first); stop > to {
			last, end = other, stop
		}
	}
	if end == from || end > from+len(m[1]) || !thatOnce.MatchString(s.norm[end:from+len(m[1])]) || last-first > longestBreak {
		return errNot
	}
	for d := first; d <= last; d++ {
		s.set.without = append(s.set.without, d)
	}
	return nil
}

func (s *scan) times(said string) error {
	n := number(said)
	if n < 1 || n > 100 {
		return noSuch(said+"次", "共三次")
	}
	if s.set.count != 0 && s.set.count != n {
		return s.conflict()
	}
	s.set.count = n
	return nil
}

// Days gives the first and last day of what a text names as said at a moment:
// 下周那次, 12月7日, 这个月. It is not ok for anything else.
func (c *Calendar) Days(text string, now time.Time) (first, last Day, ok bool) {
	s := newScan(fold(text), c, now)
	first, last, end := s.dayAt(0)
	return first, last, end > 0 && thatOnce.MatchString(s.norm[end:])
}

// dayAt reads the name of a day or period at a position: its first and last
// day, and where it ends; the position itself where there is none.
func (s *scan) dayAt(pos int) (first, last Day, end int) { return s.dayAfter(pos, 0) }

// dayAfter is dayAt for a name that follows another day: 12月1日到5日.
func (s *scan) dayAfter(pos int, after Day) (first, last Day, end int) {
	inner := newScan(s.sentence, s.cal, s.now)
	inner.rules, inner.limit = [][]rule{nameRules}, s.limit
	end, err := inner.run(pos)
	if err != nil || end == pos || len(inner.done) > 0 {
		return 0, 0, pos
	}
	if after != 0 && inner.w.bareDay {
		inner.w.months = []int{int(after.utc().Month())}
		inner.w.start, inner.w.frame, inner.w.yearSaid = civil(after.year(), 1, 1), yearFrame, true
	}
	first, last, ok := inner.extent(inner.w)
	if !ok {
		return 0, 0, pos
	}
	for after != 0 && last < after && !inner.w.yearSaid && len(inner.w.months) > 0 { // 12月1日到1月5日
		first, last = first.addMonths(12), last.addMonths(12)
	}
	return first, last, end
}

// extent gives the first and last day of what a time names so far: one day, or
// a period. It is not ok for what recurs or is not settled.
func (s *scan) extent(w *when) (first, last Day, ok bool) {
	if w.recurs || w.hasClock() && w.instant < 0 || !w.hasDay() || len(w.picks) > 1 {
		return 0, 0, false
	}
	kept := s.w
	s.w = w
	defer func() { s.w = kept }()
	if len(w.picks) == 0 && !w.end && w.date == 0 && w.festival == "" && !w.lunar && len(w.steps) == 0 {
		return s.periodSpan()
	}
	r, err := s.rule()
	if err != nil {
		return 0, 0, false
	}
	r.Clock = []int{dayMinutes - 1}
	start := s.today().at(0)
	if w.yearSaid { // it may be over: 从2026年1月1日起
		start = civil(w.start.year(), 1, 1).at(0)
	}
	due, _, ok := s.cal.Next(Plan{Rule: r}, start)
	if !ok && len(w.months) > 0 && !w.yearSaid && !w.lunar { // 到1月5日, said in November
		r.From, r.Until = r.From.addMonths(12), r.Until.addMonths(12)
		due, _, ok = s.cal.Next(Plan{Rule: r}, start)
	}
	return dayOf(due), dayOf(due), ok
}

// periodSpan is the period named, the one to come where no year was said.
func (s *scan) periodSpan() (first, last Day, ok bool) {
	w := s.w
	if w.frame == weekFrame {
		return w.start, w.start + 6, true
	}
	first, last = s.span()
	if len(w.months) == 0 {
		return first, last, w.frame != noFrame
	}
	y := first.year()
	low, high := w.months[0], w.months[len(w.months)-1]
	if len(w.months) != high-low+1 {
		return 0, 0, false
	}
	if last = civil(y, high+1, 1) - 1; last < s.today() && !w.yearSaid {
		y++
	}
	return civil(y, low, 1), civil(y, high+1, 1) - 1, true
}
