package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/index"
)

// longestQuestion is how many characters a question may have; what is longer
// is a document, not a question.
const longestQuestion = 1000

// Refusal is why a text may not be answered: a status, and what the person is
// told. No status: it may.
type Refusal struct {
	Status Status
	Say    string
}

// Guard looks at the whole of a text, of any length, before anything else is
// done with it: danger first, then secrecy, then personal data, that is typed
// in or asked for, and after them whether it can be read and is no longer than
// a question. It keeps nothing, and takes time in proportion to the text.
func Guard(text string) Refusal {
	plain := index.Normalise(strings.ReplaceAll(text, "\n", "。")) // a line ends a phrase
	switch {
	case inDanger(plain):
		return Refusal{Urgent, sayUrgent}
	case secret(text):
		return Refusal{Secret, saySecret}
	case chat.GivesPersonal(text):
		return Refusal{Private, sayTyped}
	case asksPersonal(plain):
		return Refusal{Private, sayPrivate}
	case !utf8.ValidString(text) || !readable(text):
		return Refusal{Error, sayUnreadable}
	case utf8.RuneCountInString(text) > longestQuestion:
		return Refusal{TooLong, sayTooLong}
	}
	return Refusal{}
}

// readable asks for one letter or digit at least.
func readable(q string) bool {
	return strings.IndexFunc(q, func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}) >= 0
}
