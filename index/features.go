package index

import (
	"runtime"
	"slices"
	"sync"
)

// Features gives what short texts are compared by: their single characters,
// pairs of neighbouring ones, concepts and pairs of concepts. Texts that are
// learned get numbers for them; a question that comes later has what nobody
// learned as well. After the last Learn it is safe for concurrent use.
type Features struct {
	concepts func(text string) []string
	ids      map[uint64]int32
	names    map[string]uint64 // of concepts
}

// Text is a text as it is compared: each of its features once, in the order of
// their numbers.
type Text []feature

// feature is one with its weight before rarity; id is below 0 where it was not
// learned.
type feature struct {
	id     int32
	weight float32
}

// How much each kind of feature counts, before rarity.
const (
	weightSingle      = 0.5
	weightPair        = 1.0
	weightConcept     = 5.0
	weightConceptPair = 1.0
	conceptSpan       = 2 // concepts this near to each other make a pair
)

// Each kind of feature has keys of its own.
const (
	keyPair        = 1 << 62
	keyConcept     = 2 << 62
	keyConceptPair = 3 << 62
	nameUnknown    = 1<<24 - 1
)

// NewFeatures makes one that has learned nothing. concepts says what else a
// text in normal form has that is to be compared (the same word for every way
// of saying a thing); nil is none.
func NewFeatures(concepts func(text string) []string) *Features {
	if concepts == nil {
		concepts = func(string) []string { return nil }
	}
	return &Features{concepts: concepts, ids: map[uint64]int32{}, names: map[string]uint64{}}
}

// Learn takes texts as Normalise gives them, and gives each as it is compared.
func (f *Features) Learn(texts []string) []Text {
	said := make([][]string, len(texts))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(texts); i += workers {
				said[i] = f.concepts(texts[i])
			}
		})
	}
	wait.Wait()
	out := make([]Text, len(texts))
	for i, t := range texts {
		for _, c := range said[i] {
			if _, ok := f.names[c]; !ok {
				f.names[c] = uint64(len(f.names))
			}
		}
		out[i] = f.text(t, said[i], true)
	}
	return out
}

// Of gives a text in normal form as it is compared with those that were
// learned.
func (f *Features) Of(text string) Text { return f.text(text, f.concepts(text), false) }

func (f *Features) text(text string, concepts []string, learn bool) Text {
	t := make(Text, 0, 2*len(text)/3+4*len(concepts))
	var unknown map[uint64]int32
	each(text, f.numbers(concepts), func(key uint64, w float32) {
		id, ok := f.ids[key]
		switch {
		case ok:
		case learn:
			id = int32(len(f.ids))
			f.ids[key] = id
		default:
			if id, ok = unknown[key]; !ok {
				if unknown == nil {
					unknown = map[uint64]int32{}
				}
				id = -1 - int32(len(unknown))
				unknown[key] = id
			}
		}
		t = append(t, feature{id, w})
	})
	return t.joined()
}

func (f *Features) numbers(concepts []string) []uint64 {
	out := make([]uint64, len(concepts))
	for i, c := range concepts {
		n, ok := f.names[c]
		if !ok {
			n = nameUnknown
		}
		out[i] = n
	}
	return out
}

// each calls add with the key and weight of every feature of a text, as often
// as the text has it.
func each(text string, concepts []uint64, add func(key uint64, w float32)) {
	last := rune(0)
	for _, r := range text {
		if r <= ' ' {
			continue
		}
		add(uint64(r), weightSingle)
		if last != 0 {
			add(keyPair|uint64(last)<<21|uint64(r), weightPair)
		}
		last = r
	}
	for i, c := range concepts {
		add(keyConcept|c, weightConcept)
		for _, d := range concepts[i+1 : min(len(concepts), i+1+conceptSpan)] {
			add(keyConceptPair|min(c, d)<<24|max(c, d), weightConceptPair)
		}
	}
}

// joined puts equal features together.
func (t Text) joined() Text {
	slices.SortFunc(t, func(a, b feature) int { return int(a.id) - int(b.id) })
	n := 0
	for i, x := range t {
		if i > 0 && t[n-1].id == x.id {
			t[n-1].weight += x.weight
			continue
		}
		t[n] = x
		n++
	}
	return t[:n]
}

// Join gives several texts as one.
func Join(texts ...Text) Text {
	n := 0
	for _, t := range texts {
		n += len(t)
	}
	out := make(Text, 0, n)
	for _, t := range texts {
		out = append(out, t...)
	}
	return out.joined()
}
