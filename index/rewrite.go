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
				return plausible(text, i, i+n, []rune(term))
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

// plausible says that text[from:to] can be a slip for a term of that sound.
// A short term keeps one character at least; so does a longer one, since
// nobody mishears every character of a word the same way.
func plausible(text []rune, from, to int, term []rune) bool {
	said := text[from:to]
	same, wordy := 0, isWord(said)
	for i := range term {
		if said[i] == term[i] {
			same++
		}
	}
	if same == 0 || same == len(term) || wordy || straddled(text, from, to) {
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

// spelled puts terms for the runs of letters that spell nothing but terms.
func (w *Words) spelled(text string, note func(from, to string)) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return text
	}
	var b strings.Builder
	for _, part := range lettersApart(text) {
		if !isLetter(rune(part[0])) {
			b.WriteString(part)
			continue
		}
		b.WriteString(w.spelledRun(part, note))
	}
	return Normalise(b.String())
}

// spelledRun takes words of letters with single spaces between them: together
// they spell terms, or some of them do, or they are another language's.
func (w *Words) spelledRun(run string, note func(from, to string)) string {
	if s, ok := w.spell(strings.ReplaceAll(run, " ", "")); ok {
		note(run, s)
		return s
	}
	words := strings.Split(run, " ")
	for i, word := range words {
		if s, ok := w.spell(word); ok {
			note(word, s)
			words[i] = s
		}
	}
	return strings.Join(words, " ")
}

// longestSpelled bounds the letters that are tried; no question is longer.
const longestSpelled = 200

// spell cuts letters into terms, as few as possible.
func (w *Words) spell(letters string) (string, bool) {
	if len(letters) < 4 || len(letters) > longestSpelled {
		return "", false
	}
	spelling := w.spelling()
	best := make([][]string, len(letters)+1)
	best[0] = []string{}
	for to := 1; to <= len(letters); to++ {
		for from := max(0, to-longestTerm); from < to; from++ {
			term, ok := spelling[letters[from:to]]
			if ok && best[from] != nil && (best[to] == nil || len(best[from])+1 < len(best[to])) {
				best[to] = append(slices.Clone(best[from]), term)
			}
		}
	}
	return strings.Join(best[len(letters)], ""), best[len(letters)] != nil
}

// longestTerm is how many letters a term may take.
const longestTerm = 48

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// lettersApart cuts text into runs of letters, with the single spaces inside
// them, and all else.
func lettersApart(text string) []string {
	var parts []string
	start := 0
	in := false
	for i, r := range text {
		here := isLetter(r) || in && r == ' ' && i+1 < len(text) && isLetter(rune(text[i+1]))
		if here != in && i > start {
			parts = append(parts, text[start:i])
			start = i
		}
		in = here
	}
	return append(parts, text[start:])
}
