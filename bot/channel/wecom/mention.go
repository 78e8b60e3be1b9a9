package wecom

import (
	"regexp"
	"slices"
)

// everybody is how mentioned_list of a webhook's text names all of a group.
const everybody = "@all"

var mention = regexp.MustCompile(`(?:^|[^A-Za-z0-9])@(?:(所有人|全体成员|all\b)|([A-Za-z0-9][A-Za-z0-9_.\-]{0,63}))`)

// mentions gives whom a text calls with @, as mentioned_list wants them: user
// ids, or everybody. What the list cannot name stays in the text alone.
func mentions(text string) (ids []string) {
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		id := m[2]
		if m[1] != "" {
			id = everybody
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
