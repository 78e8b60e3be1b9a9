package engine

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// Judged is a judged question on documents: the last of the turns is asked.
// Evidence is verbatim, the most important first; rows of tables keep their
// bars or tags. Gist is what a good first line says.
type Judged struct {
	ID       string   `json:"id"`
	Document string   `json:"doc"`  // the file it is asked of
	Several  []string `json:"docs"` // the files, where several answer
	Turns    []string `json:"turns"`
	Expect   string   `json:"expect"` // answer or refuse
	Evidence []string `json:"evidence"`
	Kind     string   `json:"kind"`
	Gist     string   `json:"gist"`
}

// Part is the part of a judged set that a question is of: what its document's
// name begins with.
func (j *Judged) Part() string {
	if j.Document == "" {
		return ""
	}
	return j.Document[:1]
}

// ReadJudged reads judged questions, one JSON object a line. It fails with the
// number of the line.
func ReadJudged(r io.Reader) ([]Judged, error) {
	var out []Judged
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<22)
	for n := 1; s.Scan(); n++ {
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		var j Judged
		if err := json.Unmarshal(s.Bytes(), &j); err != nil {
			return nil, fmt.Errorf("第%d行不是一个完整的 JSON 对象：%w", n, err)
		}
		if len(j.Turns) == 0 || j.Expect == "" {
			return nil, fmt.Errorf("第%d行缺 turns 或者 expect", n)
		}
		out = append(out, j)
	}
	return out, s.Err()
}

var tags = text.NewPattern(`<[^>]+>`)

// shortQuote is how many characters a quotation has at least that is part of
// the evidence rather than the whole.
const shortQuote = 10

// Holds says whether a quotation holds a piece of evidence, or is a good part of
// it. A row of a table is held when each of its cells is.
func Holds(quote, evidence string) bool {
	q := index.Compact(quote)
	if q == "" {
		return false
	}
	var cells []string
	for _, c := range strings.FieldsFunc(tags.ReplaceAllString(evidence, "|"), func(r rune) bool { return r == '|' || r == '｜' }) {
		if c = index.Compact(c); c != "" {
			cells = append(cells, c)
		}
	}
	if len(cells) > 1 {
		return !slices.ContainsFunc(cells, func(c string) bool { return !strings.Contains(q, c) })
	}
	e := strings.Join(cells, "")
	return strings.Contains(q, e) || len([]rune(q)) >= shortQuote && strings.Contains(e, q)
}

// label says whether an entry answers by the evidence: 1 yes, 0 no, -1 in part:
// a list that holds but one piece.
func label(e *knowledge.Entry, evidence []string) int8 {
	n := 0
	for _, x := range evidence {
		if Holds(e.Text, x) {
			n++
		}
	}
	switch {
	case n == 0:
		return 0
	case e.Kind == knowledge.EntryList && n < 2:
		return -1
	}
	return 1
}
