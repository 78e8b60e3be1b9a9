package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"zujian/bot/answer"
	"zujian/index"
)

type askCmd struct {
	JSON    bool     `name:"json" help:"只输出一个 JSON 对象"`
	AsOf    string   `name:"as-of" help:"按哪天有效的文件回答，像 2023-06-01" placeholder:"日期"`
	Explain bool     `help:"再说一说是怎么找、怎么定的"`
	Turns   []string `arg:"" name:"问题" help:"问题，后面可以跟追问" passthrough:"partial"`
}

// Run answers the last of the turns.
func (c *askCmd) Run(p *program) error {
	a, err := c.answerer(p)
	if err != nil {
		return err
	}
	out := a.Answer(p.ctx, c.Turns)
	if c.AsOf != "" {
		out.Text = "按" + c.AsOf + "那天有效的文件：\n" + out.Text
	}
	if c.JSON {
		return writeJSON(p.out, out)
	}
	fmt.Fprintln(p.out, out.Text)
	if c.Explain {
		return c.explain(p, a)
	}
	if out.Status == answer.Error {
		return failure{"", exitFailed}
	}
	return nil
}

// explain says how the question was worked on.
func (c *askCmd) explain(p *program, a *answer.Answerer) error {
	why, err := a.Engine().Explain(p.ctx, c.Turns)
	if err != nil {
		return refuse("说不出是怎么找的：%v", err)
	}
	fmt.Fprint(p.out, "\n"+why)
	return nil
}

// answerer is that over the documents of today, or of the day that is given.
func (c *askCmd) answerer(p *program) (*answer.Answerer, error) {
	if c.AsOf == "" {
		return p.answererOver(false)
	}
	if err := checkDay(c.AsOf); err != nil {
		return nil, err
	}
	l, err := p.allDocuments()
	if err != nil {
		return nil, err
	}
	l = l.On(c.AsOf)
	b, err := p.bookOrFault(l)
	if err != nil {
		return nil, err
	}
	w, err := p.readWords()()
	if err != nil {
		return nil, err
	}
	a, err := answer.New(l, w, b)
	if err != nil {
		return nil, refuse("%v", err)
	}
	x, err := index.OpenMemory(a.Entries()) // that of the data folder is of today
	if err != nil {
		return nil, refuse("索引建不起来：%v", err)
	}
	p.closers = append(p.closers, x)
	a.SearchWith(x)
	return a, nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// longestLine is how many bytes one line from a pipe may have.
const longestLine = 1 << 20

// lines calls each with every line that is not blank.
func lines(in io.Reader, each func(string) error) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for {
		line, err := r.ReadString('\n')
		if len(line) > longestLine {
			line = line[:longestLine]
		}
		if line = strings.TrimSpace(line); line != "" {
			if err := each(line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
