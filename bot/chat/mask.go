package chat

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// What stands in the place of a number that was masked.
const (
	maskedPhone = "［电话］"
	maskedID    = "［证件号］"
	maskedCard  = "［号码］"
)

// Mask replaces what names or reaches a person and is typed in one piece:
// mobile numbers (11 digits from 13 to 19, with or without 86), landlines with
// an area code, identity numbers of 18 and 15 digits, other runs of 16 to 19
// digits, e-mail addresses, passports, number plates, and the name and address
// that somebody gives as his own. Digits may be of any writing, Chinese ones
// too, and spaced, dashed, dotted or bracketed, or hold invisible signs; those
// of a mobile number may be in groups behind commas. Mask(Mask(s)) is Mask(s).
func Mask(s string) string { return maskWords(maskNumbers(s)) }

// MaskKept is Mask for what is kept of a text: the name behind a word that
// announces one goes as well, which may stand in an answer.
func MaskKept(s string) string { return maskCalled(Mask(s)) }

func maskNumbers(s string) string {
	var out strings.Builder
	at := 0
	for _, n := range numbersIn(s) {
		out.WriteString(s[at:n.from])
		out.WriteString(n.word)
		at = n.to
	}
	out.WriteString(s[at:])
	return out.String()
}

// number is a number to mask: where it stands, in bytes, and what to write
// instead.
type number struct {
	from, to int
	word     string
	landline bool
}

// sign is one character of a text as a number is looked for in it.
type sign struct {
	at      int  // in bytes
	r       rune // as it was typed
	digit   byte // 0: none
	chinese bool
}

// numbersIn finds the numbers to mask.
func numbersIn(s string) []number {
	if !strings.ContainsFunc(s, func(r rune) bool { d, _ := digitOf(r); return d != 0 }) {
		return nil
	}
	signs := make([]sign, 0, len(s)+1)
	for i, r := range s {
		d, chinese := digitOf(r)
		signs = append(signs, sign{i, r, d, chinese})
	}
	signs = append(signs, sign{at: len(s)})
	var out []number
	for i := 0; i < len(signs)-1; {
		end, k := numberAt(signs, i)
		if end == i {
			i++
			continue
		}
		out = append(out, number{signs[i].at, signs[end].at, k.word, k.landline})
		i = end
	}
	return out
}

// joins says whether two digits beside each other belong to one number: of
// Chinese ones that is not known, since 一 and 二 stand before other words too.
func joins(a, b sign) bool { return a.digit != 0 && b.digit != 0 && !a.chinese && !b.chinese }

// numberAt gives the end of a number to mask that begins at i and its kind; or
// i where there is none.
func numberAt(signs []sign, i int) (int, kind) {
	if signs[i].digit == 0 || i > 0 && joins(signs[i-1], signs[i]) {
		return i, kind{}
	}
	for _, k := range kinds {
		if digits, end, ok := take(signs, i, k); ok && k.is(digits) {
			return end, k
		}
	}
	return i, kind{}
}

// kind is one shape of number, found by its count of digits.
type kind struct {
	length   int
	is       func(digits string) bool
	word     string
	landline bool
	commas   bool // groups of three digits and more may be behind commas
}

// kinds are tried in turn: longest first, so that no number is cut.
var kinds = []kind{
	{length: 19, is: isCard, word: maskedCard},
	{length: 18, is: isIdentity, word: maskedID},
	{length: 18, is: isCard, word: maskedCard},
	{length: 17, is: isCard, word: maskedCard},
	{length: 16, is: isCard, word: maskedCard},
	{length: 15, is: isOldIdentity, word: maskedID},
	{length: 14, is: func(d string) bool { return d[:3] == "086" && isMobile(d[3:]) }, word: maskedPhone},
	{length: 13, is: func(d string) bool { return d[:2] == "86" && isMobile(d[2:]) }, word: maskedPhone},
	{length: 15, is: func(d string) bool { return d[:4] == "0086" && isMobile(d[4:]) }, word: maskedPhone},
	{length: 12, is: isLandline, word: maskedPhone, landline: true},
	{length: 11, is: isMobile, word: maskedPhone, commas: true},
	{length: 11, is: isLandline, word: maskedPhone, landline: true},
	{length: 10, is: isLandline, word: maskedPhone, landline: true},
}

