package main

import (
	"errors"
	"fmt"
)

type chatCmd struct{}

// turnsKept is how many questions a conversation remembers.
const turnsKept = 4

// errDone ends a conversation.
var errDone = errors.New("done")

// Run holds a conversation: at a terminal with a prompt, from a pipe one
// question a line.
func (c *chatCmd) Run(p *program) error {
	t, err := p.talk()
	if err != nil {
		return err
	}
	defer t.Close()
	prompt := func() { fmt.Fprintln(p.out) }
	if isTerminal(p.in) {
		fmt.Fprintln(p.out, "您好，我是组建助手。请直接打字问；想按一家单位的情况问，请打“组建”；不问了打“再见”。")
		prompt = func() { fmt.Fprint(p.out, "> ") }
		prompt()
	}
	err = lines(p.in, func(line string) error {
		if line == "再见" || line == "quit" || line == "exit" {
			return errDone
		}
		replies, err := t.Say(p.ctx, line)
		if err != nil {
			return refuse("对话没有记下来：%v", err)
		}
		for _, r := range replies {
			fmt.Fprintln(p.out, r)
		}
		prompt()
		return p.ctx.Err()
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}
