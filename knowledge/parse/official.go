package parse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// What stands around the body of an official document (GB/T 9704): above it
// the copy number, urgency, issuer's head, number and title; below it
// attachments, the issuer, the date, and to whom copies go. All are matched on
// a line whose blanks, full-width ones too, are single plain spaces.
var (
	documentNumber = text.NewPattern(`^([^ ，。；：:、]{1,24}) ?[〔\[［（(【] ?((?:19|20)\d{2}) ?[〕\]］）)】] ?第? ?(\d{1,4}) ?号(?: 签发人.*` +
		`| (.*?)(?:印发|发布)?)?$`)
	addressee     = text.NewPattern(`^[^。；？?]{2,300}[：:]$`)
	officialTitle = text.NewPattern(`^.{0,80}(?:通知|意见|办法|规定|决定|方案|细则|条例|章程|规则|公告|通告|通报|报告|请示|批复|函|纪要|讲话|要点|规划|指引|指南|解读|问答|规程|标准|预案` +
		`|清单|简章|计划|制度|守则|公约|公示|倡议书|名单|一览表|分工表|合同|手册|须知|安排|决议|议案|命令|令)(?:[（(][^）)]{1,20}[）)])*$`)
	headLine       = text.NewPattern(`^(?:\d{6}|特急|加急|平急|特提|签发人[：:].*|.{2,60}(?:文 ?件|便 ?函))$`)
	dayLine        = text.NewPattern(`^[（(]?` + dayForm + ` ?(?:印发|发布|施行)?[）)]?$`)
	organ          = text.NewPattern(`^(?:` + organName + `)(?: (?:` + organName + `))*(?:[（(](?:章|盖章|代章|公章|[^）)]{2,16}代章)[）)])?$`)
	attachmentHead = text.NewPattern(`^附 ?件 ?[一二三四五六七八九十\d]* ?[：:]?$`)
	copyTo         = text.NewPattern(`^(?:抄 ?送|主 ?送|分 ?送|抄 ?报)[：:]|^[（(]?(?:此件(?:公开发布|主动公开|依申请公开|不予公开)|此页无正文)[）)]?$`)
	printedBy      = text.NewPattern(`^[^，。；]{2,40} ?` + dayForm + ` ?印发$`)
)

const (
	dayForm   = `((?:19|20)\d{2}|[一二][〇○零０O一二三四五六七八九]{3}) ?[年.\-/．－] ?([\d一二三四五六七八九十]{1,3}) ?[月.\-/．－] ?([\d一二三四五六七八九十]{1,3}) ?日?`
	organName = `[^ ，。；：:、\d（(《]{1,40}(?:委员会|政府|办公室|办公厅|办事处|联合会|妇联|残联|工会|工委|党委|党组|党支部|团委|局|厅|部|院|会|中心|支部|小组|指挥部|学校|公司|合作社|大队|服务队|站|所)`
)

// plainly is a line with single plain spaces for all its blanks, and none where
// every character was set apart.
func plainly(l string) string {
	l = strings.Join(strings.Fields(l), " ")
	return drawnOut.ReplaceAllStringFunc(l, squeezed)
}

var drawnOut = text.NewPattern(`^(?:\p{Han} )+\p{Han}$`)

// office is a document's text in its parts.
type official struct {
	title, number, issuer, issued, dateLine, addressee string
	body                                               []string
}

// recognise finds the parts of an official document. title is what the file
// itself says it is called, or empty.
func recognise(lines []string, title string) official {
	o := official{title: strings.TrimSpace(title)}
	var text []string
	for _, l := range lines {
		l = strings.Trim(l, "\u00a0\ufeff\f\r\t ")
		if strings.TrimSpace(l) != "" || len(text) > 0 && text[len(text)-1] != "" {
			text = append(text, strings.TrimRight(l, "\u3000"))
		}
	}
	text = o.head(text)
	text = withoutBlank(text)
	main, rest := cutAttachments(o.tail(text))
	o.body = append(o.foot(main), rest...)
	return o
}

