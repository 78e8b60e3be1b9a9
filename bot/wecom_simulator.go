package main

import (
	"context"
	"errors"
	"fmt"

	simulator "zujian/bot/simulator/wecom"
	"zujian/bot/store"
)

type wecomSimulatorCmd struct {
	Port int  `default:"8792" help:"网页的端口，0 是随便一个" placeholder:"端口"`
	Only bool `help:"只开模拟企业微信，组建助手另外用 bot run 接上来"`
}

// Run opens the simulator, and 组建助手 on it: somebody without WeCom tries
// everything on one page.
func (c *wecomSimulatorCmd) Run(p *program) (err error) {
	page, end, err := openSimulator(p, c.Port, "wecom-simulator", "模拟企业微信", func(ctx context.Context, address string, ready func(string)) error {
		return simulator.Serve(ctx, address, simulator.Options{}, ready)
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if c.Only {
		fmt.Fprintf(p.out, "模拟企业微信开好了，网页：%s\n另开一个窗口，把组建助手接上来：\nbot run --wecom-at %s\n停下请按 Ctrl-C。\n", page, page)
		<-p.ctx.Done()
		return nil
	}
	p.onlySimulators()
	if err := p.simulateWecom(page); err != nil {
		return err
	}
	s, err := p.openService()
	if err != nil {
		return err
	}
	c.explain(s, page)
	<-p.ctx.Done()
	return s.Close()
}

func (c *wecomSimulatorCmd) explain(s *service, page string) {
	p := s.p
	fmt.Fprintf(p.out, "模拟企业微信和组建助手都开好了。请用浏览器打开：%s\n在网页里扮演群成员，先@组建助手再问；选“私聊”可以直接问。停下请按 Ctrl-C。\n", page)
	code, err := s.db.NewPairingCode(p.ctx, p.now())
	if err != nil {
		s.log.Error("no pairing code", "error", err.Error())
		return
	}
	fmt.Fprintf(p.out, "想试管理命令和提醒：%d分钟内用“私聊：赵主任”发“配对 %s”，再发“管理”。\n群“%s”只接了群机器人，提醒发得进去，问了不会答。这里的记录放在 %s，跟真的分开。\n",
		int(store.PairingLasts.Minutes()), code, simulator.ExamplePushName, p.state())
}
