package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/alecthomas/kong"

	"zujian/bot/office"
	"zujian/bot/simulator/ilink"
	"zujian/bot/simulator/wechat"
	"zujian/bot/simulator/wecom"
	"zujian/bot/store"
)

type simulatorCmd struct {
	Port   int  `default:"-1" help:"网页的端口，不写就用平常的，0 是随便一个" placeholder:"端口"`
	Only   bool `help:"只开模拟的那一头，组建助手另外用 bot run 接上来"`
	Manual bool `help:"登录时要在网页上点“扫码并确认”，不写就自己扫；企业微信不用扫"`
}

// farEnd is what a command simulates.
type farEnd struct {
	what    string // as a person calls it
	port    int    // that the page usually has
	at      string // the flag of run that leads to it
	serve   func(c *simulatorCmd, ctx context.Context, address string, ready func(string)) error
	connect func(p *office.Office, page string) error
	how     string // to play the people
	pair    string // to give commands; with a code and the folder of the record
}

// farEnds are the commands by their names.
var farEnds = map[string]farEnd{
	"wechat-simulator": {"模拟微信", 8790, "--wechat-at", func(c *simulatorCmd, ctx context.Context, address string, ready func(string)) error {
		return wechat.Serve(ctx, address, wechat.Options{ManualScan: c.Manual}, ready)
	}, (*office.Office).Simulate, "在网页里扮演群成员，先@组建助手再问；选“私聊”可以直接问。",
		"想试管理命令和提醒：%d分钟内用“私聊：赵主任”发“配对 %s”，再发“管理”。\n“群里：赵主任”可以发“@组建助手 管理 停用本群”。这里的记录放在 %s，跟真的分开。\n"},
	"wecom-simulator": {"模拟企业微信", 8792, "--wecom-at", func(_ *simulatorCmd, ctx context.Context, address string, ready func(string)) error {
		return wecom.Serve(ctx, address, wecom.Options{}, ready)
	}, (*office.Office).SimulateWecom, "在网页里扮演群成员，先@组建助手再问；选“私聊”可以直接问。",
		"想试管理命令和提醒：%d分钟内用“私聊：赵主任”发“配对 %s”，再发“管理”。\n群“" + wecom.ExamplePushName +
			"”只接了群机器人，提醒发得进去，问了不会答。这里的记录放在 %s，跟真的分开。\n"},
	"ilink-simulator": {"模拟微信机器人", 8793, "--ilink-at", func(c *simulatorCmd, ctx context.Context, address string,
		ready func(string)) error {
		return ilink.Serve(ctx, address, ilink.Options{ManualScan: c.Manual}, ready)
	}, (*office.Office).SimulateIlink, "在网页里选一个人，直接打字问，不用@。网页下面写着还能给谁发几条。",
		"想试管理命令：%d分钟内用“赵主任”发“配对 %s”，再发“管理”。这里的记录放在 %s，跟真的分开。\n"},
}

// Run opens a simulator, and 组建助手 on it: somebody without an account tries
// everything on one page.
func (c *simulatorCmd) Run(p *office.Office, k *kong.Context) (err error) {
	command := k.Selected().Name
	far := farEnds[command]
	page, end, err := c.open(p, command, far)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if c.Only {
		fmt.Fprintf(p.Out, "%s开好了，网页：%s\n另开一个窗口，把组建助手接上来：\nbot run %s %s\n停下请按 Ctrl-C。\n", far.what, page, far.at, page)
		<-p.Ctx.Done()
		return nil
	}
	p.OnlySimulators()
	if c.Port == 0 { // whoever wants any port wants none that is fixed
		p.Set(func(c *office.Config) { c.Console.Address = cmp.Or(c.Console.Address, "127.0.0.1:0") })
	}
	if err := far.connect(p, page); err != nil {
		return err
	}
	s, err := p.Serve()
	if err != nil {
		return err
	}
	far.explain(s, page)
	<-p.Ctx.Done()
	return s.Close()
}

// open starts a simulator and gives its address and what ends it.
func (c *simulatorCmd) open(p *office.Office, command string, far farEnd) (page string, end func() error, err error) {
	if c.Port == -1 {
		c.Port = far.port
	}
	if c.Port < 0 || c.Port > 65535 {
		return "", nil, office.Misuse("端口要在 0 到 65535 之间，现在是 %d。看说明：bot %s --help", c.Port, command)
	}
	// The service sends what waits before the simulator goes.
	ctx, stop := context.WithCancel(context.WithoutCancel(p.Ctx))
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- far.serve(c, ctx, net.JoinHostPort("127.0.0.1", strconv.Itoa(c.Port)), func(url string) { ready <- url })
	}()
	select {
	case page := <-ready:
		return page, func() error { stop(); return <-ended }, nil
	case err := <-ended:
		stop()
		if op := (&net.OpError{}); errors.As(err, &op) {
			return "", nil, office.Refuse("端口 %d 用不了，多半是被别的程序占着。请换一个：bot %s --port %d", c.Port, command, c.Port+1)
		}
		return "", nil, office.Refuse("%s没有开起来：%v", far.what, err)
	}
}

func (far farEnd) explain(s *office.Service, page string) {
	p := s.Office
	fmt.Fprintf(p.Out, "%s和组建助手都开好了。请用浏览器打开：%s\n%s停下请按 Ctrl-C。\n", far.what, page, far.how)
	code, err := s.DB.NewPairingCode(p.Ctx, p.Now())
	if err != nil {
		s.Log.Error("no pairing code", "error", err.Error())
		return
	}
	fmt.Fprintf(p.Out, far.pair, int(store.PairingLasts.Minutes()), code, p.State())
}
