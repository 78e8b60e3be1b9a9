package engine

import (
	"fmt"
	"strings"

	"zujian/knowledge/text"
)

var (
	saidNumbers = text.NewPattern(`\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+`)
	saidDegrees = text.NewPattern(`不|没|未|可以|应当|必须|一般|原则上|提倡|鼓励`)
)

// verify says whether every number and every word of degree or denial of a
// line stands in the stretches it was built from; the first that does not is
// its error.
func verify(line string, spans []string) error {
	all := strings.Join(spans, "\n")
	for _, re := range []*text.Pattern{saidNumbers, saidDegrees} {
		for _, w := range re.FindAllString(line, -1) {
			if !strings.Contains(all, w) {
				return fmt.Errorf("%q is not in what the line rests on", w)
			}
		}
	}
	return nil
}
