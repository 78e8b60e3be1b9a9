package main

import (
	"zujian/bot/judge"
	"zujian/bot/office"
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
	r, err := judge.Judge(p, judge.Options(*c))
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(p.Out, r)
	}
	r.Print(p)
	return nil
}

type trainCmd struct {
	Sets   []string `arg:"" name:"文件夹或题目" help:"一个文件夹（里面有 docs 和 questions.jsonl），或者一个问讲话的题目文件"`
	Output string   `short:"o" placeholder:"文件" help:"权重写到哪里；不写就只报成绩"`
	Check  bool     `help:"只用现有的权重算一遍成绩，不重新学"`
	Alone  []string `help:"这几套里的文件，还一份一份单独收着量一遍" placeholder:"文件夹"`
	Held   string   `help:"学完再拿没有学过的一套来考，不轮流留出" placeholder:"文件夹"`
}

// Run learns the weights, says how well they do, and writes them.
func (c *trainCmd) Run(p *office.Office) error {
	return judge.Lesson(*c).Learn(p)
}
