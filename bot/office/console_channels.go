package office

import (
	"context"

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
