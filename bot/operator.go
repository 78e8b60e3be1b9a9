package main

import (
	"errors"
	"fmt"
	"io"

	"zujian/bot/console"
	"zujian/bot/office"
	"zujian/bot/store"
)

type pairCmd struct {
	Forget bool `help:"取消所有管理员的配对"`
}

// Run gives a code with which one person becomes an operator.
func (c *pairCmd) Run(p *office.Office) error {
	return withStore(p, func(db *store.DB) error {
		if c.Forget {
			if err := db.ForgetOperators(p.Ctx); err != nil {
				return office.Refuse("没有取消成：%v", err)
			}
			return p.Print("所有管理员的配对都取消了。", nil)
		}
		code, err := db.NewPairingCode(p.Ctx, p.Now())
		if err != nil {
			return office.Refuse("配对码没有生成：%v", err)
		}
		fmt.Fprintf(p.Out, "配对码：%s（%d分钟内有效，只能用一次，以前的码作废）\n请用您自己的微信（企业微信）私聊机器人，发：配对 %s\n",
			code, int(store.PairingLasts.Minutes()), code)
		if !p.Config().Connects() {
			fmt.Fprintln(p.Out, "微信、企业微信都还没有接上，请先接上，看 bot run。")
		}
		return nil
	})
}

type passwordCmd struct {
	Output string `short:"o" help:"写到哪个文件，就是 [console] 的 password_file；不写就显示出来" placeholder:"文件"`
}

// Run takes a password and gives it as it may be stored.
func (c *passwordCmd) Run(p *office.Office) error {
	fmt.Fprint(p.Err, "请打网页的口令再回车：")
	password, err := p.ReadSecret()
	if errors.Is(err, io.EOF) {
		return office.Refuse("没有打口令，什么也没有写。请在终端里再运行一遍，照提示打；或者用管道送一行进来。")
	}
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
	write := func(w io.Writer) error { _, err := io.WriteString(w, stored); return err }
	if err := office.WriteNew(c.Output, write); err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "写好了，在 %s。里面没有口令本身，请另外记住。重新启动以后用新的。\n", c.Output)
	return nil
}
