package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"zujian/bot/office"
	"zujian/bot/remind/book"
	"zujian/bot/store"
)

type remindImportCmd struct {
	File     string `arg:"" name:"表格" help:"XLSX、CSV 或者一行一句的 TXT"`
	Yes      bool   `help:"不再问，直接设"`
	Often    bool   `help:"允许比每月一次勤"`
	Everyone bool   `help:"允许@所有人"`
	By       string `help:"定提醒的人" placeholder:"姓名"`
}

// Run keeps a list of reminders: all of them or, where a line is not
// understood, none.
func (c *remindImportCmd) Run(p *office.Office) error {
	sentences, err := readList(c.File)
	if err != nil {
		return err
	}
	return asking(p, c.By, func(b *book.Book, from book.Asker) error { return c.keep(p, b, from, sentences) })
}

func (c *remindImportCmd) keep(p *office.Office, b *book.Book, from book.Asker, sentences []book.Line) error {
	all, wrong, err := c.understand(p, b, from, sentences)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return office.Refuse("有 %d 行没有看懂，一条也没有设。改好再导入：\n%s", len(wrong), strings.Join(wrong, "\n"))
	}
	if len(all) == 0 {
		fmt.Fprintln(p.Out, "这些都已经设过，没有再设。")
		return nil
	}
	if !c.Yes && !confirms(p) {
		fmt.Fprintln(p.Out, "没有设。")
		return nil
	}
	ids, err := b.DB.AddReminders(p.Ctx, all...)
	if err != nil {
		return office.Refuse("没有设成，存储出了问题：%v", err)
	}
	fmt.Fprintln(p.Out, book.SayKept(ids))
	return nil
}

// understand reads every line, and says each back or what is wrong with it.
func (c *remindImportCmd) understand(p *office.Office, b *book.Book, from book.Asker, sentences []book.Line) (all []store.Reminder,
	wrong []string, err error) {
	for _, s := range sentences {
		made, said, err := b.Propose(p.Ctx, from, s.Text)
		if err == nil {
			err = allowed(made, c.Often, c.Everyone)
		}
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("第%d行“%s”：%s", s.Row, s.Text, strings.ReplaceAll(office.Plainly(err).Error(), "\n", "　")))
			continue
		}
		more, err := b.Reminders(made)
		if err == nil {
			more, err = b.New(p.Ctx, more, all)
		}
		if err != nil {
			return nil, nil, office.Plainly(err)
		}
		if len(more) == 0 {
			fmt.Fprintf(p.Out, "第%d行已经设过，不再设：%s\n", s.Row, s.Text)
			continue
		}
		fmt.Fprintf(p.Out, "第%d行\n%s\n", s.Row, said)
		all = append(all, more...)
	}
	return all, wrong, nil
}

const mostListed = 500

func readList(path string) ([]book.Line, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, office.Refuse("没有找到文件 %s，请看看路径写对了没有。", path)
	}
	if err != nil {
		return nil, office.Refuse("文件 %s 读不了：%v", path, err)
	}
	all, err := book.ReadList(data)
	if err != nil {
		return nil, office.Refuse("表格 %s 读不了：%v。请用 WPS 或者 Excel 另存为 XLSX 再导入。", path, err)
	}
	if len(all) == 0 {
		return nil, office.Refuse("%s 里没有提醒。一行一句话；或者几列，标题写“什么时候”（也可以是“日期”和“时间”）“提醒谁”“什么事”。", path)
	}
	if len(all) > mostListed {
		return nil, office.Refuse("%s 里有 %d 行，一次最多 %d 行，请分开导入。", path, len(all), mostListed)
	}
	return all, nil
}