func withoutBlank(lines []string) []string {
	var out []string
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

var number = text.NewPattern(`^(?:第[一二三四五六七八九十百零〇\d]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、](?:\D|$))`)

func numbered(l string) bool { return number.MatchString(l) && !dayLine.MatchString(plainly(l)) }

// cutAttachments parts the text from the attachments behind it.
func cutAttachments(lines []string) (main, rest []string) {
	for i, l := range lines {
		if attachmentHead.MatchString(plainly(l)) && !strings.HasSuffix(l, "：") && !strings.HasSuffix(l, ":") {
			return lines[:i], lines[i:]
		}
	}
	return lines, nil
}

// tail drops what stands under everything else: to whom copies go, and who
// printed them when.
func (o *official) tail(lines []string) []string {
	end := len(lines)
	for i := max(1, end-6); i < end; i++ {
		if l := plainly(lines[i]); copyTo.MatchString(l) || printedBy.MatchString(l) {
			end = i
		}
	}
	for _, l := range lines[end:] {
		if m := printedBy.FindStringIndex(plainly(l)); m != nil && o.issued == "" {
			o.issued = dayIn(plainly(l))
		}
	}
	return lines[:end]
}

// foot takes what stands below the body: the date, and the issuer above it or
// before it on its line. A note under them stays with the body.
func (o *official) foot(lines []string) []string {
	at := signedAt(lines)
	if at < 0 {
		return o.signedOnly(lines)
	}
	by, _ := signedLine(lines[at])
	o.issued, o.dateLine = dayIn(plainly(lines[at])), strings.Trim(lines[at], "（）() \u3000")
	var signed []string
	if by != "" {
		signed, o.dateLine = []string{by}, strings.TrimSpace(strings.TrimPrefix(plainly(o.dateLine), by))
	}
	from := at
	if n := at - 1; n > 1 && isSignature(lines[n]) && !isSignature(lines[n-1]) && isSignature(lines[n-1]+lines[n]) {
		signed, from = append(organsOf(lines[n-1]+lines[n]), signed...), n-1 // bodies of a joint issue, on two lines
	}
	for from > 1 && len(signed) < 12 && isSignature(lines[from-1]) {
		from--
		if !strings.Contains(lines[from], "代章") {
			signed = append(organsOf(lines[from]), signed...)
		}
	}
	if len(signed) > 0 {
		o.issuer = strings.Join(signed, "、")
	}
	return append(lines[:from:from], lines[at+1:]...)
}

// signedAt gives the line of the date: one of the last, or further up where a
// notice is signed before the rules that it sends; -1 where there is none.
func signedAt(lines []string) int {
	for i := len(lines) - 1; i > 0; i-- {
		by, ok := signedLine(lines[i])
		if monthLine.MatchString(plainly(lines[i])) && !isSignature(lines[i-1]) {
			continue // without its issuer it may be anything
		}
		if ok && (i >= len(lines)-4 || by != "" || isSignature(lines[i-1])) {
			return i
		}
	}
	return -1
}

// signedOnly takes the issuer where it stands alone at the end, without a day.
func (o *official) signedOnly(lines []string) []string {
	end := len(lines)
	if end < 3 || !isSignature(lines[end-1]) || strings.HasPrefix(lines[end-2], "附件") {
		return lines
	}
	if o.issuer == "" {
		o.issuer = strings.Join(organsOf(lines[end-1]), "、")
	}
	return lines[:end-1]
}

// signedLine says whether a line is a date at the foot, and gives the issuer
// that stands before it.
func signedLine(l string) (by string, ok bool) {
	l = plainly(l)
	if dayLine.MatchString(l) {
		return "", dayIn(l) != ""
	}
	if monthLine.MatchString(l) {
		return "", true
	}
	m := dayTail.FindStringSubmatch(l)
	if m == nil || !organ.MatchString(strings.TrimSpace(m[1])) || dayIn(l) == "" {
		return "", false
	}
	return strings.TrimSpace(m[1]), true
}

var monthLine = text.NewPattern(`^[（(]?(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月[）)]?$`)

var dayTail = text.NewPattern(`^(\D{3,60}?) ?` + dayForm + `$`)

// isSignature says whether a line is an issuer as it signs.
func isSignature(l string) bool {
	l = plainly(l)
	return organ.MatchString(l) && !officialTitle.MatchString(l) && !numbered(l) || strings.HasSuffix(l, "代章）")
}

func organsOf(l string) []string {
	l = stamp.ReplaceAllString(plainly(l), "")
	return strings.Fields(l)
}

var stamp = text.NewPattern(`[（(](?:章|盖章|代章|公章)[）)]`)

var dayAnywhere = text.NewPattern(dayForm)

// dayIn reads the last day in a line: 2024年5月30日, 2024.5.30 or
// 二〇二四年五月三十日 as 2024-05-30; "" where there is none.
func dayIn(l string) string {
	all := dayAnywhere.FindAllStringSubmatch(l, -1)
	if len(all) == 0 {
		return ""
	}
	m := all[len(all)-1]
	y, mo, d := year(m[1]), text.Whole(m[2]), text.Whole(m[3])
	if mo < 1 || mo > 12 || d < 1 || d > 31 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, mo, d)
}

func year(s string) int {
	n, _ := text.Value(strings.NewReplacer("○", "〇", "O", "〇").Replace(s))
	return n
}

var fromDay = text.NewPattern(`自((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行|生效)`)

// effective is the day from which the text says that it holds; "" where it
// says none.
func effective(d *knowledge.Document) string {
	for i := len(d.Clauses) - 1; i >= 0; i-- {
		if m := fromDay.FindStringSubmatch(d.Clauses[i].Text); m != nil {
			return fmt.Sprintf("%s-%02d-%02d", m[1], text.Whole(m[2]), text.Whole(m[3]))
		}
	}
	return ""
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// glue joins two parts of a broken line: with a space between Latin words.
func glue(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if last < 128 && first < 128 && isLetter(byte(last)) && isLetter(byte(first)) {
		return a + " " + b
	}
	return a + b
}
