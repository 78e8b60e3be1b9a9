package text

import (
	"strings"
)

// Date is a day, month or year as it is written; Month and Day are 0 where they
// are not given, Year is 0 where only month and day are.
type Date struct {
	Year, Month, Day int
}

const numerals = `[0-9０-９零〇一二三四五六七八九十廿卅]`

var (
	dateWords = NewPattern(`(?:(` + numerals + `{4})年)?(?:(` + numerals + `{1,3})月(?:份)?)?(?:(` + numerals + `{1,4})[日号])?`)
	dateSigns = NewPattern(`\b((?:19|20)\d{2})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\b`)
)

// Dates finds the dates of a text, in order: 2024年3月5日, 二〇二四年三月, 3月5日,
// 2024-03-05. What no calendar has, 13月, is left out.
func Dates(s string) []Date {
	var out []Date
	for _, at := range dateSigns.FindAllStringSubmatchIndex(s, -1) {
		out = take(out, s, at)
	}
	for _, at := range dateWords.FindAllStringSubmatchIndex(s, -1) {
		if at[2] >= 0 || at[4] >= 0 && at[6] >= 0 {
			out = take(out, s, at)
		}
	}
	return out
}

func take(out []Date, s string, at []int) []Date {
	part := func(i int) int {
		if at[2*i] < 0 {
			return 0
		}
		n, ok := Value(strings.TrimSpace(s[at[2*i]:at[2*i+1]]))
		if !ok {
			return -1
		}
		return n
	}
	d := Date{part(1), part(2), part(3)}
	if d.Year < 0 || d.Month < 0 || d.Month > 12 || d.Day < 0 || d.Day > 31 {
		return out
	}
	return append(out, d)
}
