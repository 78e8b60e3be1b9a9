package main

import (
	"fmt"

	"zujian/bot/store"
)

type pairCmd struct {
	Forget bool `help:"取消所有管理员的配对"`
}

// Run gives a code with which one person becomes an operator.
func (c *pairCmd) Run(p *program) error {
	db, err := p.openStore()
	if err != nil {
		return err
	}
	defer db.Close()
	if c.Forget {
		if err := db.ForgetOperators(p.ctx); err != nil {
			return refuse("没有取消成：%v", err)
		}
		fmt.Fprintln(p.out, "所有管理员的配对都取消了。")
		return nil
	}
	code, err := db.NewPairingCode(p.ctx, p.now())
	if err != nil {
		return refuse("配对码没有生成：%v", err)
	}
	fmt.Fprintf(p.out, "配对码：%s（%d分钟内有效，只能用一次，以前的码作废）\n请用您自己的微信私聊机器人，发：配对 %s\n", code, int(store.PairingLasts.Minutes()), code)
	if !p.config.connected() {
		fmt.Fprintln(p.out, "微信还没有接上，请先接上，看 bot run。")
	}
	return nil
}
