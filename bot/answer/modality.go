package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
)

// The words that say how binding a sentence is, weakest first, as they stand
// in the text.
var modals = []string{"探索", "提倡", "可以", "一般"}

// premise finds a question that takes something for compulsory or forbidden.
var premise = regexp.MustCompile(`必须|一定(?:要|得)|非得|只能|不得|不准|不许|硬要|强制|务必|绝对不能|不允许|禁止|都得`)

// modality is the framing of an answer that has to keep the text's own degree:
// a question that presumes 必须 is told the word that really stands in the
// sentence about that very thing. How binding setting up is in general many
// sentences say, each in its own words; no single one of them is taken for it.
func (a *Answerer) modality(f found) string {
	m := premise.FindString(f.query)
	if m == "" {
		return ""
	}
	first := f.cited[0].shown()
	if strings.Contains(first, m) || !a.aboutTheSame(strings.ReplaceAll(f.query, m, " "), first) {
		return ""
	}
	for _, w := range modals {
		if strings.Contains(first, w) {
			return f.cited[0].doc.Name() + "里没有写“" + m + "”，用的是“" + w + "”："
		}
	}
	return ""
}

// aboutTheSame says whether a question has a word of its own, not one of every
// question here, that a sentence has too.
func (a *Answerer) aboutTheSame(question, sentence string) bool {
	said := index.Normalise(sentence)
	return slices.ContainsFunc(index.Cut(strings.ReplaceAll(index.Normalise(question), " ", ""), a.thesaurus.Knows), func(w string) bool {
		return utf8.RuneCountInString(w) > 1 && !slices.Contains(plainInGaps, w) && !strings.Contains(w, "妇联") && strings.Contains(said, w)
	})
}
