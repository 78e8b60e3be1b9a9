package wecom

import (
	"html"
	"regexp"
	"strings"
)

// Shown gives what a person reads of a smart robot's Markdown: a reading of
// CommonMark with strikethrough and tables, strict where clients may be, so
// that whatever a client might swallow is missing here.
func Shown(markdown string) string {
	var out strings.Builder
	soft := false // the line before went on into this one
	for i, line := range strings.Split(markdown, "\n") {
		text, hard := strings.CutSuffix(line, "  ")
		shown, kept := showLine(text)
		if i > 0 && kept {
			if soft && shown != "" {
				out.WriteByte(' ')
			} else {
				out.WriteByte('\n')
			}
		}
		if kept {
			out.WriteString(shown)
			soft = shown != "" && !hard
		}
	}
	return out.String()
}

var (
	ruled    = regexp.MustCompile(`^ {0,3}(?:(?:\* *){3,}|(?:- *){1,}|(?:_ *){3,}|=+ *|[|:\- ]*-[|:\- ]*)$`)
	fence    = regexp.MustCompile("^ {0,3}(?:```|~~~)")
	define   = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:`)
	front    = regexp.MustCompile(`^ {0,3}(?:#{1,6}(?: +|$)|> ?)`)
	bullet   = regexp.MustCompile(`^ {0,3}[-+*](?: +|$)`)
	escaped  = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")
	code     = regexp.MustCompile("`+([^`]*)`+")
	link     = regexp.MustCompile(`!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])`)
	tag      = regexp.MustCompile(`</?[A-Za-z][^>]*>|<[!?][^>]*>`)
	strong   = regexp.MustCompile(`\*+([^\s*](?:[^*]*[^\s*])?)\*+`)
	struck   = regexp.MustCompile(`~+([^\s~](?:[^~]*[^\s~])?)~+`)
	low      = regexp.MustCompile(`(^|[^A-Za-z0-9])_+([^\s_](?:[^_]*[^\s_])?)_+($|[^A-Za-z0-9])`)
	entities = regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)
	hidden   = regexp.MustCompile("[\ue000-\ue07f]")
)

// showLine gives what is seen of a line, and whether anything of it is.
func showLine(line string) (string, bool) {
	if strings.TrimSpace(line) == "" {
		return "", true
	}
	if strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") {
		return "代码：" + line, true
	}
	if ruled.MatchString(line) || fence.MatchString(line) || define.MatchString(line) {
		return "", false
	}
	line = bullet.ReplaceAllString(front.ReplaceAllString(line, ""), "• ")
	line = escaped.ReplaceAllStringFunc(line, func(s string) string { return string(rune(0xe000) + rune(s[1])) })
	line = strings.TrimSuffix(line, `\`) // a hard break of another kind
	line = link.ReplaceAllString(code.ReplaceAllString(line, "$1"), "$1")
	line = tag.ReplaceAllString(line, "")
	line = struck.ReplaceAllString(strong.ReplaceAllString(line, "$1"), "$1")
	line = low.ReplaceAllString(line, "$1$2$3")
	line = entities.ReplaceAllStringFunc(line, html.UnescapeString)
	if strings.HasPrefix(line, "|") {
		line = strings.Trim(strings.ReplaceAll(line, "|", " "), " ")
	}
	return hidden.ReplaceAllStringFunc(line, func(s string) string { return string([]rune(s)[0] - 0xe000) }), true
}
