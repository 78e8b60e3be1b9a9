package engine

import (
	"context"
<<<<<<< HEAD
	"strings"
	"testing"
)

// A word that has near words of which no document has any must not shift what
// is known of the words behind it.
func TestEveryWordIsLookedUpForItself(t *testing.T) {
	a := answererOf(t, notices)
	var all strings.Builder
	for _, text := range notices {
		_, body, _ := strings.Cut(text, "\n")
		all.WriteString(body)
	}
	words, err := a.seek(context.Background(), a.u.understand([]string{"老公生病住院，石桥镇临时救助每户金额多少，民政办复查多久答复"}))
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, w := range words {
		if len([]rune(w.word)) > 1 && strings.Contains(all.String(), w.word) {
			held++
			if !w.exact || len(w.inDoc) == 0 {
				t.Errorf("%s stands in a document, got exact %v, in %v", w.word, w.exact, w.inDoc)
			}
		}
	}
	if held < 3 {
		t.Fatalf("only %d of %d words are the documents'", held, len(words))
=======
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
>>>>>>> lane-wording
	}
}
