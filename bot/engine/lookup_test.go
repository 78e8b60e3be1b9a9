package engine

import (
	"context"
	"slices"
	"testing"
	"unicode/utf8"

	"zujian/index"
)

// held is a finder of which only what spreads say is asked.
type held struct {
	Finder
	words []string
}

func (h held) Entries() int { return 10 }

func (h held) Spreads(_ context.Context, words []string) ([]index.Spread, error) {
	out := make([]index.Spread, len(words))
	for i, w := range words {
		if slices.Contains(h.words, w) {
			out[i] = index.Spread{Entries: 2, Documents: map[string]int{"d": 2}}
		}
	}
	return out, nil
}

// TestEachWordHasItsOwnSpread holds that a word is not measured by where
// another stands, whatever was left out of the words near to one before it.
func TestEachWordHasItsOwnSpread(t *testing.T) {
	c := askedOf(t, "职工出差的饭补多少钱")
	words, err := index.LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	h := held{words: []string{"职工", "员工", "伙食补助"}}
	a := &Answerer{pool: &pool{docs: []*docView{{}}}, finder: h, thesaurus: index.NewThesaurus(words)}
	got, err := a.seek(context.Background(), c.q)
	if err != nil || len(got) < 3 {
		t.Fatal(got, err)
	}
	meal := false
	for _, s := range got {
		for _, n := range s.near[1:] {
			meal = meal || n.Word == "伙食补助"
			if utf8.RuneCountInString(n.Word) > 1 && !slices.Contains(h.words, n.Word) {
				t.Errorf("%s is looked for by %s, which no document has", s.word, n.Word)
			}
		}
	}
	if !meal {
		t.Error("饭补 is not looked for by 伙食补助")
	}
}
