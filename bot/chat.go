package main

import (
	"errors"
	"fmt"

	"zujian/bot/store"
)

type chatCmd struct{}

// Run holds a conversation: at a terminal with a prompt, from a pipe one
// question a line.
func (c *chatCmd) Run(p *program) error {
	o, err := p.openOffice()
	if err != nil {
		return err
	}
	defer o.Close()
	return o.converse()
}

// bareCmd is the program without a command.
type bareCmd struct{}

// Run is the conversation with the service around it; where nobody can type it
// is the service.
func (c *bareCmd) Run(p *program) error {
	if !isTerminal(p.in) {
		return (&runCmd{}).Run(p)
	}
	p.typing = true
	s, err := p.openService()
	if errors.Is(err, store.ErrServed) {
		fmt.Fprintln(p.out, "另一个程序已经在运行，这里只对话。")
		return (&chatCmd{}).Run(p)
	}
	if err != nil {
		return err
	}
	return errors.Join(s.converse(), s.Close())
}
