package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/bot/remind"
	"zujian/bot/remind/book"
	"zujian/bot/store"
)

const (
	sayRemindHow = "请写一句话，比如“管理 提醒 每月25日上午十点提醒园区妇建群报送组建进度”。\n" +
		"管理 提醒 列表；管理 提醒 看 编号；管理 提醒 停 编号；管理 提醒 恢复 编号；管理 提醒 取消 编号；管理 提醒 模板；管理 提醒 办完。\n" +
		"改：管理 提醒 改 编号 新的时间；管理 提醒 改 编号 内容 新的话；管理 提醒 跳过 编号 下周；管理 提醒 推迟 编号 明天下午三点；管理 提醒 发 编号（现在就发）。\n" +
		"群里嫌烦，谁都可以@我发“静音”；要恢复，管理员在群里发“管理 恢复提醒”。"
	sayRemindOperators = "设提醒要由管理员来。请把这句话转给管理员。"
	sayMuted           = "好的，不再往这个群里发提醒，问我问题照样答。要恢复，请管理员@我发“管理 恢复提醒”。"
	sayUnmuteOperators = "要恢复提醒，请管理员在群里@我发“管理 恢复提醒”。"
	sayDropped         = "好的，没有设。"
	sayFirstAnswer     = "前面的问题还没有答。请先答，不设了请回“取消”。"
)

var remindWords = regexp.MustCompile(`^提醒[\s\x{3000}：:]+(\S.*)$`)

// word carries out what needs no 管理: 有用 and 没用 by anybody, 静音 by anybody in
// a group, and a sentence and its 确认 by an operator.
func (o *Front) word(ctx context.Context, in chat.Inbound, text string, operator func() bool) (string, bool) {
	text = strings.Trim(text, " 　。！!“”\"")
	if say, known, err := o.feedback(ctx, in, text); known {
		return o.orTrouble(say, err), true
	}
	sentence := remindWords.FindStringSubmatch(text)
	var say string
	var err error
	switch {
	case in.Group && text == "静音":
		say, err = o.muteReminders(ctx, in, true)
	case in.Group && (text == "取消静音" || text == "恢复提醒"):
		say = sayUnmuteOperators
		if operator() {
			say, err = o.muteReminders(ctx, in, false)
		}
	case sentence != nil && !operator():
		say = sayRemindOperators
	case sentence != nil:
		say, err = o.remindOrder(ctx, in, sentence[1])
	case o.asksChange(text) && operator():
		say, err = o.sayChange(ctx, text)
	case plainSentence.MatchString(text) && operator() && o.understands(text):
		say, err = o.draft(ctx, in, text)
	case operator():
		if say, err = o.answerDraft(ctx, in, text); say == "" && err == nil {
			return "", false
		}
	default:
		return "", false
	}
	return o.orTrouble(say, err), true
}

// plainSentence is a reminder without any word that calls for one: 十天后提醒我
// 问一下这家.
var plainSentence = regexp.MustCompile(`^[^？?]{2,40}提醒[^？?]+$`)

// understands reports whether a text is a sentence for a reminder, or would be
// with one question answered. A question about the work is none.
func (o *Front) understands(text string) bool {
	_, err := o.phrases.Parse(text, o.Office.Now())
	return err == nil || errors.As(err, new(*remind.Ambiguous))
}

// orTrouble words an error for a chat.
func (o *Front) orTrouble(say string, err error) string {
	if f := (Failure{}); errors.As(asFailure(err), &f) {
		return f.text
	}
	if err != nil {
		o.Log.Error("a word about reminders failed", "error", err.Error())
		return "没有办成，是存储出了问题。请在这台机器上用 bot doctor 看看。"
	}
	return say
}

func (o *Front) muteReminders(ctx context.Context, in chat.Inbound, mute bool) (string, error) {
	if !in.Group {
		return "请在要恢复提醒的群里@我发。", nil
	}
	was, err := o.DB.RemindersMuted(ctx, in.Channel, in.Chat)
	if err != nil {
		return "", err
	}
	if _, err := o.DB.MuteReminders(ctx, in.Channel, in.Chat, mute, o.Office.Now()); err != nil {
		return "", err
	}
	if !mute {
		return "好的，这个群的提醒恢复了。", nil
	}
	if o.service != nil && !was {
		o.service.tell(ctx, "", fmt.Sprintf("群“%s”里有人请我不再发提醒，已经照办。要恢复，请在群里@我发“管理 恢复提醒”。", in.Chat))
	}
	return sayMuted, nil
}

// remindOrder carries out what an operator says after 管理 提醒. Errors for the
// person are failures.
func (o *Front) remindOrder(ctx context.Context, in chat.Inbound, rest string) (string, error) {
	say, err := o.reminderOrder(ctx, in, rest)
	return say, asFailure(err)
}

