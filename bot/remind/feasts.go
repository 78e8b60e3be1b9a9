package remind

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// lunarRules read 农历 and the days of the lunar month.
var lunarRules = []rule{
	pattern(`(?:每月?)?逢?(?:农历)?初一[、和,]?十五`, func(s *scan, m []string) error { // 逢初一十五 is of every month
		if s.w.hasDay() && !s.openPeriod() || !strings.ContainsAny(m[0], "每逢") && !s.openPeriod() {
			return errNot
		}
		s.w.each(monthFrame, 1)
		s.w.lunar = true
		s.w.picks = []Pick{{Of: "day", N: 1}, {Of: "day", N: 15}}
		return nil
	}),
	pattern(`农历|阴历|旧历`, func(s *scan, m []string) error {
		if s.follows("新") { // 农历新年
			return errNot
		}
		if s.w.inherited && s.w.frame != yearFrame && s.w.frame != monthFrame {
			s.w.own()
		}
		if len(s.w.months)+len(s.w.picks) > 0 || s.w.date != 0 || s.w.festival != "" || s.w.lunar {
			return s.conflict()
		}
		s.w.lunar = true
		return nil
	}),
	pattern(`公历|阳历|新历`, func(s *scan, m []string) error {
		if s.follows("新") { // 阳历新年
			return errNot
		}
		return nil
	}),
	pattern(`小年`, func(s *scan, m []string) error {
		a := s.here(m, "“小年”是腊月二十三还是二十四？", "腊月二十三（北方小年）", "腊月二十四（南方小年）")
		a.Fill = []string{"农历腊月二十三", "农历腊月二十四"}
		return a
	}),
	pattern(`大年(初[一二三四五六七八九十])`, func(s *scan, m []string) error {
		if s.w.hasDay() && s.w.frame != yearFrame {
			return s.conflict()
		}
		s.w.lunar, s.w.months = true, []int{1}
		return s.lunarDay(m[1])
	}),
	pattern(`(初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|\d{1,2})(?:日|号)?`, func(s *scan, m []string) error {
		if (strings.HasPrefix(m[1], "初") || strings.HasPrefix(m[1], "廿")) && s.w.frame == monthFrame && s.w.recurs {
			s.w.lunar = true // no other month counts its days so
		}
		if strings.HasPrefix(m[1], "初") && !s.w.hasDay() && !s.follows("点时:月") {
			return s.here(m, "“"+m[0]+"”是哪个月的？", "农历正月"+m[1], "农历每月"+m[1])
		}
		if !s.w.lunar || len(s.w.picks) > 0 && !s.joined || len(s.w.months) == 0 && s.w.frame != monthFrame || s.follows("点时:月") {
			return errNot
		}
		return s.lunarDay(m[1])
	}),
}

func (s *scan) lunarDay(said string) error {
	n := number(strings.TrimPrefix(said, "初"))
	if n < 1 || n > 30 {
		return noSuch(said, "农历正月十五")
	}
	s.w.pick(Pick{Of: "day", N: n})
	return nil
}

// lunarMonthWord reads 正月, 冬月, 腊月. A leap month does not come every year,
// so that no reminder can be set for it.
func lunarMonthWord(s *scan, m []string) error {
	if m[1] == "闰" {
		return &problem{ErrUnclear, "闰月不是年年有，不能按闰月设提醒。请写公历的日子，或者不带“闰”字的农历月份。"}
	}
	w := s.w
	if w.inherited && w.frame != yearFrame {
		w.own()
	}
	if len(w.months)+len(w.picks) > 0 || w.date != 0 || w.festival != "" || w.frame != noFrame && w.frame != yearFrame {
		return s.conflict()
	}
	if m[2] == "元" { // January, when days of the moon are not meant
		w.months = []int{1}
		return nil
	}
	w.lunar = true
	w.months = []int{map[string]int{"正": 1, "冬": 11, "腊": 12}[m[2]]}
	return nil
}

// festivalRules make a rule of each festival, and ask for the days that are
// not on a calendar.
func festivalRules() []rule {
	var rules []rule
	for _, f := range festivals {
		rules = append(rules, pattern(`(`+f.words+`)(假期|长假|小长假|放假|节假|假)?(?:当天|当日)?`, func(s *scan, m []string) error {
			if bare[m[1]] && m[2] == "" && !s.closes() {
				return errNot
			}
			return s.feastNamed(f.name, m[2] != "")
		}))
	}
	return append(rules, pattern(`(?:年|节|假期?|长假)(前|后)`, func(s *scan, m []string) error {
		if s.w.hasDay() && !s.w.inherited {
			return errNot
		}
		s.pos -= len(m[1])
		name := strings.TrimSuffix(m[0], m[1])
		if name == "年" {
			return s.ask(s.pos-len(name), s.pos, "“年"+m[1]+"”说的是春节还是元旦？", "春节", "元旦")
		}
		return s.ask(s.pos-len(name), s.pos, "“"+m[0]+"”说的是哪个节？", s.feastsToCome()...)
	}), pattern(`(?:节|假期?|长假)`, func(s *scan, m []string) error {
		if s.w.festival == "" || !strings.HasPrefix(s.norm[s.pos:], "前") && !strings.HasPrefix(s.norm[s.pos:], "后") {
			return errNot
		}
		s.w.holiday = true
		return nil
	}))
}

// feastNamed takes a festival for the day, or for a word beside it.
func (s *scan) feastNamed(name string, holiday bool) error {
	w := s.w
	if w.inherited && w.frame != yearFrame {
		w.own()
	}
	if w.festival != "" || len(w.months)+len(w.picks) > 0 || w.date != 0 || w.lunar || w.frame != noFrame && w.frame != yearFrame {
		return s.conflict()
	}
	w.festival, w.holiday = name, holiday || w.holiday
	return nil
}

// bare are festivals that are named by their date alone. They are taken for
// one only where nothing follows that they could count.
var bare = map[string]bool{"三八": true, "五一": true, "六一": true, "七一": true, "八一": true, "十一": true}

var closing = text.NewPattern(`^(?:$|、|和|及|与|前|后|当|节|的?(?:上午|下午|早|晚|中午|凌晨)|,|提前|次日|之前|以前)`)

// closes reports whether a bare number of a festival may end here.
func (s *scan) closes() bool { return closing.MatchString(s.norm[s.pos:s.limit]) }

// feastsToCome are the next two festivals with days off.
func (s *scan) feastsToCome() []string {
	type feast struct {
		name string
		day  Day
	}
	var all []feast
	for _, name := range []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"} {
		for y := s.today().year() - 1; ; y++ {
			if d := s.cal.festival(name, y); d > s.today() {
				all = append(all, feast{name, d})
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b feast) int { return int(a.day - b.day) })
	return []string{all[0].name, all[1].name}
}

var festivalWord = text.NewPattern("^(?:" + festivalWords() + ")")

func festivalWords() string {
	var all []string
	for _, f := range festivals {
		all = append(all, f.words)
	}
	return strings.Join(all, "|")
}

// festivalFollows reports whether a festival stands at the position.
func (s *scan) festivalFollows() bool {
	return s.pos < s.limit && festivalWord.MatchString(s.norm[s.pos:s.limit])
}
