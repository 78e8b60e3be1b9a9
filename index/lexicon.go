package index

import (
	_ "embed"
	"math"
	"sort"
	"unicode/utf8"
)

// Words of one to four characters, each with a letter for how common it is,
// sorted by bytes and without separators, so that they are searched where they
// lie and cost nothing to load. See data/README.md.
var (
	//go:embed data/words1.txt
	words1 string
	//go:embed data/words2.txt
	words2 string
	//go:embed data/words3.txt
	words3 string
	//go:embed data/words4.txt
	words4 string
)

// longestWord is how many characters a word of the tables has at most.
const longestWord = 4

// class gives how common a word is: -1 where the tables do not have it, else
// twice the logarithm of how often jieba's corpus had it.
func class(word string) int {
	n := utf8.RuneCountInString(word)
	if n < 1 || n > longestWord || len(word) != 3*n {
		return -1
	}
	table, size := [...]string{words1, words2, words3, words4}[n-1], 3*n+1
	rows := len(table) / size
	i := sort.Search(rows, func(i int) bool { return table[i*size:(i+1)*size-1] >= word })
	if i == rows || table[i*size:(i+1)*size-1] != word {
		return -1
	}
	return int(table[(i+1)*size-1] - 'a')
}

// How common a word has to be to stand against a slip of the keyboard: ten
// times in jieba's corpus for two characters, sixty for more.
const (
	commonPair   = 4
	commonLonger = 8
)

// isWord says that text is a common Chinese word of two to four characters.
func isWord(text []rune) bool {
	switch {
	case len(text) == 2:
		return class(string(text)) >= commonPair
	case len(text) > 2 && len(text) <= longestWord:
		return class(string(text)) >= commonLonger
	}
	return false
}

// straddled says that a common word runs over an end of text[from:to], so
// that the stretch is a piece of other words.
func straddled(text []rune, from, to int) bool {
	return from > 0 && isWord(text[from-1:from+1]) || to < len(text) && isWord(text[to-1:to+1])
}

// frequency gives how often jieba's corpus had a word, about; 0 where it did
// not, or hardly.
func frequency(word string) float64 {
	c := class(word)
	if c < 0 {
		return 0
	}
	return math.Exp((float64(c) + 0.5) / 2)
}

// Commonness says how common a word is in Chinese at large, from 0 to 1.
func Commonness(word string) float64 {
	return math.Min(1, math.Log1p(frequency(word))/11)
}
