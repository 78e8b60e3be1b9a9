package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	simulator "zujian/bot/simulator/wechat"
	"zujian/bot/store"
)

type simulatorCmd struct {
	Port int  `default:"8790" help:"网页的端口，0 是随便一个" placeholder:"端口"`
	Only bool `help:"只开模拟微信，组建助手另外用 bot run 接上来"`
}

// Run opens the simulator, and 组建助手 on it: somebody without an account tries
// everything on one page.
func (c *simulatorCmd) Run(p *program) (err error) {
	page, end, err := openSimulator(p, c.Port, "wechat-simulator", "模拟微信", func(ctx context.Context, address string, ready func(string)) error {
		return simulator.Serve(ctx, address, simulator.Options{}, ready)
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if c.Only {
		fmt.Fprintf(p.out, "模拟微信开好了，网页：%s\n另开一个窗口，把组建助手接上来：\nbot run --wechat-at %s\n停下请按 Ctrl-C。\n", page, page)
		<-p.ctx.Done()
		return nil
	}
	p.onlySimulators()
	if err := p.simulate(page); err != nil {
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

// openSimulator starts a simulator and gives its address and what ends it.
func openSimulator(p *program, port int, command, what string, serve func(ctx context.Context, address string, ready func(string)) error) (page string, end func() error, err error) {
	if port < 0 || port > 65535 {
		return "", nil, misuse("端口要在 0 到 65535 之间，现在是 %d。看说明：bot %s --help", port, command)
	}
	// The service sends what waits before the simulator goes.
	ctx, stop := context.WithCancel(context.WithoutCancel(p.ctx))
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- serve(ctx, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), func(url string) { ready <- url })
	}()
	select {
	case page := <-ready:
		return page, func() error { stop(); return <-ended }, nil
	case err := <-ended:
		stop()
		if op := (&net.OpError{}); errors.As(err, &op) {
			return "", nil, refuse("端口 %d 用不了，多半是被别的程序占着。请换一个：bot %s --port %d", port, command, port+1)
		}
		return "", nil, refuse("%s没有开起来：%v", what, err)
	}
}

func (c *simulatorCmd) explain(s *service, page string) {
	p := s.p
	fmt.Fprintf(p.out, "模拟微信和组建助手都开好了。请用浏览器打开：%s\n在网页里扮演群成员，先@组建助手再问；选“私聊”可以直接问。停下请按 Ctrl-C。\n", page)
	code, err := s.db.NewPairingCode(p.ctx, p.now())
	if err != nil {
		s.log.Error("no pairing code", "error", err.Error())
		return
	}
	fmt.Fprintf(p.out, "想试管理命令：%d分钟内用“私聊：赵主任”发“配对 %s”，再发“管理”。\n“群里：赵主任”可以发“@组建助手 管理 停用本群”。这里的记录放在 %s，跟真的分开。\n",
		int(store.PairingLasts.Minutes()), code, p.state())
}
