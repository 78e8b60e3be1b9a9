package desk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/bot/chat"
)

// addressed reports whether a message is for us for certain, and gives it
// without our name.
func (d *Desk) addressed(in chat.Inbound) (string, bool) {
	habits := d.habits.Load()
	names := []string{habits.Name}
	if in.Me != "" {
		names = []string{in.Me, habits.Name}
	}
	text, mentioned := unmention(chat.Shown(in.Text), each(names), each(in.Beside))
	text = strings.TrimSpace(text)
	if mentioned || !in.Group || in.Addressed {
		return text, true
	}
	for _, word := range habits.Wake {
		if rest, ok := strings.CutPrefix(text, word); ok && word != "" {
			return strings.TrimLeft(rest, " \u2005\u3000\t\n，,：:。.、"), true
		}
	}
	return text, false
}

func each(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = chat.Shown(n)
	}
	return out
}

// unmention takes every mention of one of the names out of a text and reports
// whether there was one. In beside are names of others that begin with ours.
func unmention(text string, names, beside []string) (string, bool) {
	found := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '@' || r == '＠' {
			if n := mentionAt(text[i+size:], names, beside); n > 0 {
				text = text[:i] + " " + text[i+size+n:]
				found = true
				continue
			}
		}
		i += size
	}
	return text, found
}

// mentionAt gives the length of a mention of one of the names at the beginning
// of s, with the blank that ends it; 0 where there is none. A mention ends in
// U+2005, another blank, a punctuation mark, another mention or the end of the
// text: anything else makes it part of a longer name.
func mentionAt(s string, names, beside []string) int {
	for _, other := range beside {
		if ends(s, other) >= 0 {
			return 0
		}
	}
	for _, name := range names {
		if n := ends(s, name); n >= 0 {
			return n
		}
	}
	return 0
}

// ends gives the length of name and its end at the beginning of s, or -1.
func ends(s, name string) int {
	rest, ok := strings.CutPrefix(s, name)
	if !ok || name == "" {
		return -1
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "", strings.ContainsRune("，。？！：；、,?!:;@＠", r):
		return len(name)
	case strings.ContainsRune("\u2005\u2002\u2003\u2009\u3000\u00a0 \t\n", r):
		return len(name) + size
	}
	return -1
}

// mentionsSomebody reports whether a text mentions anyone: then it is not meant
// for us, where it does not mention us.
func mentionsSomebody(text string) bool {
	return slices.ContainsFunc([]rune(text), func(r rune) bool { return r == '@' || r == '＠' })
}
