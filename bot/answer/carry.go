package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sentence that somebody else worded is shown only if a clause carries it: it
// may leave words out and add a few that say nothing, but what it takes over it
// takes over in the clause's own order, and whatever makes a clause weaker,
// narrower or its opposite stays in. That is stricter than need be for a reader
// who knows the matter, and as strict as need be for one who acts on it.

// guarded are the words that may neither be left out nor come in: how binding a
// clause is, what it denies, whom it excepts.
var guarded = regexp.MustCompile(`\d|一般|原则上|可以|应当|应该|必须|务必|一律|不得|不准|不能|不可|不许|禁止|严禁|提倡|鼓励|探索|试点|支持|尽量|适当|酌情|逐步|优先|除[^，。；]{0,30}外|但是?|如果|的话|符合条件|条件成熟|具备|只有|才能|仅|至少|至多|不少于|不超过|以上|以下|以内|以前|之前|左右|约|部分|有的|个别|等|特别是|未|没有|不|无|非|勿|免|除|另|暂|拟|或者?|还是|以及|双方|直接|督促|协助|配合|牵头|兜底|主要|全部|所有|每`)

// emptyWords are words a wording may add: they say nothing of the matter.
var emptyWords = regexp.MustCompile(`按照?讲话(?:里|稿)?(?:的说法|的要求|的意思)?|讲话(?:里|稿)?(?:明确|要求|提出|指出|写的是|写道|说的是|说|写)|按照?(?:这份|该|上述)?(?:文件|通知|办法|规定)(?:的要求|的规定)?|(?:文件|通知|办法|规定)(?:里|中)?(?:明确|要求|提出|规定|写的是|写|说)|根据(?:讲话|文件|通知|规定)|简单说|也就是说|具体来说|总的来说|您问的这种情况|这种情况|您好|同时|另外|此外|其中|首先|其次|最后|总之|因此|所以|是这样写的|如下`)

// runLeast is how many characters a stretch that is taken over has at least.
const runLeast = 2

// Carried says whether one of the clauses carries every sentence of a wording.
func Carried(wording string, clauses []string) bool {
	sentences := 0
	for _, s := range sentencesOf(wording) {
		bare := plainForm(emptyWords.ReplaceAllString(s, ""))
		if bare == "" {
			continue
		}
		sentences++
		// The clause may have such words itself.
		if !carriedBySome(plainForm(s), clauses) && !carriedBySome(bare, clauses) {
			return false
		}
	}
	return sentences > 0
}

func carriedBySome(s string, clauses []string) bool {
	for _, c := range clauses {
		if carried(s, plainForm(c)) {
			return true
		}
	}
	return false
}

// sentencesOf cuts a wording at the ends of sentences.
func sentencesOf(wording string) []string {
	return strings.FieldsFunc(wording, func(r rune) bool { return strings.ContainsRune("。！？!?\n；;", r) })
}

// plainForm is a text as it is compared: without quotation marks and blanks,
// punctuation of one kind, numbers in one writing.
func plainForm(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("“”\"'‘’「」『』 　\t·", r):
		case strings.ContainsRune("，,；;：:。.！!？?、（）()—-", r):
			b.WriteByte(',')
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Trim(repeats.ReplaceAllString(inDigits(b.String()), ","), ",")
}

var (
	repeats    = regexp.MustCompile(`,{2,}`)
	chineseNum = regexp.MustCompile(`[一二两三四五六七八九十百千]+(?:[个家名人位次年月日天届岁元条项种点句类届]|分之)`)
)

// inDigits writes numbers before a unit in Arabic digits, so that 五家 and 5家
// are the same.
func inDigits(s string) string {
	return chineseNum.ReplaceAllStringFunc(s, func(m string) string {
		r := []rune(m)
		unit := string(r[len(r)-1:])
		digits := string(r[:len(r)-1])
		if strings.HasSuffix(m, "分之") {
			unit, digits = "分之", string(r[:len(r)-2])
		}
		n, ok := chineseNumber(digits)
		if !ok {
			return m
		}
		return n + unit
	})
}

// chineseNumber reads a number below ten thousand.
func chineseNumber(s string) (string, bool) {
	total, digit := 0, 0
	for _, r := range s {
		switch i := strings.IndexRune("一二三四五六七八九", r); {
		case i >= 0:
			digit = i/len("一") + 1
		case r == '两':
			digit = 2
		case r == '十', r == '百', r == '千':
			unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			total += max(digit, 1) * unit
			digit = 0
		default:
			return "", false
		}
	}
	total += digit
	out := ""
	for n := total; n > 0; n /= 10 {
		out = string(rune('0'+n%10)) + out
	}
	return out, out != ""
}

// carried says whether a clause carries one sentence, both in plain form: the
// sentence is stretches of the clause in the clause's order, and nothing that
// is guarded stands in the gaps, or right before or behind in the same part.
func carried(sentence, clause string) bool {
	at := 0 // how far the clause is used
	first := -1
	rest := sentence
	for rest != "" {
		if rest[0] == ',' {
			rest = rest[1:]
			continue
		}
		run, from := nextRun(rest, clause[at:])
		if run == "" {
			return false
		}
		gap := clause[at : at+from]
		switch {
		case first < 0:
			first = at + from
			gap = lastPart(gap)
		case strings.Contains(gap, ",") && gap != ",":
			return false // whose part is left out may be another's
		}
		if guarded.MatchString(gap) || insideWord(clause, at+from, at+from+len(run)) {
			return false
		}
		at += from + len(run)
		rest = rest[len(run):]
	}
	return first >= 0 && !guarded.MatchString(firstPart(clause[at:])) && utf8.RuneCountInString(sentence) >= 4
}

// nextRun gives the longest beginning of the rest that stands in the clause, at
// its first place there, a comma in either passed over at no cost.
func nextRun(rest, clause string) (run string, from int) {
	part, _, _ := strings.Cut(rest, ",")
	r := []rune(part)
	for n := len(r); n >= min(runLeast, len(r)); n-- {
		if n == 0 {
			break
		}
		s := string(r[:n])
		if i := strings.Index(clause, s); i >= 0 && (n >= runLeast || len(r) == n) {
			return s, i
		}
	}
	return "", 0
}

// insideWord says whether a stretch was cut out of a number: 15 of 150.
func insideWord(clause string, from, to int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(clause) && clause[i] >= '0' && clause[i] <= '9' }
	return digit(from-1) && digit(from) || digit(to-1) && digit(to)
}

func lastPart(s string) string {
	if i := strings.LastIndexByte(s, ','); i >= 0 {
		return s[i+1:]
	}
	return s
}

func firstPart(s string) string {
	part, _, _ := strings.Cut(s, ",")
	return part
}
