package parse

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

var (
	mdHeading  = text.NewPattern(`^ {0,3}(#{1,6})(?:[ \t\x{3000}]+(.*?)[ \t]*#*|)[ \t]*$`)
	mdSetext   = text.NewPattern(`^ {0,3}(?:=+|-{3,})[ \t]*$`)
	mdRule     = text.NewPattern(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	mdFence    = text.NewPattern("^ {0,3}(?:```|~~~)")
	mdQuote    = text.NewPattern(`^(?: {0,3}> ?)+`)
	mdBullet   = text.NewPattern(`^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?`)
	mdOrdered  = text.NewPattern(`^[ \t]*(\d{1,3})[.)][ \t]+`)
	mdDivider  = text.NewPattern(`^[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?[ \t]*$`)
	mdNote     = text.NewPattern(`^\[\^[^\]]+\]:[ \t]*`)
	mdEscaped  = text.NewPattern("\\\\([\\\\`*_{}\\[\\]()#+\\-.!|>~])")
	mdBreak    = text.NewPattern(`(?i)<br[ \t]*/?>`)
	frontBlock = text.NewPattern(`(?s)\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\z)`)
)

// mdInline are what stands around words and is not of them, with what is left.
var mdInline = []struct {
	mark *text.Pattern
	left string
}{
	{text.NewPattern("`+([^`]+)`+"), "$1"},
	{text.NewPattern(`!?\[([^\]^]*)\]\([^)\s]*(?:[ \t]+"[^"]*")?\)`), "$1"},
	{text.NewPattern(`!?\[([^\]^]+)\]\[[^\]]*\]`), "$1"},
	{text.NewPattern(`\[\^[^\]]+\]`), ""},
	{text.NewPattern(`<(https?://[^>\s]+)>`), "$1"},
	{text.NewPattern(`</?[A-Za-z][^>]*>`), ""},
	{text.NewPattern(`~~[^~]+~~`), ""},
	{text.NewPattern(`\*\*\*([^*\s](?:[^*]*[^*\s])?)\*\*\*`), "$1"},
	{text.NewPattern(`\*\*([^*\s](?:[^*]*[^*\s])?)\*\*`), "$1"},
	{text.NewPattern(`\*([^*\s](?:[^*]*[^*\s])?)\*`), "$1"},
	{text.NewPattern(`__([^_\s](?:[^_]*[^_\s])?)__`), "$1"},
}

// isMarkdown tells Markdown from plain text by what plain text does not have.
func isMarkdown(name, text string) bool {
	if ext := strings.ToLower(name); strings.HasSuffix(ext, ".md") || strings.HasSuffix(ext, ".markdown") {
		return true
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.Contains(l, "|") && i > 0 && mdDivider.MatchString(l) && strings.Contains(lines[i-1], "|") {
			return true
		}
	}
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			return mdHeading.MatchString(l) || frontBlock.MatchString(text)
		}
	}
	return false
}

// readMarkdown reads Markdown with or without front matter: headings, lists,
// quotations and tables as lines, what stands around words left out.
func readMarkdown(text string) (*source, error) {
	s := &source{Format: "Markdown"}
	if m := frontBlock.FindStringSubmatch(text); m != nil {
		if d, err := knowledge.ReadMarkdown([]byte(text)); err == nil {
			s.Title, s.ready = d.Title, d
			s.Lines = strings.Split(text[len(m[0]):], "\n")
			return s, nil
		}
		if s.takeFront(m[1]) {
			text = text[len(m[0]):]
		}
	}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); {
		i += s.markdownBlock(lines, i)
	}
	return s, nil
}

// takeFront takes what front matter of any kind says of the document; false
// where it is no front matter, but text between two rules.
func (s *source) takeFront(head string) bool {
	var f map[string]any
	if yaml.Unmarshal([]byte(head), &f) != nil || len(f) == 0 {
		return false
	}
	for key, v := range f {
		text := strings.TrimSpace(fmt.Sprint(v))
		if t, ok := v.(time.Time); ok {
			text = t.Format(time.DateOnly)
		}
		switch strings.ToLower(key) {
		case "title", "标题":
			s.Title = text
		case "issuer", "发文机关", "发布单位":
			s.Issuer = text
		case "number", "文号":
			s.Number = text
		case "date", "issued", "日期", "落款日期":
			s.Issued = dayIn(plainly(text))
		}
	}
	return true
}

// markdownBlock takes what begins with line i, and says how many lines that is.
func (s *source) markdownBlock(lines []string, i int) int {
	l := lines[i]
	switch {
	case i+1 < len(lines) && strings.Contains(l, "|") && strings.Contains(lines[i+1], "-") && mdDivider.MatchString(lines[i+1]):
		return s.markdownTable(lines[i:])
	case mdFence.MatchString(l), mdSetext.MatchString(l), mdRule.MatchString(l):
		return 1
	}
	l = mdQuote.ReplaceAllString(l, "")
	if m := mdHeading.FindStringSubmatch(l); m != nil {
		heading := inline(m[2])
		if len(m[1]) == 1 && s.Title == "" && strings.TrimSpace(strings.Join(s.Lines, "")) == "" {
			s.Title = heading
		}
		s.Lines = append(s.Lines, "", heading, "")
		return 1
	}
	own := mdBullet.MatchString(l) || mdOrdered.MatchString(l) || mdNote.MatchString(l) || numbered(strings.TrimSpace(l))
	l = mdNote.ReplaceAllString(mdOrdered.ReplaceAllString(mdBullet.ReplaceAllString(l, ""), "$1."), "")
	parts := strings.Split(mdBreak.ReplaceAllString(l, "\n"), "\n")
	for k, p := range parts {
		p = inline(p)
		if n := len(s.Lines) - 1; k == 0 && !own && n >= 0 && wrapped(s.Lines[n]) && p != "" {
			s.Lines[n] = glue(s.Lines[n], p)
			continue
		}
		s.Lines = append(s.Lines, p)
	}
	return 1
}

// wrapped says that a line goes on in the next: it is long and ends within a
// sentence.
func wrapped(l string) bool {
	r := []rune(l)
	return len(r) >= 36 && (unicode.IsLetter(r[len(r)-1]) || strings.ContainsRune("，、", r[len(r)-1]))
}

func (s *source) markdownTable(lines []string) int {
	heads := markdownCells(lines[0])
	n := 2
	var rows [][]string
	for n < len(lines) && strings.Contains(lines[n], "|") && strings.TrimSpace(lines[n]) != "" {
		rows = append(rows, markdownCells(lines[n]))
		n++
	}
	s.Lines = append(s.Lines, tableUnder(tidyRow(heads), tidy(rows))...)
	return n
}

func markdownCells(l string) []string {
	l = strings.ReplaceAll(strings.TrimSpace(l), `\|`, "\x01")
	l = strings.TrimSuffix(strings.TrimPrefix(l, "|"), "|")
	cells := strings.Split(l, "|")
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(inline(mdBreak.ReplaceAllString(c, "\n")), "\x01", "|")
	}
	return cells
}

// inline gives the words of a piece of Markdown.
func inline(l string) string {
	for _, m := range mdInline {
		l = m.mark.ReplaceAllString(l, m.left)
	}
	return strings.TrimSpace(mdEscaped.ReplaceAllString(l, "$1"))
}
