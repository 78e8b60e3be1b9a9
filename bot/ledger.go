package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zujian/bot/ledger"
	"zujian/knowledge/rule"
)

type ledgerCmd struct {
	Input       string `arg:"" name:"台账" help:"XLSX 或者 CSV"`
	Output      string `short:"o" help:"结果存到哪里，.xlsx；台账是 CSV 的也可以是 .csv。不写就只看认得哪些列" placeholder:"文件"`
	Mapping     string `help:"列名怎么理解，--save-mapping 存下来的文件" placeholder:"文件"`
	SaveMapping string `name:"save-mapping" help:"把列名的理解存下来，改好了下次用" placeholder:"文件"`
	SVG         string `name:"svg" help:"把各乡镇（街道）的组建进度画成图，.svg" placeholder:"文件"`
	PNG         string `name:"png" help:"把组建进度画成图，.png，可以发到群里" placeholder:"文件"`
	Force       bool   `help:"结果文件已经有了也写"`
	JSON        bool   `name:"json" help:"只输出一个 JSON 对象"`
}

// ledgerReport is what ledger prints with --json. It holds no name of any
// organisation or person.
type ledgerReport struct {
	Output  string          `json:"output,omitempty"`
	Mapping ledger.Mapping  `json:"mapping"`
	Summary *ledger.Summary `json:"summary,omitempty"`
}

// Run gives a whole ledger back with recommendations.
func (c *ledgerCmd) Run(p *program) error {
	if err := c.checkNames(); err != nil {
		return err
	}
	l, err := p.library()
	if err != nil {
		return err
	}
	b, err := p.book(l)
	if err != nil {
		return err
	}
	f, err := c.read(b)
	if err != nil {
		return err
	}
	if f.Macros() && c.Output != "" && !strings.EqualFold(filepath.Ext(c.Output), ".xlsm") {
		return refuse("台账里有宏，结果请存成 .xlsm，比如 -o 结果.xlsm。")
	}
	c.ask(p, f)
	if err := c.saveMapping(f); err != nil {
		return err
	}
	if c.Output == "" {
		return c.show(p, f)
	}
	res, err := f.Check(p.ctx, c.progress(p))
	if err != nil {
		return c.explain(err)
	}
	if err := c.write(res); err != nil {
		return err
	}
	if c.SVG+c.PNG != "" {
		if err := savePicture(progressOf(res.Summary), c.SVG, c.PNG, c.Force); err != nil {
			return err
		}
	}
	if c.JSON {
		return writeJSON(p.out, ledgerReport{c.Output, res.Mapping, &res.Summary})
	}
	fmt.Fprint(p.out, summaryText(res.Summary), "结果在 ", c.Output, "。\n")
	return nil
}

// checkNames refuses what cannot come to anything before any work is done.
func (c *ledgerCmd) checkNames() error {
	if c.Output == "" && c.SVG+c.PNG != "" {
		return misuse("要画进度图，请同时用 -o 写上结果存到哪里。")
	}
	switch ext := strings.ToLower(filepath.Ext(c.Output)); {
	case c.Output == "" || ext == ".xlsx" || ext == ".xlsm" || ext == ".csv":
		return nil
	case ext == ".xls" || ext == ".et":
		return misuse("结果存不成旧格式 %s，请写成 .xlsx。", ext)
	}
	return misuse("结果文件 %s 要以 .xlsx 结尾（台账是 CSV 的也可以是 .csv）。", c.Output)
}

func (c *ledgerCmd) read(b *rule.Book) (*ledger.File, error) {
	if info, err := os.Stat(c.Input); err == nil && info.IsDir() {
		return nil, refuse("%s 是文件夹，请写上里面的台账文件。", c.Input)
	} else if err == nil && info.Size() > ledger.Largest {
		return nil, c.explain(ledger.ErrTooLarge)
	}
	data, err := readFile(c.Input)
	if err != nil {
		return nil, err
	}
	var fixed ledger.Fixed
	if c.Mapping != "" {
		file, err := readFile(c.Mapping)
		if err != nil {
			return nil, err
		}
		if fixed, err = ledger.LoadMapping(file); err != nil {
			return nil, refuse("文件 %s：%v", c.Mapping, err)
		}
	}
	f, err := ledger.Read(b, c.Input, data, fixed)
	if err != nil {
		return nil, c.explain(err)
	}
	if strings.EqualFold(filepath.Ext(c.Output), ".csv") && !f.CSV() {
		return nil, refuse("台账是 XLSX 的，结果也请存成 .xlsx，格式和公式才不会丢。")
	}
	return f, nil
}

