package remind

import (
	"fmt"
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// clock is a time of day as said.
type clock struct {
	period string
	h, m   int
	sure   bool // written in 24 hours: 09:30
	from   int  // where in the sentence
	to     int
}

// partOf maps the words for a part of the day to the part that decides.
var partOf = map[string]string{
	"凌晨": "凌晨", "清晨": "上午", "早晨": "上午", "早上": "上午", "一早": "上午", "上午": "上午", "早": "上午", "晨": "上午", "am": "上午",
	"中午": "中午", "正午": "中午", "午间": "中午", "下午": "下午", "午后": "下午", "pm": "下午", "傍晚": "晚上", "晚上": "晚上", "晚间": "晚上",
	"夜里": "晚上", "夜间": "晚上", "深夜": "晚上", "半夜": "晚上", "午夜": "晚上", "晚": "晚上",
}

const parts = `凌晨|清晨|早晨|早上|一早|上午|am|中午|正午|午间|下午|午后|pm|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|午夜`

var clockRules = []rule{
	pattern(`(?:早、?中、?晚|早、?晚)(?:[一1]次)?`, func(s *scan, m []string) error {
		a := s.here(m, "“"+m[0]+"”是几点？请写几点提醒，例如：上午9:00、下午3:00。")
		a.Example = "上午9:00、下午3:00"
		return a
	}),
	pattern(parts, part),
	pattern(`[早晚]`, func(s *scan, m []string) error {
		if s.w.date == 0 && !s.follows("0123456789一二两三四五六七八九十") {
			return errNot
		}
		return part(s, m)
	}),
	pattern(`(\d{1,2})(?::(\d{2}))?(am|pm|[ap]\.m\.)`, func(s *scan, m []string) error {
		s.w.period = map[byte]string{'a': "上午", 'p': "下午"}[m[3][0]]
		if number(m[1]) == 12 && s.w.period == "下午" {
			s.w.period = "中午"
		}
		return s.clock(m[0], number(m[1]), max(number(m[2]), 0), false)
	}),
	pattern(`(\d{1,2}):(\d{2})(?::00)?(?:分)?`, func(s *scan, m []string) error {
		if s.follows(":0123456789") {
			return errNot
		}
		return s.clock(m[0], number(m[1]), number(m[2]), m[1][0] == '0' || number(m[1]) > 12)
	}),
	pattern(`(\d{1,2})\.(\d{2})分?`, dotted),
	pattern(`(N)[点时](?:钟|整)`, hour),
	pattern(`(N)[点时]半`, func(s *scan, m []string) error { return s.clock(m[0], number(m[1]), 30, false) }),
	pattern(`(N)[点时](?:过)?([一两二三1-3])刻钟?`, func(s *scan, m []string) error {
		return s.clock(m[0], number(m[1]), 15*number(m[2]), false)
	}),
	pattern(`差(N)(分|刻)钟?到?(N)点`, func(s *scan, m []string) error {
		minutes := number(m[1])
		if m[2] == "刻" {
			minutes *= 15
		}
		return s.clock(m[0], number(m[3])-1, 60-minutes, false)
	}),
	pattern(`(N)点钟?差(N)(分钟?|刻钟?)`, func(s *scan, m []string) error { // 三点差一刻
		minutes := number(m[2])
		if m[3][:len("刻")] == "刻" {
			minutes *= 15
		}
		return s.clock(m[0], number(m[1])-1, 60-minutes, false)
	}),
	pattern(`(N)[点时]钟?(?:过|零)?(N)分`, func(s *scan, m []string) error {
		return s.clock(m[0], number(m[1]), number(m[2]), m[1][0] == '0')
	}),
	pattern(`(N)点([0-5]\d|[零〇][一二三四五六七八九五]|[二三四五]?十[一二三四五六七八九]?)`, func(s *scan, m []string) error {
		if s.follows("0123456789个家人名户份周星天日月年项条多余来级") {
			return errNot
		}
		return s.clock(m[0], number(m[1]), number(m[2]), false)
	}),
	pattern(`(N)[点时]`, func(s *scan, m []string) error {
		if strings.HasSuffix(m[0], "时") && s.follows("候间期") {
			return errNot
		}
		return hour(s, m)
	}),
}

// dotted reads 9.30 as a clock where it cannot be a date: the day is known, or
// 上午 stands before it.
func dotted(s *scan, m []string) error {
	w := s.w
	known := w.period != "" || w.hasDay() && !w.inherited && len(w.clocks) == 0
	if number(m[1]) > 24 || number(m[2]) > 59 || s.follows(".0123456789/年月日号") || !known && number(m[1]) <= 12 {
		return errNot
	}
	return s.clock(m[0], number(m[1]), number(m[2]), m[1][0] == '0' || number(m[1]) > 12)
}

func part(s *scan, m []string) error {
	if s.w.period != "" && partOf[s.w.period] != partOf[m[0]] {
		return s.unclear(s.w.clockAt, s.pos)
	}
	s.w.period = m[0]
	s.w.clockAt, s.w.clockTo = s.pos-len(m[0]), s.pos
	return nil
}

// ranges is the second half of 九点到十点.
var ranges = text.NewPattern(`^(?:到|至|-|~)(?:` + parts + `)?` + numeral + `(?:点半?|时|:\d\d)`)

func hour(s *scan, m []string) error { return s.clock(m[0], number(m[1]), 0, m[1][0] == '0') }

// clock adds a time of day. A later one without 上午 or 下午 shares the part of
// the one before it.
func (s *scan) clock(said string, h, m int, sure bool) error {
	if h < 0 || m < 0 {
		return s.unclear(s.pos-len(said), s.pos)
	}
	if h > 24 || m > 59 || h == 24 && m > 0 {
		return noSuch(said, "上午9:30")
	}
	if s.w.instant >= 0 {
		return s.unclear(s.pos-len(said), s.pos)
	}
	if n := len(s.w.clocks); len(s.w.steps) > 0 && n > 0 && s.w.clocks[n-1].to < s.w.to0 { // 周四九点开会，提前一天下午三点
		if !s.event {
			return s.unclear(s.pos-len(said), s.pos)
		}
		s.w.clocks = nil
	}
	if s.w.period != "" && s.w.to0 > s.w.clockTo && s.w.clockTo > s.w.clockAt { // 晚三天后五点
		return s.unclear(s.w.clockAt, s.w.clockTo)
	}
	c := clock{period: s.w.period, h: h, m: m, sure: sure, from: s.pos - len(said), to: s.pos}
	if n := len(s.w.clocks); c.period == "" && n > 0 {
		last := s.w.clocks[n-1]
		if h > last.h && h <= 12 {
			c.period, c.sure = last.period, last.sure && c.sure
		}
	}
	if c.period != "" && s.w.clockTo == c.from {
		c.from = s.w.clockAt
	}
	s.w.period = ""
	s.w.clocks = append(s.w.clocks, c)
	s.w.clockAt, s.w.clockTo = c.from, c.to
	if ranges.MatchString(s.norm[s.pos:s.limit]) {
		end := s.pos + len(ranges.FindString(s.norm[s.pos:s.limit]))
		a := s.ask(c.from, end, "“"+said+"”后面还有一个时间。提醒只要一个时间点，请写几点提醒，例如：上午9:00。")
		a.Example = "上午9:00"
		return a
	}
	return nil
}

// minutes of the day that the clock means; ask is set where it can mean two.
func (c clock) minutes() (n int, ask []int, err error) {
	h, part := c.h, partOf[c.period]
	said := fmt.Sprintf("%s%d:%02d", c.period, c.h, c.m)
	switch {
	case part == "" && (c.sure || h > 12 || h == 0):
	case part == "" && h == 12:
	case part == "":
		return 0, []int{h*60 + c.m, (h+12)*60 + c.m}, nil
	case part == "上午" && h > 12, part == "凌晨" && h > 6 && h != 12 && h != 24,
		part == "中午" && (h > 2 && h < 11 || h > 14), part == "晚上" && h > 12 && h < 17:
		return 0, nil, noSuch(said, "上午9:30")
	case part == "凌晨" && h == 12:
		h = 0
	case part == "下午" && h < 12, part == "中午" && h < 3:
		h += 12
	case part == "晚上" && h == 12:
		h = 24
	case part == "晚上" && h < 5:
		return 0, []int{h*60 + c.m, (h+12)*60 + c.m}, nil
	case part == "晚上" && h < 12:
		h += 12
	}
	return h*60 + c.m, nil, nil
}

// sayClock writes minutes of a day as 上午10:00, so that it reads back the same.
func sayClock(n int) string {
	h, m := n/60, n%60
	switch {
	case h < 5:
		return fmt.Sprintf("凌晨%d:%02d", h, m)
	case h < 12:
		return fmt.Sprintf("上午%d:%02d", h, m)
	case h == 12:
		return fmt.Sprintf("中午12:%02d", m)
	case h < 18:
		return fmt.Sprintf("下午%d:%02d", h-12, m)
	case h < 24:
		return fmt.Sprintf("晚上%d:%02d", h-12, m)
	}
	return fmt.Sprintf("晚上12:%02d", m)
}

// settleClock turns the clocks said into minutes, or asks.
func (s *scan) settleClock() ([]int, error) {
	w := s.w
	if w.instant >= 0 {
		return []int{w.instant}, nil
	}
	if w.period != "" && len(w.clocks) == 0 {
		return s.onlyPart()
	}
	if w.period != "" { // 上午九点和下午
		return nil, s.unclear(w.clockAt, w.clockTo)
	}
	var out []int
	for _, c := range w.clocks {
		n, options, err := c.minutes()
		if err != nil {
			return nil, err
		}
		if only, ok := s.cal.onlyByDay(c, options); ok {
			n, options, s.daytime = only, nil, true
		}
		if options != nil {
			said := s.original(c.from, c.to)
			return nil, s.ask(c.from, c.to, "“"+said+"”是上午还是下午？", sayClock(options[0]), sayClock(options[1]))
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// deep is how far within the quiet hours a time lies that nobody means.
const deep = 60

// onlyByDay gives the one of two times of day that is not deep in the quiet
// hours, where the sentence says neither 上午 nor 下午.
func (c *Calendar) onlyByDay(said clock, two []int) (int, bool) {
	if said.period != "" || len(two) != 2 {
		return 0, false
	}
	night := func(n int) bool {
		quiet := c.quiet.Load()
		length := (quiet[1] - quiet[0] + dayMinutes) % dayMinutes
		into := (n - quiet[0] + dayMinutes) % dayMinutes
		return into >= deep && into <= length-deep
	}
	if night(two[0]) == night(two[1]) {
		return 0, false
	}
	if night(two[0]) {
		return two[1], true
	}
	return two[0], true
}

func (s *scan) onlyPart() ([]int, error) {
	options := map[string][]string{
		"凌晨": {"凌晨5:00"}, "上午": {"上午9:00", "上午10:00"}, "下午": {"下午3:00", "下午4:00"}, "晚上": {"晚上7:00", "晚上8:00"},
	}[partOf[s.w.period]]
	if options == nil { // 中午
		return []int{12 * 60}, nil
	}
	return nil, s.ask(s.w.clockAt, s.w.clockTo, s.w.period+"几点提醒？请选一个，或者写一个时间。", options...)
}
