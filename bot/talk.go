package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"zujian/bot/chat"
)

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
	if line == "再见" || line == "quit" || line == "exit" {
		return errDone
	}
	replies, err := o.desk.Handle(o.p.ctx, chat.Inbound{Channel: terminal, Chat: terminal, Speaker: terminal, Text: line})
	for _, r := range replies {
		fmt.Fprintln(o.p.out, r)
	}
	if err != nil {
		fmt.Fprintf(o.p.err, "这一句答了，但是没有记下来：%v\n", err)
	}
	return nil
}

func ignore(err, known error) error {
	if errors.Is(err, known) {
		return nil
	}
	return err
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
