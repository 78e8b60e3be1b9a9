package index

import (
	"math"
	"unicode/utf8"
)

// Cut parts a text of Chinese characters into words: of all ways the one whose
// words are the most probable by how common they are. known says that a word
// the tables may lack is one all the same.
func Cut(text string, known func(string) bool) []string {
	r := []rune(text)
	best, next := make([]float64, len(r)+1), make([]int, len(r)+1)
	for i := len(r) - 1; i >= 0; i-- {
		best[i] = math.Inf(-1)
		for j := i + 1; j <= min(len(r), i+longestKnown); j++ {
			p, ok := chance(string(r[i:j]), known)
			if !ok {
				continue
			}
			if v := p + best[j]; v > best[i] {
				best[i], next[i] = v, j
			}
		}
	}
	var out []string
	for i := 0; i < len(r); i = next[i] {
		out = append(out, string(r[i:next[i]]))
	}
	return out
}

// longestKnown is how many characters a word has at most, the known ones
// among them.
const longestKnown = 8

// allWords is the logarithm of all that jieba's corpus has.
const allWords = 17.9

// chance gives the logarithm of how probable a word is; a character is always
// a word, however rare.
func chance(word string, known func(string) bool) (float64, bool) {
	n := utf8.RuneCountInString(word)
	f := frequency(word)
	if n > 1 && known(word) {
		f = math.Max(f, 60*math.Pow(10, float64(n-1)))
	}
	if f == 0 {
		if n > 1 {
			return 0, false
		}
		f = 1
	}
	return math.Log(f) - allWords, true
}
