package office

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"zujian/bot/chat"
)

// farewell leaves a conversation.
var farewell = regexp.MustCompile(`^(?i:再见|拜拜|退出|结束|不问了|quit|exit|bye|q)[。！!~～ ]*$`)

// ErrDone ends a conversation.
var ErrDone = errors.New("done")

// Converse takes what is typed until it ends, somebody says good-bye or the
// program is told to stop.
func (o *Front) Converse() error {
	p := o.Office
	prompt := func() { fmt.Fprintln(p.Out) }
	if IsTerminal(p.In) {
		fmt.Fprintln(p.Out, "您好，我是组建助手。请直接打字问；想按一家单位的情况问，请打“组建”；不问了打“再见”。")
		prompt = func() { fmt.Fprint(p.Out, "> ") }
		prompt()
	}
	ctx, stop := context.WithCancel(p.Ctx)
	defer stop()
	typed, ended := o.read(ctx)
	for {
		select {
		case line := <-typed:
			if err := o.say(line); err != nil {
				return ignore(err, ErrDone)
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
func (o *Front) read(ctx context.Context) (<-chan string, <-chan error) {
	typed, ended := make(chan string), make(chan error, 1)
	go func() {
		ended <- EachLine(o.Office.In, func(line string) error {
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
func (o *Front) say(line string) error {
	if farewell.MatchString(line) {
		return ErrDone
	}
	replies, err := o.desk.Handle(o.Office.Ctx, chat.Inbound{Channel: terminal, Chat: terminal, Speaker: terminal, Text: line})
	for _, r := range replies {
		fmt.Fprintln(o.Office.Out, r)
	}
	if err != nil {
		fmt.Fprintf(o.Office.Err, "这一句答了，但是没有记下来：%s\n", InChinese(err.Error()))
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

// EachLine calls each with every line that is not blank.
func EachLine(in io.Reader, each func(string) error) error {
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
