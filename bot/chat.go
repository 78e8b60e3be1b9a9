package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"zujian/bot/chat"
	"zujian/bot/install"
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
	if install.Clicked() {
		return (&openCmd{}).Run(p)
	}
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

// farewell leaves a conversation.
var farewell = regexp.MustCompile(`^(?i:再见|拜拜|退出|结束|不问了|quit|exit|bye|q)[。！!~～ ]*$`)

// errDone ends a conversation.
var errDone = errors.New("done")

// converse takes what is typed until it ends, somebody says good-bye or the
// program is told to stop.
func (o *office) converse() error {
	p := o.p
	prompt := func() { fmt.Fprintln(p.out) }
	if isTerminal(p.in) {
		fmt.Fprintln(p.out, "您好，我是组建助手。请直接打字问；想按一家单位的情况问，请打“组建”；不问了打“再见”。")
		prompt = func() { fmt.Fprint(p.out, "> ") }
		prompt()
	}
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	typed, ended := o.read(ctx)
	for {
		select {
		case line := <-typed:
			if err := o.say(line); err != nil {
				return ignore(err, errDone)
			}
			prompt()
		case err := <-ended:
			return err
		case <-ctx.Done():
			return nil
		}
	}
}

// read gives the lines that are typed. Its goroutine ends with ctx, or, where
// it waits for somebody at a terminal, with the program.
func (o *office) read(ctx context.Context) (<-chan string, <-chan error) {
	typed, ended := make(chan string), make(chan error, 1)
	go func() {
		ended <- lines(o.p.in, func(line string) error {
			select {
			case typed <- line:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return typed, ended
}

// say takes one line and writes what the desk replies.
func (o *office) say(line string) error {
	if farewell.MatchString(line) {
		return errDone
	}
	replies, err := o.desk.Handle(o.p.ctx, chat.Inbound{Channel: terminal, Chat: terminal, Speaker: terminal, Text: line})
	for _, r := range replies {
		fmt.Fprintln(o.p.out, r)
	}
	if err != nil {
		fmt.Fprintf(o.p.err, "这一句答了，但是没有记下来：%s\n", inChinese(err.Error()))
	}
	return nil
}

func ignore(err, known error) error {
	if errors.Is(err, known) {
		return nil
	}
	return err
}
