package text

import (
	"slices"
	"strings"
)

// HasAny says whether a text has one of the words in it.
func HasAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// StartsAny says whether a text begins with one of the words.
func StartsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// EndsAny says whether a text ends in one of the words.
func EndsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}
