package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// whichOnes asks for the members of something by name.
var whichOnes = regexp.MustCompile(`(?:具体|到底|究竟).{0,8}(?:哪|包括|包含|什么内容|哪些|指的?是?什么|是啥|有啥)|(?:包括|包含|分为|分成)(?:哪|什么|啥)`)

// listed says whether sentences give what a question for the members of
// something asks: a list that ends in the thing (甲、乙等园区), or the thing
// with what it is after it (“小个专”(…), “两个负责”,即…). Any other question it
// lets pass.
func listed(q string, sentences []ref) bool {
	if !whichOnes.MatchString(q) {
		return true
	}
	return slices.ContainsFunc(sentences, func(r ref) bool {
		text := r.text()
		if isHeading(r) {
			return true
		}
		thing := longestShared(q, text)
		if utf8.RuneCountInString(thing) < 2 {
			return true
		}
		at := strings.Index(text, thing)
		return listBefore(text[:at]) || listAfter(text[at+len(thing):])
	})
}

var (
	listEnds   = regexp.MustCompile(`、[^,，。；;]*等[^,，。；;、]{0,12}$|、[^,，。；;]{0,14}$`)
	listBegins = regexp.MustCompile(`^[^,，。；;、]{0,6}[”」]?(?:[(（:：]|[,，]?即|[,，]?要|、)`)
)

func listBefore(text string) bool { return listEnds.MatchString(text) }
func listAfter(text string) bool  { return listBegins.MatchString(text) }

// longestShared gives the longest stretch that two texts share.
func longestShared(q, text string) string {
	r := []rune(q)
	best := ""
	for i := range r {
		for n := utf8.RuneCountInString(best) + 1; i+n <= len(r); n++ {
			s := string(r[i : i+n])
			if !strings.Contains(text, s) {
				break
			}
			best = s
		}
	}
	return best
}
