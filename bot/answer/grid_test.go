package answer

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"zujian/index"
	"zujian/knowledge"
)

// top-1 target accuracy on odd single-turn cases
func TestGrid(t *testing.T) {
	f, _ := os.Open("../../../shared/cases/questions.jsonl")
	defer f.Close()
	cases, _ := ReadCases(f)
	ws, _ := index.LoadWords()
	l, _ := knowledge.Shipped()
	a, _ := New(l, ws, nil)
	for half := range 2 {
		n, ok1, any3, rn, rok := 0, 0, 0, 0, 0
		for i := half; i < len(cases); i += 2 {
			c := cases[i]
			if len(c.Turns) > 1 {
				continue
			}
			q := a.clean(c.Turns[0])
			s := a.score(q, q)
			an, g, _ := a.best(s.asked)
			switch c.Expect {
			case "answer":
				n++
				good := func(t int) bool {
					tt := a.targets[t]
					return tt.gap == nil && tt.field && slices.ContainsFunc(tt.pieces, func(r ref) bool { return holdsAny(r.text(), c.Evidence) })
				}
				if an.score*1.1 > g.score && good(an.target) {
					ok1++
				}
				k := 0
				for _, x := range s.asked {
					if a.targets[x.target].gap == nil && k < 3 {
						k++
						if good(x.target) {
							any3++
							break
						}
					}
				}
			case "refuse":
				rn++
				if g.score >= 1.1*an.score || want(q) != anything || an.score < inField {
					rok++
				}
			}
		}
		fmt.Printf("half %d top1 %d any3 %d of %d; refuse %d of %d\n", half, ok1, any3, n, rok, rn)
	}
}
