package main

import "strings"

// onlySimulators leaves out the channels that are configured and are real: a
// trial must reach nobody.
func (p *program) onlySimulators() {
	p.config.Wechat.Enabled = p.config.Wechat.Enabled && p.config.Wechat.BaseURL != ""
	p.config.Ilink.Enabled = p.config.Ilink.Enabled && p.config.Ilink.BaseURL != ""
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