// isIdentity tells an 18-digit identity number (GB 11643-1999): address, date
// of birth, sequence, check character.
func isIdentity(d string) bool {
	century := d[6:8]
	return (century == "18" || century == "19" || century == "20") && isMonthDay(d[10:14])
}

// isOldIdentity tells a 15-digit identity number: two digits of the year.
func isOldIdentity(d string) bool { return !strings.HasSuffix(d, "X") && isMonthDay(d[8:12]) }

func isMonthDay(d string) bool {
	return d[:2] >= "01" && d[:2] <= "12" && d[2:] >= "01" && d[2:] <= "31"
}

func isMobile(d string) bool { return d[0] == '1' && d[1] >= '3' }

// isLandline tells an area code (three digits for 010 and 02x, else four) and
// seven or eight digits.
func isLandline(d string) bool {
	if d[0] != '0' || d[1] == '0' {
		return false
	}
	if d[1] <= '2' {
		return len(d) == 10 || len(d) == 11
	}
	return len(d) == 11 || len(d) == 12
}

func isCard(d string) bool { return !strings.HasSuffix(d, "X") }

// take reads the digits of a kind from i, leaping over separators between them;
// the last of 18 may be X. It fails where another digit follows directly.
func take(signs []sign, i int, k kind) (digits string, end int, ok bool) {
	got := make([]byte, 0, k.length)
	groups, gap, comma := []int{0}, 0, false
	for ; i < len(signs)-1 && len(got) < k.length; i++ {
		x := signs[i]
		switch {
		case x.digit != 0 || k.length == 18 && len(got) == 17 && isX(x.r):
			if gap > 0 {
				groups = append(groups, 0)
			}
			groups[len(groups)-1]++
			got, gap = append(got, letter(x)), 0
		case unseen(x.r):
		case isSeparator(x.r) && gap < 2:
			gap++
		case k.commas && isComma(x.r) && gap < 2:
			gap, comma = gap+1, true
		default:
			return "", 0, false
		}
	}
	if len(got) < k.length || joins(signs[i-1], signs[i]) || comma && slices.Min(groups) < 3 {
		return "", 0, false
	}
	return string(got), i, true
}

func letter(x sign) byte {
	if x.digit == 0 {
		return 'X'
	}
	return x.digit
}

const (
	chineseDigits = "零〇一二三四五六七八九"
	formalDigits  = "壹贰叁肆伍陆柒捌玖"
)

// spokenDigits are what digits are called where they are read out.
var spokenDigits = map[rune]byte{'幺': '1', '洞': '0', '拐': '7', '勾': '9', '貳': '2', '參': '3', '陸': '6'}

// digitOf gives the digit that a sign stands for, in whatever writing; 0 where
// it is none, or more than one, as ⑫.
func digitOf(r rune) (d byte, chinese bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), false
	case r < 0x80:
		return 0, false
	case spokenDigits[r] != 0:
		return spokenDigits[r], true
	}
	if at := strings.IndexRune(formalDigits, r); at >= 0 {
		return byte('1' + at/3), true
	}
	if at := strings.IndexRune(chineseDigits, r); at >= 0 {
		return byte('0' + max(0, at/3-1)), true
	}
	if r >= 0x3400 && r <= 0x9fff {
		return 0, false
	}
	plain := strings.Trim(norm.NFKC.String(string(r)), "().")
	if len(plain) == 1 && plain[0] >= '0' && plain[0] <= '9' {
		return plain[0], false
	}
	return 0, false
}

func isX(r rune) bool { return strings.ContainsRune("xXｘＸ×", r) }

func isComma(r rune) bool { return strings.ContainsRune(",，、;；", r) }

// unseen are signs that nobody sees between two digits: of no width, and what
// makes a key of a digit.
func unseen(r rune) bool {
	return strings.ContainsRune("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0f\u20e3", r)
}

func isSeparator(r rune) bool {
	return strings.ContainsRune(" \t\n\u00a0\u2002\u2003\u2005\u2009\u3000-‐‑–—－_.·．/()（）*", r)
}
