package knowledge

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zujian/knowledge/text"
)

// comparedForm is a text as it is compared: half-width, without quotation marks
// and blanks, punctuation of five kinds (part ',', item '、', lead-in ':',
// segment ';', sentence '。'), numbers in one writing. Brackets stay.
func comparedForm(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case strings.ContainsRune("“”\"'‘’「」『』《》〈〉·", r) || unicode.IsSpace(r) && r != '\n':
		case strings.ContainsRune("【〔[{", r):
			b.WriteByte('(')
		case strings.ContainsRune("】〕]}", r):
			b.WriteByte(')')
		case r == '|' || r == '…':
			b.WriteByte(',')
		case r == '!' || r == '?' || r == '\n':
			b.WriteRune('。')
		case strings.ContainsRune("—–~－", r):
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Trim(repeatedMarks.ReplaceAllString(oneWriting(b.String()), "$1"), ",")
}

var repeatedMarks = text.NewPattern(`([,;。:、-])[,;。:、-]+`)

// aside are words in brackets that only point somewhere or say a number again.
var aside = text.NewPattern(`^\((?:详?见)?附件[^,;]{0,6}\)$|^\((?:以下简称|下同)[^()]*\)$|^\(\d+(?:个工作日|个自然日|[天年月人元名家户次周])\)$`)

var bracketGroup = text.NewPattern(`\([^()]{1,20}\)`)

// bracketForms gives the ways a clause may be taken over: with the words in its
// brackets run in, without those that restrict nothing, and with a list in
// brackets as the explanation that it is (“小个专”：小微企业、……).
func bracketForms(compared string) []string {
	out := []string{noBrackets.Replace(compared)}
	for _, as := range []func(string) string{
		func(string) string { return "" },
		func(group string) string {
			if strings.Contains(group, "、") || aside.MatchString(group) {
				return ":" + strings.Trim(group, "()") + ","
			}
			return group
		},
	} {
		form := noBrackets.Replace(bracketGroup.ReplaceAllStringFunc(compared, func(m string) string {
			if aside.MatchString(m) || !restricts.MatchString(m) && !strings.Contains(m, ";") {
				return as(m)
			}
			return m
		}))
		if !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

var noBrackets = strings.NewReplacer("(", "", ")", "")

// Units that may stand behind a number; before one of them a single Chinese
// numeral is a number (五家), elsewhere it may be part of a word (一般, 两新).
const units = `[个家名人位次年月日号天岁元条项种点句类届周小分层级例套张件台辆亩公斤吨米里度页期批场栋座幢间笔支队户倍成村组孩胎万千百亿%款章节处份方口胎轮桌门]`

const chineseDigits = `零〇○一二两三四五六七八九十百千万亿`

var (
	fraction   = text.NewPattern(`([` + chineseDigits + `\d]+)分之([` + chineseDigits + `\d]+)`)
	chineseRun = text.NewPattern(`([第每]?)([` + chineseDigits + `]+)(` + units + `?)`)
	scaled     = text.NewPattern(`(\d+(?:\.\d+)?)(亿|万|千|百)`)
	grouped    = text.NewPattern(`(\d),(\d{3})(\D|$)`)
	rangeMark  = text.NewPattern(`(\d[元人个家月日天年%]?)[至到](\d)`)
	point      = text.NewPattern(`\.(\D|$)`)
	noNumber   = text.NewPattern(`^(?:十分|千万|万一|百分|万千|百千)$`)
)

// oneWriting puts numbers into one writing: 五家, 5家 and ５家 are 5家, 百分之三十
// is 30%, 两万 and 2万 are 20000, 二〇二四年 is 2024年.
func oneWriting(s string) string {
	s = fraction.ReplaceAllStringFunc(s, func(m string) string {
		x := fraction.FindStringSubmatch(m)
		if x[1] == "百" {
			return arabic(x[2]) + "%"
		}
		return arabic(x[2]) + "/" + arabic(x[1])
	})
	s = chineseRun.ReplaceAllStringFunc(s, func(m string) string {
		x := chineseRun.FindStringSubmatch(m)
		several := len([]rune(x[2])) > 1
		if noNumber.MatchString(x[2]) || x[1] == "" && !several && (x[3] == "" || strings.Contains("万千百亿", x[2])) {
			return m
		}
		return x[1] + arabic(x[2]) + x[3]
	})
	s = grouped.ReplaceAllString(s, "$1$2$3")
	s = scaled.ReplaceAllStringFunc(s, scale)
	s = rangeMark.ReplaceAllString(s, "$1-$2")
	return point.ReplaceAllString(s, ",$1")
}

var powers = map[rune]int{'十': 10, '百': 100, '千': 1000, '万': 10000, '亿': 100000000}

func scale(m string) string {
	r := []rune(m)
	f, err := strconv.ParseFloat(string(r[:len(r)-1]), 64)
	if err != nil {
		return m
	}
	return strconv.FormatFloat(f*float64(powers[r[len(r)-1]]), 'f', -1, 64)
}

// arabic writes a Chinese number in Arabic digits: by its place words (三百二十),
// or digit by digit where it has none (二〇二四).
func arabic(s string) string {
	if !strings.ContainsAny(s, "十百千万亿") {
		return digitByDigit.Replace(s)
	}
	total, section, digit := 0, 0, 0
	for _, r := range digitByDigit.Replace(s) {
		switch p := powers[r]; {
		case r >= '0' && r <= '9':
			digit = digit*10 + int(r-'0')
		case p >= 10000:
			total = (total + max(section+digit, 1)) * p
			section, digit = 0, 0
		default:
			section += max(digit, 1) * p
			digit = 0
		}
	}
	return strconv.Itoa(total + section + digit)
}

var digitByDigit = strings.NewReplacer("零", "0", "〇", "0", "○", "0", "一", "1", "二", "2", "两", "2", "三", "3", "四", "4", "五", "5", "六",
	"6", "七", "7", "八", "8", "九", "9")
