package engine

import (
	"context"
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
	}
}
