package office

import "strings"

// OnlySimulators leaves out the channels that are configured and are real: a
// trial must reach nobody.
func (p *Office) OnlySimulators() {
	p.Config.Wechat.Enabled = p.Config.Wechat.Enabled && p.Config.Wechat.BaseURL != ""
	p.Config.Ilink.Enabled = p.Config.Ilink.Enabled && p.Config.Ilink.BaseURL != ""
	p.Config.Official.Enabled = p.Config.Official.Enabled && p.Config.Official.BaseURL != ""
	p.Config.Kf.Enabled = p.Config.Kf.Enabled && p.Config.Kf.BaseURL != ""
	if !p.Config.Wecom.simulated() {
		p.Config.Wecom = wecomConfig{Name: p.Config.Wecom.Name}
	}
}

// Simulate points the program to a simulator of WeChat.
func (p *Office) Simulate(address string) error {
	if !isLocal(address) {
		return Misuse("“%s”不是模拟微信的网址，要像 http://127.0.0.1:8790 这样。看说明：bot run --help", address)
	}
	p.Config.Wechat.Enabled, p.Config.Wechat.BaseURL = true, strings.TrimSuffix(address, "/")
	p.Config.Ilink.Enabled = p.Config.Ilink.Enabled && p.Config.Ilink.BaseURL != "" // a real one is left alone
	return nil
}
