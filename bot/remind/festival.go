package remind

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"zujian/knowledge/text"
)

//go:embed festivals.txt
var festivalTable string

// festivalRule is a festival with the words for it.
type festivalRule struct {
	name  string
	words string   // alternatives of a regular expression, longest first
	on    []string // its day, as the groups of festivalDay
}

// festivals are those of the table. The bare numbers (三八, 五一, 十一) are
// festivals only where no unit follows; see bare.
var festivals = readFestivals(festivalTable)

var festivalDay = text.NewPattern(`^(?:节气(\d+)|(农历)?(\d+)-(?:(\d+)|(末)|第(\d)个周日))$`)

func readFestivals(table string) []festivalRule {
	var all []festivalRule
	for line := range strings.Lines(table) {
		cells := strings.Fields(line)
		if len(cells) == 0 || cells[0] == "#" {
			continue
		}
		on := festivalDay.FindStringSubmatch(cells[1])
		if on == nil {
			panic("festivals.txt: " + line) // it ships; every test of a phrase reads it
		}
		all = append(all, festivalRule{cells[0], alternatives(append(cells[2:], cells[0])), on})
	}
	return all
}

// alternatives is a regular expression of any of some words, the longest first.
func alternatives(words []string) string {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	return strings.Join(words, "|")
}

// festival is the day of a festival in a year, for lunar ones in the lunar
// year of that number; zero for a name that is not known.
func (c *Calendar) festival(name string, year int) Day {
	i := slices.IndexFunc(festivals, func(f festivalRule) bool { return f.name == name })
	if i < 0 {
		return 0
	}
	on, n := festivals[i].on, text.Whole
	switch {
	case on[1] != "":
		return termOf(year, n(on[1]))
	case on[6] != "":
		return nthWeekday(year, n(on[3]), 7, n(on[6]))
	case on[5] != "":
		return c.lunarDate(year, n(on[3]), -1)
	case on[2] != "":
		return c.lunarDate(year, n(on[3]), n(on[4]))
	}
	return civil(year, n(on[3]), n(on[4]))
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
