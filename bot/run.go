package main

import (
	"fmt"

	"zujian/bot/office"
)

type runCmd struct {
	IlinkAt  string `name:"ilink-at" help:"接到模拟微信机器人的网址，由 ilink-simulator 给出" placeholder:"网址"`
	WechatAt string `name:"wechat-at" help:"接到模拟微信的网址，由 wechat-simulator 给出" placeholder:"网址"`
	WecomAt  string `name:"wecom-at" help:"接到模拟企业微信的网址，由 wecom-simulator 给出" placeholder:"网址"`
}

// sayNoChannel is said where nothing is configured: the page is all there is.
const sayNoChannel = "还没有接上微信，现在只有网页。要接，在 %s 里写上两行“[wechat]”和“enabled = true”，再运行 bot run，用微信扫出来的二维码。\n" +
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
	s, err := p.Serve()
	if err != nil {
		return err
	}
	if len(s.Posts()) == 0 {
		fmt.Fprintf(p.Out, sayNoChannel+"\n", p.ConfigFile)
	}
	fmt.Fprintln(p.Out, "组建助手在运行，停下请按 Ctrl-C。日志在", s.Office.State(), "里的 zujian.log。")
	<-p.Ctx.Done()
	fmt.Fprintln(p.Out, "正在收尾，请稍等。再按一次 Ctrl-C 马上停。")
	return s.Close()
}