func (c *ledgerCmd) explain(err error) error {
	return refuse("%s：%v。", filepath.Base(c.Input), err)
}

// ask lets a person at the terminal look at the columns that are in doubt.
func (c *ledgerCmd) ask(p *program, f *ledger.File) {
	if c.JSON || !p.screen || !isTerminal(p.in) {
		return
	}
	in := bufio.NewScanner(p.in)
	for _, t := range f.Mapping() {
		for _, col := range t.Columns {
			if col.Doubt == "" {
				continue
			}
			fmt.Fprintf(p.out, "%s列“%s”按“%s”理解：%s。\n对的直接回车；不对的请写应当是什么（写“？”看有哪些）：", col.Letter, col.Heading, col.Say, col.Doubt)
			for in.Scan() {
				say := strings.TrimSpace(in.Text())
				if say == "" || f.Set(t.Sheet, col.Letter, say) {
					break
				}
				fmt.Fprintf(p.out, "可以写：%s\n请再写一次，不改就直接回车：", strings.Join(ledger.Roles(), "、"))
			}
		}
	}
}

func (c *ledgerCmd) saveMapping(f *ledger.File) error {
	if c.SaveMapping == "" {
		return nil
	}
	data, err := f.Mapping().Save()
	if err != nil {
		return err
	}
	return c.save(c.SaveMapping, data)
}

// save puts a file into its place.
func (c *ledgerCmd) save(file string, data []byte) error {
	if ledger.SameFile(file, c.Input) {
		return refuse("%s 就是台账本身，请换一个名字，原来的台账不能盖掉。", file)
	}
	return saveNew(file, data, c.Force)
}

// show says what the columns were taken for, and how to go on.
func (c *ledgerCmd) show(p *program, f *ledger.File) error {
	if !f.Known() {
		return c.explain(ledger.ErrNoHeader)
	}
	if c.JSON {
		return writeJSON(p.out, ledgerReport{Mapping: f.Mapping()})
	}
	fmt.Fprint(p.out, f.Mapping().Text())
	for _, d := range f.Doubts() {
		fmt.Fprintln(p.out, d)
	}
	fmt.Fprintln(p.out, "没有写 -o，只看了列名。都对的话，请加上 -o 结果.xlsx；不对的，先用 --save-mapping 存下来改，再用 --mapping 给。")
	return nil
}

func (c *ledgerCmd) write(res *ledger.Result) error {
	data := res.XLSX
	if strings.EqualFold(filepath.Ext(c.Output), ".csv") {
		data = res.CSV
	}
	out, err := data()
	if err != nil {
		return c.explain(err)
	}
	return c.save(c.Output, out)
}

// progress draws a bar where a person looks on.
func (c *ledgerCmd) progress(p *program) ledger.Progress {
	if c.JSON || !isTerminal(p.err) {
		return nil
	}
	return func(done, of int) { p.line("逐行判断", done, of) }
}

func summaryText(s ledger.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "一共%d家单位：给出建议%d家，不在两新组织范围的%d家，已建妇联%d家，情况齐全的%d家，有情况要看一眼的%d家。\n",
		s.Organisations, s.Recommended, s.OutOfScope, s.Built, s.Complete, s.Remarked)
	if s.Hidden > 0 {
		fmt.Fprintf(&b, "其中%d家在隐藏的行里，也作了建议。\n", s.Hidden)
	}
	for i, m := range s.Missing {
		if i == 3 {
			break
		}
		fmt.Fprintf(&b, "缺“%s”的%d家。\n", m.Name, m.N)
	}
	if s.Groups > 0 {
		fmt.Fprintf(&b, "可以联合组建的配成了%d组，只供参考，见“联合组建建议”。\n", s.Groups)
	}
	for _, d := range s.Doubts {
		fmt.Fprintln(&b, "请看一眼："+d)
	}
	return b.String()
}
