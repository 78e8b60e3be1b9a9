package office

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

const sayOrders = "管理命令：\n" +
	"管理 状态：连得怎么样、待发的消息、文件\n" +
	"管理 不明：没发出去和不知道发出去没有的消息\n" +
	"管理 重发 编号、管理 重发 编号 到 群名、管理 放弃 编号：处理上面的一条\n" +
	"管理 提醒 一句话，管理 提醒 列表：按时提醒群里\n" +
	"管理 恢复提醒：群里静音以后再发提醒，在群里@我发\n" +
	"管理 周报：这一周问了什么、答了什么\n" +
	"管理 停用本群、管理 启用本群：在群里@我发\n" +
	"管理 绑定 群名：微信群有专用文件的，用绑定码认一次\n" +
	"管理 重新登录：微信出一个新的二维码，在运行的终端里看；企业微信重新接上"

// order is what an operator may say after 管理.
type order func(o *Front, ctx context.Context, in chat.Inbound, rest string) (string, error)

// orders are they by their first word; the desk itself does 绑定.
var orders = map[string]order{
	"": howToOrder, "帮助": howToOrder, "绑定": nil,
	"状态": func(o *Front, ctx context.Context, _ chat.Inbound, _ string) (string, error) { return o.status(ctx) },
	"不明": (*Front).troubled, "待发": (*Front).troubled,
	"重发": func(o *Front, ctx context.Context, _ chat.Inbound, rest string) (string, error) {
		return o.resend(ctx, rest)
	},
	"放弃": func(o *Front, ctx context.Context, _ chat.Inbound, rest string) (string, error) {
		return o.settle(ctx, rest, o.DB.Discard, "不再管这一条了。")
	},
	"周报": func(o *Front, ctx context.Context, _ chat.Inbound, _ string) (string, error) {
		w, err := WeekOf(ctx, o.DB, o.Office.Now(), 7)
		return w.String(), err
	},
	"提醒": func(o *Front, ctx context.Context, in chat.Inbound, rest string) (string, error) {
		return o.reminders().Order(ctx, in, rest)
	},
	"恢复提醒": func(o *Front, ctx context.Context, in chat.Inbound, _ string) (string, error) {
		return o.reminders().Mute(ctx, in, false)
	},
	"停用本群": silencing(true), "启用本群": silencing(false),
	"重新登录": (*Front).loginAgain, "重新扫码": (*Front).loginAgain,
}

func howToOrder(*Front, context.Context, chat.Inbound, string) (string, error) { return sayOrders, nil }

// isOrder reports whether a command of an operator begins so.
func isOrder(command string) bool {
	word, _, _ := strings.Cut(command, " ")
	_, ok := orders[word]
	return ok
}

// operate carries out what an operator says after 管理; false means that there
// is no such command.
func (o *Front) operate(ctx context.Context, in chat.Inbound, command string) (string, bool) {
	word, rest, _ := strings.Cut(command, " ")
	do := orders[word]
	if do == nil {
		return "", false
	}
	say, err := do(o, ctx, in, rest)
	return o.orTrouble(say, err), true
}

// status says how the channels, the outbox and the documents are.
func (o *Front) status(ctx context.Context) (string, error) {
	lines := o.channelLines()
	counts, err := o.DB.Counts(ctx)
	if err != nil {
		return "", err
	}
	muted, err := o.DB.MutedGroups(ctx)
	if err != nil {
		return "", err
	}
	lines = append(lines, "消息："+countsInChinese(counts))
	if muted > 0 {
		lines = append(lines, fmt.Sprintf("停用的群：%d 个", muted))
	}
	if o.service != nil {
		f := o.service.runner.Figures()
		lines = append(lines, fmt.Sprintf("启动以来：答了 %d 条，提醒慢一点 %d 次", f.Answered, f.Limited))
	}
	for _, f := range o.Office.checkSettings() {
		lines = append(lines, f.What+"："+f.Say)
	}
	return strings.Join(append(lines, fmt.Sprintf("文件：%d 份，资料版本 %s", o.shelf.count(), o.shelf.version()), "程序版本："+Version()), "\n"), nil
}

// channelLines says how each channel stands: as it is, or, where another
// program serves, as that one wrote it down.
func (o *Front) channelLines() (lines []string) {
	if o.service == nil {
		for _, name := range o.Office.Config().known() {
			f := o.Office.checkChannel(o.DB, name)
			lines = append(lines, f.What+"："+f.Say)
		}
		return lines
	}
	if len(o.service.Posts()) == 0 {
		lines = append(lines, "渠道：一个也没有接，只有网页")
	}
	for _, t := range o.service.Posts() {
		r := t.channel.Report()
		lines = append(lines, fmt.Sprintf("%s：%s", channelNames[t.channel.Name()], stateWords(r, o.Office.Now())+ilinkLine(t.channel)))
	}
	return lines
}

