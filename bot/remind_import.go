package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"zujian/bot/remind/book"
	"zujian/bot/store"
	"zujian/knowledge/parse"
)

type remindImportCmd struct {
	File  string `arg:"" name:"表格" help:"XLSX、CSV 或者一行一句的 TXT"`
	Yes   bool   `help:"不再问，直接设"`
	Often bool   `help:"允许比每月一次勤"`
	By    string `help:"定提醒的人" placeholder:"姓名"`
}

// Run keeps a list of reminders: all of them or, where a line is not
// understood, none.
func (c *remindImportCmd) Run(p *program) error {
	sentences, err := readList(c.File)
	if err != nil {
		return err
	}
	calendar, err := p.phrases()
	if err != nil {
		return err
	}
	db, err := p.openStore()
	if err != nil {
		return err
	}
	defer db.Close()
	from, err := p.namedOperator(p.ctx, db, c.By)
	if err != nil {
		return refuse("存储读不出来：%v", err)
	}
	all, wrong, err := c.understand(p, p.reminderBook(db, calendar), from, sentences)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return refuse("有 %d 行没有看懂，一条也没有设。改好再导入：\n%s", len(wrong), strings.Join(wrong, "\n"))
	}
	if !c.Yes && !p.confirms() {
		fmt.Fprintln(p.out, "没有设。")
		return nil
	}
	ids, err := db.AddReminders(p.ctx, all...)
	if err != nil {
		return refuse("没有设成，存储出了问题：%v", err)
	}
	fmt.Fprintln(p.out, kept(ids))
	return nil
}

// understand reads every line, and says each back or what is wrong with it.
func (c *remindImportCmd) understand(p *program, b *book.Book, from book.Asker, sentences []listLine) (all []store.Reminder, wrong []string, err error) {
	for _, s := range sentences {
		made, said, err := b.Propose(p.ctx, from, s.text)
		if err == nil && made.Often > 0 && !c.Often {
			err = refuse(book.SayMonthly+"请加上 --often 再导入。", made.Often)
		}
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("第%d行“%s”：%s", s.row, s.text, strings.ReplaceAll(plainly(err).Error(), "\n", "　")))
			continue
		}
		fmt.Fprintf(p.out, "第%d行\n%s\n", s.row, said)
		more, err := b.Reminders(made)
		if err != nil {
			return nil, nil, plainly(err)
		}
		all = append(all, more...)
	}
	return all, wrong, nil
}

// listLine is a sentence with the row that it stands in, from 1.
type listLine struct {
	row  int
	text string
}

const mostListed = 500

func readList(path string) ([]listLine, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, refuse("没有找到文件 %s，请看看路径写对了没有。", path)
	}
	if err != nil {
		return nil, refuse("文件 %s 读不了：%v", path, err)
	}
	rows, err := listRows(data)
	if err != nil {
		return nil, refuse("表格 %s 读不了：%v。请用 WPS 或者 Excel 另存为 XLSX 再导入。", path, err)
	}
	all := listSentences(rows)
	if len(all) == 0 {
		return nil, refuse("%s 里没有提醒。一行一句话；或者三列，标题写“什么时候”“提醒谁”“什么事”。", path)
	}
	if len(all) > mostListed {
		return nil, refuse("%s 里有 %d 行，一次最多 %d 行，请分开导入。", path, len(all), mostListed)
	}
	return all, nil
}

func listRows(data []byte) ([][]string, error) {
	if bytes.HasPrefix(data, []byte("PK")) {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 64 << 20})
		if err != nil {
			return nil, errors.New("文件损坏或者有密码")
		}
		defer f.Close()
		return f.GetRows(f.GetSheetName(0))
	}
	text, err := parse.Text(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	if head, _, _ := strings.Cut(text, "\n"); strings.Contains(head, "\t") {
		r.Comma = '\t'
	}
	return r.ReadAll()
}

// listSentences makes a sentence of each row: its only cell, or the columns
// whose headings say when, whom and what.
func listSentences(rows [][]string) (all []listLine) {
	when, who, what := -1, -1, -1
	for i, row := range rows {
		if when < 0 {
			if when, who, what = listColumns(row); when >= 0 {
				continue
			}
		}
		text := ""
		if when >= 0 {
			text = cell(row, when)
			if text != "" || cell(row, what) != "" {
				text += "提醒" + cell(row, who) + "：" + cell(row, what)
			}
		} else if i > 0 || !strings.Contains(cell(row, 0), "一句话") {
			text = strings.TrimSpace(strings.Join(row, "，"))
		}
		if strings.Trim(text, "，") != "" {
			all = append(all, listLine{i + 1, strings.Trim(text, "，")})
		}
	}
	return all
}

// listColumns finds the headings; -1 where the row is none of headings.
func listColumns(row []string) (when, who, what int) {
	when, who, what = -1, -1, -1
	for i, c := range row {
		switch strings.TrimSpace(c) {
		case "什么时候", "时间", "何时", "提醒时间":
			when = i
		case "提醒谁", "群", "群名", "对象", "发给":
			who = i
		case "什么事", "事项", "内容", "提醒内容":
			what = i
		}
	}
	if when < 0 || what < 0 {
		return -1, -1, -1
	}
	return when, who, what
}

func cell(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}
