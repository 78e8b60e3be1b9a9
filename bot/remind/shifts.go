package remind

import "strings"

// shiftRules say what becomes of a day without work.
var shiftRules = []rule{
	pattern(meets+restDays+`(?:的话|的|时)?,?(?:则|就|便)?(?:自动)?(`+shiftWords+`)(?:一天|`+workdayTo+`)?`, shift),
	pattern(restDays+`(?:的话)?,?(?:则|就|便)?(?:自动)?(`+shiftWords+`)(?:`+workdayTo+`)?`, shift),
	pattern(`(?:除了?|不含|不包括)`+restDays+`(?:之?外|以外)?`, func(s *scan, m []string) error { return s.setShift(Skip) }),
	pattern(restDays+`(?:除外|不算)`, func(s *scan, m []string) error { return s.setShift(Skip) }),
	pattern(`不上班(?:的话)?,?(?:则|就)?(`+shiftWords+`)(?:`+workdayTo+`)?`, shift),
}

const (
	meets      = `(?:如果|如|若|要是|万一|当天|当日)?(?:正好|恰好|刚好)?(?:遇到|遇上|遇|逢|碰到|碰上|赶上|是|撞上)(?:了)?`
	restDays   = `(?:法定)?(?:节假日|周末|双休日|休息日|节日|假日|假期|放假|非工作日|周六日|周六、周日|周六周日)(?:(?:和|或者?|及|、)(?:法定)?(?:节假日|周末|双休日|休息日|假期|放假))?`
	workdayTo  = `[到至](?:最近的|前面?的?|后面?的?|上|下|之?前的?|之?后的?)?一?个?(?:工作日|周五|周一|星期五|星期一)`
	shiftWords = `顺延|往后推|往后顺延|推迟|延后|后延|延到|推到|提前|往前提|往前推|提早|不发|不提醒|不用提醒|跳过|停发|照发|照常`
)

func shift(s *scan, m []string) error {
	switch word := m[1]; {
	case strings.Contains(word, "前"), word == "提早":
		return s.setShift(Before)
	case strings.HasPrefix(word, "不"), word == "跳过", word == "停发":
		return s.setShift(Skip)
	case strings.HasPrefix(word, "照"):
		return s.setShift(Stay)
	}
	return s.setShift(After)
}

func (s *scan) setShift(to string) error {
	s.set.shift, s.set.shifted = to, true
	return nil
}
