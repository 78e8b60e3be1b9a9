package rule

import (
	"testing"

	"zujian/knowledge"
	"zujian/knowledge/rules"
)

func documents(t testing.TB) []*knowledge.Document {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l.Documents
}

func shipped(t testing.TB, overlays ...File) *Book {
	t.Helper()
	b, err := Shipped(documents(t), overlays...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestWhatShipsIsChecked tries every combination of facts on the rules that ship:
// the program itself does not do so again at every start.
func TestWhatShipsIsChecked(t *testing.T) {
	if _, err := Load(File{"formation.yaml", rules.Formation}, documents(t)); err != nil {
		t.Error(err)
	}
}

// layerUses gives the facts the rules and ties of a layer mention, and those
// that set the scope.
func (b *Book) layerUses(l int) uint32 {
	uses := b.scopeUses()
	for i := range b.Rules {
		if b.Rules[i].layer == l {
			uses |= b.Rules[i].when.uses()
		}
	}
	for i := range b.Ties {
		if b.Ties[i].layer == l {
			uses |= b.Ties[i].when.uses()
		}
	}
	return uses
}

// combinations calls visit with every combination of the named facts as a
// facts file would hold it: each value the rules tell apart, and absent.
func (b *Book) combinations(facts uint32, visit func(Facts)) {
	f := Facts{}
	var from func(int)
	from = func(i int) {
		if i == len(b.Facts) {
			visit(f)
			return
		}
		from(i + 1)
		if facts&(1<<i) == 0 {
			return
		}
		id := b.Facts[i].ID
		for _, v := range b.classesOf(i) {
			f[id] = b.Facts[i].decode(v)
			from(i + 1)
		}
		delete(f, id)
	}
	from(0)
}
