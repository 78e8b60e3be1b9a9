package rule

import (
	"strconv"
	"strings"
)

// count is a number as people write it: 六百来 is at least 600, 三四十 lies
// between 30 and 40. From and To are byte positions in the text.
type count struct {
	n        int // as said: 600 for 六百来, 30 for 三四十
	lo, hi   int
	from, to int
	say      string // in its own writing
}

// Number is a number as people write it: 30余 is 30, and between 31 and 39.
type Number struct {
	N, Lo, Hi int
	Say       string // in its own writing
}

// Numbers finds the numbers of a text, in order. Ordinals, years, dates,
// percentages and floors are not numbers of anything here.
func Numbers(text string) []Number {
	var out []Number
	for _, c := range counts(normal(text)) {
		out = append(out, Number{c.n, c.lo, c.hi, c.say})
	}
	return out
}

func digitOf(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	switch r {
	case '零', '〇':
		return 0, true
	case '两', '俩':
		return 2, true
	case '仨':
		return 3, true
	}
	for i, n := range []rune("一二三四五六七八九") {
		if n == r {
			return i + 1, true
		}
	}
	return 0, false
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
		return 10000
	}
	return 0
}

// counts finds the numbers of a text, in order. Ordinals (第三) and numbers
// of floors and years are not counts.
func counts(text string) []count {
	var out []count
	runes, at := []rune(text), 0
	for i := 0; i < len(runes); {
		c, n := readCount(runes[i:])
		if n == 0 {
			at += len(string(runes[i]))
			i++
			continue
		}
		width := len(string(runes[i : i+n]))
		c.from, c.to = at, at+width
		if c.n == 0 {
			c.n = c.lo
		}
		c.say = string(runes[i : i+n])
		if c.hi > 0 && !notCount(runes, i, i+n, c.lo) {
			out = append(out, c)
		}
		at += width
		i += n
	}
	return out
}

func notCount(runes []rune, from, to, lo int) bool {
	if from > 0 && strings.ContainsRune("第星初", runes[from-1]) {
		return true
	}
	return to < len(runes) && strings.ContainsRune("共层楼年月日号%％成线把期肩旦些样般直起块半边带定色", runes[to]) &&
		(runes[to] != '号' || lo <= 31 && (to+1 == len(runes) || !strings.ContainsRune("人女职员", runes[to+1])))
}

// readCount reads a number at the start, with what softens it, and gives how
// many characters it took; 0 where there is none.
func readCount(r []rune) (count, int) {
	c, n := readPlain(r)
	if n == 0 {
		return readVague(r)
	}
	return soften(c, r, n)
}

// soften widens a number by the word after it.
func soften(c count, r []rune, n int) (count, int) {
	if n >= len(r) {
		return c, n
	}
	switch r[n] {
	case '多', '余', '几':
		if c.lo < 10 {
			return c, n
		}
		step := roundness(c.lo)
		return count{n: c.lo, lo: c.lo + 1, hi: c.lo + step - 1}, n + 1
	case '来':
		return count{n: c.lo, lo: c.lo, hi: c.hi + max(roundness(c.hi)/3, 1)}, n + 1
	case '+':
		return count{lo: c.lo, hi: c.lo * 2}, n + 1
	}
	return c, n
}

// roundness is the unit of a round number: 600 is round to 100.
func roundness(n int) int {
	u := 1
	for n >= 10 && n%10 == 0 {
		n, u = n/10, u*10
	}
	return u
}

// readVague reads numbers that are only an order of size: 上百, 几百, 百十.
func readVague(r []rune) (count, int) {
	s := string(r[:min(len(r), 4)])
	for _, v := range vague {
		if strings.HasPrefix(s, v.say) {
			return count{lo: v.lo, hi: v.hi}, len([]rune(v.say))
		}
	}
	return count{}, 0
}

