package office

import "strings"

// OnlySimulators leaves out the channels that are configured and are real: a
// trial must reach nobody.
func (p *Office) OnlySimulators() {
	p.Set(func(c *Config) {
		c.Wechat.Enabled = c.Wechat.Enabled && c.Wechat.BaseURL != ""
		c.Ilink.Enabled = c.Ilink.Enabled && c.Ilink.BaseURL != ""
		c.Official.Enabled = c.Official.Enabled && c.Official.BaseURL != ""
		c.Kf.Enabled = c.Kf.Enabled && c.Kf.BaseURL != ""
		if !c.Wecom.simulated() {
			c.Wecom = wecomConfig{Name: c.Wecom.Name}
		}
	})
}

// Simulate points the program to a simulator of WeChat.
func (p *Office) Simulate(address string) error {
	if !isLocal(address) {
		return Misuse("“%s”不是模拟微信的网址，要像 http://127.0.0.1:8790 这样。看说明：bot run --help", address)
	}
	p.Set(func(c *Config) {
		c.Wechat.Enabled, c.Wechat.BaseURL = true, strings.TrimSuffix(address, "/")
		c.Ilink.Enabled = c.Ilink.Enabled && c.Ilink.BaseURL != "" // a real one is left alone
	})
	return nil
}
