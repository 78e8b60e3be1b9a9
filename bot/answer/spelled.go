package answer

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/index"
)

// spoken knows the words of the ways of asking by their sound, to read a
// question that is typed in letters (fulian zenme jian).
type spoken struct {
	words map[string]spokenWord
}

type spokenWord struct {
	text  string
	count int
}

const (
	longestSpoken = 4    // characters of a word
	newWord       = -9.0 // what each word of a reading costs, so that few long ones win
	mostlySpelled = 0.8  // of a question's letters have to be syllables
	fewestSounds  = 4    // syllables
)

// listen collects the words of texts: every run of up to four characters.
func listen(texts []string) *spoken {
	counts := map[string]int{}
	for _, t := range texts {
		for _, run := range hanRuns(t) {
			for from := range run {
				for to := from + 1; to <= min(len(run), from+longestSpoken); to++ {
					w := string(run[from:to])
					counts[w]++
				}
			}
		}
	}
	s := &spoken{words: make(map[string]spokenWord, len(counts))}
	for w, n := range counts {
		for _, sound := range index.Sounds(w) {
			if best := s.words[sound]; n > best.count || n == best.count && w < best.text {
				s.words[sound] = spokenWord{w, n}
			}
		}
	}
	return s
}

// hanRuns cuts a text into its runs of characters.
func hanRuns(text string) [][]rune {
	var out [][]rune
	var run []rune
	for _, r := range index.Normalise(text) + " " {
		if unicode.Is(unicode.Han, r) {
			run = append(run, r)
			continue
		}
		if len(run) > 0 {
			out = append(out, run)
			run = nil
		}
	}
	return out
}

// read gives the likeliest words for sounds; false where some have none.
func (s *spoken) read(sounds []rune) (string, bool) {
	type step struct {
		from  int
		score float64
		text  string
	}
	at := make([]step, len(sounds)+1)
	for to := 1; to <= len(sounds); to++ {
		at[to].score = math.Inf(-1)
		for from := max(0, to-longestSpoken); from < to; from++ {
			w, ok := s.words[string(sounds[from:to])]
			if !ok {
				continue
			}
			if x := at[from].score + newWord + math.Log(float64(w.count)); x > at[to].score {
				at[to] = step{from, x, w.text}
			}
		}
	}
	if math.IsInf(at[len(sounds)].score, -1) {
		return "", false
	}
	out := ""
	for to := len(sounds); to > 0; to = at[to].from {
		out = at[to].text + out
	}
	return out, true
}

// heard gives a question that is spelled in letters in characters; any other
// as it is.
func (a *Answerer) heard(q string) string {
	sounds, share := index.Spoken(q)
	if share < mostlySpelled || len([]rune(sounds)) < fewestSounds || !mostlyLetters(q) {
		return q
	}
	if text, ok := a.spoken().read([]rune(sounds)); ok {
		return text
	}
	return q
}

func mostlyLetters(q string) bool {
	han, letters := 0, 0
	for _, r := range q {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > han
}

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
