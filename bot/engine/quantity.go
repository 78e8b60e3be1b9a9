package engine

import (
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

// quantity is a number of something.
type quantity struct {
	value float64
	unit  string
}

// interval is what a clause says a number of something may be: from low up to,
// but not including, high.
type interval struct {
	unit      string
	low, high float64
}

func (r interval) holds(v float64) bool { return r.low <= v && v < r.high }

var (
	digitRuns  = text.NewPattern(`\d+`)
	askedUnits = text.NewPattern(`(` + numeral + `)\s*(?:来|多)?\s*(个月|个|名|人|家|户|岁|分|元|块|万|天|日|年|月|平|公里|桌|票|次|%|成|小时|回)`)
	textUnits  = text.NewPattern(`(` + numeral + `)(个工作日|工作日|个月|万元|元|个|名|位|人|家|户|周岁|岁|分|天|日|年|月|桌|次|%|成|小时|块)`)
	compared   = text.NewPattern(`(不足|不满|未满|超过|满|多于|少于|不少于|不低于|不超过|低于|高于|达到)?(` + numeral + `)(个月|个|名|人|家|户|周岁|岁|分|元|万元` +
		`|天|日|个?工作日|年|月|平方米|公里|桌|票|次|%)(以上|以下|以内|及以上)?(?:不[满足](` + numeral + `))?`)
)

// oneUnit gives the name that stands for all names of a unit.
func oneUnit(u string) string {
	switch u {
	case "个", "名", "位":
		return "人"
	case "日", "工作日", "个工作日":
		return "天"
	case "个月":
		return "月"
	case "周岁":
		return "岁"
	case "块", "万", "万元":
		return "元"
	case "回":
		return "次"
	case "平方米":
		return "平"
	}
	return u
}

func quantitiesIn(s string) []quantity { return quantities(askedUnits, s) }

func quantities(re *text.Pattern, s string) []quantity {
	var out []quantity
	for _, m := range re.FindAllStringSubmatch(s, -1) {
		v, ok := numberOf(m[1])
		if !ok {
			continue
		}
		if strings.HasPrefix(m[2], "万") {
			v *= 10000
		}
		out = append(out, quantity{v, oneUnit(m[2])})
	}
	return out
}

// intervals gives the comparisons that a clause makes.
func intervals(s string) []interval {
	var out []interval
	for _, m := range compared.FindAllStringSubmatch(s, -1) {
		v, ok := numberOf(m[2])
		if !ok {
			continue
		}
		if m[3] == "万元" {
			v *= 10000
		}
		r := interval{unit: oneUnit(m[3])}
		top, bounded := numberOf(m[5])
		switch {
		case bounded:
			r.low, r.high = v, top
		case isOne(m[1], "不足", "不满", "未满", "少于", "低于", "不超过"), isOne(m[4], "以下", "以内"):
			r.high = v
		case m[1] != "", m[4] != "":
			r.low, r.high = v, 1e12
		default:
			continue
		}
		out = append(out, r)
	}
	return out
}

func isOne(s string, of ...string) bool {
	for _, x := range of {
		if s == x {
			return true
		}
	}
	return false
}

// numberOf reads a number in Chinese or Arabic digits.
func numberOf(s string) (float64, bool) {
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return v, true
	}
	if s == "" {
		return 0, false
	}
	if s == "半" {
		return 0.5, true
	}
	n, ok := text.Value(s)
	return float64(n), ok
}

var (
	// numberAsked asks for a number of something.
	numberAsked = text.NewPattern(`(?:多少|几)[个名位]?(?:女[的职员]?工?|员工|职工)?(人|家|户|岁|元|块|天|次|女|职工|员工)`)
	// unitsCounted counts organisations, by the word that counts persons as well.
	unitsCounted = text.NewPattern(`((?:单位|企业|公司|组织)[^，。；]{0,8}?` + numeral + `)个`)
)

// Measures says whether a sentence has a number of the very thing of which a question
// has, or asks for, a number. One of something is no number: 多久一次.
func Measures(question, sentence string) bool {
	units := map[string]bool{}
	for _, q := range quantitiesIn(question) {
		units[q.unit] = units[q.unit] || q.value > 1
	}
	for _, m := range numberAsked.FindAllStringSubmatch(question, -1) {
		if size(m[1]) > 1 || m[1] == "女" {
			m[1] = "人"
		}
		units[oneUnit(m[1])] = true
	}
	for _, n := range quantities(textUnits, unitsCounted.ReplaceAllString(sentence, "${1}家")) {
		if units[n.unit] {
			return true
		}
	}
	return false
}
