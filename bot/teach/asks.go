package teach

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/index"
	"zujian/knowledge"
)

// asksSomething is the form of a question.
var asksSomething = regexp.MustCompile(`[?？]|谁|哪|怎|咋|啥|什么|几|多少|多久|多大|吗|么|呢|能不能|可不可以|要不要|是不是|有没有|会不会|该不该|算不算|为何|如何|是否|能否|可否|行不行|还是|凭什么|干嘛`)

const (
	shortestAsk = 4
	longestAsk  = 40
)

// asks takes ways of asking one after another, and keeps those that are new.
type asks struct{ seen map[string]bool }

// newAsks knows what is asked already.
func newAsks(l *knowledge.Library) *asks {
	a := &asks{map[string]bool{}}
	for _, d := range l.Documents {
		for _, x := range d.Asked {
			for _, q := range x.Asks {
				a.seen[normal(q)] = true
			}
		}
		for _, w := range d.Written {
			for _, q := range w.Asks {
				a.seen[normal(q)] = true
			}
		}
		for _, g := range d.Gaps {
			for _, q := range g.Asks {
				a.seen[normal(q)] = true
			}
		}
	}
	return a
}

// normal is a way of asking as it is told from others.
func normal(q string) string {
	return strings.TrimFunc(index.Normalise(q), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var numbering = regexp.MustCompile(`^\s*(?:[-*•·]|\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*`)

// take gives a drafted way of asking as it may be kept; false where it is
// no question, holds a number or a name that is masked, or is not new.
func (a *asks) take(q string) (string, bool) {
	q = strings.TrimSpace(strings.Trim(numbering.ReplaceAllString(q, ""), "“”\"' 　"))
	n := utf8.RuneCountInString(q)
	switch {
	case n < shortestAsk || n > longestAsk, strings.ContainsAny(q, "\n\r[]{}<>《》"):
		return "", false
	case !asksSomething.MatchString(q), strings.IndexFunc(q, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0:
		return "", false
	case chat.MaskNames(chat.Mask(q)) != q, a.seen[normal(q)]:
		return "", false
	}
	a.seen[normal(q)] = true
	return q, true
}
