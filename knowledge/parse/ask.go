package parse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

func small(s string) int { return text.Whole(s) }

// faqLines writes a list of questions and answers as lines: each an article
// with the question as its heading and where the answer was taken from behind.
func faqLines(all []Answered) []string {
	var lines []string
	for i, a := range all {
		q := strings.TrimRight(oneLine(a.Question), "？?。 ") + "？"
		answer := oneLine(a.Answer)
		if !strings.HasSuffix(answer, "。") && !strings.HasSuffix(answer, "！") {
			answer += "。"
		}
		if a.Basis != "" {
			answer += "（依据：" + strings.TrimRight(oneLine(a.Basis), "。") + "）"
		}
		lines = append(lines, fmt.Sprintf("第%d条　%s%s", i+1, q, answer))
	}
	return lines
}

func oneLine(s string) string {
	var b strings.Builder
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(b.String()); b.Len() > 0 && !strings.ContainsRune("。；，：、！？", last) {
			b.WriteString("；")
		}
		b.WriteString(l)
	}
	return b.String()
}

// mostAnswer is how many sentences of an answer a question leads to.
const mostAnswer = 3

// askInText puts the questions that the text itself asks (问：…答：…) beside the
// sentences that answer them.
func askInText(d *knowledge.Document) {
	for i, q := range d.Clauses {
		if q.Kind != knowledge.Question || !strings.HasSuffix(d.Sections[q.Section].Label, "问") {
			continue
		}
		var pieces []knowledge.Piece
		for _, c := range d.Clauses[i+1:] {
			if c.Section != q.Section || len(pieces) == mostAnswer {
				break
			}
			pieces = append(pieces, knowledge.Piece{Clause: c.Index, Text: c.Text})
		}
		if len(pieces) > 0 {
			d.Asked = append(d.Asked, knowledge.Asked{Pieces: pieces, Asks: []string{q.Text}})
		}
	}
}

// ask puts the questions of the list beside the sentences that answer them,
// where the sentence stands in one place only.
func (s *Source) ask(d *knowledge.Document) {
	for i, a := range s.Asked {
		label := fmt.Sprintf("第%d条", i+1)
		for _, c := range d.Clauses {
			if d.Sections[c.Section].Label != label || c.Number == 0 || !strings.HasPrefix(oneLine(a.Answer)+"。", c.Text) {
				continue
			}
			if p, ok := d.Find(c.Text); ok {
				d.Asked = append(d.Asked, knowledge.Asked{Pieces: []knowledge.Piece{p}, Asks: []string{oneLine(a.Question)}})
			}
			break
		}
	}
}
