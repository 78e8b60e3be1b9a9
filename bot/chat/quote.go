package chat

import (
	"regexp"
	"strings"
)

// quoteEnd is where a quotation ends and the reply to it begins, as WeChat and
// WeCom write both into one text: a bracket, a line of dashes, a new line.
var quoteEnd = regexp.MustCompile(`[」”]\s*\n\s*[-—–－_ ]{5,}\s*(?:\n|$)`)

// Unquote parts a reply from the message that it quotes. Only the reply is what
// the person says. Quote is empty where there is none.
func Unquote(text string) (reply, quote string) {
	rest, quoted := strings.CutPrefix(text, "「")
	if !quoted {
		return text, ""
	}
	ends := quoteEnd.FindAllStringIndex(rest, -1)
	if len(ends) == 0 {
		return text, ""
	}
	last := ends[len(ends)-1] // a quotation may hold another
	return strings.TrimSpace(rest[last[1]:]), said(rest[:last[0]])
}

// longestSpeaker is how many bytes the name in front of quoted words may have.
const longestSpeaker = 64

// said takes the name of whoever said it from in front of quoted words.
func said(quoted string) string {
	who, words, found := strings.Cut(quoted, "：")
	if !found || len(who) > longestSpeaker || strings.Contains(who, "\n") {
		return strings.TrimSpace(quoted)
	}
	return strings.TrimSpace(words)
}