func (o *Front) reminderOrder(ctx context.Context, in chat.Inbound, rest string) (string, error) {
	word, after, _ := strings.Cut(strings.TrimSpace(rest), " ")
	switch after = strings.TrimSpace(after); {
	case word == "" || word == "帮助":
		return sayRemindHow, nil
	case word == "模板":
		return o.template(ctx, in, after)
	case word == "列表" && after == "":
		all, err := o.reminders().List(ctx)
		return book.Words(all), err
	case word == "办完" && after == "":
		all, err := o.reminders().Over(ctx)
		if len(all) == 0 && err == nil {
			return "还没有办完的，也没有取消的。", nil
		}
		return book.Words(all), err
	}
	number, words, _ := strings.Cut(after, " ")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		if slices.Contains(changes, word) {
			return fmt.Sprintf("请写上编号，比如“管理 提醒 %s 3”。编号用“管理 提醒 列表”看。", word), nil
		}
		return o.draft(ctx, in, rest)
	}
	if words, _ = strings.CutPrefix(words, "内容 "); strings.HasPrefix(after, number+" 内容 ") {
		word = "内容"
	}
	if (word == "改" || word == "推迟" || word == "内容") && words == "" {
		return "请写上新的时间，比如“管理 提醒 " + word + " 3 下周四下午三点”；改说的话用“管理 提醒 改 3 内容 …”。", nil
	}
	say, known, err := o.changeReminder(ctx, id, word, words)
	if !known {
		return o.draft(ctx, in, rest)
	}
	return say, err
}

// template lists the templates, or drafts one for a group.
func (o *Front) template(ctx context.Context, in chat.Inbound, rest string) (string, error) {
	name, who, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if name == "" {
		all, err := remind.Templates()
		if err != nil {
			return "", err
		}
		said, err := TemplateWords(all)
		return said + "\n用一个：管理 提醒 模板 核对明细账 园区妇建群", err
	}
	sentence, err := TemplateSentence(name, strings.TrimSpace(who))
	if err != nil {
		return "", err
	}
	return o.draft(ctx, in, sentence)
}

// draftLasts is how long a reminder waits for 确认.
const draftLasts = 30 * time.Minute

func draftKey(in chat.Inbound) store.Key {
	return store.Key{Channel: in.Channel, Chat: in.Chat, Speaker: in.Speaker}
}

// draft understands a sentence, says it back and waits for 确认.
func (o *Front) draft(ctx context.Context, in chat.Inbound, sentence string) (string, error) {
	from, err := o.askerOf(ctx, in)
	if err != nil {
		return "", err
	}
	made, say, err := o.reminders().Propose(ctx, from, sentence)
	var open *remind.Ambiguous
	var f Failure
	switch {
	case errors.As(err, &open):
		made, say = book.Proposal{Ask: open}, open.Error()+"\n请回编号或者写明白；不设请回“取消”。"
	case errors.As(err, &f) || errors.As(err, new(book.Refusal)):
		return "", err
	case err != nil: // what the sentence lacks, worded for the person
		return err.Error(), nil
	default:
		say += "\n" + askConfirm(made)
	}
	body, err := json.Marshal(made)
	if err != nil {
		return "", err
	}
	return say, o.DB.KeepDraft(ctx, draftKey(in), body, o.Office.Now().Add(draftLasts))
}

// askerOf says who writes, and where.
func (o *Front) askerOf(ctx context.Context, in chat.Inbound) (book.Asker, error) {
	from, err := o.Office.NamedOperator(ctx, o.DB, "")
	if err != nil || in.Channel == terminal {
		return from, err
	}
	from.Name = o.Office.Config().Remind.nameOf(in.Speaker)
	if in.Group {
		from.Here = chat.Target{Channel: in.Channel, Chat: in.Chat, Group: true}
		return from, nil
	}
	from.Me = chat.Target{}
	if !in.Fleeting && in.Chat != in.Ref {
		from.Me = chat.Target{Channel: in.Channel, Chat: in.Chat}
	}
	return from, nil
}

// answerDraft takes a word as the answer to what waits for one; empty means
// that it is none.
func (o *Front) answerDraft(ctx context.Context, in chat.Inbound, text string) (string, error) {
	if utf8.RuneCountInString(text) > 20 {
		return "", nil
	}
	body, err := o.DB.Draft(ctx, draftKey(in), o.Office.Now())
	if err != nil || body == nil {
		return "", err
	}
	var made book.Proposal
	if err := json.Unmarshal(body, &made); err != nil {
		return "", err
	}
	confirmed := slices.Contains([]string{"确认", "确认多次", "确认全体"}, text)
	word, _ := made.Confirm()
	switch {
	case text == "取消":
		_, err := o.DB.EndDraft(ctx, draftKey(in))
		return sayDropped, err
	case made.Ask != nil && confirmed:
		return sayFirstAnswer, nil
	case made.Ask != nil && settles(made.Ask, text):
		return o.draft(ctx, in, made.Ask.With(text))
	case !confirmed || made.Ask != nil:
		return "", nil
	case text != word && word != "确认":
		return askConfirm(made), nil
	}
	return o.keepDraft(ctx, in, made)
}

// askConfirm asks for the word that confirms.
func askConfirm(made book.Proposal) string {
	word, why := made.Confirm()
	if why == "" {
		why = "要设"
	}
	return why + "请回“" + word + "”；不设请回“取消”。"
}

// settles reports whether a text answers a question about a sentence.
func settles(a *remind.Ambiguous, text string) bool {
	if len(a.Options) == 0 {
		return !strings.ContainsAny(text, "？?")
	}
	n, err := strconv.Atoi(text)
	return slices.Contains(a.Options, text) || err == nil && n >= 1 && n <= len(a.Options)
}

func (o *Front) keepDraft(ctx context.Context, in chat.Inbound, made book.Proposal) (string, error) {
	all, err := o.reminders().Reminders(made)
	if err != nil {
		return "", err
	}
	ids, err := o.DB.EndDraft(ctx, draftKey(in), all...)
	if err != nil {
		return "", err
	}
	o.wakeReminders()
	return SayKept(ids), nil
}

func (o *Front) wakeReminders() {
	if o.service != nil {
		o.service.reminders.Wake()
	}
}
