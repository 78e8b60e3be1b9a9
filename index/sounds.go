package index

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/sounds.txt
var soundsData string

// sounds are the syllables, without tone, that characters are read as.
type sounds struct {
	names []string
	of    map[rune][]uint16 // positions in names
	named map[string]uint16
}

var readSounds = sync.OnceValue(func() *sounds {
	s := &sounds{of: make(map[rune][]uint16, 7000), named: map[string]uint16{}}
	for line := range strings.Lines(soundsData) {
		name, chars, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, r := range chars {
			s.of[r] = append(s.of[r], uint16(len(s.names)))
		}
		s.named[name] = uint16(len(s.names))
		s.names = append(s.names, name)
	}
	return s
})

// soundTree finds terms by their sound. It is a tree of syllables.
type soundTree struct {
	next map[uint16]*soundTree
	term string // the term that ends here, or ""
}

// ending gives the node behind one more syllable, made if need be.
func (h *soundTree) ending(syllable uint16) *soundTree {
	if h.next == nil {
		h.next = map[uint16]*soundTree{}
	}
	n := h.next[syllable]
	if n == nil {
		n = new(soundTree)
		h.next[syllable] = n
	}
	return n
}

// learn adds a term under every way of reading it. The first term of a sound
// keeps it.
func (h *soundTree) learn(term string) {
	nodes := []*soundTree{h}
	for _, r := range term {
		var further []*soundTree
		for _, n := range nodes {
			for _, s := range readSounds().of[r] {
				further = append(further, n.ending(s))
			}
		}
		nodes = further
	}
	for _, n := range nodes {
		if n != h && n.term == "" {
			n.term = term
		}
	}
}

// longest gives the longest term that sounds like a beginning of text and
// that ok admits, with its length in characters.
func (h *soundTree) longest(text []rune, ok func(term string, n int) bool) (term string, length int) {
	nodes := []*soundTree{h}
	for i, r := range text {
		var further []*soundTree
		for _, n := range nodes {
			for _, s := range readSounds().of[r] {
				if f := n.next[s]; f != nil {
					further = append(further, f)
				}
			}
		}
		if len(further) == 0 {
			return term, length
		}
		for _, f := range further {
			if f.term != "" && ok(f.term, i+1) {
				term, length = f.term, i+1
				break
			}
		}
		nodes = further
	}
	return term, length
}

// readings gives every way a word can be read, each syllable as written by as;
// none where a character has no known sound.
func readings(word string, as func(syllable uint16) string) []string {
	out := []string{""}
	for _, r := range word {
		var longer []string
		for _, o := range out {
			for _, id := range readSounds().of[r] {
				longer = append(longer, o+as(id))
			}
		}
		out = longer
	}
	return out
}

// spellings gives every way to write a term in letters, those with u for ü
// last.
func spellings(term string) []string {
	out := readings(term, func(syllable uint16) string { return readSounds().names[syllable] })
	for _, o := range out {
		if strings.Contains(o, "v") {
			out = append(out, strings.ReplaceAll(o, "v", "u"))
		}
	}
	return out
}
