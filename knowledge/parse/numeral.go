package parse

import (
	"strconv"
	"strings"
)

// numberAs writes a number in one of the forms Word and LibreOffice name.
func numberAs(format string, n int) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "ideographDigital":
		return counting(n, "〇一二三四五六七八九", "十百千")
	case "chineseLegalSimplified", "ideographLegalTraditional":
		return counting(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
	case "ideographTraditional":
		return pick("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return pick("子丑寅卯辰巳午未申酉戌亥", n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n)
	case "decimalFullWidth":
		return wide(strconv.Itoa(n))
	case "decimalZero":
		return strings.Repeat("0", max(0, 2-len(strconv.Itoa(n)))) + strconv.Itoa(n)
	case "upperLetter":
		return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n)
	case "lowerLetter":
		return pick("abcdefghijklmnopqrstuvwxyz", n)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	}
	return strconv.Itoa(n)
}

// counting writes a number below ten thousand in Chinese; beyond, in digits.
func counting(n int, digits, units string) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	d, u := []rune(digits), append([]rune{0}, []rune(units)...)
	out, zero := "", false
	for place := 3; place >= 0; place-- {
		x := n / pow10(place) % 10
		if x == 0 {
			zero = out != ""
			continue
		}
		if zero {
			out += "零"
			zero = false
		}
		if place != 1 || x != 1 || out != "" {
			out += string(d[x])
		}
		if place > 0 {
			out += string(u[place])
		}
	}
	return out
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

func pick(from string, n int) string {
	r := []rune(from)
	if n < 1 || n > len(r) {
		return strconv.Itoa(n)
	}
	return string(r[n-1])
}

func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, s)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for n >= v {
			b.WriteString(signs[i])
			n -= v
		}
	}
	return b.String()
}
