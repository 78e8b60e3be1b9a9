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

// shown is the character that is drawn for one.
func shown(c rune) rune {
	if g, err := sans().GlyphIndex(nil, c); err != nil || g == 0 {
		return missing
	}
	return c
}

// widths are those of the characters that were measured, in parts of the size.
var widths sync.Map

// advance gives how wide a character is, in parts of the size.
func advance(c rune) float64 {
	c = shown(c)
	if w, ok := widths.Load(c); ok {
		return w.(float64)
	}
	const em = 1000
	w := 1.0
	if g, err := sans().GlyphIndex(nil, c); err == nil {
		if a, err := sans().GlyphAdvance(nil, g, fixed.I(em), font.HintingNone); err == nil {
			w = float64(a) / 64 / em
		}
	}
	widths.Store(c, w)
	return w
}
