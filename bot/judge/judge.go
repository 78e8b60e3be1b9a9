// Package judge holds what one office answers against judged questions, judged
// organisations and retrieval sets, and learns the weights of answering from the
// questions.
package judge

import (
	"bytes"
	"encoding/json"
	"fmt"

	"zujian/bot/answer"
	"zujian/bot/dialog"
	"zujian/bot/office"
	"zujian/index"
)

// Options are what is judged, and how. No passages: no retrieval set.
type Options struct {
	JSON      bool // nothing is shown while it works
	Bare      bool // without what stands beside the documents
	LLM       bool // once more with the language model that is configured
	Halves    bool // the odd and the even lines apart
	Wrong     bool // every case that missed something is listed
	Limit     int  // of the retrieval set; 0: all
	Plain     bool // the retrieval set with bleve's own analysis as well
	Passages  string
	Queries   string
	Documents []string // folders whose files are held as well
	Cases     []string // files of judged questions or organisations
}

// Report is how it went; what was not judged is nil.
type Report struct {
	Questions     *answer.Report  `json:"questions,omitempty"`
	Organisations *dialog.Report  `json:"organisations,omitempty"`
	Retrieval     []index.Report  `json:"retrieval,omitempty"`
	Halves        []answer.Report `json:"halves,omitempty"`
	Model         *withModel      `json:"llm,omitempty"`
}

// Judge judges all that it is given.
func Judge(p *office.Office, c Options) (Report, error) {
	var r Report
	for _, file := range c.Cases {
		if err := c.judgeFile(p, file, &r); err != nil {
			return r, err
		}
	}
	if c.Passages == "" {
		return r, nil
	}
	return r, c.judgeRetrieval(p, &r)
}

// judgeFile tells questions from organisations by what a line holds.
func (c Options) judgeFile(p *office.Office, file string, r *Report) error {
	data, err := office.ReadFile(file)
	if err != nil {
		return err
	}
	line, _, _ := bytes.Cut(bytes.TrimSpace(data), []byte("\n"))
	var kind struct {
		Turns       []string `json:"turns"`
		Description string   `json:"description"`
	}
	if err := json.Unmarshal(line, &kind); err != nil {
		return office.Refuse("文件 %s 第1行不是一个完整的 JSON 对象。", file)
	}
	if kind.Description != "" && kind.Turns == nil {
		return c.judgeOrganisations(p, file, data, r)
	}
	return c.judgeQuestions(p, file, data, r)
}

func (c Options) judgeQuestions(p *office.Office, file string, data []byte, r *Report) error {
	cases, err := answer.ReadCases(bytes.NewReader(data))
	if err != nil {
		return office.Refuse("文件 %s：%v", file, err)
	}
	a, err := c.answerer(p)
	if err != nil {
		return err
	}
	if c.LLM {
		if err := c.prepareVectors(p); err != nil {
			return err
		}
		w := compareModel(p, a, cases)
		r.Model = &w
	}
	report := a.Judge(p.Ctx, cases)
	r.Questions = &report
	if c.Halves {
		for half := range 2 {
			r.Halves = append(r.Halves, a.Judge(p.Ctx, everyOther(cases, half)))
		}
	}
	if c.Wrong {
		printWrong(p, report.Wrong)
	}
	return nil
}

// answerer is that over the documents that are held, and the folders beside
// them.
func (c Options) answerer(p *office.Office) (*answer.Answerer, error) {
	if len(c.Documents) == 0 {
		return p.AnswererOver(c.Bare)
	}
	l, err := besideDocuments(p, c.Documents)
	if err != nil {
		return nil, err
	}
	if c.Bare {
		l = l.Bare()
	}
	return answererBeside(p, l)
}

func (c Options) judgeOrganisations(p *office.Office, file string, data []byte, r *Report) error {
	l, err := p.Library()
	if err != nil {
		return err
	}
	b, err := p.Book(l)
	if err != nil {
		return err
	}
	report, err := dialog.JudgeOrganisations(b, bytes.NewReader(data))
	if err != nil {
		return office.Refuse("文件 %s：%v", file, err)
	}
	if r.Organisations == nil {
		r.Organisations = &dialog.Report{}
	}
	r.Organisations.Add(report)
	if c.Wrong {
		fmt.Fprintf(p.Err, "按事实没对：%v\n按描述没对：%v\n", report.WrongFromFacts, report.WrongFromDescription)
	}
	return nil
}

func (c Options) judgeRetrieval(p *office.Office, r *Report) error {
	progress := func(step string, done, of int) {
		if !c.JSON {
			fmt.Fprintf(p.Err, "\r%s %d/%d   ", step, done, of)
		}
	}
	by, err := c.embedder(p)
	if err != nil {
		return err
	}
	report, err := index.Judge(p.Ctx, c.Passages, c.Queries, index.JudgeOptions{Plain: c.Plain, Limit: c.Limit, By: by, Progress: progress})
	if !c.JSON {
		fmt.Fprintln(p.Err)
	}
	if err != nil {
		return office.Refuse("%v", err)
	}
	r.Retrieval = append(r.Retrieval, report)
	return nil
}

// everyOther gives the odd lines (half 0) or the even ones (half 1).
func everyOther(cases []answer.Case, half int) []answer.Case {
	var out []answer.Case
	for i := half; i < len(cases); i += 2 {
		out = append(out, cases[i])
	}
	return out
}
