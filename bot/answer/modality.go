package answer

import (
	"regexp"
	"strings"
)

// The words that say how binding a sentence is, weakest first, as they stand
// in the text.
var modals = []string{"探索", "提倡", "可以", "一般", "应当", "负责"}

// premise finds a question that takes something for compulsory or forbidden.
var premise = regexp.MustCompile(`必须|一定(?:要|得)|非得|只能|不得|不准|不许|硬要|强制|务必|绝对不能|不允许|禁止|都得`)

// modality is the framing of an answer that has to keep the text's own degree:
// a question that presumes 必须 is told the word that really stands there.
func modality(f found) string {
	m := premise.FindString(f.query)
	if m == "" {
		return ""
	}
	first := f.cited[0].shown()
	if strings.Contains(first, m) {
		return ""
	}
	for _, w := range modals[:4] {
		if strings.Contains(first, w) {
			return f.cited[0].doc.Name() + "里没有写“" + m + "”，用的是“" + w + "”："
		}
	}
	return ""
}
