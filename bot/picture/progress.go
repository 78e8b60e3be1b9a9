package picture

import "strconv"

// Done is how far the forming has come in one place.
type Done struct {
	Name  string
	Built int
	Units int
}

// mostBars is how many places one picture shows.
const mostBars = 60

// Progress draws how many organisations have a women's federation in each
// place, in the order given: it ranks nobody.
func Progress(title string, places []Done) *Picture {
	p := &Picture{title: title}
	built, units, widest := 0, 0, 1
	for _, d := range places {
		built += d.Built
		units += d.Units
		widest = max(widest, d.Units)
	}
	y := p.head(title, "一共"+strconv.Itoa(units)+"家，已建妇联"+strconv.Itoa(built)+"家，还没有建"+strconv.Itoa(units-built)+"家。按台账里的先后排，不分高低。")
	y = p.key(y)
	for _, d := range places[:min(len(places), mostBars)] {
		y = p.bar(d, widest, y)
	}
	if n := len(places) - mostBars; n > 0 {
		y = p.paragraph("还有"+strconv.Itoa(n)+"处没有画，见台账的“汇总”。", margin, y, width-2*margin, 15, pale, false)
	}
	p.height = y + margin - 8
	return p
}

func (p *Picture) key(y float64) float64 {
	x := margin
	for _, k := range []struct{ colour, text string }{{strong, "已建"}, {soft, "还没有建"}} {
		p.box(box{x, y, 18, 18, 4, k.colour, "", false})
		p.label(label{x: x + 26, y: y + 15, size: 16, colour: ink, text: k.text})
		x += 26 + measure(k.text, 16) + 28
	}
	return y + 34
}

// bar draws one place; the numbers stand in words beside it, so that nothing
// hangs on the colours alone.
func (p *Picture) bar(d Done, widest int, y float64) float64 {
	full := width - 2*margin
	y = p.paragraph(d.Name, margin, y, full, 17, ink, false)
	text := strconv.Itoa(d.Built) + "/" + strconv.Itoa(d.Units) + "家"
	room := full - measure(text, 16) - 12
	w := max(room*float64(d.Units)/float64(widest), 4)
	p.box(box{margin, y + 2, w, 20, 5, soft, "", false})
	if d.Built > 0 {
		p.box(box{margin, y + 2, max(w*float64(d.Built)/float64(max(d.Units, 1)), 4), 20, 5, strong, "", false})
	}
	p.label(label{x: margin + w + 10, y: y + 18, size: 16, colour: ink, text: text})
	return y + 34
}
