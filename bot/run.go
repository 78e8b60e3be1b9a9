package main

import (
	"fmt"
	"strings"
)

type runCmd struct {
	IlinkAt  string `name:"ilink-at" help:"接到模拟微信机器人的网址，由 ilink-simulator 给出" placeholder:"网址"`
	WechatAt string `name:"wechat-at" help:"接到模拟微信的网址，由 wechat-simulator 给出" placeholder:"网址"`
	WecomAt  string `name:"wecom-at" help:"接到模拟企业微信的网址，由 wecom-simulator 给出" placeholder:"网址"`
}

// sayNoChannel is said where nothing is configured: the page is all there is.
const sayNoChannel = "还没有接上微信，现在只有网页。要接，在 %s 里写上两行“[wechat]”和“enabled = true”，再运行 bot run，用微信扫出来的二维码。\n" +
	"要接企业微信，看 README 的“企业微信”。没有微信号，可以用 bot wechat-simulator 试；只想在这里问，用 bot chat。"

// Run is the service: it ends when the program is told to stop.
func (c *runCmd) Run(p *program) error {
	if c.WechatAt+c.WecomAt+c.IlinkAt != "" {
		p.onlySimulators()
	}
	if c.WecomAt != "" {
		if err := p.simulateWecom(c.WecomAt); err != nil {
			return err
		}
	}
	if c.WechatAt != "" {
		if err := p.simulate(c.WechatAt); err != nil {
			return err
		}
	}
	if c.IlinkAt != "" {
		if err := p.simulateIlink(c.IlinkAt); err != nil {
			return err
		}
	}
	s, err := p.openService()
	if err != nil {
		return err
	}
	if len(s.posts) == 0 {
		fmt.Fprintf(p.out, sayNoChannel+"\n", p.configFile)
	}
	fmt.Fprintln(p.out, "组建助手在运行，停下请按 Ctrl-C。日志在", s.p.state(), "里的 zujian.log。")
	<-p.ctx.Done()
	fmt.Fprintln(p.out, "正在收尾，请稍等。再按一次 Ctrl-C 马上停。")
	return s.Close()
}

// onlySimulators leaves out the channels that are configured and are real: a
// trial must reach nobody.
func (p *program) onlySimulators() {
	p.config.Wechat.Enabled = p.config.Wechat.Enabled && p.config.Wechat.BaseURL != ""
	p.config.Ilink.Enabled = p.config.Ilink.Enabled && p.config.Ilink.BaseURL != ""
	p.config.Official.Enabled = p.config.Official.Enabled && p.config.Official.BaseURL != ""
	p.config.Kf.Enabled = p.config.Kf.Enabled && p.config.Kf.BaseURL != ""
	if !p.config.Wecom.simulated() {
		p.config.Wecom = wecomConfig{Name: p.config.Wecom.Name}
	}
}

// simulate points the program to a simulator of WeChat.
func (p *program) simulate(address string) error {
	if !isLocal(address) {
		return misuse("“%s”不是模拟微信的网址，要像 http://127.0.0.1:8790 这样。看说明：bot run --help", address)
	}
	p.config.Wechat.Enabled, p.config.Wechat.BaseURL = true, strings.TrimSuffix(address, "/")
	p.config.Ilink.Enabled = p.config.Ilink.Enabled && p.config.Ilink.BaseURL != "" // a real one is left alone
	return nil
}
