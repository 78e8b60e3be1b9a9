package parse

import (
	"image"
	"image/color"
)

// withoutRed gives the page in grey as through red glass: stamps and red rules
// vanish, what is black stays.
func withoutRed(picture image.Image) *image.Gray {
	return grey(picture, func(r, _, _ uint8) uint8 { return r })
}

// onlyRed gives what is red on the upper part of a page in black.
func onlyRed(picture image.Image) *image.Gray {
	b := picture.Bounds()
	b.Max.Y = b.Min.Y + b.Dy()*2/5
	return grey(cropped{picture, b}, func(r, g, bl uint8) uint8 {
		if int(r)-max(int(g), int(bl)) > 60 {
			return 0
		}
		return 255
	})
}

type cropped struct {
	image.Image
	bounds image.Rectangle
}

func (c cropped) Bounds() image.Rectangle { return c.bounds }

func grey(picture image.Image, of func(r, g, b uint8) uint8) *image.Gray {
	b := picture.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.NRGBAModel.Convert(picture.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			if c.A < 128 {
				c = color.NRGBA{255, 255, 255, 255}
			}
			out.Pix[y*out.Stride+x] = of(c.R, c.G, c.B)
		}
	}
	return out
}

// inBlack gives a grey page in black and white: parted where its dark and its
// light pixels are best told from one another, and without single specks.
func inBlack(page *image.Gray) *image.Gray {
	at := threshold(page)
	w, h := page.Rect.Dx(), page.Rect.Dy()
	out := image.NewGray(page.Rect)
	dark := func(x, y int) bool { return x >= 0 && y >= 0 && x < w && y < h && page.Pix[y*page.Stride+x] <= at }
	for y := range h {
		for x := range w {
			v := uint8(255)
			if dark(x, y) {
				around := 0
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						if dark(x+dx, y+dy) {
							around++
						}
					}
				}
				if around > 2 {
					v = 0
				}
			}
			out.Pix[y*out.Stride+x] = v
		}
	}
	return out
}

// threshold is the grey that parts dark from light with the greatest variance
// between the two (Otsu 1979).
func threshold(page *image.Gray) uint8 {
	var count [256]float64
	sum := 0.0
	for _, v := range page.Pix {
		count[v]++
		sum += float64(v)
	}
	all, below, sumBelow := float64(len(page.Pix)), 0.0, 0.0
	best, most := uint8(127), -1.0
	for v := range 255 {
		below += count[v]
		sumBelow += float64(v) * count[v]
		if below == 0 || below == all {
			continue
		}
		mean, rest := sumBelow/below, (sum-sumBelow)/(all-below)
		if between := below * (all - below) * (mean - rest) * (mean - rest); between > most {
			best, most = uint8(v), between
		}
	}
	return best
}
