package index

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// spelling gives the word that letters stand for.
type spelling map[string]spelled

type spelled struct {
	word  string
	alone bool // it may stand by itself
}

func (w *Words) spellings() spelling {
	m := spelling{}
	add := func(word string) {
		for _, s := range spellings(word) {
			if _, ok := m[s]; !ok {
				m[s] = spelled{word, utf8.RuneCountInString(word) > 1}
			}
		}
	}
	for _, t := range w.terms {
		add(string(t))
	}
	for _, l := range w.letters {
		add(Normalise(l))
	}
	return m
}

// spelled puts words for the runs of letters that spell nothing but words of
// the field.
func (w *Words) spelled(text string, note func(from, to string)) string {
	if !strings.ContainsFunc(text, isLetter) {
		return text
	}
	var b strings.Builder
	mended := false
	count := func(from, to string) {
		mended = true
		note(from, to)
	}
	for _, part := range lettersApart(text) {
		if first, _ := utf8.DecodeRuneInString(part); isLetter(first) {
			part = w.spelledRun(part, count)
		}
		b.WriteString(part)
	}
	if !mended {
		return text
	}
	return Normalise(b.String())
}

// spelledRun takes words of letters with single spaces between them. As many
// as together spell words of the field become these, the rest is another
// language's and stays.
func (w *Words) spelledRun(run string, note func(from, to string)) string {
	words := strings.Split(run, " ")
	var out []string
	for len(words) > 0 {
		n := len(words)
		said := ""
		for ; n > 0 && said == ""; n-- {
			said = w.spell(strings.Join(words[:n], ""))
		}
		if said == "" {
			out, words = append(out, words[0]), words[1:]
			continue
		}
		n++
		note(strings.Join(words[:n], " "), said)
		out, words = append(out, said), words[n:]
	}
	return strings.Join(out, " ")
}

// longestSpelled bounds the letters that are tried; no question is longer.
const longestSpelled = 200

// longestTerm is how many letters a word may take.
const longestTerm = 48

// spell cuts letters into words, as few as possible, one of them at least a
// word that may stand by itself; "" where that cannot be.
func (w *Words) spell(letters string) string {
	letters = strings.ReplaceAll(letters, "ü", "v")
	if len(letters) < 4 || len(letters) > longestSpelled {
		return ""
	}
	known := w.spelling()
	best := make([][]string, len(letters)+1)
	alone := make([]bool, len(letters)+1)
	best[0] = []string{}
	for to := 1; to <= len(letters); to++ {
		for from := max(0, to-longestTerm); from < to; from++ {
			s, ok := known[letters[from:to]]
			if ok && best[from] != nil && (best[to] == nil || len(best[from])+1 < len(best[to])) {
				best[to], alone[to] = append(slices.Clone(best[from]), s.word), alone[from] || s.alone
			}
		}
	}
	if !alone[len(letters)] {
		return ""
	}
	return strings.Join(best[len(letters)], "")
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r == 'ü' }

// lettersApart cuts text into runs of letters, with the single spaces inside
// them, and all else.
func lettersApart(text string) []string {
	var parts []string
	start := 0
	in := false
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		here := isLetter(r) || in && r == ' ' && isLetter(next)
		if here != in && i > start {
			parts = append(parts, text[start:i])
			start = i
		}
		in = here
	}
	return append(parts, text[start:])
}
