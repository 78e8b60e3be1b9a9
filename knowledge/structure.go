package knowledge

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// How an office numbers its text, outermost kinds first. Which kind stands
// inside which is read off the document, not fixed here.
var markers = []*regexp.Regexp{
	regexp.MustCompile(`^(第[一二三四五六七八九十百零〇\d]+[章节])[\s　]*`),
	regexp.MustCompile(`^(第[一二三四五六七八九十百零〇\d]+条)[\s　]*`),
	regexp.MustCompile(`^([一二三四五六七八九十]+、)`),
	regexp.MustCompile(`^([（(][一二三四五六七八九十]+[)）])`),
	regexp.MustCompile(`^(\d{1,2}[.．、])(?:\D|$)`),
	regexp.MustCompile(`^([（(]\d{1,2}[)）])`),
}

// runIn finds an enumeration inside a paragraph: “一要带组织建设。”, “二是……”.
var runIn = regexp.MustCompile(`^([一二三四五六七八九十][要是])`)

// blank is a place where a published text had a number struck out: x个, x%.
var blank = regexp.MustCompile(`[xX×]+(?:个百分点|[个家名人%％万元年月日])|(?:^|[^A-Za-z])[xX×]{2,}`)

// attachment is the line that stands above an attachment.
var attachment = regexp.MustCompile(`^(附\s*件\s*[一二三四五六七八九十\d]*)$`)

// The kinds that are treated apart: an article is cut into 款, an attachment
// stands beside the text and closes it.
const (
	kindAttachment = -2
	kindArticle    = 1
)

// longestHeading is how many characters a sentence that opens a numbered
// paragraph may have and still be read as its heading.
const longestHeading = 30

// Structure cuts the lines of a text into sections and clauses with locators.
// Blank lines and salutations (“同志们:”) are passed over. The text of every
// clause is a substring of its line.
func Structure(lines []string) ([]Section, []Clause) {
	b := &builder{paragraphs: countOpening(lines), last: map[int]int{}}
	for i, line := range lines {
		line = strings.TrimSpace(strings.Trim(line, "\u00a0\u3000"))
		if line == "" || isSalutation(line) {
			continue
		}
		b.several = i+1 < len(lines) && isPlain(lines[i+1])
		b.line(line)
	}
	return b.sections, b.clauses
}

func isSalutation(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return (last == ':' || last == '：') && utf8.RuneCountInString(line) <= 30 &&
		!strings.ContainsAny(line, "。;；") && markerKind(line) < 0
}

// countOpening says how many paragraphs stand outside any numbering, so that
// the last of them can be called 末段.
func countOpening(lines []string) int {
	n := 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if attachment.MatchString(line) {
			break
		}
		if isPlain(line) {
			n++
		}
	}
	return n
}

func isPlain(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && !isSalutation(line) && markerKind(line) < 0 && !attachment.MatchString(line)
}

func markerKind(line string) int {
	for k, m := range markers {
		if m.MatchString(line) {
			return k
		}
	}
	return -1
}

type open struct{ kind, section int }

type builder struct {
	sections   []Section
	clauses    []Clause
	stack      []open
	paragraphs int // paragraphs without a number, in all
	paragraph  int // those seen
	numbered   bool
	several    bool // a paragraph without a number follows
	article    int  // 款 of the article at hand

	last map[int]int // the number of each section's last sentence
}

func (b *builder) line(line string) {
	if m := attachment.FindString(line); m != "" {
		b.stack = []open{{kindAttachment, b.section(strings.Join(strings.Fields(m), ""), -1)}}
		return
	}
	kind := markerKind(line)
	if kind < 0 {
		b.plain(line)
		return
	}
	b.numbered = true
	label := markers[kind].FindStringSubmatch(line)[1]
	for len(b.stack) > 0 && b.stack[len(b.stack)-1].kind >= kind {
		b.stack = b.stack[:len(b.stack)-1]
	}
	parent := -1
	if len(b.stack) > 0 {
		parent = b.stack[len(b.stack)-1].section
	}
	if kind == 4 && (parent < 0 || b.inAttachment() && len(b.stack) == 1) {
		label = "第" + strings.TrimRight(label, ".．、") + "点"
	}
	s := b.section(label, parent)
	b.stack = append(b.stack, open{kind, s})
	rest := strings.TrimSpace(strings.TrimPrefix(line, markers[kind].FindStringSubmatch(line)[1]))
	if kind == kindArticle {
		b.article = 1
		if b.several && rest != "" {
			s = b.section("第一款", s)
		}
	}
	b.body(s, rest, line)
}

