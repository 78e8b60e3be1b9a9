package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"zujian/bot/console"
	"zujian/bot/office"
	"zujian/knowledge/text"
)

type passwordCmd struct {
	Output string `short:"o" help:"写到哪个文件，就是 [console] 的 password_file；不写就显示出来" placeholder:"文件"`
}

// Run takes a password and gives it as it may be stored.
func (c *passwordCmd) Run(p *office.Office) error {
	fmt.Fprint(p.Err, "请打网页的口令再回车：")
	password, err := readSecret(p)
	if err != nil {
		return office.Refuse("口令没有读到：%v", err)
	}
	if len([]rune(password)) < console.ShortestPassword {
		return office.Refuse("口令太短，至少要 %d 个字符。", console.ShortestPassword)
	}
	stored := console.Hide(password) + "\n"
	if c.Output == "" {
		fmt.Fprint(p.Out, stored)
		return nil
	}
	if err := text.WriteWhole(c.Output, []byte(stored)); err != nil {
		return office.Refuse("没有写成：%v", err)
	}
	fmt.Fprintf(p.Out, "写好了，在 %s。里面没有口令本身，请另外记住。重新启动以后用新的。\n", c.Output)
	return nil
}

// readSecret reads a line; what is typed is not shown.
func readSecret(p *office.Office) (string, error) {
	if f, ok := p.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		line, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(p.Err)
		return strings.TrimSpace(string(line)), err
	}
	line, err := bufio.NewReader(p.In).ReadString('\n')
	if line != "" {
		err = nil
	}
	return strings.TrimSpace(line), err
}
