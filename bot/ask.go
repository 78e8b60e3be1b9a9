package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"zujian/bot/answer"
)

type askCmd struct {
	JSON  bool     `name:"json" help:"只输出一个 JSON 对象"`
	Turns []string `arg:"" name:"问题" help:"问题，后面可以跟追问" passthrough:"partial"`
}

// Run answers the last of the turns.
func (c *askCmd) Run(p *program) error {
	a, err := p.answererOver(false)
	if err != nil {
		return err
	}
	out := a.Answer(p.ctx, c.Turns)
	if c.JSON {
		return writeJSON(p.out, out)
	}
	fmt.Fprintln(p.out, out.Text)
	if out.Status == answer.Error {
		return failure{"", exitFailed}
	}
	return nil
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
