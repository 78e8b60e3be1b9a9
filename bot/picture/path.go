package picture

import (
	"slices"
	"strings"

	"zujian/knowledge/rule"
)

// step is one layer of a recommendation as it is drawn.
type step struct {
	name    string
	choices []choice
}

// choice is one result. Where a layer has several, each stands under its
// condition.
type choice struct {
	say   string
	given string // its condition and how strongly the sentence puts it
	place string
	open  bool // the condition is not known to hold
	guess bool // the author's own inference
}

// Path draws the path of a recommendation: what is known of the organisation,
// and layer by layer who is responsible, who pushes, who guides, the form and
// who heads, each with its condition and where it stands. Dashed is what hangs
// on something that is not known. facts is what the picture says of the
// organisation; it names nobody.
func Path(b *rule.Book, facts rule.Facts, r rule.Recommendation) *Picture {
	p := &Picture{title: "妇联组织组建建议"}
	y := p.head(p.title, known(b, facts))
	if r.Status == rule.OutOfScope {
		y = p.paragraph(r.Short, margin, y+8, width-2*margin, 18, ink, false)
		p.height = y + margin
		return p
	}
	for i, s := range steps(&r) {
		if i > 0 {
			p.stroke(stroke{width / 2, y, width / 2, y + 24, line, true})
			y += 24
		}
		y = p.step(s, y)
	}
	p.height = p.foot(b, &r, y) + margin
	return p
}

func known(b *rule.Book, facts rule.Facts) string {
	about := rule.Facts{}
	for k, v := range facts {
		if v != rule.Unknown {
			about[k] = v
		}
	}
	if s := b.Describe(about); s != "" {
		return "单位情况：" + s
	}
	return "单位情况：还没有说"
}

// head writes the title and what is under it.
func (p *Picture) head(title, under string) float64 {
	y := p.paragraph(title, margin, margin-8, width-2*margin, 28, ink, true)
	return p.paragraph(under, margin, y+2, width-2*margin, 17, pale, false) + 16
}

// steps takes the layers apart, in the order of the conclusion.
func steps(r *rule.Recommendation) []step {
	var out []step
	for _, l := range r.Lines {
		s := step{name: l.Name}
		for _, x := range r.Reasons {
			if x.Layer != l.Layer {
				continue
			}
			c := choice{say: x.Say(), given: given(x), place: x.Place(), open: len(x.Open) > 0, guess: x.Inference != ""}
			if x.Result == "" {
				c.say = "讲话没有写，请问本级妇联"
			}
			if slices.ContainsFunc(s.choices, func(o choice) bool { return o.say == c.say && o.given == c.given }) {
				continue
			}
			s.choices = append(s.choices, c)
		}
		if len(s.choices) == 0 {
			s.choices = []choice{{say: l.Text}}
		}
		out = append(out, s)
	}
	return out
}

func given(x rule.Reason) string {
	if x.Modality == "" {
		return x.Given
	}
	return x.Given + "，原文是“" + x.Modality + "”"
}

// step draws one layer: its name on the left, a card for each choice on the
// right. It gives where it ends.
func (p *Picture) step(s step, y float64) float64 {
	const side = 96.0
	top, at := y, len(p.shapes)
	p.draw(shape{}) // kept for the ground, which is drawn first
	y += 12
	x, w := margin+side, width-2*margin-side-12
	for i, c := range s.choices {
		if i > 0 {
			y += 10
		}
		y = p.card(c, x, y, w)
	}
	y += 12
	p.shapes[at] = shape{box: &box{margin, top, width - 2*margin, y - top, 10, light, "", false}}
	p.label(label{x: margin + side/2, y: (top+y)/2 + 7, size: 19, colour: strong, text: s.name, middle: true, bold: true})
	return y
}

func (p *Picture) card(c choice, x, y, w float64) float64 {
	const pad = 14.0
	top, at := y, len(p.shapes)
	p.draw(shape{})
	y = p.paragraph(c.say, x+pad, y+6, w-2*pad, 21, ink, true)
	under := c.given
	if c.open {
		under = "前提还不清楚：" + under
	}
	if under != "" {
		colour := pale
		if c.open {
			colour = doubt
		}
		y = p.paragraph(under, x+pad, y, w-2*pad, 15, colour, false)
	}
	where := c.place
	if c.guess && where != "" {
		where += "，其中有编写者的推断"
	}
	if where != "" {
		y = p.paragraph(where, x+pad, y, w-2*pad, 14, pale, false)
	}
	y += 8
	b := box{x, top, w, y - top, 8, paper, line, c.open}
	if c.open {
		b.fill, b.edge = sand, doubt
	}
	p.shapes[at] = shape{box: &b}
	return y
}

// foot writes what is not settled and what the documents are.
func (p *Picture) foot(b *rule.Book, r *rule.Recommendation, y float64) float64 {
	y += 18
	var parts []string
	if len(r.Points) > 0 {
		parts = append(parts, "没有定的："+strings.Join(r.Points, ""))
	}
	var missing []string
	for _, id := range r.Unknown {
		if f, ok := b.Fact(id); ok {
			missing = append(missing, f.Name)
		}
	}
	if len(missing) > 0 {
		parts = append(parts, "还不清楚："+strings.Join(missing, "、")+"。")
	}
	for _, t := range parts {
		y = p.paragraph(t, margin, y, width-2*margin, 16, doubt, false) + 4
	}
	if n := b.Note(r); n != "" {
		y = p.paragraph(n, margin, y, width-2*margin, 15, pale, false)
	}
	return y
}
