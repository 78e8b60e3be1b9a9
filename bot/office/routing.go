package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// groupChannels are the channels that reach groups, as the configuration names
// them.
var groupChannels = map[string]string{"微信": "wechat", "企业微信": robotChannel, "群机器人": WebhookChannel}

// checkReach says in Chinese what is wrong with how a group is reached; empty
// means nothing.
func (c Config) checkReach(g groupConfig) string {
	seen := map[string]bool{}
	for _, word := range g.Reach {
		channel := groupChannels[word]
		switch {
		case channel == "":
			return fmt.Sprintf("群“%s”的 reach 里有“%s”，只能写 微信、企业微信、群机器人。", g.Name, word)
		case seen[word]:
			return fmt.Sprintf("群“%s”的 reach 里“%s”写了两遍，请删掉一个。", g.Name, word)
		case !slices.Contains(c.Configured(), channel):
			return fmt.Sprintf("群“%s”的 reach 里有“%s”，可是它还没有接。请先接上，或者把它删掉。", g.Name, word)
		case channel == robotChannel && c.Wecom.Groups[g.Name] == "":
			return fmt.Sprintf("群“%s”要走企业微信，请在 [wecom.groups] 下面写上它的编号。", g.Name)
		case channel == WebhookChannel && !c.Wecom.pushes(g.Name):
			return fmt.Sprintf("群“%s”要走群机器人，请给它写一段 [[wecom.webhook]]。", g.Name)
		}
		seen[word] = true
	}
	return ""
}

// pushes reports whether a webhook of that name is configured.
func (c wecomConfig) pushes(group string) bool {
	return slices.ContainsFunc(c.Webhooks, func(w webhookConfig) bool { return w.Name == group })
}

// reach gives the channels by which a group is reached, the one to be tried
// first in front: as the configuration says, else those whose configuration
// knows its name, else WeChat, which asks the account. There is always one.
func (c Config) reach(group string) []string {
	for _, g := range c.Groups {
		if g.Name == group && len(g.Reach) > 0 {
			var out []string
			for _, word := range g.Reach {
				out = append(out, groupChannels[word])
			}
			return out
		}
	}
	var out []string
	if c.Wecom.Enabled && c.Wecom.Groups[group] != "" {
		out = append(out, robotChannel)
	}
	if c.Wecom.pushes(group) {
		out = append(out, WebhookChannel)
	}
	switch {
	case len(out) > 0:
		return out
	case !c.Wechat.Enabled && c.Wecom.Enabled:
		return []string{robotChannel}
	}
	return []string{"wechat"}
}

// route gives where a reminder for a chat goes now, and where it may go instead.
// Where no channel runs that reaches the chat, it waits for its own.
func (s *Service) route(ctx context.Context, to chat.Target) (chat.Target, []chat.Target) {
	targets := []chat.Target{to}
	if to.Group {
		targets = nil
		for _, channel := range s.Office.Config().reach(to.Chat) {
			targets = append(targets, chat.Target{Channel: channel, Chat: to.Chat, Group: true})
		}
		if !slices.Contains(targets, to) { // it was set for a channel that is not in the configuration
			targets = append(targets, to)
		}
	}
	first, others, ok := s.router.First(ctx, targets)
	if !ok {
		return to, nil
	}
	return first, others
}

// checkReach says for each group that is reached by several channels which of
// them reach it now.
func (p *Office) checkReach(db *store.DB) []finding {
	var out []finding
	for _, g := range p.Config().Groups {
		if len(g.Reach) == 0 {
			continue
		}
		f := finding{What: "群“" + g.Name + "”"}
		var lines []string
		now := map[string]bool{}
		for _, channel := range p.Config().reach(g.Name) {
			s, err := p.standing(p.Ctx, db, channel)
			if err != nil {
				return append(out, finding{What: f.What, Say: err.Error()})
			}
			now[channel] = s.Running && s.report.State == chat.Online
			f.OK = f.OK || now[channel]
			lines = append(lines, channelNames[channel]+either(now[channel], "现在发得到", "现在发不到"))
		}
		f.Say, f.Detail = strings.Join(lines, "，"), now
		if !f.OK {
			f.Say += "。请看上面各个渠道怎么处理；提醒会等着，通了就发"
		}
		out = append(out, f)
	}
	return out
}
