package parse

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
)

// What stands around the body of an official document (GB/T 9704): above it
// the copy number, urgency, issuer's head, number and title; below it
// attachments, the issuer, the date, and to whom copies go.
var (
	documentNumber = regexp.MustCompile(`^\s*([^\s，。；：:、]{1,24}[〔\[［（(]\s*(?:19|20)\d{2}\s*[〕\]］）)]\s*第?\s*\d{1,4}\s*号)(?:\s*签发人.*)?\s*$`)
	addressee      = regexp.MustCompile(`^[^。；]{2,300}[：:]$`)
	officialTitle  = regexp.MustCompile(`^.{0,60}(?:通知|意见|办法|规定|决定|方案|细则|条例|章程|规则|公告|通告|通报|报告|请示|批复|函|纪要|讲话|要点|规划|指引|解读|问答)(?:[（(][^）)]{1,20}[）)])?$`)
	headLine       = regexp.MustCompile(`^(?:\d{6}|特急|加急|平急|特提|.{2,40}文件|签发人[：:].*)$`)
	dayLine        = regexp.MustCompile(`^[（(]?\s*((?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})\s*年\s*([\d一二三四五六七八九十]{1,3})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日\s*(?:印发|发布)?\s*[）)]?$`)
	organ          = regexp.MustCompile(`^[^，。；：:、\d]{2,40}(?:委员会|政府|办公室|办公厅|联合会|妇联|工委|党委|党组|局|厅|部|中心|总工会|协会|商会|支部|小组)(?:[\s　]+[^，。；：:、\d]{2,40})*$`)
	attachmentHead = regexp.MustCompile(`^附\s*件\s*[一二三四五六七八九十\d]*\s*[：:]?$`)
	copyTo         = regexp.MustCompile(`^(?:抄送|主送|分送|抄报)[：:]|^[（(]?(?:此件公开发布|此页无正文|联系人[：:].*)[）)]?$`)
)

// office is a document's text in its parts.
type office struct {
	title, number, issuer, issued, dateLine, addressee string
	body                                               []string
}

// recognise finds the parts of an official document. title is what the file
// itself says it is called, or empty.
func recognise(lines []string, title string) office {
	o := office{title: strings.TrimSpace(title)}
	var text []string
	for _, l := range lines {
		if l = strings.TrimSpace(strings.Trim(l, "\u00a0\u3000\ufeff\f")); l != "" {
			text = append(text, l)
		}
	}
	text = o.head(text)
	main, rest := cutAttachments(text)
	o.body = append(o.foot(main), rest...)
	return o
}

// head takes what stands above the body: at most the first dozen lines.
func (o *office) head(lines []string) []string {
	i, last := 0, 0
	var parts []string
	for ; i < min(len(lines), 12); i++ {
		l := lines[i]
		switch {
		case documentNumber.MatchString(l):
			o.number = strings.ReplaceAll(documentNumber.FindStringSubmatch(l)[1], " ", "")
		case l == o.title || headLine.MatchString(l) && len(parts) == 0 && !officialTitle.MatchString(l):
			if strings.HasSuffix(l, "文件") && o.issuer == "" {
				o.issuer = strings.TrimSuffix(l, "文件")
			}
		case dayLine.MatchString(l) && len(parts)+len(o.title) > 0:
			o.issued, o.dateLine = day(l), strings.Trim(l, "（）() ")
		case addressee.MatchString(l) && !numbered(l) && (o.title != "" || len(parts) > 0):
			o.addressee = strings.TrimRight(l, "：:")
			last = i + 1
			i = len(lines)
			continue
		case o.title == "" && readsLikeTitle(l, parts):
			parts = append(parts, l)
		default:
			i = len(lines)
			continue
		}
		last = i + 1
	}
	if o.title == "" {
		o.title = strings.Join(parts, "")
	}
	return lines[last:]
}

// readsLikeTitle says whether a line begins or continues the title: titles run
// over several lines, and end in what the document is.
func readsLikeTitle(l string, parts []string) bool {
	whole := strings.Join(parts, "") + l
	if utf8.RuneCountInString(whole) > 100 || strings.ContainsAny(l, "。；;？") || numbered(l) {
		return false
	}
	if len(parts) == 0 {
		return utf8.RuneCountInString(l) <= 60
	}
	return !officialTitle.MatchString(strings.Join(parts, "")) && officialTitle.MatchString(whole) && !strings.Contains(parts[0], "讲话")
}

var number = regexp.MustCompile(`^(?:第[一二三四五六七八九十百零〇\d]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、])`)

func numbered(l string) bool { return number.MatchString(l) }

// cutAttachments parts the text from the attachments behind it.
func cutAttachments(lines []string) (main, rest []string) {
	for i, l := range lines {
		if attachmentHead.MatchString(l) && !strings.HasSuffix(l, "：") && !strings.HasSuffix(l, ":") {
			return lines[:i], lines[i:]
		}
	}
	return lines, nil
}

// foot takes what stands below the body: the date, the issuer above it, and
// to whom copies go.
func (o *office) foot(lines []string) []string {
	end := len(lines)
	for end > 1 && (copyTo.MatchString(lines[end-1]) || strings.HasSuffix(lines[end-1], "印发") && utf8.RuneCountInString(lines[end-1]) < 40) {
		end--
	}
	if end < 2 || !dayLine.MatchString(lines[end-1]) {
		return lines
	}
	o.issued, o.dateLine = day(lines[end-1]), strings.Trim(lines[end-1], "（）() ")
	end--
	var signed []string
	for end > 1 && organ.MatchString(lines[end-1]) && !officialTitle.MatchString(lines[end-1]) {
		signed = append([]string{strings.Join(strings.Fields(lines[end-1]), "、")}, signed...)
		end--
	}
	if len(signed) > 0 {
		o.issuer = strings.Join(signed, "、")
	}
	return lines[:end]
}

// day reads 2024年5月30日 or 二〇二四年五月三十日 as 2024-05-30; "" where it is
// no day.
func day(l string) string {
	m := dayLine.FindStringSubmatch(l)
	if m == nil {
		return ""
	}
	y, mo, d := year(m[1]), small(m[2]), small(m[3])
	if mo < 1 || mo > 12 || d < 1 || d > 31 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, mo, d)
}

func year(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, r := range strings.NewReplacer("○", "〇", "零", "〇").Replace(s) {
		n = n*10 + strings.IndexRune("〇一二三四五六七八九", r)/len("一")
	}
	return n
}

// firstLine gives the position of the first line with anything on it, or -1.
func firstLine(lines []string) int {
	for i, l := range lines {
		if strings.TrimSpace(l) != "" {
			return i
		}
	}
	return -1
}

var fromDay = regexp.MustCompile(`自((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行|生效)`)

// effective is the day from which the text says that it holds; "" where it
// says none.
func effective(d *knowledge.Document) string {
	for i := len(d.Clauses) - 1; i >= 0; i-- {
		if m := fromDay.FindStringSubmatch(d.Clauses[i].Text); m != nil {
			return fmt.Sprintf("%s-%02d-%02d", m[1], knowledge.Number(m[2]), knowledge.Number(m[3]))
		}
	}
	return ""
}
