package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zujian/bot/ledger"
	"zujian/bot/office"
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
func (c *ledgerCmd) Run(p *office.Office) error {
	if err := c.checkNames(); err != nil {
		return err
	}
	_, b, err := p.Rules()
	if err != nil {
		return err
	}
	f, err := c.read(b)
	if err != nil {
		return err
	}
	if f.Macros() && c.Output != "" && !strings.EqualFold(filepath.Ext(c.Output), ".xlsm") {
		return office.Refuse("台账里有宏，结果请存成 .xlsm，比如 -o 结果.xlsm。")
	}
	if !c.JSON && p.Screen && office.IsTerminal(p.In) {
		f.Ask(p.In, p.Out)
	}
	if err := c.saveMapping(f); err != nil {
		return err
	}
	if c.Output == "" {
		return c.show(p, f)
	}
	res, err := f.Check(p.Ctx, p.Progress("逐行判断", c.JSON))
	if err != nil {
		return c.explain(err)
	}
	if err := c.write(res); err != nil {
		return err
	}
	if c.SVG+c.PNG != "" {
		if err := office.SavePicture(office.ProgressOf(res.Summary), c.SVG, c.PNG, c.Force); err != nil {
			return err
		}
	}
	if c.JSON {
		return writeJSON(p.Out, ledgerReport{c.Output, res.Mapping, &res.Summary})
	}
	fmt.Fprint(p.Out, office.LedgerWords(res.Summary), "结果在 ", c.Output, "。\n")
	return nil
}

// checkNames refuses what cannot come to anything before any work is done.
func (c *ledgerCmd) checkNames() error {
	if ledger.SameFile(c.Output, c.Input) {
		return c.isInput(c.Output)
	}
	if c.Output == "" && c.SVG+c.PNG != "" {
		return office.Misuse("要画进度图，请同时用 -o 写上结果存到哪里。")
	}
	switch ext := strings.ToLower(filepath.Ext(c.Output)); {
	case c.Output == "" || ext == ".xlsx" || ext == ".xlsm" || ext == ".csv":
		return nil
	case ext == ".xls" || ext == ".et":
		return office.Misuse("结果存不成旧格式 %s，请写成 .xlsx。", ext)
	}
	return office.Misuse("结果文件 %s 要以 .xlsx 结尾（台账是 CSV 的也可以是 .csv）。", c.Output)
}

func (c *ledgerCmd) read(b *rule.Book) (*ledger.File, error) {
	if info, err := os.Stat(c.Input); err == nil && info.IsDir() {
		return nil, office.Refuse("%s 是文件夹，请写上里面的台账文件。", c.Input)
	} else if err == nil && info.Size() > ledger.Largest {
		return nil, c.explain(ledger.ErrTooLarge)
	}
	data, err := office.ReadFile(c.Input)
	if err != nil {
		return nil, err
	}
	var fixed ledger.Fixed
	if c.Mapping != "" {
		file, err := office.ReadFile(c.Mapping)
		if err != nil {
			return nil, err
		}
		if fixed, err = ledger.LoadMapping(file); err != nil {
			return nil, office.Refuse("文件 %s：%v", c.Mapping, err)
		}
	}
	f, err := ledger.Read(b, c.Input, data, fixed)
	if err != nil {
		return nil, c.explain(err)
	}
	if strings.EqualFold(filepath.Ext(c.Output), ".csv") && !f.CSV() {
		return nil, office.Refuse("台账是 XLSX 的，结果也请存成 .xlsx，格式和公式才不会丢。")
	}
	return f, nil
}

func (c *ledgerCmd) explain(err error) error {
	return office.Refuse("%s：%v。", filepath.Base(c.Input), err)
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
		return c.isInput(file)
	}
	return office.SaveNew(file, data, c.Force)
}

func (c *ledgerCmd) isInput(file string) error {
	return office.Refuse("%s 就是台账本身，请换一个名字，原来的台账不能盖掉。", file)
}

// show says what the columns were taken for, and how to go on.
func (c *ledgerCmd) show(p *office.Office, f *ledger.File) error {
	if !f.Known() {
		return c.explain(ledger.ErrNoHeader)
	}
	if c.JSON {
		return writeJSON(p.Out, ledgerReport{Mapping: f.Mapping()})
	}
	fmt.Fprint(p.Out, f.Mapping().Text())
	for _, d := range f.Doubts() {
		fmt.Fprintln(p.Out, d)
	}
	fmt.Fprintln(p.Out, "没有写 -o，只看了列名。都对的话，请加上 -o 结果.xlsx；不对的，先用 --save-mapping 存下来改，再用 --mapping 给。")
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
