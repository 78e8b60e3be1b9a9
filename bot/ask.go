package main

import (
	"encoding/json"
	"fmt"
	"io"

	"zujian/bot/answer"
	"zujian/bot/office"
)

type askCmd struct {
	JSON    bool     `name:"json" help:"只输出一个 JSON 对象"`
	AsOf    string   `name:"as-of" help:"按哪天有效的文件回答，像 2023-06-01" placeholder:"日期"`
	Explain bool     `help:"再说一说是怎么找、怎么定的"`
	Turns   []string `arg:"" name:"问题" help:"问题，后面可以跟追问" passthrough:"partial"`
}

// Run answers the last of the turns.
func (c *askCmd) Run(p *office.Office) error {
	a, err := c.answerer(p)
	if err != nil {
		return err
	}
	out := a.Answer(p.Ctx, c.Turns)
	if c.AsOf != "" {
		out.Text = "按" + c.AsOf + "那天有效的文件：\n" + out.Text
	}
	if c.JSON {
		return writeJSON(p.Out, out)
	}
	fmt.Fprintln(p.Out, out.Text)
	if c.Explain {
		return c.explain(p, a)
	}
	if out.Status == answer.Error {
		return office.Failure{}
	}
	return nil
}

// explain says how the question was worked on.
func (c *askCmd) explain(p *office.Office, a *answer.Answerer) error {
	why, err := a.Engine().Explain(p.Ctx, c.Turns)
	if err != nil {
		return office.Refuse("说不出是怎么找的：%v", err)
	}
	fmt.Fprint(p.Out, "\n"+why)
	return nil
}

// answerer is that over the documents of today, or of the day that is given.
func (c *askCmd) answerer(p *office.Office) (*answer.Answerer, error) {
	if c.AsOf == "" {
		return p.AnswererOver(false)
	}
	if err := checkDay(c.AsOf); err != nil {
		return nil, err
	}
	l, err := p.AllDocuments()
	if err != nil {
		return nil, err
	}
	w, err := p.ReadWords()()
	if err != nil {
		return nil, err
	}
	return p.InMemory(l.On(c.AsOf), w) // the index of the data folder is of today
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
