package knowledge

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// Structure cuts the lines of a text into sections and clauses with locators.
// Blank lines and the salutation above the text (“同志们:”) are passed over;
// every other line is held. The text of every clause is a substring of its
// line.
func Structure(lines []string) ([]Section, []Clause) {
	var text []string
	for _, l := range lines {
		if l = strings.TrimSpace(strings.Trim(l, "\u00a0\u3000\ufeff")); l != "" {
			text = append(text, l)
		}
	}
	if len(text) > 0 && isSalutation(text[0]) {
		text = text[1:]
	}
	b := &builder{text: text, paragraphs: countPlain(text), last: map[int]int{}}
	for b.at = 0; b.at < len(text); b.at++ {
		b.line(text[b.at])
	}
	return b.sections, b.clauses
}

type open struct{ kind, section int }

type builder struct {
	text       []string
	at         int // the line at hand
	sections   []Section
	clauses    []Clause
	stack      []open
	paragraphs int // paragraphs without a number, in all
	paragraph  int // those seen
	numbered   bool
	marker     string // the number of the line at hand, until its first clause is cut
	headed     bool   // the last numbered line was a heading by itself
	article    int    // 款 of the article at hand
	questions  int    // questions of a list of questions and answers
	answering  int    // the section of the question that is being answered, and 1; 0 for none

	lead     int // 1 and the clause that the list at hand hangs on; 0: no list
	leadKind int // by what its items are numbered

	last map[int]int // the number of each section's last sentence
}

func (b *builder) line(line string) {
	kind := markerKind(line)
	switch m := attachment.FindStringSubmatch(line); {
	case m != nil && kind < 0:
		b.attachment(m)
	case isRow(b.text, b.at):
		b.row(line)
	case questionLine.MatchString(line):
		b.question(questionLine.FindStringSubmatch(line)[2])
	case answerLine.MatchString(line) && b.answering > 0:
		b.sentences(b.answering-1, split(answerLine.FindStringSubmatch(line)[1]), Answer)
	case kind < 0:
		b.plain(line)
	default:
		b.marked(kind, line)
	}
}

// attachment opens an attachment, or holds the line that lists them.
func (b *builder) attachment(m []string) {
	b.lead, b.answering = 0, 0
	label := strings.Join(strings.Fields(m[1]), "")
	rest := strings.TrimSpace(m[2])
	if rest != "" && (label == "附件" || strings.Contains(rest, "2.") || b.listsAttachments()) {
		s := b.section(label, -1)
		b.stack = nil
		b.clause(s, 1, b.text[b.at], Attached)
		for b.at+1 < len(b.text) && isAttachmentItem(b.text[b.at+1]) {
			b.at++
			b.clause(s, b.last[s]+1, b.text[b.at], Attached)
		}
		return
	}
	s := b.section(label, -1)
	b.stack = []open{{byAttach, s}}
	if rest == "" && b.at+1 < len(b.text) {
		if next := b.text[b.at+1]; isPlain(next) && isTitle(next) && !isRow(b.text, b.at+1) {
			rest = next
			b.at++
		}
	}
	if rest != "" {
		b.sections[s].Heading = rest
		b.clause(s, 0, rest, Heading)
	}
}

// listsAttachments says whether the lines that follow go on counting
// attachments, so that this one is no attachment's head.
func (b *builder) listsAttachments() bool {
	return b.at+1 < len(b.text) && isAttachmentItem(b.text[b.at+1])
}

func (b *builder) row(line string) {
	b.answering = 0
	b.clause(b.home(), b.last[b.home()]+1, line, Row)
}

// home is the section that a line without number belongs to; one is opened
// where there is none.
func (b *builder) home() int {
	if len(b.stack) > 0 {
		return b.stack[len(b.stack)-1].section
	}
	if n := len(b.sections); n > 0 && len(b.clauses) > 0 && b.clauses[len(b.clauses)-1].Kind != Signed {
		return b.clauses[len(b.clauses)-1].Section
	}
	return b.section("第"+strconv.Itoa(max(1, b.paragraph))+"段", -1)
}

func (b *builder) question(text string) {
	b.lead = 0
	b.questions++
	parent := -1
	if len(b.stack) > 0 {
		parent = b.stack[0].section
	}
	s := b.section("第"+strconv.Itoa(b.questions)+"问", parent)
	b.sections[s].Heading = strings.TrimRight(text, "？?")
	b.clause(s, 0, text, Question)
	b.answering = s + 1
}

