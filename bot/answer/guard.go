package answer

import (
	"hash/maphash"
	"strings"
	"sync"
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
// a question. It keeps nothing, and takes time in proportion to the text. A text
// that it has just seen it does not look at again.
func Guard(text string) Refusal {
	return judged.of(strings.TrimSpace(text), look)
}

var judged = lately{seed: maphash.MakeSeed()}

// lately remembers what was said of the last texts, and of them a number only
// that nobody can turn back: a text comes to the desk and then to the answerer.
type lately struct {
	seed maphash.Seed
	mu   sync.Mutex
	last [16]struct {
		text uint64
		is   Refusal
	}
	at int
}

func (l *lately) of(text string, judge func(string) Refusal) Refusal {
	sum := maphash.String(l.seed, text)
	l.mu.Lock()
	for _, x := range l.last {
		if x.text == sum {
			l.mu.Unlock()
			return x.is
		}
	}
	l.mu.Unlock()
	r := judge(text)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last[l.at].text, l.last[l.at].is = sum, r
	l.at = (l.at + 1) % len(l.last)
	return r
}

// look is Guard for a text that was not seen lately.
func look(text string) Refusal {
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
