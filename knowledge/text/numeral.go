package text

import "strings"

// digitOf gives the value of a digit in any writing, -1 for anything else.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r == '零':
		return 0
	case r == '两', r == '俩':
		return 2
	case r == '仨':
		return 3
	}
	if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
		return i/len("一") + 1
	}
	return -1
}

func unitOf(r rune) int {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10_000
	case '亿':
		return 100_000_000
	}
	return 0
}

// numeral works through a number in Chinese characters from the left.
type numeral struct {
	r     []rune
	n     int // runes taken
	total int
	last  int // the unit taken last, 0 for none
	zero  bool
}

// readChinese reads 一百二 (120), 一百零二 (102), 三四十 (30 to 40), 廿三, 十七八.
// 百 alone is none.
func readChinese(r []rune) (reading, int) {
	x := &numeral{r: r}
	for {
		d, k := x.digit()
		switch {
		case k > 1:
			return x.either(d)
		case d == 0:
			x.n, x.zero = x.n+1, true
			if x.n == 1 {
				return reading{}, 1
			}
			continue
		case !x.take(d):
			return reading{lo: x.total, hi: x.total}, x.n
		}
	}
}

// digit gives the digit at the place reached; k is 2 where the next one means
// an alternative to it (三四), d is -1 where there is none.
func (x *numeral) digit() (d, k int) {
	if x.n >= len(x.r) || x.r[x.n] < 128 {
		return -1, 0
	}
	if d = digitOf(x.r[x.n]); d < 0 {
		return -1, 0
	}
	if x.n+1 < len(x.r) && x.r[x.n+1] >= 128 {
		next := digitOf(x.r[x.n+1])
		if d > 0 && (next == d+1 || d == 3 && (next == 5 || x.r[x.n+1] == '两')) && !x.positionalHere() {
			return d, 2
		}
	}
	return d, 1
}

// positionalHere says whether three or more digits stand in a row, as in the
// number of a year.
func (x *numeral) positionalHere() bool {
	n := 0
	for i := x.n; i < len(x.r) && digitOf(x.r[i]) >= 0; i++ {
		n++
	}
	return n > 2
}

// take takes a digit with its unit, a unit alone, or a last digit, and says
// whether more may follow.
func (x *numeral) take(d int) bool {
	at := x.n
	if d > 0 {
		at++
	}
	u := 0
	if at < len(x.r) {
		u = unitOf(x.r[at])
	}
	switch {
	case at < len(x.r) && (x.r[at] == '廿' || x.r[at] == '卅') && d < 0 && x.n == 0:
		x.total, x.last, x.n = map[rune]int{'廿': 20, '卅': 30}[x.r[at]], 10, at+1
		return true
	case d < 0 && (u == 0 || u != 10 && x.n == 0 || u == 10 && x.n > 0 && x.last != 0 && x.last < 100):
		return false
	case u >= 10_000 && (d < 0 || x.last > 0 && x.last < u):
		x.total, x.last, x.n = (x.total+max(d, 0))*u, u, at+1
		return true
	case u > 0 && (x.last == 0 || u < x.last):
		x.total, x.last, x.n, x.zero = x.total+max(d, 1)*u, u, at+1, false
		return true
	case d < 0:
		return false
	}
	if x.last >= 100 && !x.zero {
		d *= x.last / 10
	}
	if x.n > 0 && x.last == 0 {
		return false // 二五, 三八: digits beside each other are no count
	}
	x.total, x.n = x.total+d, at
	if x.last == 0 && x.n < len(x.r) && digitOf(x.r[x.n]) >= 0 && x.r[x.n] >= 128 {
		x.total = 0
		for x.n < len(x.r) && digitOf(x.r[x.n]) >= 0 {
			x.n++
		}
	}
	return false
}

// either reads 两三, 三四十, 五六百, 十七八, 一百二三十.
func (x *numeral) either(a int) (reading, int) {
	b := digitOf(x.r[x.n+1])
	if b < a { // 三两
		a, b = b, a
	}
	n, unit := x.n+2, 1
	switch {
	case n < len(x.r) && unitOf(x.r[n]) > 0 && (x.last == 0 || unitOf(x.r[n]) < x.last):
		unit = unitOf(x.r[n])
		n++
		if n < len(x.r) && unitOf(x.r[n]) == 10_000 && unit < 10_000 {
			unit *= 10_000
			n++
		}
	case x.last >= 100 && !x.zero:
		unit = x.last / 10
	}
	return reading{n: x.total + a*unit, lo: x.total + a*unit, hi: x.total + b*unit}, n
}

// positional reads a row of digits as a year is spoken: 二〇二七, 2027.
func positional(r []rune) (int, bool) {
	n := 0
	if len(r) < 2 || len(r) > 9 {
		return 0, false
	}
	for _, x := range r {
		d := digitOf(x)
		if d < 0 || x == '两' {
			return 0, false
		}
		n = 10*n + d
	}
	return n, true
}