func (b *builder) inAttachment() bool { return len(b.stack) > 0 && b.stack[0].kind == kindAttachment }

// nextParagraph opens the next 款 of the article at hand, and is false where
// none is at hand.
func (b *builder) nextParagraph(line string) bool {
	if len(b.stack) == 0 || b.stack[len(b.stack)-1].kind != kindArticle {
		return false
	}
	b.article++
	b.sentences(b.section("第"+numeral(b.article)+"款", b.stack[len(b.stack)-1].section), split(line))
	return true
}

// numeral writes a number below a hundred in Chinese digits.
func numeral(n int) string {
	digits := []rune("〇一二三四五六七八九")
	s := ""
	if n >= 20 {
		s = string(digits[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

// plain takes a paragraph without a number. Inside a numbered part it belongs
// to that part when it follows directly; the last paragraph of a text that
// stands after all its points is a part of its own.
func (b *builder) plain(line string) {
	b.paragraph++
	label := "第" + strconv.Itoa(b.paragraph) + "段"
	if b.nextParagraph(line) {
		return
	}
	if b.paragraph == b.paragraphs && b.numbered && !b.inAttachment() {
		label = "末段"
	}
	if len(b.stack) > 0 && label != "末段" {
		b.sentences(b.stack[len(b.stack)-1].section, split(line))
		return
	}
	b.stack = nil
	b.sentences(b.section(label, -1), split(line))
}

func (b *builder) section(label string, parent int) int {
	level := 0
	if parent >= 0 {
		level = b.sections[parent].Level + 1
	}
	b.sections = append(b.sections, Section{Label: label, Parent: parent, Level: level})
	return len(b.sections) - 1
}

// body takes what follows a number: a heading by itself, a heading that runs
// into the text, or text alone.
func (b *builder) body(section int, rest, line string) {
	sentences := split(rest)
	if len(sentences) == 0 {
		return
	}
	first := sentences[0]
	alone := len(sentences) == 1 && !strings.HasSuffix(first, "。")
	runs := len(sentences) > 1 && utf8.RuneCountInString(first) <= longestHeading
	if alone || runs {
		b.sections[section].Heading = strings.TrimRight(first, "。")
		end := strings.Index(line, first) + len(first)
		b.clause(section, 0, line[:end]) // with its number, as it stands
		sentences = sentences[1:]
	}
	b.sentences(section, sentences)
}

func (b *builder) sentences(section int, sentences []string) {
	home, n := section, b.last[section]
	for _, s := range sentences {
		m := runIn.FindStringSubmatch(s)
		if m == nil || utf8.RuneCountInString(s) > longestHeading || !strings.HasSuffix(s, "。") {
			n++
			b.clause(section, n, s)
			continue
		}
		heading := strings.TrimRight(s, "。")
		section, n = b.section(heading, home), 0
		b.sections[section].Heading = strings.TrimPrefix(heading, m[1])
		b.clause(section, 0, s)
	}
}

func (b *builder) clause(section, number int, text string) {
	b.last[section] = max(b.last[section], number)
	b.clauses = append(b.clauses, Clause{
		Index: len(b.clauses), Section: section, Number: number, Text: text,
		Locator: b.locator(section, number), Blanks: blank.MatchString(text),
	})
}

func (b *builder) locator(section, number int) string {
	path := ""
	for s := section; s >= 0; s = b.sections[s].Parent {
		path = b.sections[s].Label + path
		if runIn.MatchString(b.sections[s].Label) {
			break // “一要带组织建设” is found by eye without its paragraph
		}
	}
	if number == 0 {
		if runIn.MatchString(b.sections[section].Label) {
			return path
		}
		return path + "标题"
	}
	return path + "第" + strconv.Itoa(number) + "句"
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
