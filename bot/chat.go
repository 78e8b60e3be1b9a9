package main

import (
	"errors"
	"fmt"

	"zujian/bot/install"
	"zujian/bot/office"
	"zujian/bot/store"
)

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
