package index

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"os"
	"slices"
	"sync"

	"zujian/knowledge/text"
)

//go:embed words.yaml
var shippedWords []byte

// Words knows which words say the same in this field, which slips of the
// keyboard or of speech-to-text stand for which word, and how the field's terms
// sound. It is read-only once loaded.
type Words struct {
	concepts phrases // a way of saying → the field's own word
	slips    phrases // a slip → the right word
	terms    [][]rune
	termsAt  map[rune][][]rune // terms by first character
	letters  []string          // words known only when spelled in letters
	keep     map[string]bool   // words that are never a slip
	sum      hash.Hash         // of all that was read

	// What follows from the rest, made when a question first needs it.
	hearing   func() *soundTree
	spelling  func() spelling
	thesaurus func() *Thesaurus
}

// Version changes whenever what was read does.
func (w *Words) Version() string { return hex.EncodeToString(w.sum.Sum(nil)[:8]) }

type wordsFile struct {
	Groups []struct {
		Word string   `yaml:"word"`
		Say  []string `yaml:"say"`
	} `yaml:"groups"`
	Slips []struct {
		Right string   `yaml:"right"`
		Wrong []string `yaml:"wrong"`
	} `yaml:"slips"`
	Terms   []string `yaml:"terms"`
	Letters []string `yaml:"letters"`
	Keep    []string `yaml:"keep"`
	Bridges any      `yaml:"bridges"` // of offices' files from before; nothing asks for them
}

// LoadWords reads the shipped words, lays an office's own files of the same form
// over them, and over everything the ways of saying a word in same, by the word.
// It fails, in Chinese with the place, on a file that is not right.
func LoadWords(same map[string][]string, files ...string) (*Words, error) {
	w := &Words{concepts: phrases{}, slips: phrases{}, termsAt: map[rune][][]rune{}, keep: map[string]bool{}, sum: sha256.New()}
	if err := w.read("words.yaml", shippedWords); err != nil {
		return nil, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("同义词文件 %s 打不开：%w", file, err)
		}
		if err := w.read(file, data); err != nil {
			return nil, err
		}
	}
	for _, word := range slices.Sorted(maps.Keys(same)) {
		meant := word
		if known := w.concepts.meant(Normalise(word)); known != "" {
			meant = known // the word is itself a way of saying another
		}
		fmt.Fprintf(w.sum, "%q\n", append([]string{word}, same[word]...))
		for _, s := range append(same[word], word) {
			w.concepts.add(Normalise(s), meant)
		}
	}
	w.concepts.settle()
	w.slips.settle()
	w.hearing = sync.OnceValue(w.hear)
	w.spelling = sync.OnceValue(w.spellings)
	w.thesaurus = sync.OnceValue(w.thesaurusBeside)
	return w, nil
}

func (w *Words) read(name string, data []byte) error {
	w.sum.Write(data)
	var f wordsFile
	if err := text.ReadYAML(data, &f); err != nil {
		return fmt.Errorf("同义词文件 %s 写得不对：%w", name, err)
	}
	for _, g := range f.Groups {
		if g.Word == "" {
			return fmt.Errorf("同义词文件 %s 里有一组没有写 word", name)
		}
		for _, s := range append(g.Say, g.Word) {
			w.concepts.add(Normalise(s), g.Word)
		}
	}
	for _, s := range f.Slips {
		for _, wrong := range s.Wrong {
			w.slips.add(Normalise(wrong), Normalise(s.Right))
		}
	}
	for _, t := range f.Terms {
		if r := []rune(Normalise(t)); len(r) > 1 {
			w.terms = append(w.terms, r)
			w.termsAt[r[0]] = append(w.termsAt[r[0]], r)
		}
	}
	w.letters = append(w.letters, f.Letters...)
	for _, k := range f.Keep {
		w.keep[Normalise(k)] = true
	}
	return nil
}

func (w *Words) hear() *soundTree {
	h := new(soundTree)
	for _, t := range w.terms {
		h.learn(string(t))
	}
	return h
}

// Concepts gives the field's own words for what a text in normal form says,
// in its order, and the stretches between that say nothing known.
func (w *Words) Concepts(text string) (concepts, rest []string) {
	var loose []rune
	flush := func() {
		if len(loose) > 0 {
			rest = append(rest, string(loose))
			loose = loose[:0]
		}
	}
	w.concepts.walk([]rune(text), func(said, meant string) {
		if meant == "" {
			loose = append(loose, []rune(said)...)
			return
		}
		flush()
		concepts = append(concepts, meant)
	})
	flush()
	return concepts, rest
}

// phrases finds known stretches of a text, the longest first.
type phrases map[rune][]phrase

type phrase struct {
	said  []rune
	meant string
}

func (p phrases) add(said, meant string) {
	if r := []rune(said); len(r) > 0 {
		p[r[0]] = append(p[r[0]], phrase{r, meant})
	}
}

// meant gives what a phrase means, the last that was added; "" where it is not
// known.
func (p phrases) meant(said string) string {
	meant := ""
	r := []rune(said)
	if len(r) == 0 {
		return ""
	}
	for _, x := range p[r[0]] {
		if slices.Equal(x.said, r) {
			meant = x.meant
		}
	}
	return meant
}

// settle puts longer phrases first; of equal ones the one added last wins, so
// that an office's file overrides what ships.
func (p phrases) settle() {
	for r := range p {
		slices.Reverse(p[r])
		slices.SortStableFunc(p[r], func(a, b phrase) int { return len(b.said) - len(a.said) })
	}
}

// walk calls f with every stretch of a text; meant is empty for a character
// that belongs to no phrase. A phrase of one character does not count inside a
// common word: 没 says 没有, but not in 没收.
func (p phrases) walk(text []rune, f func(said, meant string)) {
	for i := 0; i < len(text); {
		n := 1
		meant := ""
		for _, x := range p[text[i]] {
			to := i + len(x.said)
			if to <= len(text) && slices.Equal(text[i:to], x.said) && !(len(x.said) == 1 && straddled(text, i, to)) {
				n, meant = len(x.said), x.meant
				break
			}
		}
		f(string(text[i:i+n]), meant)
		i += n
	}
}

// Groups gives the ways of saying each of the field's own words.
func (w *Words) Groups() map[string][]string {
	out := map[string][]string{}
	for _, list := range w.concepts {
		for _, p := range list {
			if m := Normalise(p.meant); m != string(p.said) {
				out[m] = append(out[m], string(p.said))
			}
		}
	}
	return out
}
