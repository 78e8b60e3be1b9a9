package main

import (
	"io"
	"regexp"
	"strings"
)

// calledAs is the name that the program was started with.
var calledAs = "bot"

// ownName is where the program names itself with one of its commands.
var ownName = regexp.MustCompile(`(^|[^\w./-])bot( (?:-|\[|<|run|open|service|update|version|doctor|chat|ask|knowledge|remind|lead|ledger|pair|weekly|audit|backup|restore|rules|eval|unanswered|help|password|suppliers|wechat-simulator|ilink-simulator|wecom-simulator|draft))`)

// namedRight writes what a person at the terminal reads: the program bears the
// name by which he called it.
type namedRight struct{ io.Writer }

// Unwrap gives the stream that is written on to.
func (w namedRight) Unwrap() io.Writer { return w.Writer }

func (w namedRight) Write(b []byte) (int, error) {
	if calledAs == "bot" {
		return w.Writer.Write(b)
	}
	_, err := w.Writer.Write(ownName.ReplaceAll(b, []byte("${1}"+strings.ReplaceAll(calledAs, "$", "$$")+"${2}")))
	return len(b), err
}
