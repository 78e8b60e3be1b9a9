package index

import (
	"strings"
	"unicode"
)

// firstSpoken is the character that stands for the first syllable in what
// Spoken gives; it is of the private use area, so that no text has it.
const firstSpoken = '\uE000'

// Sounds gives every way a word of characters can sound: a string of one private
// character for each syllable, as Spoken has them. Tones are left out. It is
// empty where a character has no known sound.
func Sounds(word string) []string {
	return readings(word, func(syllable uint16) string { return string(firstSpoken + rune(syllable)) })
}

// Spoken gives how a text that is spelled in letters sounds: one private
// character for each syllable. What spells no syllable, and characters, are
// left out. share is how much of the letters did spell syllables, from 0 to 1,
// and 0 where there are none.
func Spoken(text string) (sounds string, share float64) {
	var b strings.Builder
	var run []rune
	letters, spelled := 0, 0
	flush := func() {
		letters += len(run)
		if ids, ok := splitSyllables(string(run)); ok {
			spelled += len(run)
			for _, id := range ids {
				b.WriteRune(firstSpoken + rune(id))
			}
		}
		run = run[:0]
	}
	for _, r := range Normalise(text) {
		if r < unicode.MaxLatin1 && unicode.IsLetter(r) {
			run = append(run, r)
			continue
		}
		flush()
	}
	flush()
	if letters > 0 {
		share = float64(spelled) / float64(letters)
	}
	return b.String(), share
}

// longestSyllable is zhuang and its like.
const longestSyllable = 6

// splitSyllables cuts letters into syllables, as few as possible; v stands for
// ü as on a keyboard.
func splitSyllables(letters string) ([]uint16, bool) {
	if letters == "" {
		return nil, false
	}
	type cut struct {
		from, n int // where the last syllable begins, and how many there are
		id      uint16
	}
	at := make([]cut, len(letters)+1)
	for to := 1; to <= len(letters); to++ {
		for from := max(0, to-longestSyllable); from < to; from++ {
			if from > 0 && at[from].n == 0 {
				continue
			}
			id, ok := syllableNamed(letters[from:to])
			if n := at[from].n + 1; ok && (at[to].n == 0 || n < at[to].n) {
				at[to] = cut{from, n, id}
			}
		}
	}
	if at[len(letters)].n == 0 {
		return nil, false
	}
	ids := make([]uint16, at[len(letters)].n)
	for to := len(letters); to > 0; to = at[to].from {
		ids[at[to].n-1] = at[to].id
	}
	return ids, true
}

func syllableNamed(s string) (uint16, bool) {
	ids := readSounds().named
	id, ok := ids[s]
	if !ok {
		id, ok = ids[strings.ReplaceAll(s, "v", "u")]
	}
	return id, ok
}
