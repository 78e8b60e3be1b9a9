package office

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"zujian/bot/chat"
	"zujian/bot/console"
)

// ListChannels gives how each channel stands.
func (g pages) ListChannels(context.Context) ([]console.ChannelState, error) {
	var out []console.ChannelState
	if g.service == nil {
		return nil, nil
	}
	for _, t := range g.service.Posts() {
		r := t.channel.Report()
		_, may := t.channel.(relogger)
		var more []string
		if x := ilinkLine(t.channel); x != "" {
			more = append(more, x)
		}
		out = append(out, console.ChannelState{More: more, Name: t.channel.Name(), Title: channelNames[t.channel.Name()],
			State: stateWords(r, g.Office.Now()),
			Well:  !r.State.Down() && r.State != chat.WaitingScan, Scan: r.Scan, MayLogin: may && (r.State.Down() ||
				r.State == chat.Starting)})
	}
	return out, nil
}

// relogger is a channel that a person can have log in again.
type relogger interface{ Relogin() }

// Relogin has a channel log in again.
func (g pages) Relogin(_ context.Context, name string) (string, error) {
	if g.service != nil {
		for _, t := range g.service.Posts() {
			if c, may := t.channel.(relogger); may && t.channel.Name() == name {
				c.Relogin()
				return "好的，马上重新登录。要扫码的话，二维码会出现在这一页。", nil
			}
		}
	}
	return "", console.Told("没有这个渠道，或者它不用重新登录。")
}

// Settings gives what is configured, secrets hidden.
func (g pages) Settings() []console.Setting {
	c := g.Office.Config()
	yes := func(b bool) string { return either(b, "开着", "没有开") }
	usual := func(n int, unit string) string {
		if n == 0 {
			return "平常的数"
		}
		return fmt.Sprintf("%d%s", n, unit)
	}
	out := []console.Setting{
		{Name: "程序版本", Value: Version()},
		{Name: "数据文件夹", Value: g.Office.Data},
		{Name: "配置文件", Value: g.Office.ConfigFile + either(exists(g.Office.ConfigFile), "", "（没有，用平常的）")},
		{Name: "微信", Value: yes(c.Wechat.Enabled)},
		{Name: "微信机器人", Value: yes(c.Ilink.Enabled)},
		{Name: "公众号", Value: yes(c.Official.Enabled) + "，密钥不显示"},
		{Name: "微信客服", Value: yes(c.Kf.Enabled) + "，密钥不显示"},
		{Name: "企业微信", Value: yes(c.Wecom.Enabled) + "，密钥不显示"},
		{Name: "群机器人", Value: fmt.Sprintf("%d 个群，地址不显示", len(c.Wecom.Webhooks))},
		{Name: "叫什么名字", Value: cmp.Or(c.Wechat.Name, "组建助手")},
		{Name: "一个人一分钟最多问几次", Value: usual(c.Desk.PerMinute, " 次")},
		{Name: "组建对话等多久", Value: c.Desk.dialogExpiry().String()},
		{Name: "问答记录留多久", Value: usual(c.Desk.AuditDays, " 天")},
		{Name: "不发提醒的时候", Value: cmp.Or(c.Remind.Quiet, "平常的：晚上到早上")},
		{Name: "一个群一天最多提醒几次", Value: usual(c.Remind.PerDay, " 次")},
		{Name: "语言模型", Value: modelWords(c.LLM)},
		{Name: "网页的地址", Value: cmp.Or(c.Console.Address, console.Usual)},
		{Name: "网页的口令", Value: either(c.Console.PasswordFile+c.Console.PasswordEnv != "", "写了，不显示", "没有写，只在本机用")},
	}
	for name, groups := range c.Remind.Lists {
		out = append(out, console.Setting{Name: "名单“" + name + "”", Value: strings.Join(groups, "、")})
	}
	for _, x := range c.Groups {
		out = append(out, console.Setting{Name: "群“" + x.Name + "”用的文件", Value: strings.Join(x.Documents, "、")})
	}
	return out
}

// modelWords says which model is configured, without its key.
func modelWords(c llmConfig) string {
	if c.BaseURL == "" {
		return "没有接，不影响回答"
	}
	return c.Model + "，在 " + c.BaseURL + "，密钥不显示"
}
