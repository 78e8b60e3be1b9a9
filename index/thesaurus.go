package index

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// thesaurusData has a group a line: what people say on the left of the bar,
// what offices write on the right.
//
//go:embed thesaurus.txt
var thesaurusData string

// Near is a word that says about the same as another, and how nearly, from 0 to
// 1.
type Near struct {
	Word   string
	Weight float64
}

// How near words of a group are. A word that offices use everywhere says less.
const (
	nearOfficial  = 0.8  // what is said → what is written
	nearWeak      = 0.45 // the same, to a word of everywhere
	nearSaid      = 0.45 // what is written → what is said
	nearSame      = 0.5  // two ways of writing it
	nearSameWeak  = 0.25
	longestSaying = 5 // characters: longer ways of saying are whole phrases
)

// Thesaurus knows what offices write for what people say. It is read-only once
// made.
type Thesaurus struct {
	shipped, own *saidAndWritten
}

// saidAndWritten is a list of groups: of thirty thousand pairs a question
// needs some dozens, which are made then.
type saidAndWritten struct {
	groups []group
	of     map[string][]int32 // the groups that have a word
}

// group is what people say and what offices write for it, without blanks.
type group struct{ said, written []string }

// thesaurusFile is what ships.
type thesaurusFile struct {
	saidAndWritten
	weak map[string]bool // words that offices use everywhere
}

// shippedThesaurus is read once.
var shippedThesaurus = sync.OnceValue(func() *thesaurusFile {
	f := &thesaurusFile{weak: map[string]bool{}}
	if err := f.read(thesaurusData); err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return f
})

// Thesaurus gives the shipped thesaurus with the groups of the words beside it.
func (w *Words) Thesaurus() *Thesaurus { return w.thesaurus() }

func (w *Words) thesaurusBeside() *Thesaurus {
	t := &Thesaurus{&shippedThesaurus().saidAndWritten, &saidAndWritten{}}
	groups := w.Groups()
	for _, word := range slices.Sorted(maps.Keys(groups)) {
		var short []string
		for _, s := range slices.Sorted(slices.Values(groups[word])) {
			if utf8.RuneCountInString(s) <= longestSaying {
				short = append(short, Compact(s))
			}
		}
		t.own.add(group{short, []string{Compact(word)}})
	}
	return t
}

// read takes the lines of a file, whose words are Compact. A line “弱 …” names
// words of everywhere.
func (f *thesaurusFile) read(data string) error {
	f.of = make(map[string][]int32, len(data)/12)
	n := 0
	for line := range strings.Lines(data) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if words, ok := strings.CutPrefix(line, "弱 "); ok {
			for _, w := range strings.Fields(words) {
				f.weak[w] = true
			}
			continue
		}
		said, written, ok := strings.Cut(line, "|")
		if !ok {
			return fmt.Errorf("近义词第%d行没有竖线", n)
		}
		f.add(group{strings.Fields(said), strings.Fields(written)})
	}
	return nil
}

func (l *saidAndWritten) add(g group) {
	if l.of == nil {
		l.of = map[string][]int32{}
	}
	at := int32(len(l.groups))
	l.groups = append(l.groups, g)
	for _, words := range [][]string{g.said, g.written} {
		for _, w := range words {
			if has := l.of[w]; len(has) == 0 || has[len(has)-1] != at {
				l.of[w] = append(has, at)
			}
		}
	}
}

// Compact gives the normal form of a text without any blank.
func Compact(s string) string { return strings.ReplaceAll(Normalise(s), " ", "") }

// nearTo adds what a group says is near to a word.
func (g group) nearTo(out []Near, word string) []Near {
	if slices.Contains(g.said, word) {
		for _, w := range g.written {
			out = nearer(out, word, w, nearOfficial, nearWeak)
		}
	}
	if slices.Contains(g.written, word) {
		for _, w := range g.said {
			out = nearer(out, word, w, nearSaid, nearSaid)
		}
		for _, w := range g.written {
			out = nearer(out, word, w, nearSame, nearSameWeak)
		}
	}
	return out
}

// nearer adds a word, or raises its weight; weak is that of a word of everywhere.
func nearer(out []Near, from, to string, full, weak float64) []Near {
	if from == to || to == "" {
		return out
	}
	weight := full
	if shippedThesaurus().weak[to] {
		weight = weak
	}
	if i := slices.IndexFunc(out, func(n Near) bool { return n.Word == to }); i >= 0 {
		out[i].Weight = max(out[i].Weight, weight)
		return out
	}
	return append(out, Near{to, weight})
}

// Near gives the words near to one, the nearest first.
func (t *Thesaurus) Near(word string) []Near {
	var out []Near
	for _, l := range []*saidAndWritten{t.shipped, t.own} {
		for _, i := range l.of[word] {
			out = l.groups[i].nearTo(out, word)
		}
	}
	slices.SortStableFunc(out, func(a, b Near) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// Knows says whether the thesaurus has a word.
func (t *Thesaurus) Knows(word string) bool {
	for _, l := range []*saidAndWritten{t.shipped, t.own} {
		for _, i := range l.of[word] {
			if len(l.groups[i].nearTo(nil, word)) > 0 {
				return true
			}
		}
	}
	return false
}
