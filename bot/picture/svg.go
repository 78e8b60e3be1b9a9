package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
)

// SVG gives the picture as one element that needs nothing from outside: no
// script, no style sheet, no font. Where the reader has no Chinese sans of the
// names given, its own is used.
func (p *Picture) SVG() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" role="img" `+
		`font-family="'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif">`,
		num(width), num(p.height))
	b.WriteString("<title>" + escape(p.title) + "</title>")
	fmt.Fprintf(&b, `<rect width="%s" height="%s" fill="%s"/>`, num(width), num(p.height), paper)
	for _, s := range p.shapes {
		switch {
		case s.box != nil:
			writeBox(&b, s.box)
		case s.rule != nil:
			writeStroke(&b, s.rule)
		case s.text != nil:
			writeLabel(&b, s.text)
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func writeBox(b *bytes.Buffer, x *box) {
	fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s"`,
		num(x.x), num(x.y), num(x.w), num(x.h), num(x.round), x.fill)
	if x.edge != "" {
		fmt.Fprintf(b, ` stroke="%s" stroke-width="1.5"`, x.edge)
	}
	if x.dashed {
		b.WriteString(` stroke-dasharray="7 5"`)
	}
	b.WriteString("/>")
}

func writeStroke(b *bytes.Buffer, s *stroke) {
	fmt.Fprintf(b, `<path d="M%s %sL%s %s" stroke="%s" stroke-width="2" fill="none"/>`, num(s.x0), num(s.y0),
		num(s.x1), num(s.y1), s.colour)
	if s.head {
		fmt.Fprintf(b, `<path d="M%s %sl-6 -9h12z" fill="%s"/>`, num(s.x1), num(s.y1), s.colour)
	}
}

func writeLabel(b *bytes.Buffer, l *label) {
	fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s" fill="%s"`, num(l.x), num(l.y), num(l.size), l.colour)
	if l.middle {
		b.WriteString(` text-anchor="middle"`)
	}
	if l.bold {
		b.WriteString(` font-weight="700"`)
	}
	b.WriteString(">" + escape(l.text) + "</text>")
}

func num(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer does not fail
	return b.String()
}
