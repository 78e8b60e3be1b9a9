package ledger

import (
	"context"
	"slices"
	"strings"

	"zujian/bot/dialog"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

// Result is a ledger with its recommendations.
type Result struct {
	File    *File
	Mapping Mapping
	Rows    []Row
	Summary Summary
	Groups  []Group
	Quotes  []Quote
}

// Quote is a sentence that recommendations rest on.
type Quote struct {
	Layer     string
	Result    string
	Modality  string
	Given     string
	Place     string // the document's short name and the locator
	Citation  knowledge.Citation
	Inference string
	Rows      int // how many organisations it is used for
}

// Progress hears how many of the rows are done; it must return soon.
type Progress func(done, of int)

// Check works out the recommendation of every row, in the order of the file.
// It fails with ErrNoHeader where there is no usable table, and with ctx's
// error where that ends. progress may be nil.
func (f *File) Check(ctx context.Context, progress Progress) (*Result, error) {
	tables := f.usable()
	if len(tables) == 0 {
		return nil, ErrNoHeader
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	res := &Result{File: f, Mapping: f.Mapping()}
	total := 0
	for _, t := range tables {
		total += len(t.rows)
	}
	done, decided := 0, map[string]rule.Recommendation{}
	for _, t := range tables {
		for _, r := range t.rows {
			if done%64 == 0 {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				progress(done, total)
			}
			row := f.read(t, r)
			row.Recommendation = f.decide(row.Facts, decided)
			res.Rows = append(res.Rows, row)
			done++
		}
	}
	progress(total, total)
	res.doubles()
	res.Quotes = f.quotes(res.Rows)
	res.Groups = groups(res.Rows)
	res.Summary = res.summarise()
	return res, nil
}

// decide is what the dialog gives for the same facts. Rows with the same facts
// share one recommendation, which nobody changes.
func (f *File) decide(facts rule.Facts, decided map[string]rule.Recommendation) rule.Recommendation {
	var key strings.Builder
	for _, fact := range f.book.Facts {
		key.WriteString(facts[fact.ID] + "\x00")
	}
	r, ok := decided[key.String()]
	if !ok {
		r = dialog.Lead(f.book, facts, "")
		decided[key.String()] = r
	}
	return r
}

// doubles says where a name stands twice.
func (res *Result) doubles() {
	first := map[string]*Row{}
	for i := range res.Rows {
		r := &res.Rows[i]
		name := squeeze(r.Name)
		if name == "" {
			continue
		}
		other, ok := first[name]
		if !ok {
			first[name] = r
			continue
		}
		where := "第" + itoa(other.Line) + "行"
		if other.Sheet != r.Sheet {
			where = "“" + other.Sheet + "”" + where
		}
		r.Remarks = append(r.Remarks, "跟"+where+"同名，请核实是不是同一家")
	}
}

// quotes gathers the sentences in the order in which they are first used.
func (f *File) quotes(rows []Row) []Quote {
	var out []Quote
	at := map[string]int{}
	for i := range rows {
		for _, x := range rows[i].Recommendation.Reasons {
			n, ok := at[x.Rule]
			if !ok {
				n = len(out)
				at[x.Rule] = n
				out = append(out, Quote{Layer: f.book.LayerName(x.Layer), Result: f.book.Say(x.Result), Modality: x.Modality,
					Given: x.Given, Place: x.Place(), Citation: x.Citation, Inference: x.Inference})
			}
			out[n].Rows++
		}
	}
	order := map[string]int{}
	for i, l := range f.book.Layers {
		order[l.Name] = i
	}
	slices.SortStableFunc(out, func(a, b Quote) int { return order[a.Layer] - order[b.Layer] })
	return out
}

// The columns that are added, in their order.
var added = []string{"责任主体", "推动", "指导", "形式", "负责人建议", "依据", "待补", "提示"}

// Cells gives what stands in the added columns, in the order of Added.
func (r *Row) Cells(b *rule.Book) []string {
	out := make([]string, len(added))
	rec := &r.Recommendation
	column := map[string]int{"owner": 0, "push": 1, "guide": 2, "form": 3, "head": 4}
	for _, l := range rec.Lines {
		out[column[l.Layer]] = l.Text
	}
	out[5] = basis(b, rec)
	remarks := slices.Clone(r.Remarks)
	if r.Built == yes {
		remarks = append([]string{"已建妇联，建议只供核对"}, remarks...)
	}
	if rec.Status == rule.OutOfScope {
		out[7] = sentences(append([]string{rec.Short}, remarks...))
		return out
	}
	out[6] = strings.Join(names(b, rec.Unknown), "、")
	out[7] = sentences(append(slices.Clone(rec.Points), remarks...))
	return out
}

func names(b *rule.Book, facts []string) []string {
	var out []string
	for _, id := range facts {
		if f, ok := b.Fact(id); ok {
			out = append(out, f.Name)
		}
	}
	return out
}

// basis names the places of the sentences, by layer.
func basis(b *rule.Book, rec *rule.Recommendation) string {
	var order []string
	places := map[string][]string{}
	for _, x := range rec.Reasons {
		name := b.LayerName(x.Layer)
		if places[name] == nil {
			order = append(order, name)
		}
		if !slices.Contains(places[name], x.Place()) {
			places[name] = append(places[name], x.Place())
		}
	}
	var out []string
	for _, name := range order {
		out = append(out, name+"："+strings.Join(places[name], "、"))
	}
	return strings.Join(out, "；")
}

func sentences(list []string) string {
	var out strings.Builder
	for _, s := range list {
		if s = strings.TrimRight(s, "。"); s != "" {
			out.WriteString(s + "。")
		}
	}
	return out.String()
}
