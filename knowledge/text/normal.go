package text

import (
	_ "embed"
	"strings"
	"sync"
)

// Normalise gives the form in which words are looked for: simplified characters,
// half-width letters and digits, and no blanks but line breaks. Chinese
// punctuation stays as it is, since it parts clauses.
func Normalise(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\u3000', '\u00a0', '\u200b', '\ufeff', '\u2002', '\u2003', '\u2005', '\u2009':
			return -1
		}
		return Simplified(Narrow(r))
	}, s)
}

// Narrow gives the half-width form of a full-width letter, digit or sign of
// calculation; other characters stay as they are.
func Narrow(r rune) rune {
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 0xfee0
	case strings.ContainsRune("％＋－／．～＜＞＝＃＊", r):
		return r - 0xfee0
	}
	return r
}

//go:embed simplified.txt
var simplifiedPairs string

// variants are characters that people write for one another and that no
// conversion of traditional characters covers. Left: as met; right: as kept.
const variants = "帐账妳你祂他牠它佈布覆复唸念傢家週周佔占慾欲甯宁隻只嚒么麽么"

// Between these stand the characters that have a simplified form.
const (
	hanFirst = 0x3400
	hanLast  = 0x9FFF
)

// simplifiedTable is read with the first character that is looked up.
var simplifiedTable = sync.OnceValue(func() *[hanLast - hanFirst + 1]uint16 {
	t := new([hanLast - hanFirst + 1]uint16)
	var from rune
	for _, r := range simplifiedPairs + variants {
		if from == 0 {
			from = r
			continue
		}
		t[from-hanFirst], from = uint16(r), 0
	}
	return t
})

// Simplified gives the simplified, usual form of a character.
func Simplified(r rune) rune {
	if r < hanFirst || r > hanLast {
		return r
	}
	if s := simplifiedTable()[r-hanFirst]; s != 0 {
		return rune(s)
	}
	return r
}
