package index

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// analysisVersion is to be raised whenever Normalise, the grams or the files of
// an index change, so that every index is built again.
const analysisVersion = "5"

// eachGram calls f with the stretches of a normal form that are indexed: each
// two neighbouring Chinese characters, a Chinese character that stands alone,
// and each word or number of other scripts whole. What ends before a space
// does not run on after it.
func eachGram(s string, f func(from, to int)) {
	prev := -1 // start of the Han character just before, -1 where none
	paired := false
	word := -1
	for i, r := range s {
		han := isHan(r)
		if word >= 0 && (han || r == ' ') {
			f(word, i)
			word = -1
		}
		switch {
		case han:
			if prev >= 0 {
				f(prev, i+utf8.RuneLen(r))
			}
			prev, paired = i, prev >= 0
			continue
		case r != ' ' && word < 0:
			word = i
		}
		if prev >= 0 && !paired {
			f(prev, i)
		}
		prev, paired = -1, false
	}
	if word >= 0 {
		f(word, len(s))
	}
	if prev >= 0 && !paired {
		f(prev, len(s))
	}
}

// gramAnalyzer is bleve's view of eachGram. The text it gets is in normal
// form already.
type gramAnalyzer struct{}

// Analyze implements analysis.Analyzer. The tokens share the text's memory.
func (gramAnalyzer) Analyze(text []byte) analysis.TokenStream {
	tokens := make([]analysis.Token, 0, len(text)/3+1)
	eachGram(string(text), func(from, to int) {
		tokens = append(tokens, analysis.Token{
			Term: text[from:to], Start: from, End: to, Position: len(tokens) + 1,
			Type: analysis.Ideographic,
		})
	})
	stream := make(analysis.TokenStream, len(tokens))
	for i := range tokens {
		stream[i] = &tokens[i]
	}
	return stream
}
