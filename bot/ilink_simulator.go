package main

import (
	"context"
	"errors"
	"fmt"

	simulator "zujian/bot/simulator/ilink"
	"zujian/bot/store"
)

type ilinkSimulatorCmd struct {
	Port   int  `default:"8793" help:"网页的端口，0 是随便一个" placeholder:"端口"`
	Only   bool `help:"只开模拟微信机器人，组建助手另外用 bot run 接上来"`
	Manual bool `help:"登录时要在网页上点“扫码并确认”，不写就自己扫"`
}

// Run opens the simulator of the WeChat robot, and 组建助手 on it.
func (c *ilinkSimulatorCmd) Run(p *program) (err error) {
	page, end, err := openSimulator(p, c.Port, "ilink-simulator", "模拟微信机器人", func(ctx context.Context, address string, ready func(string)) error {
		return simulator.Serve(ctx, address, simulator.Options{ManualScan: c.Manual}, ready)
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if c.Only {
		fmt.Fprintf(p.out, "模拟微信机器人开好了，网页：%s\n另开一个窗口，把组建助手接上来：\nbot run --ilink-at %s\n停下请按 Ctrl-C。\n", page, page)
		<-p.ctx.Done()
		return nil
	}
	p.onlySimulators()
	if err := p.simulateIlink(page); err != nil {
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

func (c *ilinkSimulatorCmd) explain(s *service, page string) {
	p := s.p
	fmt.Fprintf(p.out, "模拟微信机器人和组建助手都开好了。请用浏览器打开：%s\n在网页里选一个人，直接打字问，不用@。网页下面写着还能给谁发几条。停下请按 Ctrl-C。\n", page)
	code, err := s.db.NewPairingCode(p.ctx, p.now())
	if err != nil {
		s.log.Error("no pairing code", "error", err.Error())
		return
	}
	fmt.Fprintf(p.out, "想试管理命令：%d分钟内用“赵主任”发“配对 %s”，再发“管理”。这里的记录放在 %s，跟真的分开。\n",
		int(store.PairingLasts.Minutes()), code, p.state())
}
