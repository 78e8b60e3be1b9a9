package main

import (
	"fmt"

	"zujian/bot/answer"
)

type chatCmd struct{}

// turnsKept is how many earlier questions a question may lean on.
const turnsKept = 4

// Run holds a conversation: at a terminal with a prompt, from a pipe one
// question a line.
func (c *chatCmd) Run(p *program) error {
	d, err := p.desk()
	if err != nil {
		return err
	}
	defer d.Close()
	terminal := isTerminal(p.in)
	if terminal {
		fmt.Fprintln(p.out, "您好，我是组建助手。请直接打字问，想按一家单位的情况问请打“组建”，不问了打“再见”。")
		fmt.Fprint(p.out, "> ")
	}
	return lines(p.in, func(line string) error {
		if terminal && (line == "再见" || line == "quit" || line == "exit") {
			return errDone
		}
		for _, reply := range d.Say(p.ctx, line) {
			fmt.Fprintln(p.out, reply)
		}
		if terminal {
			fmt.Fprint(p.out, "> ")
		} else {
			fmt.Fprintln(p.out)
		}
		return nil
	})
}

var _ = answer.Answered
