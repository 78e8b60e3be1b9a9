package knowledge

import (
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// The numbers by which an office orders its text, outermost first. Which of
// them stands inside which is read off the document, not fixed here.
const (
	byChapter = iota
	byPart    // 第三节
	byArticle // 第三条, 第十条之一
	byDash    // 一、
	byBracket // （一）
	byDot     // 1.
	byRound   // （1）, 1）, ①, a)
	byBullet
	byNothing = -1
	byAttach  = -2
)

const cn = `一二三四五六七八九十百零〇`

// markers find the number at the beginning of a line; the first group is the
// number as it stands.
var markers = []*text.Pattern{
	text.NewPattern(`^(第[` + cn + `\d]+[编章])[\s　]*`),
	text.NewPattern(`^(第[` + cn + `\d]+节)[\s　]*`),
	text.NewPattern(`^(第[` + cn + `\d]+条(?:之[一二三四五六七八九十]+)?)[\s　]*`),
	text.NewPattern(`^([` + cn + `]+、)`),
	text.NewPattern(`^([（(][` + cn + `]+[)）])`),
	text.NewPattern(`^(\d{1,3}[.．、])(?:\D|\d{4}年|$)`),
	text.NewPattern(`^([（(]\d{1,3}[)）]|\d{1,2}[)）]|[a-z][)）]|[①-⑳])`),
	text.NewPattern(`^([-•·●▪◆]\s*)`),
}

// runIn finds an enumeration inside a paragraph: “一要带组织建设。”, “二是……”.
var runIn = text.NewPattern(`^([一二三四五六七八九十][要是])`)

// blank is a place where a published text had a number struck out: x个, x%.
var blank = text.NewPattern(`[xX×]+(?:个百分点|[个家名人%％万元年月日])|(?:^|[^A-Za-z])[xX×]{2,}`)

// attachment is the line that stands above an attachment, its title perhaps
// behind the number.
var attachment = text.NewPattern(`^(附\s*件\s*[` + cn + `\d]*)(?:$|[：:\s　]\s*(.*)$)`)

var (
	questionLine = text.NewPattern(`^(?:(?:问|Q)\s*(\d{0,3})\s*[：:.．、]\s*)(.+)$`)
	answerLine   = text.NewPattern(`^(?:(?:答|A)\s*\d{0,3}\s*[：:.．、]\s*)(.+)$`)
	dateLine     = text.NewPattern(`^[（(]?(?:20\d\d|19\d\d` +
		`|二[〇○零0][` + cn + `○]{2})\s*年\s*[\d` + cn + `]{1,3}\s*月\s*[\d` + cn + `]{1,3}\s*日[^。；]{0,30}$`)
	signature = text.NewPattern(`(?:部|局|委|办公室|联合会|妇联|协会|政府|中心|办事处|总工会|指挥部|委员会|小组|党组|党委|学会|商会|公司|支部|工委|居委会|村委会|合作社)[\s　]*$`)
	copied    = text.NewPattern(`^(?:抄送|主送|印发|联系人|联系电话|（联系|[（(]此件)`)
	cellPair  = text.NewPattern(`^([^：；。，]{1,20})：`)
)

// Lengths, in characters, by which a line is told to be a heading.
const (
	longestHeading = 30 // a numbered line by itself, or the first sentence of a paragraph
	longestRunIn   = 14 // a heading that an article or an item begins with
	longestTitle   = 40 // a line without number
)

// isSalutation is asked of the first line only: further down a line that ends
// so is what a list hangs on.
func isSalutation(line string) bool {
	return endsInColon(line) && utf8.RuneCountInString(line) <= 30 &&
		!strings.ContainsAny(line, "。;；") && markerKind(line) < 0 && !questionLine.MatchString(line)
}

func endsInColon(s string) bool { return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") }

// countPlain says how many paragraphs stand outside any numbering, so that the
// last of them can be called 末段.
func countPlain(lines []string) int {
	n := 0
	for i, line := range lines {
		if attachment.MatchString(line) {
			break
		}
		if isPlain(line) && !isRow(lines, i) {
			n++
		}
	}
	return n
}

func isPlain(line string) bool {
	return markerKind(line) < 0 && !attachment.MatchString(line) && !questionLine.MatchString(line) && !answerLine.MatchString(line)
}

func markerKind(line string) int {
	for k, m := range markers {
		if m.MatchString(line) {
			return k
		}
	}
	return byNothing
}

// isRow says whether a line is a row of a table as the readers write it:
// “列名：值；列名：值”, with another row of the same columns beside it, or three
// columns at least.
func isRow(lines []string, i int) bool {
	first, n := rowHead(lines[i])
	if n < 2 {
		return false
	}
	beside := func(k int) bool {
		if k < 0 || k >= len(lines) {
			return false
		}
		other, m := rowHead(lines[k])
		return m >= 2 && other == first
	}
	return n >= 3 || beside(i-1) || beside(i+1)
}

// rowHead gives the first column's name and how many cells have one.
func rowHead(line string) (first string, cells int) {
	for _, cell := range strings.Split(line, "；") {
		m := cellPair.FindStringSubmatch(cell)
		if m == nil {
			continue
		}
		if cells == 0 {
			first = m[1]
		}
		cells++
	}
	if cells*2 < strings.Count(line, "；")+1 {
		return "", 0
	}
	return first, cells
}

var attachmentItem = text.NewPattern(`^(?:附件\s*\d+[：:]\S|\d{1,2}[.．]\s*\S{2,40}$)`)

func isAttachmentItem(line string) bool {
	return attachmentItem.MatchString(line) && !strings.ContainsAny(line, "。；")
}

// isRunIn says whether the first sentence of an article is its heading:
// short, and without anything that it says of a thing.
func isRunIn(s string) bool {
	return utf8.RuneCountInString(s) <= 9 && !strings.ContainsAny(s, "为是由应须可不有在，、0123456789")
}

// isSigned says whether a line is what an office puts under a text: its name,
// the day, to whom copies go.
func isSigned(lines []string, i int) bool {
	l := lines[i]
	if dateLine.MatchString(l) && utf8.RuneCountInString(l) < longestTitle || copied.MatchString(l) && utf8.RuneCountInString(l) < 80 {
		return true
	}
	if utf8.RuneCountInString(l) >= longestTitle || strings.ContainsAny(l, "。；：，") || !signature.MatchString(l) {
		return false
	}
	return i+1 < len(lines) && (dateLine.MatchString(lines[i+1]) || signature.MatchString(lines[i+1])) || i+1 == len(lines)
}

// isTitle says whether a line without number is a heading or the title of what
// follows.
func isTitle(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return utf8.RuneCountInString(line) < longestTitle && !strings.ContainsRune("。；：:，、！？!?;,…", last) && !strings.ContainsAny(line, "。；，：")
}

func endsInQuestion(s string) bool { return strings.HasSuffix(s, "？") || strings.HasSuffix(s, "?") }

func headingKind(s string) ClauseKind {
	if endsInQuestion(s) {
		return Question
	}
	return Heading
}

// beforeColon is the heading of a point that opens with one: “报名：……”.
func beforeColon(s string) string {
	head, _, ok := strings.Cut(strings.ReplaceAll(s, ":", "："), "：")
	if n := utf8.RuneCountInString(head); !ok || n < 2 || n > longestRunIn || strings.ContainsAny(head, "，；、") {
		return ""
	}
	return head
}

func endsInMark(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。；：，、！", last)
}

// split cuts a paragraph into sentences at 。！？ outside quotation marks and
// brackets. Every sentence is a substring of the paragraph.
func split(paragraph string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range paragraph {
		switch r {
		case '“', '《', '（', '(', '「':
			depth++
		case '”', '》', '）', ')', '」':
			depth = max(0, depth-1)
		case '。', '！', '!', '？', '?':
			if depth > 0 {
				continue
			}
			end := i + utf8.RuneLen(r)
			out = appendSentence(out, paragraph[start:end])
			start = end
		}
	}
	return appendSentence(out, paragraph[start:])
}

func appendSentence(out []string, s string) []string {
	if s = strings.TrimSpace(s); s != "" {
		out = append(out, s)
	}
	return out
}
