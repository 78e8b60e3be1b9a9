package index

import "strings"

// lowerForms are the forms of rules that rank below a law (法律位阶:
// 立法法 articles 98 to 102): a question is answered by the law first, by what
// carries the law out next.
var lowerForms = strings.Fields(`条例 规定 办法 细则 规则 解释 解答 安排 批复`)

// subordinate says that a title is one of rules below a law. What is no rule
// at all, such as a speech or a notice, ranks with the laws: it is in an index
// because its office wants it found.
func subordinate(title string) bool {
	title = strings.TrimSpace(title)
	if i := strings.LastIndex(title, "（"); i > 0 && strings.HasSuffix(title, "）") {
		title = title[:i]
	}
	for _, form := range lowerForms {
		if strings.HasSuffix(title, form) {
			return true
		}
	}
	return false
}

// named says that a question in normal form names the place that a title
// begins with, and so asks for just these rules.
func named(title, question string) bool {
	begin := []rune(title)
	place := strings.IndexAny(string(begin[:min(len(begin), longestPlace)]), "省市县区")
	return place > 0 && strings.Contains(question, string(begin[:2]))
}

// longestPlace is within how many characters the name of a place has its kind.
const longestPlace = 8
