package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"zujian/bot/answer"
	"zujian/bot/install"
	"zujian/bot/office"
	"zujian/bot/store"
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
		if err := writeJSON(p.Out, out); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(p.Out, out.Text)
		if c.Explain {
			return c.explain(p, a)
		}
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

type chatCmd struct{}

// Run holds a conversation: at a terminal with a prompt, from a pipe one
// question a line.
func (c *chatCmd) Run(p *office.Office) error {
	o, err := p.Open()
	if err != nil {
		return err
	}
	defer o.Close()
	return o.Converse()
}

// bareCmd is the program without a command.
type bareCmd struct{}

// Run is the conversation with the service around it; where nobody can type it
// is the service.
func (c *bareCmd) Run(p *office.Office) error {
	if install.Clicked() {
		return (&openCmd{}).Run(p)
	}
	if !office.IsTerminal(p.In) {
		return (&runCmd{}).Run(p)
	}
	p.Typing = true
	s, err := p.Serve()
	if errors.Is(err, store.ErrServed) {
		fmt.Fprintln(p.Out, "另一个程序已经在运行，这里只对话。")
		return (&chatCmd{}).Run(p)
	}
	if err != nil {
		return err
	}
	return errors.Join(s.Converse(), s.Close())
}
