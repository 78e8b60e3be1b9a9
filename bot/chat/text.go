package chat

import (
	"fmt"
	"strings"
)

// markdown is what a chat would show as stray signs.
var markdown = strings.NewReplacer("**", "", "`", "", "\r\n", "\n", "\r", "\n", "\x00", "")

// Plain drops Markdown's marks: a chat shows text as it is.
func Plain(s string) string {
	lines := strings.Split(markdown.Replace(s), "\n")
	for i, line := range lines {
		if rest := strings.TrimLeft(line, "#"); len(line)-len(rest) <= 6 && strings.HasPrefix(rest, " ") && rest != line {
			lines[i] = rest[1:]
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// drawn only says how a sign is drawn.
var drawn = strings.NewReplacer("\ufe0f", "", "\ufe0e", "")

// Shown leaves that out of a text: one emoji comes with it and without.
func Shown(s string) string { return drawn.Replace(s) }

// roomForNumber is what "（12/34）" takes.
const roomForNumber = 8

// Split cuts a text into messages of at most longest runes, after a sentence
// where there is one, and numbers them （1/3）. Without the numbers the pieces
// make up the text again. Zero, or a limit too small for a number, leaves the
// text whole.
func Split(text string, longest int) []string {
	runes := []rune(text)
	if longest <= roomForNumber*2 || len(runes) <= longest {
		return []string{text}
	}
	var parts []string
	for len(runes) > 0 {
		n := cut(runes, longest-roomForNumber)
		parts = append(parts, string(runes[:n]))
		runes = runes[n:]
	}
	for i := range parts {
		parts[i] = fmt.Sprintf("（%d/%d）", i+1, len(parts)) + parts[i]
	}
	return parts
}

// breaks are where a text may be cut, best first.
var breaks = []string{"\n", "。？！?!", "；;", "，、,： "}

// cut gives how many runes to keep of at most limit, so that the cut comes
// after a break; breaks in the first third are too early to be used.
func cut(runes []rune, limit int) int {
	if len(runes) <= limit {
		return len(runes)
	}
	for _, set := range breaks {
		for n := limit; n > limit/3; n-- {
			if strings.ContainsRune(set, runes[n-1]) {
				return closing(runes, n, limit)
			}
		}
	}
	return limit
}

// closing takes a quotation mark or bracket that follows the break along.
func closing(runes []rune, n, limit int) int {
	for n < limit && strings.ContainsRune("”’）》」\n", runes[n]) {
		n++
	}
	return n
}
