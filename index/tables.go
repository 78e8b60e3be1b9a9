package index

import (
	_ "embed"
	"sync"
)

//go:embed data/simplified.txt
var simplifiedData string

// variants are characters that people write for one another and that no
// conversion of traditional characters covers. Left: as met; right: as kept.
const variants = "帐账妳你祂他牠它佈布覆复唸念傢家週周佔占慾欲甯宁隻只嚒么麽么"

var simplifiedTable = sync.OnceValue(func() *[hanLast - hanFirst + 1]uint16 {
	t := new([hanLast - hanFirst + 1]uint16)
	fill := func(pairs string) {
		var from rune
		for _, r := range pairs {
			if from == 0 {
				from = r
				continue
			}
			if from >= hanFirst && from <= hanLast && r <= hanLast {
				t[from-hanFirst] = uint16(r)
			}
			from = 0
		}
	}
	fill(simplifiedData)
	fill(variants)
	return t
})

// simplified gives the simplified, usual form of a character.
func simplified(r rune) rune {
	if r < hanFirst || r > hanLast {
		return r
	}
	if s := simplifiedTable()[r-hanFirst]; s != 0 {
		return rune(s)
	}
	return r
}
