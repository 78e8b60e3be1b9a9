package engine

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"

	"zujian/index"
)

// plain is a stretch of text without blanks and punctuation, with its grams. It is
// made when it is first needed: of most entries it never is.
type plain struct {
	written string
	once    sync.Once
	compact string

	counted sync.Once
	grams   []countedGram
}

func plainOf(s string) *plain { return &plain{written: s} }

func (p *plain) text() string {
	p.once.Do(func() { p.compact = index.Compact(p.written) })
	return p.compact
}

// size is how many grams stand in the stretch.
func (p *plain) size() int { return max(0, 2*utf8.RuneCountInString(p.text())-1) }

// gram is a character, or a pair of them, as a number.
type gram uint64

// countedGram is a gram with how often it stands in a text, which is in the low bits:
// numbers alone, so that the thousands of texts of many offices cost little room.
type countedGram uint64

const countBits = 64 - 2*21 // a character has 21 bits

const mostCounted = 1<<countBits - 1

func (c countedGram) gram() gram { return gram(c >> countBits) }

func (c countedGram) times() int { return int(c & mostCounted) }

// gramOf gives the number of a stretch of one or two characters; 0 for any other.
func gramOf(s string) (g gram) {
	n := 0
	for _, r := range s {
		g = g<<21 | gram(r)
		n++
	}
	if n > 2 {
		return 0
	}
	return g
}

// counts gives the grams of the stretch in order.
func (p *plain) counts() []countedGram {
	p.counted.Do(func() {
		all := make([]countedGram, 0, p.size())
		last := gram(0)
		for _, r := range p.text() {
			g := gram(r)
			all = append(all, countedGram(g)<<countBits)
			if last != 0 {
				all = append(all, countedGram(last<<21|g)<<countBits)
			}
			last = g
		}
		slices.Sort(all)
		n := 0
		for i, c := range all {
			if i > 0 && all[n-1].gram() == c.gram() {
				all[n-1] = min(all[n-1]+1, all[n-1]|mostCounted)
				continue
			}
			all[n] = c + 1
			n++
		}
		p.grams = slices.Clip(slices.Clone(all[:n]))
	})
	return p.grams
}

// eachCharacterAndPair gives the grams of a text as they are written.
func eachCharacterAndPair(s string, f func(string)) {
	last := -1
	for i, r := range s {
		end := i + len(string(r))
		f(s[i:end])
		if last >= 0 {
			f(s[last:end])
		}
		last = i
	}
}

// weighed is a gram that is looked for, with what it counts.
type weighed struct {
	gram   gram
	weight float64
}

// usualCharacter is how rare a single character is taken to be.
const usualCharacter = 1.2

// weigh gives grams in order, each by its weight and its rarity.
func weigh(grams, rarity map[string]float64) []weighed {
	out := make([]weighed, 0, len(grams))
	for s, w := range grams {
		r, ok := rarity[s]
		if !ok {
			r = usualCharacter
		}
		if g := gramOf(s); g != 0 {
			out = append(out, weighed{g, w * r})
		}
	}
	slices.SortFunc(out, func(a, b weighed) int { return cmp.Compare(a.gram, b.gram) })
	return out
}

// bm25 compares grams with one field of a candidate.
func bm25(grams []weighed, t *plain, average float64) float64 {
	norm := 1.2 * (0.4 + 0.6*float64(t.size())/max(average, 1))
	sum := 0.0
	eachMet(grams, t.counts(), func(w float64, times int) {
		k := float64(times)
		sum += w * k * 2.2 / (k + norm)
	})
	return sum
}

// eachMet goes through what both have: halving what is left of the longer list,
// a question's grams are found faster than by going along it.
func eachMet(grams []weighed, in []countedGram, met func(weight float64, times int)) {
	for _, g := range grams {
		i, ok := slices.BinarySearchFunc(in, g.gram, func(c countedGram, g gram) int { return cmp.Compare(c.gram(), g) })
		if in = in[i:]; ok {
			met(g.weight, in[0].times())
		}
		if len(in) == 0 {
			return
		}
	}
}

// alike is how much two stretches have in common of what either has.
func alike(a, b *plain) float64 {
	x, y := a.counts(), b.counts()
	any := float64(len(x) + len(y))
	both := 0.0
	for len(x) > 0 && len(y) > 0 {
		switch cmp.Compare(x[0].gram(), y[0].gram()) {
		case -1:
			x = x[1:]
		case 1:
			y = y[1:]
		default:
			both++
			x, y = x[1:], y[1:]
		}
	}
	return both / max(any-both, 1)
}
