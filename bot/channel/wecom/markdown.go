package wecom

import (
	"regexp"
	"strings"
	"unicode"
)

// render gives Markdown that reads as the plain text does. Our texts are
// written for chats that show them as they are; a smart robot's are taken for
// Markdown. Signs that would be taken for markup are escaped, and only those,
// since nobody published which escapes every client knows; line breaks are
// made hard ones; blanks in front of a line, which would make it code, become
// one wide blank.
func render(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.ToValidUTF8(text, "�"))
	lines := strings.Split(text, "\n")
	var b strings.Builder
	for i, line := range lines {
		line = renderLine(line)
		b.WriteString(line)
		switch {
		case i == len(lines)-1:
		case line == "" || strings.TrimSpace(lines[i+1]) == "":
			b.WriteString("\n")
		default:
			b.WriteString("  \n")
		}
	}
	return b.String()
}

var (
	markFront = regexp.MustCompile(`^(?:[-+*#]|#{2,6})(?:[ \t]|$)|^>`) // of lists, headings, quotations
	ruleLine  = regexp.MustCompile(`^[-=_*+|: \t]+$`)                  // of rules, underlined headings, tables
	entity    = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
)

func renderLine(line string) string {
	body := strings.TrimLeftFunc(line, unicode.IsSpace)
	indent := ""
	if len(body) < len(line) {
		indent = "　"
	}
	body = strings.TrimRightFunc(body, unicode.IsSpace)
	if body == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(indent)
	runes := []rune(body)
	front := markFront.MatchString(body) || ruleLine.MatchString(body) || runes[0] == '|'
	rest := len(body)
	for i, r := range runes {
		if i == 0 && front || swallowed(runes, i, body[len(body)-rest:]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		rest -= len(string(r))
	}
	return b.String()
}

// swallowed reports whether the i-th sign of a line would be taken for markup;
// from is the line from there on.
func swallowed(line []rune, i int, from string) bool {
	before, after := ' ', ' '
	if i > 0 {
		before = line[i-1]
	}
	if i < len(line)-1 {
		after = line[i+1]
	}
	switch line[i] {
	case '`', '~':
		return true
	case '*':
		return before != ' ' || after != ' '
	case '_': // within a word, as in an address, it is only a sign
		return !isWord(before) || !isWord(after)
	case '\\':
		return after < unicode.MaxASCII && (unicode.IsPunct(after) || unicode.IsSymbol(after)) || i == len(line)-1
	case ']':
		return after == '(' || after == '[' || after == ':'
	case '<':
		return isWord(after) && !unicode.IsDigit(after) || strings.ContainsRune("/!?", after)
	case '&':
		return entity.MatchString(from)
	}
	return false
}

func isWord(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
