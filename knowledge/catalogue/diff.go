package catalogue

import (
	"github.com/pmezard/go-difflib/difflib"

	"zujian/knowledge"
)

// Difference is one place where two versions differ; an empty side means that
// the clause is only in the other.
type Difference struct {
	Old knowledge.Citation `json:"old,omitzero"`
	New knowledge.Citation `json:"new,omitzero"`
}

// Diff compares two documents clause by clause, in the order of reading.
func Diff(old, new *knowledge.Document) []Difference {
	m := difflib.NewMatcher(texts(old), texts(new))
	var out []Difference
	for _, op := range m.GetOpCodes() {
		if op.Tag == 'e' {
			continue
		}
		for i := range max(op.I2-op.I1, op.J2-op.J1) {
			var d Difference
			if op.I1+i < op.I2 {
				d.Old = old.Cite(op.I1 + i)
			}
			if op.J1+i < op.J2 {
				d.New = new.Cite(op.J1 + i)
			}
			out = append(out, d)
		}
	}
	return out
}

func texts(d *knowledge.Document) []string {
	out := make([]string, len(d.Clauses))
	for i, c := range d.Clauses {
		out[i] = c.Text
	}
	return out
}
