package remind

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Understood says in Chinese how a sentence was understood: all that decides
// when the reminder comes, to whom and of what.
func (p Plan) Understood() string {
	said := p.Says()
	if p.Assumed {
		said += "（没有写几点，按" + sayClock(p.Clock[0]) + "）"
	}
	if p.Daytime {
		said += "（没有写上午还是下午，夜里不打扰，按" + p.sayClocks() + "）"
	}
	who := p.Who
	if who == "我" || who == "我自己" || who == "本人" {
		who = "您"
	}
	switch {
	case p.What == "" && who == "":
		return said + "。"
	case p.What == "":
		return said + "，提醒" + who + "。"
	case who == "":
		return said + "，提醒：" + p.What + "。"
	}
	return said + "，提醒" + who + "：" + p.What + "。"
}

// Says is the part of Understood that says when. Parse reads it as the same
// plan.
func (p Plan) Says() string {
	var b strings.Builder
	all := p.rules()
	from, until := all[0].From, all[0].Until
	for _, r := range all {
		if !r.recurs() || r.From != from || r.Until != until {
			from, until = 0, 0
		}
	}
	if from != 0 {
		b.WriteString("从" + from.String() + "起")
	}
	for i, r := range all {
		if i > 0 {
			b.WriteString("和")
		}
		b.WriteString(r.says())
	}
	b.WriteString(map[string]string{Before: "，遇节假日、周末提前到前一个工作日", After: "，遇节假日、周末顺延到下一个工作日", Skip: "，遇节假日、周末不发"}[p.Shift])
	if len(p.NotOn) > 0 {
		b.WriteString("，" + sayNotOn(p.NotOn) + "除外")
	}
	b.WriteString(p.sayWithout())
	if until != 0 {
		b.WriteString("，到" + until.String() + "为止")
	}
	return b.String()
}

// sayWithout names the days left out, those in a row by the first and the last.
func (p Plan) sayWithout() string {
	said := ""
	for i := 0; i < len(p.Without); i++ {
		first := p.Without[i]
		for i+1 < len(p.Without) && p.Without[i+1] == p.Without[i]+1 {
			i++
		}
		said += "，" + first.String()
		if last := p.Without[i]; last != first {
			said += "到" + last.String()
		}
		said += "除外"
	}
	return said
}

func sayNotOn(days []int) string {
	var all []string
	for _, d := range days {
		all = append(all, weekdayName(d))
	}
	return strings.Join(all, "、")
}

