package index

import (
	_ "embed"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed words.yaml
var shippedWords []byte

// Words knows which words say the same in this field, and which slips of the
// keyboard or of speech-to-text stand for which word. It is read-only once
// loaded.
type Words struct {
	concepts phrases // a way of saying → the field's own word
	slips    phrases // a slip → the right word
}

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
	Bridges []struct {
		Say string   `yaml:"say"`
		Law []string `yaml:"law"`
	} `yaml:"bridges"`
}

// LoadWords reads the shipped words and lays an office's own files of the same
// form over them. It fails, in Chinese with the place, on a file that is not
// right.
func LoadWords(files ...string) (*Words, error) {
	w := &Words{concepts: phrases{}, slips: phrases{}}
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
	w.concepts.settle()
	w.slips.settle()
	return w, nil
}

func (w *Words) read(name string, data []byte) error {
	var f wordsFile
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return fmt.Errorf("同义词文件 %s 写得不对：%s", name, yaml.FormatError(err, false, true))
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
	return nil
}

// Rewrite brings a question into normal form and mends the slips in it.
func (w *Words) Rewrite(question string) string {
	var b strings.Builder
	w.slips.walk([]rune(Normalise(question)), func(said, meant string) {
		if meant == "" {
			meant = said
		}
		b.WriteString(meant)
	})
	return b.String()
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

// settle puts longer phrases first; of equal ones the one added last wins, so
// that an office's file overrides what ships.
func (p phrases) settle() {
	for r := range p {
		slices.Reverse(p[r])
		slices.SortStableFunc(p[r], func(a, b phrase) int { return len(b.said) - len(a.said) })
	}
}

// walk calls f with every stretch of a text; meant is empty for a character
// that belongs to no phrase.
func (p phrases) walk(text []rune, f func(said, meant string)) {
	for i := 0; i < len(text); {
		n := 1
		meant := ""
		for _, x := range p[text[i]] {
			if i+len(x.said) <= len(text) && slices.Equal(text[i:i+len(x.said)], x.said) {
				n, meant = len(x.said), x.meant
				break
			}
		}
		f(string(text[i:i+n]), meant)
		i += n
	}
}
