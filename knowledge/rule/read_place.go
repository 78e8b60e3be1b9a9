package rule

import (
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

// parkIn reads whether the organisation is in a park. A planned move says
// nothing of today; a park's own bodies are no place.
func (r *reader) parkIn(i int, c string) string {
	w, from := r.l.has(c, "park")
	if from < 0 {
		return ""
	}
	before, after := c[:from], c[from+len(w):]
	switch {
	case r.unsure(i):
		return Unknown
	case r.l.any(before, "question"), r.l.begins(after, "park_body"):
		return ""
	case r.l.any(before, "past"), text.HasAny(before, "搬出", "迁出", "搬离", "出了"):
		if text.HasAny(c+r.next(i), "搬出", "迁出", "搬离", "搬走", "出来") {
			return "no"
		}
		return ""
	case r.l.any(before, "plan"), text.HasAny(before, "想进", "要进", "想搬", "要搬"):
		return ""
	case movedOut.MatchString(after), outOfPark(before), text.StartsAny(after, "管不着", "管不到", "管不了", "不管", "够不着", "没管",
		"不认"), r.l.begins(strings.TrimLeft(after, "的"), "outside"), text.StartsAny(r.next(i), "不在里", "没在里", "但不在里", "可不在里", "没进去",
		"但没进", "可没进"):
		return "no"
	}
	return "yes"
}

// movedOut reads 园区去年搬出来了.
var movedOut = text.NewPattern(`^(?:也|都|还|就|我们|咱)*(?:没进|没入|没去|没搬|没有进|不沾边?)|^.{0,6}(?:搬出|迁出|搬离|搬走)|^(?:早就|已经|已)?(?:不在|没在)(?:了|里)?$`)

// next gives the clause after, or "".
func (r *reader) next(i int) string {
	if i+1 < len(r.clauses) {
		return r.clauses[i+1]
	}
	return ""
}

func outOfPark(before string) bool {
	tail := tailRunes(before, 9)
	return text.EndsAny(before, "没有", "没", "无") || text.HasAny(tail, "不在", "不属", "没进", "没有进", "未进", "不是", "没在", "没入", "未入", "没有入",
		"没搬进", "不归", "不算", "还没进", "离", "不到", "非", "不靠", "不挨", "不临", "没靠", "没挨着", "没有在", "也不在")
}

// buildingIn reads whether it stands in a building, market or street where
// organisations are close together.
func (r *reader) buildingIn(_ int, c string) string {
	_, at := r.l.has(c, "building")
	if at < 0 || r.l.any(c, "question") || r.l.any(c, "plan") || text.EndsAny(c[:at], "居民", "家属", "宿舍", "教学") {
		return ""
	}
	if notThere.MatchString(tailRunes(c[:at], 6)) {
		return "no"
	}
	return "yes"
}

// notThere denies the place after it: 不在写字楼, not 不在电商园在写字楼.
var notThere = text.NewPattern(`(?:不在|没进|不是|没在|不挨)[^在]*$`)

// units reads how many organisations it is about. Members of an association,
// branches of one company and neighbours are not counted.
func (r *reader) units() {
	for _, c := range r.clauses {
		if n := addedUp(c); n > 1 {
			r.say(unitsFact, strconv.Itoa(n), c)
			return
		}
		for _, n := range text.Numbers(c) {
			if n.Lo < 2 || !unitAfter(c[n.To:]) || text.HasAny(headRunes(c[n.To:], 6), "会员", "门店", "分店", "分公司", "工会") {
				continue
			}
			if text.HasAny(headRunes(c[n.To:], 3), "家有", "家没", "家建", "家里", "家的") || r.l.any(tailRunes(c[:n.From], 8), "rest_not") {
				continue
			}
			if joined, ok := r.joined(c, n); ok {
				r.say(unitsFact, strconv.Itoa(joined), c)
				return
			}
			if r.l.any(tailRunes(c[:n.From], 8), "not_units") {
				continue
			}
			r.say(unitsFact, strconv.Itoa(n.N), c)
			return
		}
	}
}

// addedUp adds up 两家律所、一家税务所: a list of which every item is counted.
func addedUp(c string) int {
	items := strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune("、和跟与及", r) })
	if len(items) < 2 {
		return 0
	}
	total := 0
	for _, item := range items {
		ns := text.Numbers(item)
		if len(ns) == 0 || ns[0].From > 0 || !strings.HasPrefix(item[ns[0].To:], "家") && !strings.HasPrefix(item[ns[0].To:], "所") {
			return 0
		}
		total += ns[0].N
	}
	return total
}

// joined reads 和隔壁两家一起建: the organisation itself and two more.
func (r *reader) joined(c string, n text.Number) (int, bool) {
	before := tailRunes(c[:n.From], 8)
	if !text.HasAny(before, "和", "跟", "与", "同") || !r.l.any(c[n.To:], "together") || r.l.any(c, "party") {
		return 0, false
	}
	return n.N + 1, true
}

// unitWords are what organisations are counted by.
var unitWords = strings.Fields(`家 户 支队 支 个摊 个门面 个档口 个商户 个铺 个单位 个企业 间铺 间店 个店
	所学 所民 所律 所幼 个站点 个网点 个队 个组织 个协会`)

func unitAfter(after string) bool {
	return text.StartsAny(after, unitWords...) && !text.StartsAny(after, "家长", "家庭", "支部")
}
