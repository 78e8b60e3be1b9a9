package index

import (
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
	near map[string][]Near
	weak map[string]bool
}

// shippedThesaurus is read once.
var shippedThesaurus = sync.OnceValue(func() *Thesaurus {
	t := &Thesaurus{near: map[string][]Near{}, weak: map[string]bool{}}
	if err := t.read(thesaurusData); err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return t
})

// NewThesaurus gives the shipped thesaurus with the groups of words beside it.
func NewThesaurus(words *Words) *Thesaurus {
	shipped := shippedThesaurus()
	t := &Thesaurus{near: make(map[string][]Near, len(shipped.near)), weak: shipped.weak}
	for w, near := range shipped.near {
		t.near[w] = slices.Clone(near) // weights are raised in place
	}
	groups := words.Groups()
	for _, word := range slices.Sorted(maps.Keys(groups)) {
		var short []string
		for _, s := range slices.Sorted(slices.Values(groups[word])) {
			if utf8.RuneCountInString(s) <= longestSaying {
				short = append(short, s)
			}
		}
		t.group(short, []string{word})
	}
	return t
}

// read takes the lines of a file. A line “弱 …” names words of everywhere.
func (t *Thesaurus) read(data string) error {
	type group struct{ said, written []string }
	var groups []group
	n := 0
	for line := range strings.Lines(data) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if words, ok := strings.CutPrefix(line, "弱 "); ok {
			for _, w := range strings.Fields(words) {
				t.weak[w] = true
			}
			continue
		}
		said, written, ok := strings.Cut(line, "|")
		if !ok {
			return fmt.Errorf("近义词第%d行没有竖线", n)
		}
		groups = append(groups, group{strings.Fields(said), strings.Fields(written)})
	}
	for _, g := range groups {
		t.group(g.said, g.written)
	}
	return nil
}

func (t *Thesaurus) group(said, written []string) {
	for i := range said {
		said[i] = compact(said[i])
	}
	for i := range written {
		written[i] = compact(written[i])
	}
	for _, x := range said {
		for _, y := range written {
			t.add(x, y, t.or(y, nearOfficial, nearWeak))
			t.add(y, x, nearSaid)
		}
	}
	for _, x := range written {
		for _, y := range written {
			t.add(x, y, t.or(y, nearSame, nearSameWeak))
		}
	}
}

func compact(s string) string { return strings.ReplaceAll(Normalise(s), " ", "") }

func (t *Thesaurus) or(word string, full, weak float64) float64 {
	if t.weak[word] {
		return weak
	}
	return full
}

func (t *Thesaurus) add(from, to string, weight float64) {
	if from == to || from == "" || to == "" {
		return
	}
	for i, n := range t.near[from] {
		if n.Word == to {
			t.near[from][i].Weight = max(n.Weight, weight)
			return
		}
	}
	t.near[from] = append(t.near[from], Near{to, weight})
}

// Near gives the words near to one, the nearest first.
func (t *Thesaurus) Near(word string) []Near {
	out := slices.Clone(t.near[word])
	slices.SortStableFunc(out, func(a, b Near) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	return out
}

// Knows says whether the thesaurus has a word.
func (t *Thesaurus) Knows(word string) bool { return len(t.near[word]) > 0 }
