package text

import "strings"

// What stands in the place of a number that was masked.
const (
	maskedPhone = "［电话］"
	maskedID    = "［证件号］"
	maskedCard  = "［号码］"
)

// Mask replaces mobile numbers (11 digits from 13 to 19, with or without 86),
// landlines with an area code, identity numbers of 18 and 15 digits, and other
// runs of 16 to 19 digits. Digits may be full-width, and spaced, dashed,
// dotted or bracketed. Mask(Mask(s)) is Mask(s).
func Mask(s string) string {
	runes := []rune(s)
	var out strings.Builder
	for i := 0; i < len(runes); {
		if end, word := numberAt(runes, i); end > i {
			out.WriteString(word)
			i = end
			continue
		}
		out.WriteRune(runes[i])
		i++
	}
	return out.String()
}

// numberAt gives the end of a number to mask that begins at i, and what to
// write instead; or i where there is none.
func numberAt(runes []rune, i int) (int, string) {
	if _, ok := asciiDigit(runes[i]); !ok || (i > 0 && isASCIIDigit(runes[i-1])) {
		return i, ""
	}
	for _, k := range numberKinds {
		digits, end, ok := takeDigits(runes, i, k.length)
		if ok && k.is(digits) {
			return end, k.word
		}
	}
	return i, ""
}

// numberKind is one shape of number, found by its count of digits.
type numberKind struct {
	length int
	is     func(digits string) bool
	word   string
}

// numberKinds are tried in turn: longest first, so that no number is cut.
var numberKinds = []numberKind{
	{19, isCard, maskedCard},
	{18, isIdentity, maskedID},
	{18, isCard, maskedCard},
	{17, isCard, maskedCard},
	{16, isCard, maskedCard},
	{15, isOldIdentity, maskedID},
	{14, func(d string) bool { return d[:3] == "086" && isMobile(d[3:]) }, maskedPhone},
	{13, func(d string) bool { return d[:2] == "86" && isMobile(d[2:]) }, maskedPhone},
	{15, func(d string) bool { return d[:4] == "0086" && isMobile(d[4:]) }, maskedPhone},
	{12, isLandline, maskedPhone},
	{11, isMobile, maskedPhone},
	{11, isLandline, maskedPhone},
	{10, isLandline, maskedPhone},
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

// takeDigits reads n digits from i, leaping over separators between them; the last
// of 18 may be X. It fails where another digit follows directly.
func takeDigits(runes []rune, i, n int) (digits string, end int, ok bool) {
	got := make([]byte, 0, n)
	for gap := 0; i < len(runes) && len(got) < n; i++ {
		d, is := asciiDigit(runes[i])
		switch {
		case is:
			got, gap = append(got, d), 0
		case n == 18 && len(got) == 17 && isX(runes[i]):
			got = append(got, 'X')
		case isSeparator(runes[i]) && gap < 2:
			gap++
		default:
			return "", 0, false
		}
	}
	if len(got) < n || (i < len(runes) && isASCIIDigit(runes[i])) {
		return "", 0, false
	}
	return string(got), i, true
}

func asciiDigit(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte('0' + r - '０'), true
	}
	return 0, false
}

func isASCIIDigit(r rune) bool { _, ok := asciiDigit(r); return ok }

func isX(r rune) bool { return strings.ContainsRune("xXｘＸ×", r) }

func isSeparator(r rune) bool {
	return strings.ContainsRune(" \t\u00a0\u2002\u2003\u2005\u2009\u200b\u3000-‐‑–—－_.·．/()（）", r)
}
