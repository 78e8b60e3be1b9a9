package rule

import "strconv"

type lexicon struct{}
type Reading struct{ Facts Facts }

func (b *Book) Read(string) Reading    { return Reading{Facts{}} }
func wholeNumber(s string) (int, bool) { n, err := strconv.Atoi(s); return n, err == nil }
func newLexicon(*Book) *lexicon        { return nil }
func itoa(n int) string                { return strconv.Itoa(n) }
