package rule

import (
	"strconv"
	"strings"
)

// Explain gives the whole proof as text: each result, the condition it hangs
// on, the sentence, and what is the author's own inference. It may be long.
func (b *Book) Explain(r Recommendation) string {
	var lines []string
	for _, x := range r.Reasons {
		lines = append(lines, b.explain(x))
	}
	if len(r.WhatIf) > 0 && r.Status != OutOfScope {
		lines = append(lines, "情况变了，结论会跟着变：")
		for _, c := range r.WhatIf {
			lines = append(lines, b.explainChange(c))
		}
	}
	return joinLines(append(lines, r.whole, b.Note(&r))...)
}

func (b *Book) explain(x Reason) string {
	head := b.LayerName(x.Layer) + "：" + x.say + "。"
	if x.Result == "" {
		head = b.LayerName(x.Layer) + "：讲话没有写。"
	}
	why := "因为" + x.Given + "。"
	if len(x.Open) > 0 {
		why = "如果" + x.Given + "；这一条还不清楚：" + b.names(x.Open) + "。"
	}
	out := head + why + "\n" + x.line()
	if x.Inference != "" {
		out += "\n编写者的推断：" + x.Inference
	}
	return out
}

// LayerName gives a layer's name as a person reads it.
func (b *Book) LayerName(id string) string {
	if i, ok := b.layers[id]; ok {
		return b.Layers[i].Name
	}
	return id
}

func (b *Book) explainChange(c Change) string {
	var when, then []string
	for fact, v := range c.Change {
		when = append(when, b.ValueName(fact, valueText(v)))
	}
	for _, l := range b.Layers {
		if results, ok := c.Then[l.ID]; ok {
			say := strings.Join(b.sayAll(results), "、")
			if say == "" {
				say = "没有"
				if l.ID == formLayer {
					say = "讲话没有写"
				}
			}
			then = append(then, l.Name+"变为"+say)
		}
	}
	return "如果" + strings.Join(when, "、") + "：" + strings.Join(then, "，") + "。"
}

func valueText(v any) string {
	if n, ok := v.(int); ok {
		return strconv.Itoa(n)
	}
	s, _ := v.(string)
	return s
}

// Describe gives the facts as a person reads them, in the book's order.
func (b *Book) Describe(f Facts) string {
	var parts []string
	for _, fact := range b.Facts {
		if v := f[fact.ID]; v != "" && fact.ID != countFact {
			parts = append(parts, b.ValueName(fact.ID, v))
		}
	}
	return strings.Join(parts, "，")
}
