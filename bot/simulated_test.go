package main

import "testing"

// TestRealAccountIsLeftAlone tries a simulator where WeChat is configured: the
// real account is not logged in beside it.
func TestRealAccountIsLeftAlone(t *testing.T) {
	p := &program{}
	p.config.Wechat.Enabled = true
	p.onlySimulators()
	if err := p.simulateIlink("http://127.0.0.1:8793/"); err != nil {
		t.Fatal(err)
	}
	if p.config.Wechat.Enabled || !p.config.Ilink.Enabled {
		t.Errorf("%+v", p.config)
	}
	if err := p.simulate("http://127.0.0.1:8790"); err != nil {
		t.Fatal(err)
	}
	if !p.config.Wechat.Enabled || !p.config.Ilink.Enabled {
		t.Errorf("two simulators: %+v", p.config)
	}
	p.config.Ilink = ilinkConfig{Enabled: true}
	p.onlySimulators()
	if err := p.simulate("http://127.0.0.1:8790"); err != nil || p.config.Ilink.Enabled {
		t.Errorf("%+v, %v", p.config, err)
	}
}