// marked takes a line with a number.
func (b *builder) marked(kind int, line string) {
	b.numbered = true
	label := strings.TrimSpace(markers[kind].FindStringSubmatch(line)[1])
	rest := strings.TrimSpace(strings.TrimPrefix(line, label))
	if b.answering > 0 && kind >= byDot {
		b.item(b.answering-1, "", rest, line)
		return
	}
	b.answering = 0
	b.marker = strings.TrimSuffix(line, rest)
	defer func() { b.marker = "" }()
	inList := b.continues(kind, line)
	for len(b.stack) > 0 && b.stack[len(b.stack)-1].kind >= kind {
		b.stack = b.stack[:len(b.stack)-1]
	}
	parent := -1
	if len(b.stack) > 0 {
		parent = b.stack[len(b.stack)-1].section
	}
	if kind == byBullet {
		b.item(b.home(), "", rest, line)
		return
	}
	s := b.section(b.named(kind, label, parent), parent)
	b.stack = append(b.stack, open{kind, s})
	switch {
	case kind == byArticle:
		b.articleText(s, rest)
	case inList:
		b.item(s, label, rest, line)
	default:
		b.body(s, rest, line)
	}
}

// named is how a cadre names a numbered part: 1. is 第1点 where it stands at
// the top.
func (b *builder) named(kind int, label string, parent int) string {
	if kind == byDot && (parent < 0 || b.inAttachment() && len(b.stack) == 1) {
		return "第" + strings.TrimRight(label, ".．、") + "点"
	}
	return label
}

// continues says whether a numbered line is an item of a list that a line
// ending in a colon has opened.
func (b *builder) continues(kind int, line string) bool {
	if b.lead > 0 && b.leadKind == byNothing {
		if kind <= byArticle || kind == byDash && !strings.HasSuffix(line, "；") && utf8.RuneCountInString(line) <= longestHeading {
			b.lead = 0 // “通知如下：” opens a text, not a list
			return false
		}
		b.leadKind = kind
	}
	if b.lead > 0 && kind < b.leadKind {
		b.lead = 0
	}
	return b.lead > 0 && kind >= b.leadKind || strings.HasSuffix(line, "；") && kind >= byDash
}

// articleText takes an article's first paragraph. Where others follow, it is
// the first 款.
func (b *builder) articleText(s int, rest string) {
	b.article, b.lead = 1, 0
	if b.at+1 < len(b.text) && isPlain(b.text[b.at+1]) && rest != "" && !b.closes(b.at+1) {
		s = b.section("第一款", s)
	}
	sentences := split(rest)
	if len(sentences) > 1 && (endsInQuestion(sentences[0]) || isRunIn(sentences[0])) {
		b.sections[s].Heading = strings.TrimRight(sentences[0], "。？?")
		b.clause(s, 0, sentences[0], headingKind(sentences[0]))
		sentences = sentences[1:]
	}
	b.sentences(s, sentences, Sentence)
}

// closes says whether a line stands below the text: a date, a signature, a
// title, a row.
func (b *builder) closes(i int) bool {
	return isSigned(b.text, i) || isTitle(b.text[i]) || isRow(b.text, i)
}

// item takes an item of a list: its sentences, the first with its number.
func (b *builder) item(section int, label, rest, line string) {
	sentences := split(rest)
	if len(sentences) > 1 && utf8.RuneCountInString(sentences[0]) <= longestRunIn && !strings.ContainsAny(sentences[0], "，；：") {
		b.sections[section].Heading = strings.TrimRight(sentences[0], "。")
	}
	before := b.lead
	for i, s := range sentences {
		if i == 0 && label != "" {
			s = line[:strings.Index(line, s)+len(s)]
		}
		b.clause(section, b.last[section]+1, s, Item)
	}
	if len(sentences) > 0 && endsInColon(sentences[len(sentences)-1]) {
		return // a list inside a list hangs on this item; opened by clause
	}
	b.lead = before
}

func (b *builder) inAttachment() bool { return len(b.stack) > 0 && b.stack[0].kind == byAttach }

// nextParagraph opens the next 款 of the article at hand, and is false where
// none is at hand.
func (b *builder) nextParagraph(line string) bool {
	for len(b.stack) > 0 && b.stack[len(b.stack)-1].kind > byArticle && b.hasArticle() {
		b.stack = b.stack[:len(b.stack)-1]
	}
	if len(b.stack) == 0 || b.stack[len(b.stack)-1].kind != byArticle {
		return false
	}
	b.article++
	b.sentences(b.section("第"+text.Chinese(b.article)+"款", b.stack[len(b.stack)-1].section), split(line), Sentence)
	return true
}

func (b *builder) hasArticle() bool {
	for _, o := range b.stack {
		if o.kind == byArticle {
			return true
		}
	}
	return false
}

