package office

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/mdp/qrterminal/v3"

	"zujian/bot/channel/wechat"
	"zujian/bot/chat"
	"zujian/bot/store"
)

// channelNames are the channels as a person calls them.
var channelNames = map[string]string{"wechat": "微信", robotChannel: "企业微信", WebhookChannel: "群机器人", ilinkChannel: "微信机器人",
	officialChannel: "公众号", serviceChannel: "微信客服", terminal: "终端"}

// newsWithin is the time in which news have to be in the outbox.
const newsWithin = 10 * time.Second

// stands tells how a channel stands now: on the terminal, to the store, and,
// where a person has to act, to the operators through every other channel.
func (s *Service) stands(channel string, r chat.Report) {
	ctx, stop := context.WithTimeout(context.Background(), newsWithin)
	defer stop()
	text := fmt.Sprintf("%s：%s。%s", channelNames[channel], r.State, r.Advice())
	switch {
	case r.State == chat.WaitingScan && s.Office.Config().simulated(channel):
		s.line("%s：等待扫码，模拟微信会自己扫；不自己扫的，请在网页上点“扫码并确认”。", channelNames[channel])
	case r.State == chat.WaitingScan:
		s.line("%s", text)
		s.showScan(r.Scan)
	default:
		s.line("%s", text)
	}
	if err := s.DB.KeepReport(ctx, channel, r); err != nil {
		s.Log.Error("cannot keep the state", "channel", channel, "error", err.Error())
	}
	if r.State.Down() {
		s.tell(ctx, channel, text)
	}
	s.wake(channel)
}

// tell passes news on to the operators through every channel but one.
func (s *Service) tell(ctx context.Context, but, text string) {
	n, err := s.runner.Tell(ctx, but, text)
	if err != nil {
		s.Log.Error("cannot tell the operators", "error", err.Error())
		return
	}
	s.Log.Info("operators are told", "count", n)
}

// news gives the messages that tell the operators something, and says it on the
// terminal, where it is read if there are no operators.
func (s *Service) news(ctx context.Context, text string) []store.Out {
	s.line("%s", text)
	chats, _, err := s.DB.Operators(ctx)
	if err != nil {
		s.Log.Error("cannot look for operators", "error", err.Error())
	}
	var outs []store.Out
	for _, to := range chats {
		if slices.ContainsFunc(s.Posts(), func(t *post) bool { return t.channel.Name() == to.Channel }) {
			outs = append(outs, store.Out{Target: to, Text: text})
		}
	}
	return outs
}

// showScan draws the QR code, and gives it as text and as a picture for
// terminals that cannot show it.
func (s *Service) showScan(scan string) {
	var code bytes.Buffer
	say := "二维码在这张图片里，请用浏览器打开再扫："
	if s.Office.Screen {
		code.WriteByte('\n')
		qrterminal.GenerateHalfBlock(scan, qrterminal.L, &code)
		say = "上面看不清的话，用浏览器打开这张图片再扫："
	}
	fmt.Fprintf(&code, "二维码的内容：%s\n%s%s\n", scan, say, wechat.Picture(scan))
	s.Office.Out.Write(code.Bytes())
}

// doubtEvery is how often operators hear of messages in doubt at most.
const doubtEvery = time.Hour

// doubt tells that messages did not go out or may not have.
func (s *Service) doubt(channel string, status store.Status, n int) {
	what := "没有发出去"
	if status == store.Unknown {
		what = "不知道发出去没有，不会自动再发"
	}
	text := fmt.Sprintf("%s：有 %d 条消息%s。请发“管理 不明”看是哪些。", channelNames[channel], n, what)
	s.line("%s", text)
	s.reminders.Wake()
	if !s.doubted.First(struct{}{}, s.Office.Now(), doubtEvery) {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), newsWithin)
	defer stop()
	s.tell(ctx, "", text)
}

// renamed carries everything over to a group's new name. The configuration
// still has the old one: a person has to change it.
func (s *Service) renamed(channel, old, new string) {
	ctx, stop := context.WithTimeout(context.Background(), newsWithin)
	defer stop()
	scoped, err := s.desk.Rename(ctx, channel, old, new)
	if err != nil {
		s.Log.Error("cannot carry a group over to its new name", "channel", channel, "error", err.Error())
	}
	s.Log.Info("a group was renamed", "channel", channel, "scoped", scoped)
	if scoped {
		text := fmt.Sprintf("群“%s”改名为“%s”。它在配置里有专用的文件，请把 [[group]] 里的 name 一起改掉。", old, new)
		s.line("%s", text)
		s.tell(ctx, "", text)
	}
}

// bind has the channel know a group by the name that the configuration has.
func (o *Front) bind(_ context.Context, in chat.Inbound, name string) error {
	if o.service != nil {
		for _, t := range o.service.Posts() {
			if b, may := t.channel.(chat.Binder); may && t.channel.Name() == in.Channel {
				return b.Bind(in.Ref, name)
			}
		}
	}
	return chat.ErrNoTarget
}

// notBound tells that a group has the name of one with documents of its own, and
// does not get them until an operator has bound it.
func (o *Front) notBound(in chat.Inbound) {
	if o.service == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), newsWithin)
	defer stop()
	text := fmt.Sprintf("群“%s”在配置里有专用的文件，但还没有绑定，先没有给：别的群也可以叫这个名字。请管理员私聊发“管理 绑定 %s”，再到群里发收到的绑定码。", in.Chat, in.Chat)
	o.service.line("%s", text)
	o.service.tell(ctx, "", text)
}

// personEvery is how often operators hear at most that somebody in one chat asks for a
// person.
const personEvery = 10 * time.Minute

// wantsPerson tells that somebody asks for a person, and in which group, without his
// name or words.
func (o *Front) wantsPerson(in chat.Inbound) {
	if o.service == nil || !o.service.person.First(in.Channel+" "+in.Chat, o.Office.Now(), personEvery) {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), newsWithin)
	defer stop()
	where := "私聊"
	if in.Group {
		where = "群“" + in.Chat + "”"
	}
	text := fmt.Sprintf("%s%s里有人要找人工，请去看看。", channelNames[in.Channel], where)
	o.service.line("%s", text)
	o.service.tell(ctx, "", text)
}
