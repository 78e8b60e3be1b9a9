package main

import (
	"errors"
	"fmt"
	"os"

	"zujian/bot/install"
	"zujian/bot/office"
	"zujian/bot/store"
)

type runCmd struct {
	IlinkAt  string `name:"ilink-at" help:"接到模拟微信机器人的网址，由 ilink-simulator 给出" placeholder:"网址"`
	WechatAt string `name:"wechat-at" help:"接到模拟微信的网址，由 wechat-simulator 给出" placeholder:"网址"`
	WecomAt  string `name:"wecom-at" help:"接到模拟企业微信的网址，由 wecom-simulator 给出" placeholder:"网址"`
}

// sayNoChannel is said where nothing is configured: the page is all there is.
const sayNoChannel = "还没有接上微信，现在只有网页。要接，打开网页的“开始用”；或者在 %s 里写上两行“[wechat]”和“enabled = true”，几秒钟后用微信扫出来的二维码。\n" +
	"要接企业微信，看 bot help 企业微信。没有微信号，可以用 bot wechat-simulator 试；只想在这里问，用 bot chat。"

// Run is the service: it ends when the program is told to stop.
func (c *runCmd) Run(p *office.Office) error {
	if c.WechatAt+c.WecomAt+c.IlinkAt != "" {
		p.OnlySimulators()
	}
	if c.WecomAt != "" {
		if err := p.SimulateWecom(c.WecomAt); err != nil {
			return err
		}
	}
	if c.WechatAt != "" {
		if err := p.Simulate(c.WechatAt); err != nil {
			return err
		}
	}
	if c.IlinkAt != "" {
		if err := p.SimulateIlink(c.IlinkAt); err != nil {
			return err
		}
	}
	return p.ServeOn(func(s *office.Service) {
		if len(s.Posts()) == 0 {
			fmt.Fprintf(p.Out, sayNoChannel+"\n", p.ConfigFile)
		}
		fmt.Fprintln(p.Out, "组建助手在运行，停下请按 Ctrl-C。日志在", s.Office.State(), "里的 zujian.log。")
	})
}

type openCmd struct{}

// Run opens the page in the browser: that of the service that runs already, or
// of one that it starts.
func (c *openCmd) Run(p *office.Office) error {
	began := false
	err := p.ServeOn(func(s *office.Service) {
		if !began && s.Console != nil {
			browse(p, s.Console.URL())
		}
		began = true
		fmt.Fprintln(p.Out, "组建助手在运行，数据在", p.Data, "里。关掉这个窗口就停；要一直运行，用 bot service install。")
	})
	if errors.Is(err, store.ErrServed) {
		url, err := os.ReadFile(p.PageFile())
		if err != nil {
			return office.Refuse("另一个程序已经在运行，它没有开网页。")
		}
		browse(p, string(url))
		return nil
	}
	return err
}

// browse opens the page, or says where it is.
func browse(p *office.Office, url string) {
	if install.Browse(url) != nil {
		fmt.Fprintln(p.Out, "浏览器没有打开，请自己打开这个网址：", url)
	}
}

type doctorCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run looks at everything and says what is well and what to do.
func (c *doctorCmd) Run(p *office.Office) error {
	p.TakeIn()
	all := p.Findings()
	words, well := office.FindingWords(all)
	if err := show(p, c.JSON, map[string]any{"ok": well, "findings": all}, words); err != nil {
		return err
	}
	if !well {
		return office.Refuse("有要处理的地方，见上面。")
	}
	return nil
}