// sayClocks lists the times of day of all rules.
func (p Plan) sayClocks() string {
	var all []string
	for _, r := range p.rules() {
		for _, m := range r.Clock {
			if c := sayClock(m); !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return strings.Join(all, "、")
}

func (r Rule) says() string {
	var clocks []string
	for _, m := range r.Clock {
		clocks = append(clocks, sayClock(m))
	}
	said := r.sayDay() + r.saySteps() + strings.Join(clocks, "、")
	if r.Lead > 0 {
		said += "提前" + sayLead(r.Lead)
	}
	return said
}

func sayLead(n int) string {
	if n%60 == 0 {
		return fmt.Sprintf("%d小时", n/60)
	}
	return fmt.Sprintf("%d分钟", n)
}

func (p Rule) sayDay() string {
	switch p.Unit {
	case Once:
		return p.Date.String()
	case EachDay:
		if p.every() == 1 {
			return "每天"
		}
		return "每" + han(p.Every) + "天" + p.since()
	case Workday:
		return "每个工作日"
	case Week:
		return p.sayWeek()
	case Month:
		return p.sayMonth()
	case Lunar:
		return p.sayMoon()
	}
	if p.Single {
		return fmt.Sprintf("%d年%s%s（%s）", p.From.year(), p.Festival, p.sayHoliday(), p.From)
	}
	if p.every() > 1 {
		return "每" + han(p.Every) + "年" + p.Festival + p.sayHoliday() + p.since()
	}
	return "每年" + p.Festival + p.sayHoliday()
}

func (p Rule) sayHoliday() string {
	if p.Holiday {
		return "放假"
	}
	return ""
}

// since says what every second or third period counts from.
func (p Rule) since() string { return "（" + p.Date.String() + "算第一次）" }

func (p Rule) sayWeek() string {
	var days []string
	for _, k := range p.Picks {
		if k.Of == "weekday" {
			days = append(days, weekdayName(k.Weekday))
		} else {
			days = append(days, "周"+k.say())
		}
	}
	said := strings.Join(days, "、")
	switch {
	case p.Single && len(p.Picks) == 1 && p.Picks[0].Of == "weekday":
		d := p.From
		for d.weekday() != p.Picks[0].Weekday {
			d++
		}
		return d.String() + "（" + said + "）"
	case p.Single:
		return p.From.String() + "那一周的" + said
	case p.every() > 1:
		return "每" + han(p.Every) + "周" + said + p.since()
	}
	return "每" + said
}

func weekdayName(n int) string {
	return "周" + []string{"一", "二", "三", "四", "五", "六", "日"}[n-1]
}

var (
	quarterEnds = []int{3, 6, 9, 12}
	halfEnds    = []int{6, 12}
)

func (p Rule) sayMonth() string {
	picks := p.sayPicks()
	switch {
	case p.Single && len(p.Months) > 0:
		return fmt.Sprintf("%d年%s月%s", p.From.year(), list(p.Months), picks)
	case p.Single:
		y, m, _ := p.From.date()
		return fmt.Sprintf("%d年%d月%s", y, m, picks)
	case len(p.Months) == 0 && p.every() == 1:
		return "每月" + picks
	case len(p.Months) == 0:
		return "每" + han(p.Every) + "个月" + picks + p.since()
	case p.every() > 1:
		return "每" + han(p.Every) + "年" + list(p.Months) + "月" + picks + p.since()
	case p.Picks[0].N < 0 && slices.Equal(p.Months, quarterEnds):
		return "每季度" + picks + "（3、6、9、12月）"
	case p.Picks[0].N < 0 && slices.Equal(p.Months, halfEnds):
		return "每半年" + picks + "（6、12月）"
	}
	return "每年" + list(p.Months) + "月" + picks
}

func list(numbers []int) string {
	var all []string
	for _, n := range numbers {
		all = append(all, strconv.Itoa(n))
	}
	return strings.Join(all, "、")
}

func (p Rule) sayPicks() string {
	var days []string
	for i, k := range p.Picks {
		said := k.say()
		if i+1 < len(p.Picks) && k.Of == "day" && k.N > 0 && p.Picks[i+1].Of == "day" && p.Picks[i+1].N > 0 {
			said = strings.TrimSuffix(said, "日")
		}
		days = append(days, said)
	}
	return strings.Join(days, "、")
}

func (k Pick) say() string {
	what := map[string]string{"day": "天", "workday": "个工作日"}[k.Of]
	if k.Of == "weekday" {
		what = "个" + weekdayName(k.Weekday)
	}
	switch {
	case k.Of == "day" && k.N > 0:
		return strconv.Itoa(k.N) + "日"
	case k.N == -1 && k.Of == "day":
		return "最后一天"
	case k.N == -1:
		return "最后一" + what
	case k.N < 0:
		return "倒数第" + spoken(-k.N) + what
	}
	return "第" + spoken(k.N) + what
}

func (p Rule) sayMoon() string {
	said := "农历"
	if p.Single {
		said = strconv.Itoa(p.From.year()) + "年农历"
	}
	if len(p.Months) > 0 {
		said += map[int]string{1: "正", 11: "冬", 12: "腊"}[p.Months[0]]
		if p.Months[0] > 1 && p.Months[0] < 11 {
			said += spoken(p.Months[0])
		}
	} else {
		said = "农历每"
	}
	said += "月"
	var days []string
	for _, k := range p.Picks {
		days = append(days, lunarDayName(k.N))
	}
	said += strings.Join(days, "、")
	switch {
	case p.Single:
		return said + "（" + p.From.String() + "）"
	case len(p.Months) == 0:
		return said
	case p.every() > 1:
		return "每" + han(p.Every) + "年" + said + p.since()
	}
	return "每年" + said
}

func lunarDayName(n int) string {
	switch {
	case n < 0:
		return "最后一天"
	case n <= 10:
		return "初" + spoken(n)
	}
	return spoken(n)
}

func (p Rule) saySteps() string {
	var b strings.Builder
	for _, s := range p.Steps {
		n, way := s.N, "后第"
		if n < 0 {
			n, way = -n, "前"
		}
		switch s.Unit {
		case "workday":
			if way == "前" {
				fmt.Fprintf(&b, "前%s个工作日", han(n))
			} else {
				fmt.Fprintf(&b, "后第%s个工作日", spoken(n))
			}
		case "weekday":
			if way == "前" {
				fmt.Fprintf(&b, "前最后一个%s", weekdayName(s.Weekday))
			} else {
				fmt.Fprintf(&b, "后第%s个%s", spoken(n), weekdayName(s.Weekday))
			}
		case "week":
			if n == 0 {
				b.WriteString("当周的" + weekdayName(s.Weekday))
			} else {
				fmt.Fprintf(&b, "%s%s周的%s", strings.TrimSuffix(way, "第"), han(n), weekdayName(s.Weekday))
			}
		case "month":
			fmt.Fprintf(&b, "%s%s个月", strings.TrimSuffix(way, "第"), han(n))
		default:
			fmt.Fprintf(&b, "%s%s天", strings.TrimSuffix(way, "第"), han(n))
		}
	}
	return b.String()
}
