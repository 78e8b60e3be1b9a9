package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"zujian/bot/answer"
	"zujian/bot/dialog"
	"zujian/bot/office"
	"zujian/index"
)

// evalCmds are eval itself, and eval train.
type evalCmds struct {
	Judge evalCmd  `cmd:"" default:"withargs" help:"检验"`
	Train trainCmd `cmd:"" help:"从判好的题目学出回答用的权重"`
}

type evalCmd struct {
	JSON      bool     `name:"json" help:"只输出一个 JSON 对象"`
	Bare      bool     `help:"不用文件旁边写的问法和缺项，看引擎本身的本事"`
	LLM       bool     `name:"llm" help:"接上配置的语言模型答一遍，再不接答一遍，比一比"`
	Halves    bool     `help:"单数行和双数行分开算"`
	Wrong     bool     `help:"列出没答好的题目"`
	Limit     int      `help:"检索集只用前多少个问题" placeholder:"个数"`
	Plain     bool     `help:"检索集：同一次里也测一遍 bleve 自带的 cjk 分析"`
	Passages  string   `help:"检索集的段落文件，可以是 .gz" placeholder:"文件"`
	Queries   string   `help:"检索集的问题文件" placeholder:"文件"`
	Documents []string `help:"检验时一起收着的文件夹，里面每个文件是一份通知" placeholder:"文件夹"`
	Cases     []string `arg:"" optional:"" name:"题目文件" help:"判好的题目或单位，一行一个 JSON"`
}

// evalReport is what eval prints with --json.
type evalReport struct {
	Questions     *answer.Report  `json:"questions,omitempty"`
	Organisations *dialog.Report  `json:"organisations,omitempty"`
	Retrieval     []index.Report  `json:"retrieval,omitempty"`
	Halves        []answer.Report `json:"halves,omitempty"`
	Model         *withModel      `json:"llm,omitempty"`
}

// Run judges what it is given and prints the figures.
func (c *evalCmd) Run(p *office.Office) error {
	if len(c.Cases) == 0 && c.Passages == "" {
		return office.Misuse("请给一个题目文件，或者用 --passages 和 --queries 给一个检索集。看说明：bot eval --help")
	}
	if (c.Passages == "") != (c.Queries == "") {
		return office.Misuse("--passages 和 --queries 要一起给。")
	}
	if p.Alone = !c.LLM; c.LLM && p.Config().LLM.BaseURL == "" {
		return office.Refuse("配置里没有 [llm]，没有模型可以接。看 bot help 语言模型。")
	}
	var r evalReport
	for _, file := range c.Cases {
		if err := c.judgeFile(p, file, &r); err != nil {
			return err
		}
	}
	if c.Passages != "" {
		if err := c.judgeRetrieval(p, &r); err != nil {
			return err
		}
	}
	if c.JSON {
		return writeJSON(p.Out, r)
	}
	printReport(p, r)
	return nil
}

func readFile(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, office.Refuse("没有找到文件 %s，请看看路径写对了没有。", file)
	}
	if err != nil {
		return nil, office.Refuse("文件 %s 打不开：%v", file, err)
	}
	return data, nil
}

// judgeFile tells questions from organisations by what a line holds.
func (c *evalCmd) judgeFile(p *office.Office, file string, r *evalReport) error {
	data, err := readFile(file)
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

func (c *evalCmd) judgeQuestions(p *office.Office, file string, data []byte, r *evalReport) error {
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
func (c *evalCmd) answerer(p *office.Office) (*answer.Answerer, error) {
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

func (c *evalCmd) judgeOrganisations(p *office.Office, file string, data []byte, r *evalReport) error {
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

func (c *evalCmd) judgeRetrieval(p *office.Office, r *evalReport) error {
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

// howFar says how much of the evidence an answer had.
func howFar(v answer.Verdict) string {
	switch {
	case v.First:
		return "第一条对，依据不全"
	case v.Any:
		return "第一条不对，后面有对的"
	case v.Shown:
		return "对的只在相关里"
	}
	return "没有亮出来"
}

func printWrong(p *office.Office, wrong []answer.Verdict) {
	for _, v := range wrong {
		fmt.Fprintf(p.Err, "%s %s 应%s 得%s，%s：%v\n", v.Case.ID, v.Case.Kind, v.Case.Expect, v.Answer.Status, howFar(v), v.Case.Turns)
	}
}

func printReport(p *office.Office, r evalReport) {
	if q := r.Questions; q != nil {
		printQuestions(p, "题目", *q)
	}
	if m := r.Model; m != nil {
		m.print(p)
	}
	for i, h := range r.Halves {
		printQuestions(p, []string{"单数行", "双数行"}[i], h)
	}
	if o := r.Organisations; o != nil {
		fmt.Fprintf(p.Out, "单位 %d 家：按事实全对 %.3f，按描述全对 %.3f，最多问 %d 个问题，平均 %.2f 个\n",
			o.N, o.FromFacts, o.FromDescription, o.MostQuestions, o.MeanQuestions)
	}
	for _, s := range r.Retrieval {
		printRetrieval(p, s)
		if s.Plain != nil {
			printRetrieval(p, *s.Plain)
		}
		for _, x := range s.Meanings {
			printRetrieval(p, x)
		}
		for _, h := range s.Halves {
			printRetrieval(p, h)
		}
	}
}

func printRetrieval(p *office.Office, s index.Report) {
	fmt.Fprintf(p.Out,
		"检索 %s，%d 问：hit@1 %.3f，hit@5 %.3f，hit@10 %.3f，MRR@10 %.3f，recall@10 %.3f，p50 %.1f ms，p99 %.1f ms，每秒建 %.0f 条，索引 %.0f MB\n",
		s.Set, s.N, s.Hit1, s.Hit5, s.Hit10, s.MRR10, s.Recall10, s.P50, s.P99, s.IndexPerS, s.IndexMB)
}

func printQuestions(p *office.Office, name string, q answer.Report) {
	fmt.Fprintf(p.Out, "%s %d 道：第一条对 %.3f，有一条对 %.3f，依据全 %.3f，亮出 %.3f，有把握 %.3f，该说没有的说了 %.3f，误答 %.3f，中位 %.2f 毫秒，99%% 在 %.2f 毫秒内\n",
		name, q.N, q.First, q.Any, q.All, q.Shown, q.Sure, q.Refused, q.FalseAnswers, q.P50, q.P99)
}
