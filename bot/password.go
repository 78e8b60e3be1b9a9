package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"zujian/bot/console"
	"zujian/knowledge/text"
)

type passwordCmd struct {
	Output string `short:"o" help:"写到哪个文件，就是 [console] 的 password_file；不写就显示出来" placeholder:"文件"`
}

// Run takes a password and gives it as it may be stored.
func (c *passwordCmd) Run(p *program) error {
	fmt.Fprint(p.err, "请打网页的口令再回车：")
	password, err := p.readSecret()
	if err != nil {
		return refuse("口令没有读到：%v", err)
	}
	if len([]rune(password)) < console.ShortestPassword {
		return refuse("口令太短，至少要 %d 个字符。", console.ShortestPassword)
	}
	stored := console.Hide(password) + "\n"
	if c.Output == "" {
		fmt.Fprint(p.out, stored)
		return nil
	}
	if err := text.WriteWhole(c.Output, []byte(stored)); err != nil {
		return refuse("没有写成：%v", err)
	}
	fmt.Fprintf(p.out, "写好了，在 %s。里面没有口令本身，请另外记住。重新启动以后用新的。\n", c.Output)
	return nil
}

// readSecret reads a line; what is typed is not shown.
func (p *program) readSecret() (string, error) {
	if f, ok := p.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		line, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(p.err)
		return strings.TrimSpace(string(line)), err
	}
	line, err := bufio.NewReader(p.in).ReadString('\n')
	if line != "" {
		err = nil
	}
	return strings.TrimSpace(line), err
}
