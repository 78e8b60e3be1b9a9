package office

import "testing"

// TestRealAccountIsLeftAlone tries a simulator where WeChat is configured: the
// real account is not logged in beside it.
func TestRealAccountIsLeftAlone(t *testing.T) {
	p := &Office{}
	p.Set(func(c *Config) { c.Wechat.Enabled = true })
	p.OnlySimulators()
	if err := p.SimulateIlink("http://127.0.0.1:8793/"); err != nil {
		t.Fatal(err)
	}
	if p.Config().Wechat.Enabled || !p.Config().Ilink.Enabled {
		t.Errorf("%+v", p.Config())
	}
	if err := p.Simulate("http://127.0.0.1:8790"); err != nil {
		t.Fatal(err)
	}
	if !p.Config().Wechat.Enabled || !p.Config().Ilink.Enabled {
		t.Errorf("two simulators: %+v", p.Config())
	}
	p.Set(func(c *Config) { c.Ilink = ilinkConfig{Enabled: true} })
	p.OnlySimulators()
	if err := p.Simulate("http://127.0.0.1:8790"); err != nil || p.Config().Ilink.Enabled {
		t.Errorf("%+v, %v", p.Config(), err)
	}
}