var vague = []struct {
	say    string
	lo, hi int
}{
	{"近百", 80, 99}, {"近千", 800, 999}, {"近万", 8000, 9999},
	{"百八十", 80, 180}, {"百十来", 90, 120}, {"百来", 90, 120}, {"百十", 90, 120}, {"百把", 90, 120}, {"百多", 101, 190}, {"百余", 101, 190},
	{"好几百", 300, 900}, {"几百", 200, 900}, {"数百", 200, 900}, {"上百", 100, 300}, {"好几十", 40, 90}, {"大几十", 50, 90},
	{"几十", 20, 90}, {"数十", 20, 90}, {"上千", 1000, 3000}, {"几千", 2000, 9000}, {"半百", 50, 50}, {"十几", 11, 19}, {"十多", 11, 19}, {"十来", 10, 13}, {"十余", 11, 19},
}

// readPlain reads digits or Chinese numerals, also two neighbouring digits
// that mean either (三四十, 两三).
func readPlain(r []rune) (count, int) {
	if n := arabic(r); n > 0 {
		v, err := strconv.Atoi(string(r[:n]))
		if err != nil || v >= 1<<30 {
			return count{}, 0
		}
		if c, k := decimal(r, v, n); k > 0 {
			return c, k
		}
		if n < len(r) && unitOf(r[n]) >= 1000 {
			return count{lo: v * unitOf(r[n]), hi: v * unitOf(r[n])}, n + 1
		}
		return count{lo: v, hi: v}, n
	}
	if c, n := either(r); n > 0 {
		return c, n
	}
	v, n := chinese(r)
	return count{lo: v, hi: v}, n
}

func arabic(r []rune) int {
	n := 0
	for n < len(r) && r[n] >= '0' && r[n] <= '9' {
		n++
	}
	return n
}

// decimal reads 1.2万.
func decimal(r []rune, whole, n int) (count, int) {
	if n+2 >= len(r) || r[n] != '.' && r[n] != '．' || unitOf(r[n+2]) < 1000 {
		return count{}, 0
	}
	d, ok := digitOf(r[n+1])
	if !ok {
		return count{}, 0
	}
	u := unitOf(r[n+2])
	v := whole*u + d*u/10
	return count{lo: v, hi: v}, n + 3
}

// either reads 两三, 三四十, 五六百, 十七八.
func either(r []rune) (count, int) {
	base, skip := 0, 0
	if len(r) > 2 && r[0] == '十' {
		base, skip = 10, 1
	} else if len(r) > 3 && unitOf(r[1]) == 10 {
		d, ok := digitOf(r[0])
		if ok {
			base, skip = d*10, 2
		}
	}
	if len(r) < skip+2 {
		return count{}, 0
	}
	a, ok1 := digitOf(r[skip])
	b, ok2 := digitOf(r[skip+1])
	if !ok1 || !ok2 || b != a+1 || a == 0 {
		return count{}, 0
	}
	n, unit := skip+2, 1
	if skip == 0 && n < len(r) && unitOf(r[n]) > 0 {
		unit = unitOf(r[n])
		n++
	}
	return count{lo: base + a*unit, hi: base + b*unit}, n
}

// chinese reads a plain Chinese number; 一百二 is 120, 百 alone is none.
func chinese(r []rune) (value, n int) {
	total, digit, last := 0, -1, 0
	for n < len(r) {
		if d, ok := digitOf(r[n]); ok && r[n] < '0' || ok && r[n] > '9' {
			if digit > 0 {
				break
			}
			digit = d
			n++
			continue
		}
		u := unitOf(r[n])
		if u == 0 || (n == 0 && u != 10) {
			break
		}
		if n == 0 && len(r) > 1 && strings.ContainsRune("几多来余", r[1]) {
			return 0, 0 // 十几, 十来: an order of size
		}
		if digit < 0 {
			if last != 0 && last <= u {
				break
			}
			digit = 1
		}
		total, digit, last = total+digit*u, -1, u
		n++
	}
	if digit > 0 {
		if last >= 100 && n > 0 && r[max(n-2, 0)] != '零' && unitOf(r[n-2]) == last {
			digit *= last / 10
		}
		total += digit
	}
	return total, n
}

// wholeNumber reads an answer that is one number and little else: 9, 九家,
// 三十多家.
func wholeNumber(text string) (int, bool) {
	cs := counts(text)
	if len(cs) != 1 {
		return 0, false
	}
	return cs[0].n, true
}

func itoa(n int) string { return strconv.Itoa(n) }
