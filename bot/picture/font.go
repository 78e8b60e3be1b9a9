package picture

import (
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Noto Sans CJK SC, cut down to GB 2312 (font/subset.sh, font/OFL.txt).
//
//go:embed font/sans.otf
var fontFile []byte

// sans reads the font when the first picture is drawn.
var sans = sync.OnceValue(func() *sfnt.Font {
	f, err := opentype.Parse(fontFile)
	if err != nil {
		panic(fmt.Sprintf("font/sans.otf: %v", err)) // it ships; a test draws with it
	}
	return f
})

// missing stands in the place of a character that the font does not have.
const missing = '□'

var widths struct {
	sync.Mutex
	buf sfnt.Buffer
	of  map[rune]float64
}

// shown is the character that is drawn for one.
func shown(buf *sfnt.Buffer, c rune) (rune, sfnt.GlyphIndex) {
	g, err := sans().GlyphIndex(buf, c)
	if err == nil && g != 0 {
		return c, g
	}
	g, _ = sans().GlyphIndex(buf, missing)
	return missing, g
}

// advance gives how wide a character is, in parts of the size.
func advance(c rune) float64 {
	widths.Lock()
	defer widths.Unlock()
	if w, ok := widths.of[c]; ok {
		return w
	}
	if widths.of == nil {
		widths.of = map[rune]float64{}
	}
	const em = 1000
	_, g := shown(&widths.buf, c)
	a, err := sans().GlyphAdvance(&widths.buf, g, fixed.I(em), font.HintingNone)
	w := float64(a) / 64 / em
	if err != nil {
		w = 1
	}
	if len(widths.of) < 20_000 {
		widths.of[c] = w
	}
	return w
}

// CanDraw reports whether the font has a character; another is drawn as an
// empty square in a PNG.
func CanDraw(c rune) bool {
	widths.Lock()
	defer widths.Unlock()
	got, _ := shown(&widths.buf, c)
	return got == c
}
