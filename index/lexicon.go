package index

import (
	_ "embed"
	"sort"
)

// Common words of two, three and four characters, each file sorted by bytes
// and without separators, so that it is searched where it lies and costs
// nothing to load.
//
//go:embed data/lexicon2.txt
var lexicon2 string

//go:embed data/lexicon3.txt
var lexicon3 string

//go:embed data/lexicon4.txt
var lexicon4 string

// isWord says that text is a common Chinese word of two to four characters.
func isWord(text []rune) bool {
	for _, r := range text {
		if r < 0x4E00 || r > hanLast {
			return false
		}
	}
	lexicon := ""
	switch len(text) {
	case 2:
		lexicon = lexicon2
	case 3:
		lexicon = lexicon3
	case 4:
		lexicon = lexicon4
	default:
		return false
	}
	word, size := string(text), 3*len(text)
	n := len(lexicon) / size
	i := sort.Search(n, func(i int) bool { return lexicon[i*size:(i+1)*size] >= word })
	return i < n && lexicon[i*size:(i+1)*size] == word
}

// straddled says that a common word runs over an end of text[from:to], so
// that the stretch is a piece of other words.
func straddled(text []rune, from, to int) bool {
	return from > 0 && isWord(text[from-1:from+1]) || to < len(text) && isWord(text[to-1:to+1])
}
