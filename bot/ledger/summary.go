package ledger

import (
	"slices"

	"zujian/knowledge/rule"
)

// Summary counts a ledger. Places stand in the order in which the ledger has
// them: nothing here ranks anybody. It holds no name of an organisation or a
// person.
type Summary struct {
	Organisations int      `json:"organisations"`
	Recommended   int      `json:"recommended"`
	OutOfScope    int      `json:"out_of_scope"`
	Built         int      `json:"built"`
	Complete      int      `json:"complete"` // nothing missing
	Remarked      int      `json:"remarked"` // with something of the row to be looked at
	Hidden        int      `json:"hidden"`   // in hidden rows
	Tables        int      `json:"tables"`
	Townships     []Place  `json:"townships"`
	Parks         []Place  `json:"parks"`
	Forms         []Number `json:"forms"`   // by the first form
	Push          []Number `json:"push"`    // several where a condition is open
	Guide         []Number `json:"guide"`   // the same
	Missing       []Number `json:"missing"` // what would settle something, most often missing first
	Groups        int      `json:"groups"`  // proposals for forming jointly
	Doubts        []string `json:"doubts"`
}

// Place counts one township, street or park.
type Place struct {
	Name    string `json:"name"`
	Units   int    `json:"units"`
	Built   int    `json:"built"`
	Single  int    `json:"single"` // 单独组建 comes first
	Joint   int    `json:"joint"`  // 联合组建 comes first
	Other   int    `json:"other"`  // another form, or none the documents name
	Missing int    `json:"missing"`
}

// Number is how often something is the case.
type Number struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// notNamed stands for a place that the ledger does not name.
const notNamed = "（没有写）"

func (res *Result) summarise() Summary {
	b := res.File.book
	s := Summary{Organisations: len(res.Rows), Tables: len(res.File.usable()), Groups: len(res.Groups),
		Townships: []Place{}, Parks: []Place{},
		Forms: []Number{}, Push: []Number{}, Guide: []Number{}, Missing: []Number{}, Doubts: res.doubts()}
	for i := range res.Rows {
		s.add(b, &res.Rows[i])
	}
	if len(s.Townships) == 1 && s.Townships[0].Name == notNamed {
		s.Townships = []Place{}
	}
	slices.SortStableFunc(s.Missing, func(a, b Number) int { return b.N - a.N })
	return s
}

func (s *Summary) add(b *rule.Book, r *Row) {
	rec := &r.Recommendation
	if r.table.sheet.hiddenR[r.Line-1] {
		s.Hidden++
	}
	if r.Built == yes {
		s.Built++
	}
	if len(r.Remarks) > 0 {
		s.Remarked++
	}
	township := r.Township
	if township == "" {
		township = notNamed
	}
	placeNamed(&s.Townships, township).add(r)
	if r.Facts["in_park"] == yes {
		park := r.Park
		if park == "" {
			park = notNamed
		}
		placeNamed(&s.Parks, park).add(r)
	}
	if rec.Status == rule.OutOfScope {
		s.OutOfScope++
		return
	}
	s.Recommended++
	if len(rec.Unknown) == 0 {
		s.Complete++
	}
	count1(&s.Forms, firstForm(b, rec))
	for _, x := range rec.Push {
		count1(&s.Push, b.Say(x))
	}
	for _, x := range rec.Guide {
		count1(&s.Guide, b.Say(x))
	}
	for _, name := range names(b, rec.Unknown) {
		count1(&s.Missing, name)
	}
}

func firstForm(b *rule.Book, rec *rule.Recommendation) string {
	if len(rec.Form) == 0 {
		return "讲话没有写"
	}
	return b.Say(rec.Form[0])
}

func count1(list *[]Number, name string) {
	for i := range *list {
		if (*list)[i].Name == name {
			(*list)[i].N++
			return
		}
	}
	*list = append(*list, Number{name, 1})
}

func placeNamed(list *[]Place, name string) *Place {
	for i := range *list {
		if (*list)[i].Name == name {
			return &(*list)[i]
		}
	}
	*list = append(*list, Place{Name: name})
	return &(*list)[len(*list)-1]
}

func (p *Place) add(r *Row) {
	p.Units++
	if r.Built == yes {
		p.Built++
	}
	rec := &r.Recommendation
	switch {
	case len(rec.Form) > 0 && rec.Form[0] == "单独组建":
		p.Single++
	case len(rec.Form) > 0 && rec.Form[0] == jointForm:
		p.Joint++
	default:
		p.Other++
	}
	if len(rec.Unknown) > 0 {
		p.Missing++
	}
}

// doubts are the remarks on the file and the columns to be looked at.
func (res *Result) doubts() []string {
	out := slices.Clone(res.File.doubts)
	for _, t := range res.Mapping {
		for _, c := range t.Columns {
			if c.Doubt != "" {
				out = append(out, "“"+t.Sheet+"”的"+c.Letter+"列“"+orBlank(oneLine(c.Heading))+"”按“"+c.Say+"”理解："+c.Doubt+"。")
			}
		}
	}
	if out == nil {
		return []string{}
	}
	return out
}
