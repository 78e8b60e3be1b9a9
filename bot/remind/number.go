package remind

import (
	"strconv"
	"strings"
)

// numeral is a number as people write it, in a regular expression.
const numeral = `(?:\d{1,4}|[零〇一二两俩三四五六七八九十廿卅百]{1,5})`

// number reads 15, 十五, 廿三, 二十, 两, 〇九, 一百二十. It is -1 for what is
// no number.
func number(text string) int {
	total, last, digits := 0, -1, 0
	for _, r := range text {
		switch r {
		case '十':
			total, last = total+10*one(last), -1
		case '百':
			total, last = total+100*one(last), -1
		case '廿':
			total += 20
		case '卅':
			total += 30
		default:
			d := digit(r)
			if d < 0 {
				return -1
			}
			if last > 0 && r > '9' {
				return -1 // 一两点, 六七天: about so many
			}
			if last >= 0 {
				d += 10 * last
			}
			last, digits = d, digits+1
		}
	}
	if text == "" || digits > 4 {
		return -1
	}
	return total + max(last, 0)
}

func one(n int) int {
	if n < 0 {
		return 1
	}
	return n
}

func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r == '〇':
		return 0
	case r == '两', r == '俩':
		return 2
	}
	if i := strings.IndexRune("零一二三四五六七八九", r); i >= 0 {
		return i / len("零")
	}
	return -1
}

// digits reads a year as its digits are spoken: 二〇二七, 2027.
func digits(text string) int {
	n := 0
	for _, r := range text {
		d := digit(r)
		if d < 0 {
			return -1
		}
		n = 10*n + d
	}
	return n
}

// text writes a number in digits.
func text(n int) string { return strconv.Itoa(n) }

// han writes a number below a hundred as it is spoken before a unit.
func han(n int) string {
	if n == 2 {
		return "两"
	}
	return spoken(n)
}

// spoken writes a number below a hundred in characters.
func spoken(n int) string {
	ones := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return ones[n]
	case n < 20:
		return "十" + ones[n-10]
	}
	return ones[n/10] + "十" + ones[n%10]
}
