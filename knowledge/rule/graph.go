package rule

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Graph draws the rules as a Mermaid flow chart: condition to result, by
// layer. What is the author's inference is dashed.
func (b *Book) Graph() string {
	var out strings.Builder
	out.WriteString("flowchart LR\n")
	for l, layer := range b.Layers {
		fmt.Fprintf(&out, "  subgraph %s[\"%s\"]\n", layer.ID, layer.Name)
		for i := range b.Rules {
			r := &b.Rules[i]
			if r.layer != l {
				continue
			}
			arrow := "-->"
			if r.Inference != "" {
				arrow = "-.->"
			}
			fmt.Fprintf(&out, "    rule_%s[\"%s\"] %s|%s| %s_%d([\"%s\"])\n",
				strings.ReplaceAll(r.ID, "-", "_"), quoteMark(b.conditionText(r.When)), arrow, cmp.Or(r.Modality, "—"),
				layer.ID, b.resultNumber(r), quoteMark(b.resultText(r)))
		}
		out.WriteString("  end\n")
	}
	return out.String()
}

// Table lists the rules: layer, condition, result, modality, where it stands,
// the sentence, and what is inferred. Columns are parted by tabs.
func (b *Book) Table() string {
	var out strings.Builder
	out.WriteString("层\t条件\t结果\t语气\t出处\t原文\t编写者的推断\n")
	for i := range b.Rules {
		r := &b.Rules[i]
		out.WriteString(strings.Join([]string{
			b.LayerName(r.Layer), b.conditionText(r.When), b.resultText(r), r.Modality,
			r.short + r.citation.Locator, r.citation.Quote, r.Inference,
		}, "\t") + "\n")
	}
	return out.String()
}

func (b *Book) resultText(r *Rule) string {
	if r.Result == "" {
		return "没有写"
	}
	return b.Say(r.Result)
}

func (b *Book) resultNumber(r *Rule) int {
	for i := range b.Rules {
		if b.Rules[i].layer == r.layer && b.Rules[i].Result == r.Result {
			return i
		}
	}
	return 0
}

// conditionText words a condition from the names in the book.
func (b *Book) conditionText(c Condition) string {
	switch {
	case c.Always:
		return "总是"
	case c.Not != nil:
		return "不是（" + b.conditionText(*c.Not) + "）"
	case c.All != nil:
		return b.joinConditions(c.All, "，并且")
	case c.Any != nil:
		return "（" + b.joinConditions(c.Any, "，或者") + "）"
	}
	return b.leafText(c)
}

func (b *Book) joinConditions(list []Condition, by string) string {
	var out []string
	for _, c := range list {
		out = append(out, b.conditionText(c))
	}
	return strings.Join(out, by)
}

func (b *Book) leafText(c Condition) string {
	f, _ := b.Fact(c.Fact)
	switch {
	case c.Unknown:
		return f.Name + "不清楚"
	case c.Above != nil:
		return f.Name + "超过" + strconv.Itoa(*c.Above)
	case c.Upto != nil:
		return f.Name + "不超过" + strconv.Itoa(*c.Upto)
	case c.Group != "":
		return f.Name + "属于" + c.Group
	case c.Value != "":
		return b.ValueName(c.Fact, c.Value)
	}
	var out []string
	for _, v := range c.In {
		out = append(out, b.ValueName(c.Fact, v))
	}
	return strings.Join(out, "或者")
}

func quoteMark(s string) string { return strings.ReplaceAll(s, "\"", "#quot;") }
