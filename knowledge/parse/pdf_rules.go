package parse

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

const (
	mostObjects  = 200_000 // of a file that are looked at for lines
	mostSegments = 400     // of a path
	mostBars     = 3_000   // of a page
	barThick     = 3.0     // points: what is thicker is an area
)

// bar is a straight line drawn on a page, upright or level, in points.
type bar struct{ left, bottom, right, top float64 }

func (b bar) level() bool { return b.right-b.left >= b.top-b.bottom }

// bars gives the lines drawn on a page, of which tables are made.
func (p *pdf) bars(page requests.Page, objects int) []bar {
	var out []bar
	for i := range objects {
		if p.objects++; p.objects > mostObjects {
			break
		}
		o, err := p.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil || len(out) > mostBars {
			break
		}
		kind, err := p.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err != nil || kind.Type != enums.FPDF_PAGEOBJ_PATH {
			continue
		}
		at, err := p.engine.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o.PageObject})
		if err != nil {
			continue
		}
		b := bar{float64(at.Left), float64(at.Bottom), float64(at.Right), float64(at.Top)}
		if min(b.right-b.left, b.top-b.bottom) <= barThick {
			out = append(out, b)
			continue
		}
		out = append(out, p.edges(o.PageObject)...)
	}
	return out
}

// edges gives the straight edges of a path of several, as of a box.
func (p *pdf) edges(object references.FPDF_PAGEOBJECT) []bar {
	n, err1 := p.engine.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
	m, err2 := p.engine.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err1 != nil || err2 != nil {
		return nil
	}
	var out []bar
	var startX, startY, x, y float64
	add := func(toX, toY float64) {
		if b := (bar{min(x, toX), min(y, toY), max(x, toX), max(y, toY)}); min(b.right-b.left, b.top-b.bottom) < 1 {
			out = append(out, b)
		}
		x, y = toX, toY
	}
	for i := range min(n.Count, mostSegments) {
		s, err := p.engine.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
		if err != nil {
			break
		}
		kind, err1 := p.engine.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
		point, err2 := p.engine.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
		closes, err3 := p.engine.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment})
		if err1 != nil || err2 != nil || err3 != nil {
			break
		}
		px, py := float64(point.X), float64(point.Y)
		toX := float64(m.Matrix.A)*px + float64(m.Matrix.C)*py + float64(m.Matrix.E)
		toY := float64(m.Matrix.B)*px + float64(m.Matrix.D)*py + float64(m.Matrix.F)
		switch kind.Type {
		case enums.FPDF_SEGMENT_LINETO:
			add(toX, toY)
		case enums.FPDF_SEGMENT_MOVETO:
			startX, startY = toX, toY
			fallthrough
		default:
			x, y = toX, toY
		}
		if closes.IsClose && math.Hypot(x-startX, y-startY) > 1 {
			add(startX, startY)
		}
	}
	return out
}