// plain takes a paragraph without a number. Inside a numbered part it belongs
// to that part when it follows directly; the last paragraph of a text that
// stands after all its points is a part of its own.
func (b *builder) plain(line string) {
	b.paragraph++
	switch {
	case isSigned(b.text, b.at):
		b.signed(line)
		return
	case isTitle(line) && b.answering == 0 && !b.unfinished():
		b.title(line)
		return
	case b.answering > 0:
		b.sentences(b.answering-1, split(line), Answer)
		return
	}
	label := "第" + strconv.Itoa(b.paragraph) + "段"
	if b.nextParagraph(line) {
		return
	}
	if b.paragraph == b.paragraphs && b.numbered && !b.inAttachment() && b.stepsOut() {
		label = "末段"
	}
	if len(b.stack) > 0 && label != "末段" {
		b.sentences(b.stack[len(b.stack)-1].section, split(line), Sentence)
		return
	}
	b.stack = nil
	b.sentences(b.section(label, -1), split(line), Sentence)
}

// unfinished says whether the text so far ends in the middle of a sentence, as it
// does where the head of a page stands in it.
func (b *builder) unfinished() bool {
	n := len(b.clauses)
	if n == 0 {
		return false
	}
	c := b.clauses[n-1]
	last, _ := utf8.DecodeLastRuneInString(c.Text)
	return (c.Kind == Sentence || c.Kind == Item) && !strings.ContainsRune("。；：！？”）!?;:)", last) && utf8.RuneCountInString(c.Text) > 5
}

// stepsOut says whether a paragraph at the end stands after all points: where
// the points have their text behind their number, not under a heading.
func (b *builder) stepsOut() bool { return !b.headed && b.lead == 0 }

func (b *builder) signed(line string) {
	b.lead, b.answering = 0, 0
	b.stack = nil
	b.paragraphs--
	b.paragraph--
	b.clause(b.section("落款", -1), 1, line, Signed)
}

// title opens a part by a heading without number.
func (b *builder) title(line string) {
	b.lead = 0
	b.paragraph--
	b.paragraphs--
	kept := b.stack[:0]
	if b.inAttachment() {
		kept = b.stack[:1]
	}
	b.stack = kept
	parent := -1
	if len(kept) > 0 {
		parent = kept[0].section
	}
	s := b.section(line, parent)
	b.sections[s].Heading = line
	b.stack = append(b.stack, open{byChapter, s})
	b.clause(s, 0, line, Heading)
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
	n := utf8.RuneCountInString(first)
	alone := len(sentences) == 1 && n <= longestHeading && !strings.ContainsAny(first[len(first)-1:], ".;:,") && !endsInMark(first)
	runs := len(sentences) > 1 && n <= longestHeading
	b.headed = alone
	if alone || runs {
		b.lead = 0
		b.sections[section].Heading = strings.TrimRight(first, "。？?")
		end := strings.Index(line, first) + len(first)
		b.clause(section, 0, line[:end], headingKind(first)) // with its number, as it stands
		sentences = sentences[1:]
		b.sentences(section, sentences, Sentence)
		return
	}
	b.sections[section].Heading = beforeColon(first)
	b.sentences(section, sentences, Sentence)
}

func (b *builder) sentences(section int, sentences []string, kind ClauseKind) {
	home, n := section, b.last[section]
	for _, s := range sentences {
		m := runIn.FindStringSubmatch(s)
		if m == nil || utf8.RuneCountInString(s) > longestHeading || !strings.HasSuffix(s, "。") || len(sentences) < 2 {
			n++
			b.clause(section, n, s, kind)
			continue
		}
		heading := strings.TrimRight(s, "。")
		section, n = b.section(heading, home), 0
		b.sections[section].Heading = strings.TrimPrefix(heading, m[1])
		b.clause(section, 0, s, Heading)
	}
}

func (b *builder) clause(section, number int, text string, kind ClauseKind) {
	b.last[section] = max(b.last[section], number)
	c := Clause{
		Index: len(b.clauses), Section: section, Number: number, Text: text, Kind: kind, Line: b.at + 1,
		Locator: b.locator(section, number), Blanks: blank.MatchString(text),
	}
	if kind == Item || kind == Row {
		c.Lead = b.lead
	}
	if label := strings.TrimSpace(b.marker); label != "" && !strings.HasPrefix(text, label) {
		c.Marker = b.marker
	}
	b.marker = ""
	b.clauses = append(b.clauses, c)
	if endsInColon(text) {
		b.lead, b.leadKind = len(b.clauses), byNothing
	} else if kind == Sentence || kind == Answer {
		b.lead = 0
	}
}

func (b *builder) locator(section, number int) string {
	path := ""
	for s := section; s >= 0; s = b.sections[s].Parent {
		if x := b.sections[s]; path != "" && x.Label == x.Heading {
			continue // what is numbered is found without the title above it
		}
		path = b.sections[s].Label + path
		if runIn.MatchString(b.sections[s].Label) {
			break // “一要带组织建设” is found by eye without its paragraph
		}
	}
	if number == 0 {
		if runIn.MatchString(b.sections[section].Label) || b.sections[section].Label == b.sections[section].Heading {
			return path
		}
		return path + "标题"
	}
	return path + "第" + strconv.Itoa(number) + "句"
}
