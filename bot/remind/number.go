package remind

import (
	"strconv"

	"zujian/knowledge/text"
)

// numeral is a number as people write it, in a regular expression.
const numeral = `(?:\d{1,4}|[零〇一二两俩三四五六七八九十廿卅百]{1,5})`

// aboutSo is two digits beside each other: 一两点, 六七天.
var aboutSo = text.NewPattern(`^[一二两三四五六七八九]{2,}$`)

// number reads 15, 十五, 廿三, 二十, 两, 〇九, 一百二十. It is -1 for what is
// no number, or only about one.
func number(said string) int {
	if n, ok := text.Value(said); ok && !aboutSo.MatchString(said) {
		return n
	}
	return -1
}

// digits reads a year as its digits are spoken: 二〇二七, 2027.
func digits(said string) int {
	if n, ok := text.Value(said); ok {
		return n
	}
	return -1
}

// han writes a number below a hundred as it is spoken before a unit.
func han(n int) string {
	if n == 2 {
		return "两"
	}
	return spoken(n)
}

// spoken writes a number below a hundred in characters.
func spoken(n int) string {
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	return text.Chinese(n)
}
