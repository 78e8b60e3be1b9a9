package office

import (
	"slices"
	"strings"
	"testing"
)

func TestChannelsOfAGroup(t *testing.T) {
	c := Config{Wechat: wechatConfig{Enabled: true}, Wecom: wecomConfig{Enabled: true, Groups: map[string]string{"东河群": "wrA",
		"南河群": "wrB"}, Webhooks: []webhookConfig{{Name: "西河群"}, {Name: "东河群"}}},
		Groups: []groupConfig{{Name: "南河群", Reach: []string{"微信", "企业微信"}}}}
	for group, want := range map[string][]string{"东河群": {robotChannel, WebhookChannel}, "西河群": {WebhookChannel}, "北河群": {"wechat"},
		"南河群": {"wechat", robotChannel}} {
		if got := c.reach(group); !slices.Equal(got, want) {
			t.Errorf("%s goes by %s, want %s", group, got, want)
		}
	}
	if got := (Config{Wecom: wecomConfig{Enabled: true}}).reach("北河群"); !slices.Equal(got, []string{robotChannel}) {
		t.Errorf("without WeChat by %s", got)
	}
	if wrong := c.check(); wrong != "" && !strings.Contains(wrong, "bot_id") {
		t.Error(wrong)
	}
	for _, g := range []groupConfig{{Name: "南河群", Reach: []string{"微博"}}, {Name: "南河群", Reach: []string{"微信", "微信"}}, {Name: "北河群",
		Reach: []string{"企业微信"}},
		{Name: "南河群", Reach: []string{"群机器人"}}} {
		if c.checkReach(g) == "" {
			t.Errorf("%v is taken", g)
		}
	}
}
