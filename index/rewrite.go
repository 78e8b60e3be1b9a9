package index

import (
	"slices"
	"strings"
)

// Rewrite brings a question into normal form and mends what speech-to-text
// and pinyin input get wrong in this field: known slips (妇连), characters
// that only sound like a term (付联), and terms spelled in letters (fulian).
// A stretch that is an ordinary word, or part of one, stays. Changes says what
// was mended, as "付联→妇联", and is empty where nothing was.
func (w *Words) Rewrite(question string) (normal string, changes []string) {
	text := []rune(Normalise(question))
	note := func(from, to string) { changes = append(changes, from+"→"+to) }
	text = w.mendSlips(text, note)
	text = w.mendSounds(text, note)
	return w.spelled(string(text), note), changes
}

func (w *Words) mendSlips(text []rune, note func(from, to string)) []rune {
	var out []rune
	at := 0
	w.slips.walk(text, func(said, meant string) {
		from := at
		at += len([]rune(said))
		if meant == "" || straddled(text, from, at) || w.within(text, from, at) {
			out = append(out, []rune(said)...)
			return
		}
		note(said, meant)
		out = append(out, []rune(meant)...)
	})
	return out
}

// within says that a stretch already is part of the term it would become.
func (w *Words) within(text []rune, from, to int) bool {
	for _, term := range w.terms {
		n := len(term)
		for start := max(0, to-n); start <= from && start+n <= len(text); start++ {
			if slices.Equal(text[start:start+n], term) {
				return true
			}
		}
	}
	return false
}

func (w *Words) mendSounds(text []rune, note func(from, to string)) []rune {
	h := w.hearing()
	known := w.known(text)
	var out []rune
	for i := 0; i < len(text); {
		term, n := "", 0
		if isHan(text[i]) && !known[i] {
			term, n = h.longest(text[i:], func(term string, n int) bool {
				return w.plausible(text, i, i+n, []rune(term))
			})
		}
		if n == 0 {
			out = append(out, text[i])
			i++
			continue
		}
		note(string(text[i:i+n]), term)
		out = append(out, []rune(term)...)
		i += n
	}
	return out
}

// known marks the characters that stand in a term as it is written.
func (w *Words) known(text []rune) []bool {
	known := make([]bool, len(text))
	for i := range text {
		for _, term := range w.termsAt[text[i]] {
			if i+len(term) <= len(text) && slices.Equal(text[i:i+len(term)], term) {
				for k := range term {
					known[i+k] = true
				}
			}
		}
	}
	return known
}

// little are the characters that are words by themselves wherever they stand:
// 又没有 is no slip for 有没有, nor 要上会 for 商会.
const little = "又而为由可并及除说的之以于至与和或但其此该本各每某被把将向从到在是有无不没未也还再都就才只很最更会能要想让给用做上下里外中前后"

// plausible says that text[from:to] can be a slip for a term of that sound.
// A short term keeps one character at least; so does a longer one, since
// nobody mishears every character of a word the same way.
func (w *Words) plausible(text []rune, from, to int, term []rune) bool {
	said := text[from:to]
	same := 0
	for i := range term {
		if said[i] == term[i] {
			same++
		} else if strings.ContainsRune(little, said[i]) {
			return false
		}
	}
	if same == 0 || same == len(term) || isWord(said) || straddled(text, from, to) || w.keeps(text, from, to) {
		return false
	}
	// Of a longer stretch no inner part may differ where it is a word.
	for i := 0; i+1 < len(said); i++ {
		if len(said) > 2 && isWord(said[i:i+2]) && !slices.Equal(said[i:i+2], term[i:i+2]) {
			return false
		}
	}
	return true
}

// keeps says that a word to be kept reaches into text[from:to].
func (w *Words) keeps(text []rune, from, to int) bool {
	for start := max(0, from-longestKept+1); start < to; start++ {
		for end := max(start, from) + 1; end <= min(len(text), start+longestKept); end++ {
			if w.keep[string(text[start:end])] {
				return true
			}
		}
	}
	return false
}

// longestKept is how many characters a word to be kept has at most.
const longestKept = 6
