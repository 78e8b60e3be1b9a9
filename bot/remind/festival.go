package remind

// festivals have a name people use, the words for it, and its date: a month
// and day of the sun (positive) or of the moon (lunar), or a rule.
type festivalRule struct {
	name  string
	words string // alternatives of a regular expression, longest first
	lunar bool
	month int
	day   int // negative: from the end of the month
}

// The bare numbers (三八, 五一, 十一) are festivals only where no unit follows;
// see bareFestival.
var festivals = []festivalRule{
	{"元旦", "元旦节?|阳历新年", false, 1, 1},
	{"三八节", "三八国际(?:劳动)?妇女节|国际(?:劳动)?妇女节|三八妇女节|三八节|妇女节|三八|3\\.8节|38节", false, 3, 8},
	{"劳动节", "五一国际劳动节|五一劳动节|五一节|劳动节|五一", false, 5, 1},
	{"青年节", "五四青年节|五四节|青年节", false, 5, 4},
	{"儿童节", "六一国际儿童节|国际儿童节|六一儿童节|六一节|儿童节|六一", false, 6, 1},
	{"建党节", "七一建党节|建党节|党的生日|七一", false, 7, 1},
	{"建军节", "八一建军节|建军节|八一", false, 8, 1},
	{"教师节", "教师节", false, 9, 10},
	{"情人节", "西方情人节|情人节", false, 2, 14},
	{"植树节", "植树节", false, 3, 12},
	{"消费者权益日", "国际消费者权益日|消费者权益日", false, 3, 15},
	{"愚人节", "愚人节", false, 4, 1},
	{"护士节", "国际护士节|护士节", false, 5, 12},
	{"记者节", "记者节", false, 11, 8},
	{"宪法日", "国家宪法日|宪法日", false, 12, 4},
	{"志愿者日", "国际志愿者日|志愿者日", false, 12, 5},
	{"平安夜", "平安夜", false, 12, 24},
	{"圣诞节", "圣诞节|圣诞", false, 12, 25},
	{"国庆节", "十一国庆节|十一国庆|国庆节|国庆|十一", false, 10, 1},
	{"母亲节", "母亲节", false, 5, 0},
	{"父亲节", "父亲节", false, 6, 0},
	{"清明节", "清明节|清明", false, 4, 0},
	{"小寒", "小寒", false, 1, 0}, {"大寒", "大寒", false, 1, 0}, {"立春", "立春", false, 2, 0}, {"雨水", "雨水", false, 2, 0},
	{"惊蛰", "惊蛰", false, 3, 0}, {"春分", "春分", false, 3, 0}, {"谷雨", "谷雨", false, 4, 0}, {"立夏", "立夏", false, 5, 0},
	{"小满", "小满", false, 5, 0}, {"芒种", "芒种", false, 6, 0}, {"夏至", "夏至", false, 6, 0}, {"小暑", "小暑", false, 7, 0},
	{"大暑", "大暑", false, 7, 0}, {"立秋", "立秋", false, 8, 0}, {"处暑", "处暑", false, 8, 0}, {"白露", "白露", false, 9, 0},
	{"秋分", "秋分", false, 9, 0}, {"寒露", "寒露", false, 10, 0}, {"霜降", "霜降", false, 10, 0}, {"立冬", "立冬", false, 11, 0},
	{"小雪", "小雪", false, 11, 0}, {"大雪", "大雪", false, 12, 0}, {"冬至", "冬至节?", false, 12, 0},
	{"除夕", "除夕夜?|大年三十|年三十|大年夜", true, 12, -1},
	{"春节", "农历新年|大年初一|春节|新春", true, 1, 1},
	{"元宵节", "元宵节|元宵", true, 1, 15},
	{"端午节", "端午节|端午", true, 5, 5},
	{"七夕节", "七夕节|七夕", true, 7, 7},
	{"中秋节", "中秋节|中秋", true, 8, 15},
	{"重阳节", "重阳节|重阳", true, 9, 9},
	{"腊八节", "腊八节|腊八", true, 12, 8},
	{"中元节", "中元节", true, 7, 15},
	{"龙抬头", "龙抬头", true, 2, 2},
}

// festival is the day of a festival in a year, for lunar ones in the lunar
// year of that number; zero for a name that is not known.
func (c *Calendar) festival(name string, year int) Day {
	if index, ok := terms[name]; ok {
		return c.term(year, index)
	}
	switch name {
	case "母亲节":
		return nthWeekday(year, 5, 7, 2)
	case "父亲节":
		return nthWeekday(year, 6, 7, 3)
	}
	for _, f := range festivals {
		if f.name != name {
			continue
		}
		if !f.lunar {
			return civil(year, f.month, f.day)
		}
		return c.lunarDate(year, f.month, f.day)
	}
	return 0
}

// nthWeekday is the n-th of a weekday in a month, from the end if n is
// negative; zero if the month has none.
func nthWeekday(y, m, weekday, n int) Day {
	first, last := civil(y, m, 1), civil(y, m, monthDays(y, m))
	if n < 0 {
		d := last - Day((last.weekday()-weekday+7)%7) + Day(7*(n+1))
		if d < first {
			return 0
		}
		return d
	}
	d := first + Day((weekday-first.weekday()+7)%7) + Day(7*(n-1))
	if d > last {
		return 0
	}
	return d
}