// stateWords gives a state, since when, and what to do.
func stateWords(r chat.Report, now time.Time) string {
	return fmt.Sprintf("%s，从%s起。%s", r.State, text.Moment(r.Since, now), r.Advice())
}

func countsInChinese(c map[store.Status]int) string {
	return fmt.Sprintf("待发 %d 条，不知道发出去没有 %d 条，没发出去 %d 条", c[store.Pending]+c[store.Sending], c[store.Unknown], c[store.Failed])
}

const (
	troubledShown = 10
	troubledRunes = 24
)

// troubled lists what a person has to decide about. Who it was for is shown
// for groups only.
func (o *Front) troubled(ctx context.Context, _ chat.Inbound, _ string) (string, error) {
	items, err := o.DB.Troubled(ctx, troubledShown)
	if err != nil || len(items) == 0 {
		return "没有不明的消息，也没有没发出去的。", err
	}
	var lines []string
	for _, it := range items {
		to := "私聊"
		if it.Target.Group {
			to = "群“" + it.Target.Chat + "”"
		}
		lines = append(lines, fmt.Sprintf("%d. %s，%s：“%s”。%s", it.ID, to, text.Moment(it.Created, o.Office.Now()), beginning(it.Text),
			it.Reason))
	}
	return strings.Join(append(lines, "请先到群里看一眼。要补发请回“管理 重发 编号”，不用管请回“管理 放弃 编号”。"), "\n"), nil
}

func beginning(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= troubledRunes {
		return text
	}
	return string([]rune(text)[:troubledRunes]) + "……"
}

// resend puts a message back, for another group where one is named after 到.
func (o *Front) resend(ctx context.Context, rest string) (string, error) {
	number, group, elsewhere := strings.Cut(rest, "到")
	group = strings.Trim(strings.TrimPrefix(strings.TrimSpace(group), "群"), "“”\" ")
	if !elsewhere || group == "" {
		return o.settle(ctx, rest, o.DB.Resend, "放回去了，会接着发。")
	}
	to := chat.Target{Channel: o.Office.Config().reach(group)[0], Chat: group, Group: true}
	again := func(ctx context.Context, id int64) error { return o.DB.ResendTo(ctx, id, to) }
	say, err := o.settle(ctx, number, again, "改发到群“"+group+"”，会接着发。")
	if doubt := o.Office.doubtReach(ctx, o.DB, to); err == nil && doubt != "" {
		say += doubt
	}
	return say, err
}

// settle does what a person decided about one message.
func (o *Front) settle(ctx context.Context, number string, do func(context.Context, int64) error, done string) (string, error) {
	id, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil {
		return "请写上编号，比如“管理 重发 12”。编号用“管理 不明”看。", nil
	}
	err = do(ctx, id)
	if errors.Is(err, store.ErrNotOpen) {
		return fmt.Sprintf("没有编号是 %d 的。请用“管理 不明”看有哪些。", id), nil
	}
	if o.service != nil {
		for _, t := range o.service.Posts() {
			t.pump.Wake()
		}
	}
	return done, err
}

// silencing has us be silent, or speak again, in the group that the command came from.
func silencing(silent bool) order {
	return func(o *Front, ctx context.Context, in chat.Inbound, _ string) (string, error) {
		if !in.Group {
			return "请在要停用或者启用的群里@我发。", nil
		}
		say := "好的，这个群里我又会回答了。"
		if silent {
			say = "好的，这个群里我不再说话。要恢复，请@我发“管理 启用本群”。"
		}
		return say, o.DB.Mute(ctx, in.Channel, in.Chat, silent, o.Office.Now())
	}
}

// either gives one of two wordings.
func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// loginAgain has every channel that somebody has to log in to do so anew.
func (o *Front) loginAgain(context.Context, chat.Inbound, string) (string, error) {
	if o.service == nil {
		return "请在运行 bot run 的地方停下再开，会重新登录。", nil
	}
	var lines []string
	for _, t := range o.service.Posts() {
		ch, ok := t.channel.(relogger)
		if !ok {
			continue
		}
		name, scans := channelNames[t.channel.Name()], t.channel.Name() != robotChannel
		switch state := t.channel.Report().State; {
		case state == chat.Online || state == chat.Limited:
			lines = append(lines, name+"在线，不用重新登录。")
		case state == chat.WaitingScan:
			lines = append(lines, name+"的二维码已经在运行的屏幕上了，请直接扫。")
		default:
			ch.Relogin()
			lines = append(lines, "好的，"+name+either(scans, "马上出一个新的二维码。", "马上重新接上。"))
		}
	}
	if len(lines) == 0 {
		return "没有要登录的。", nil
	}
	return strings.Join(lines, "\n"), nil
}
