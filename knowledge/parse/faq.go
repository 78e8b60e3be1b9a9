package parse

import (
	"fmt"
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// How the columns of a list of questions and answers are headed, and what of
// such a heading tells that the column is about a question, not the question.
var (
	questionHead  = text.NewPattern(`问题|提问|咨询|问法|^问$|^Q$`)
	answerHead    = text.NewPattern(`答|回复|^A$`)
	basisHead     = text.NewPattern(`依据|来源|出处`)
	besideHead    = text.NewPattern(`时|日期|单位|部门|人|数|率|方式|渠道|编号|序号|类|状态|整改`)
	spaceInside   = text.NewPattern(`[\s　]+|[（(][^）)]*[）)]`)
	asksSomething = text.NewPattern(`[？?]\s*$|怎么|怎样|什么|啥|多少|多久|多大|哪|吗|如何|是否|能不能|可不可以|要不要|谁|几[个天年月次家人]`)
)

// takeSheet takes a sheet's rows as questions and answers where a row of its
// first ones names both columns, or where one column asks and the next does
// not; else as a table.
func (s *source) takeSheet(rows [][]string) {
	for i, r := range rows[:min(len(rows), 5)] {
		if q, a, basis := faqColumns(r); q >= 0 && a >= 0 {
			s.Lines = append(s.Lines, tableLines(rows[:i])...)
			s.takeAnswers(rows[i+1:], q, a, basis)
			return
		}
	}
	if q := askingColumn(rows); q >= 0 {
		s.takeAnswers(rows, q, q+1, -1)
		return
	}
	s.Lines = append(s.Lines, tableLines(rows)...)
}

// takeAnswers takes each row's question with its answer; rows of one question,
// which are one merged cell, make one answer.
func (s *source) takeAnswers(rows [][]string, q, a, basis int) {
	for i, row := range rows {
		question, answer := strings.TrimSpace(row[q]), strings.TrimSpace(row[a])
		if question == "" || answer == "" {
			continue
		}
		e := answered{Question: question, Answer: answer}
		if basis >= 0 {
			e.Basis = strings.TrimSpace(row[basis])
		}
		if last := len(s.Asked) - 1; i > 0 && rows[i-1][q] == row[q] && last >= 0 {
			if was := &s.Asked[last]; !strings.Contains(was.Answer, answer) {
				was.Answer += "\n" + answer
			}
			continue
		}
		s.Asked = append(s.Asked, e)
	}
}

func faqColumns(row []string) (question, answer, basis int) {
	question, answer, basis = -1, -1, -1
	for i, c := range row {
		c = spaceInside.ReplaceAllString(c, "")
		switch {
		case len([]rune(c)) > 8, besideHead.MatchString(c):
		case basisHead.MatchString(c):
			basis = i
		case answerHead.MatchString(c) && answer < 0:
			answer = i
		case questionHead.MatchString(c) && question < 0:
			question = i
		}
	}
	return question, answer, basis
}

// askingColumn gives the column that asks, where a sheet has no headings: most
// of its cells ask, most of those right of it do not. -1: there is none.
func askingColumn(rows [][]string) int {
	if len(rows) < 3 {
		return -1
	}
	for q := range min(2, len(rows[0])-1) {
		asked, answered := 0, 0
		for _, r := range rows {
			if asksSomething.MatchString(r[q]) && strings.TrimSpace(r[q+1]) != "" {
				asked++
			}
			if !asksSomething.MatchString(r[q+1]) {
				answered++
			}
		}
		if 10*asked >= 8*len(rows) && 2*answered > len(rows) {
			return q
		}
	}
	return -1
}

// faqLines writes a list of questions and answers as lines: each an article
// with the question as its heading and where the answer was taken from behind.
func faqLines(all []answered) []string {
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
func (s *source) ask(d *knowledge.Document) {
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
