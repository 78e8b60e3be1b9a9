package office

import (
	"fmt"
	"path/filepath"
	"strings"

	"zujian/bot/channel/ilink"
	"zujian/bot/chat"
)

// ilinkChannel is the name of the channel.
const ilinkChannel = "ilink"

// ilinkConfig is for personal WeChat's own robot interface: direct chats only.
type ilinkConfig struct {
	Enabled bool   `toml:"enabled"`
	BaseURL string `toml:"base_url"` // of a simulator
}

// check says in Chinese what is wrong; empty means nothing.
func (c ilinkConfig) check(w wechatConfig) string {
	switch {
	case c.BaseURL != "" && !isLocal(c.BaseURL):
		return fmt.Sprintf("ilink 里的 base_url 只用来接模拟微信机器人，要像 http://127.0.0.1:8793 这样，现在是“%s”。接真微信请把这一行删掉。", openly(c.BaseURL))
	case c.BaseURL != "" && w.Enabled && w.BaseURL == "", w.BaseURL != "" && c.Enabled && c.BaseURL == "":
		return "wechat 和 ilink 一个接的是真的，一个接的是模拟的，不能一起用。请把其中一个的 enabled 改成 false。"
	}
	return ""
}

// simulated reports whether a channel's far end is a simulator.
func (c Config) simulated(channel string) bool {
	switch channel {
	case ilinkChannel:
		return c.Ilink.BaseURL != ""
	case robotChannel, WebhookChannel:
		return c.Wecom.simulated()
	case officialChannel:
		return c.Official.BaseURL != ""
	case serviceChannel:
		return c.Kf.BaseURL != ""
	}
	return c.Wechat.BaseURL != ""
}

// SimulateIlink points the program to a simulator of iLink.
func (p *Office) SimulateIlink(address string) error {
	if !isLocal(address) {
		return Misuse("“%s”不是模拟微信机器人的网址，要像 http://127.0.0.1:8793 这样。看说明：bot run --help", address)
	}
	p.Set(func(c *Config) { c.Ilink = ilinkConfig{Enabled: true, BaseURL: strings.TrimSuffix(address, "/")} })
	return nil
}

func (p *Office) ilinkFile() string { return filepath.Join(p.State(), "ilink.json") }

// ilink makes the channel of the WeChat robot.
func (s *Service) ilink(c ilinkConfig, stands func(chat.Report)) (chat.Channel, error) {
	return ilink.New(ilink.Options{File: s.Office.ilinkFile(), BaseURL: c.BaseURL, Pace: paceAt(c.BaseURL), Log: s.Log, OnState: stands,
		OnDamaged: func(aside string) {
			s.line("微信机器人上次的登录读不出来，文件已经移到 %s。请重新扫码；每个人要先来一句话，才能再发给他。", aside)
		}})
}

// addWindows says of the WeChat robot to how many people something may be sent.
func (p *Office) addWindows(f *finding, s standing) {
	all, err := ilink.ReadAllowances(p.ilinkFile(), p.Now())
	if err != nil {
		f.OK, f.Say = false, f.Say+"。登录文件 "+p.ilinkFile()+" 读不出来，下次启动会移开，要重新扫码"
		return
	}
	open := openOf(all)
	f.Say = strings.TrimSuffix(f.Say, "。") + "。" + windowWords(open)
	f.Detail = map[string]any{"standing": s, "open": open, "people": len(all)}
}

// openOf counts the people who may be written to.
func openOf(all []ilink.Allowance) int {
	open := 0
	for _, a := range all {
		if a.Open() {
			open++
		}
	}
	return open
}

// windowWords says to how many people something may be sent now.
func windowWords(open int) string {
	return fmt.Sprintf("现在能发给 %d 个人，别人要先来一句话", open)
}

// ilinkLine adds it to the state of the channel, for the operators.
func ilinkLine(ch chat.Channel) string {
	if c, ok := ch.(*ilink.Channel); ok {
		return windowWords(openOf(c.Allowances())) + "。"
	}
	return ""
}
