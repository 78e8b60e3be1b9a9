package text

import "strconv"

// Chinese writes a whole number below ten thousand as it is counted: 120 is
// 一百二十, 102 is 一百零二. Any other number is written in digits.
func Chinese(n int) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	digits, units := []rune("零一二三四五六七八九"), []string{"", "十", "百", "千"}
	var out []rune
	zero, place := false, 3
	for p := 1000; p > 0; p, place = p/10, place-1 {
		d := n / p % 10
		if d == 0 {
			zero = len(out) > 0
			continue
		}
		if zero {
			out, zero = append(out, '零'), false
		}
		if d != 1 || place != 1 || len(out) > 0 {
			out = append(out, digits[d])
		}
		out = append(out, []rune(units[place])...)
	}
	return string(out)
}
