package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// A sentence that a model worded is shown only if the clauses carry it, by the
// check that a keeper's written answers go through. A model may add a few words
// that say nothing.

// emptyWords are words a wording may add: they say nothing of the matter.
var emptyWords = text.NewPattern(`按照?讲话(?:里|稿)?(?:的说法|的要求|的意思)?|讲话(?:里|稿)?(?:明确|要求|提出|指出|写的是|写道|说的是|说|写)|按照?(?:这份|该` +
	`|上述)?(?:文件|通知|办法|规定)(?:的要求|的规定)?|(?:文件|通知|办法|规定)(?:里|中)?(?:明确|要求|提出|规定|写的是|写|说)|根据(?:讲话|文件|通知|规定)|简单说|也就是说|具体来说` +
	`|总的来说|您问的这种情况|这种情况|您好|同时|另外|此外|其中|首先|其次|最后|总之|因此|所以|是这样写的|如下`)

// Carried says whether the clauses carry every sentence of a wording. One that goes
// on from another with 特别是 keeps that word: without it, it would be all there is.
func Carried(wording string, clauses []string) bool {
	sentences := 0
	for _, s := range sentencesOf(wording) {
		bare := strings.TrimLeft(emptyWords.ReplaceAllString(s, ""), "，,：: ")
		if strings.IndexFunc(bare, unicode.IsLetter) < 0 {
			continue
		}
		sentences++
		from := slices.DeleteFunc(slices.Clone(clauses), func(c string) bool {
			return strings.HasPrefix(c, "特别是") && !strings.Contains(s, "特别是")
		})
		if knowledge.Carried(s, from) != nil && knowledge.Carried(bare, from) != nil {
			return false
		}
	}
	return sentences > 0
}

// sentencesOf cuts a wording at the ends of sentences.
func sentencesOf(wording string) []string {
	return strings.FieldsFunc(wording, func(r rune) bool { return strings.ContainsRune("。！？!?\n；;", r) })
}

// carriedLines takes the lines of a reply that the clauses of their tokens
// carry. One that is not carried makes the whole reply doubtful, and is the end
// of it.
func carriedLines(reply string, clauses map[string]string) string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(reply), "\n") {
		m := tokenLine.FindStringSubmatch(line)
		if m == nil {
			if strings.TrimSpace(line) == "" {
				continue
			}
			return ""
		}
		var own []string
		for _, t := range tokenOf.FindAllStringSubmatch(m[1], -1) {
			if c, ok := clauses[t[1]]; ok {
				own = append(own, c)
			}
		}
		text := strings.TrimSpace(m[2])
		if len(own) == 0 || strings.ContainsAny(text, "[]") || !marksStand(text, own) || !Carried(text, own) {
			return ""
		}
		if !strings.ContainsAny(text[len(text)-1:], ".!?") && !strings.HasSuffix(text, "。") {
			text = strings.TrimRight(text, "，；、 ") + "。"
		}
		out = append(out, text)
	}
	if len(out) > 2 || utf8.RuneCountInString(strings.Join(out, "")) > mostWorded {
		return ""
	}
	return strings.Join(out, "")
}

// inMarks is what stands in quotation or title marks.
var inMarks = text.NewPattern(`“[^“”]*”|《[^《》]*》`)

// marksStand says whether what a wording puts in marks stands in marks in one of
// the clauses, but for the width of its punctuation: in marks a reader takes it
// for verbatim.
func marksStand(text string, clauses []string) bool {
	narrow := strings.NewReplacer("，", ",", "；", ";", "：", ":", "（", "(", "）", ")").Replace
	for _, m := range inMarks.FindAllString(text, -1) {
		if !slices.ContainsFunc(clauses, func(c string) bool { return strings.Contains(narrow(c), narrow(m)) }) {
			return false
		}
	}
	return !strings.ContainsAny(inMarks.ReplaceAllString(text, ""), "“”《》")
}
