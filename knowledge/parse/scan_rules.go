package parse

import (
	"image"
	"image/draw"
	"math"
)

const (
	mostSkew  = 1.6 // degrees that a page may lie askew and is set right
	leastRule = 100 // pixels of a level line, longer than any stroke of a character
	leastSide = 80  // of an upright one
	pointPer  = 72.0 / scanDPI
)

// setRight turns a grey page so that its lines are level.
func setRight(page *image.Gray) *image.Gray {
	slope := math.Tan(skewOf(inBlack(page)))
	if math.Abs(slope) < 0.001 {
		return page
	}
	w, h := page.Rect.Dx(), page.Rect.Dy()
	out := image.NewGray(page.Rect)
	wipe(out, out.Rect)
	for y := range h {
		for x := range w {
			fromX, fromY := x-int(math.Round(float64(y-h/2)*slope)), float64(y)+float64(x-w/2)*slope
			above := int(math.Floor(fromY))
			if fromX < 0 || fromX >= w || above < 0 || above+1 >= h {
				continue
			}
			at, part := above*page.Stride+fromX, fromY-float64(above)
			out.Pix[y*out.Stride+x] = uint8(float64(page.Pix[at])*(1-part) + float64(page.Pix[at+page.Stride])*part)
		}
	}
	return out
}

// skewOf is the angle at which a page's lines of print lie: the one at which
// the dark points gather best in rows.
func skewOf(page *image.Gray) float64 {
	var dark []image.Point
	for y := range page.Rect.Dy() {
		for x := 0; x < page.Rect.Dx(); x += 5 {
			if page.Pix[y*page.Stride+x] == 0 {
				dark = append(dark, image.Pt(x, y))
			}
		}
	}
	best := 0.0
	for step := 0.2; step > 0.01; step /= 4 {
		middle, most := best, -1.0
		for d := -mostSkew / 0.2 * step; d <= mostSkew/0.2*step; d += step {
			angle := middle + d*math.Pi/180
			if g := gathered(dark, math.Tan(angle), page.Rect.Dy()); g > most {
				best, most = angle, g
			}
		}
	}
	return best
}

func gathered(dark []image.Point, slope float64, height int) float64 {
	rows := make([]float64, 3*height)
	for _, p := range dark {
		if at := height + p.Y - int(float64(p.X)*slope); at >= 0 && at < len(rows) {
			rows[at]++
		}
	}
	sum := 0.0
	for _, n := range rows {
		sum += n * n
	}
	return sum
}

// rulesOf finds the straight lines on a page, in points with y growing upwards,
// and wipes them off it: they would be read as characters.
func rulesOf(page *image.Gray) []bar {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	dark := func(x, y int) bool { return x >= 0 && y >= 0 && x < w && y < h && page.Pix[y*page.Stride+x] == 0 }
	level := runs(h, w, leastRule, func(y, x int) bool { return dark(x, y) || dark(x, y-1) || dark(x, y+1) })
	upright := runs(w, h, leastSide, func(x, y int) bool { return dark(x, y) || dark(x-1, y) || dark(x+1, y) })
	if len(level)+len(upright) > mostBars {
		return nil // a picture, or a page of dots
	}
	var out []bar
	for _, r := range level {
		out = append(out, inPoints(image.Rect(r[1], r[0], r[2], r[0])))
		wipe(page, image.Rect(r[1], r[0]-1, r[2], r[0]+2))
	}
	for _, r := range upright {
		out = append(out, inPoints(image.Rect(r[0], r[1], r[0], r[2])))
		wipe(page, image.Rect(r[0]-1, r[1], r[0]+2, r[2]))
	}
	return out
}

func inPoints(r image.Rectangle) bar {
	return bar{float64(r.Min.X) * pointPer, -float64(r.Max.Y) * pointPer, float64(r.Max.X) * pointPer, -float64(r.Min.Y) * pointPer}
}

func wipe(page *image.Gray, r image.Rectangle) {
	draw.Draw(page, r, image.White, image.Point{}, draw.Src)
}

// runs gives the stretches of dark points along each line, as line, from and to,
// that are long enough; a few light points do not end one.
func runs(lines, length, least int, dark func(line, at int) bool) [][3]int {
	const gap = 2
	var out [][3]int
	for l := range lines {
		from, last := -1, -1
		for at := range length + gap + 1 {
			if at < length && dark(l, at) {
				if from < 0 {
					from = at
				}
				last = at
			} else if from >= 0 && at-last > gap {
				if last-from >= least {
					out = append(out, [3]int{l, from, last + 1})
				}
				from = -1
			}
		}
	}
	return out
}
