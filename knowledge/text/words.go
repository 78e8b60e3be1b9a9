package text

import (
	"slices"
	"strings"
)

func startsAny(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(s, w) })
}

func endsAny(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasSuffix(s, w) })
}
