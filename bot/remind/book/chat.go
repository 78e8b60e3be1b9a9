package book

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
	"zujian/bot/store"
)

const (
	sayHow = "请写一句话，比如“管理 提醒 每月25日上午十点提醒园区妇建群报送组建进度”。\n" +
		"管理 提醒 列表；管理 提醒 看 编号；管理 提醒 停 编号；管理 提醒 恢复 编号；管理 提醒 取消 编号；管理 提醒 模板；管理 提醒 办完。\n" +
		"改：管理 提醒 改 编号 新的时间；管理 提醒 改 编号 内容 新的话；管理 提醒 跳过 编号 下周；管理 提醒 推迟 编号 明天下午三点；管理 提醒 发 编号（现在就发）。\n" +
		"群里嫌烦，谁都可以@我发“静音”；要恢复，管理员在群里发“管理 恢复提醒”。"
	sayOperators       = "设提醒要由管理员来。请把这句话转给管理员。"
	sayMuted           = "好的，不再往这个群里发提醒，问我问题照样答。要恢复，请管理员@我发“管理 恢复提醒”。"
	sayUnmuteOperators = "要恢复提醒，请管理员在群里@我发“管理 恢复提醒”。"
	sayDropped         = "好的，没有设。"
	sayFirstAnswer     = "前面的问题还没有答。请先答，不设了请回“取消”。"
)

var ordered = regexp.MustCompile(`^提醒[\s\x{3000}：:]+(\S.*)$`)

// Chat is the book as people write to it in a chat.
type Chat struct {
	*Book
	// Asker says who writes, and where.
	Asker func(ctx context.Context, in chat.Inbound) (Asker, error)
	// Muted hears of a group in which somebody stopped the reminders; nil: nobody.
	Muted func(ctx context.Context, group string)
}

// Word carries out what needs no 管理: 静音 by anybody in a group, and a sentence,
// its 确认 and a change by an operator. known is false where it is none of them.
func (c Chat) Word(ctx context.Context, in chat.Inbound, text string, operator func() bool) (say string, known bool, err error) {
	sentence := ordered.FindStringSubmatch(text)
	switch {
	case in.Group && text == "静音":
		say, err = c.Mute(ctx, in, true)
	case in.Group && (text == "取消静音" || text == "恢复提醒"):
		say = sayUnmuteOperators
		if operator() {
			say, err = c.Mute(ctx, in, false)
		}
	case sentence != nil && !operator():
		say = sayOperators
	case sentence != nil:
		say, err = c.Order(ctx, in, sentence[1])
	case c.asksChange(text) && operator():
		say, err = c.sayChange(ctx, text)
	case plainSentence.MatchString(text) && operator() && c.understands(text):
		say, err = c.propose(ctx, in, text)
	case operator():
		say, err = c.answer(ctx, in, text)
		return say, say != "" || err != nil, err
	default:
		return "", false, nil
	}
	return say, true, err
}

// plainSentence is a reminder without any word that calls for one: 十天后提醒我
// 问一下这家.
var plainSentence = regexp.MustCompile(`^[^？?]{2,40}提醒[^？?]+$`)

// understands reports whether a text is a sentence for a reminder, or would be
// with one question answered. A question about the work is none.
func (c Chat) understands(text string) bool {
	_, err := c.Plans.Parse(text, c.Now())
	return err == nil || errors.As(err, new(*remind.Ambiguous))
}

// Mute stops the reminders of the group that is written in, or has them come again.
func (c Chat) Mute(ctx context.Context, in chat.Inbound, mute bool) (string, error) {
	if !in.Group {
		return "请在要恢复提醒的群里@我发。", nil
	}
	was, err := c.DB.RemindersMuted(ctx, in.Channel, in.Chat)
	if err != nil {
		return "", err
	}
	if _, err := c.DB.MuteReminders(ctx, in.Channel, in.Chat, mute, c.Now()); err != nil {
		return "", err
	}
	if !mute {
		return "好的，这个群的提醒恢复了。", nil
	}
	if c.Muted != nil && !was {
		c.Muted(ctx, in.Chat)
	}
	return sayMuted, nil
}

// Order carries out what an operator says after 管理 提醒.
func (c Chat) Order(ctx context.Context, in chat.Inbound, rest string) (string, error) {
	word, after, _ := strings.Cut(strings.TrimSpace(rest), " ")
	switch after = strings.TrimSpace(after); {
	case word == "" || word == "帮助":
		return sayHow, nil
	case word == "模板":
		return c.template(ctx, in, after)
	case word == "列表" && after == "":
		all, err := c.Book.List(ctx)
		return Words(all), err
	case word == "办完" && after == "":
		all, err := c.Book.Over(ctx)
		return OverWords(all), err
	}
	number, words, _ := strings.Cut(after, " ")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		if doings[word] != nil {
			return fmt.Sprintf("请写上编号，比如“管理 提醒 %s 3”。编号用“管理 提醒 列表”看。", word), nil
		}
		return c.propose(ctx, in, rest)
	}
	if words, _ = strings.CutPrefix(words, "内容 "); strings.HasPrefix(after, number+" 内容 ") {
		word = "内容"
	}
	if (word == "改" || word == "推迟" || word == "内容") && words == "" {
		return "请写上新的时间，比如“管理 提醒 " + word + " 3 下周四下午三点”；改说的话用“管理 提醒 改 3 内容 …”。", nil
	}
	say, known, err := c.Do(ctx, id, word, words)
	if !known {
		return c.propose(ctx, in, rest)
	}
	return say, err
}

// template lists the templates, or drafts one for a group.
func (c Chat) template(ctx context.Context, in chat.Inbound, rest string) (string, error) {
	name, who, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if name == "" {
		all, err := remind.Templates()
		if err != nil {
			return "", err
		}
		said, err := remind.TemplateWords(all)
		return said + "\n用一个：管理 提醒 模板 核对明细账 园区妇建群", err
	}
	sentence, err := remind.TemplateSentence(name, strings.TrimSpace(who))
	if err != nil {
		return "", err
	}
	return c.propose(ctx, in, sentence)
}

// draftLasts is how long a reminder waits for 确认.
const draftLasts = 30 * time.Minute

func draftKey(in chat.Inbound) store.Key {
	return store.Key{Channel: in.Channel, Chat: in.Chat, Speaker: in.Speaker}
}

// propose understands a sentence, says it back and waits for 确认.
func (c Chat) propose(ctx context.Context, in chat.Inbound, sentence string) (string, error) {
	from, err := c.Asker(ctx, in)
	if err != nil {
		return "", err
	}
	made, say, err := c.Book.Propose(ctx, from, sentence)
	var open *remind.Ambiguous
	switch {
	case errors.As(err, &open):
		made, say = Proposal{Ask: open}, open.Error()+"\n请回编号或者写明白；不设请回“取消”。"
	case errors.As(err, new(Refusal)):
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
	return say, c.DB.KeepDraft(ctx, draftKey(in), body, c.Now().Add(draftLasts))
}

// answer takes a word as the answer to what waits for one; empty means
// that it is none.
func (c Chat) answer(ctx context.Context, in chat.Inbound, text string) (string, error) {
	if utf8.RuneCountInString(text) > 20 {
		return "", nil
	}
	body, err := c.DB.Draft(ctx, draftKey(in), c.Now())
	if err != nil || body == nil {
		return "", err
	}
	var made Proposal
	if err := json.Unmarshal(body, &made); err != nil {
		return "", err
	}
	confirmed := slices.Contains([]string{"确认", "确认多次", "确认全体"}, text)
	word, _ := made.Confirm()
	switch {
	case text == "取消":
		_, err := c.DB.EndDraft(ctx, draftKey(in))
		return sayDropped, err
	case made.Ask != nil && confirmed:
		return sayFirstAnswer, nil
	case made.Ask != nil && settles(made.Ask, text):
		return c.propose(ctx, in, made.Ask.With(text))
	case !confirmed || made.Ask != nil:
		return "", nil
	case text != word && word != "确认":
		return askConfirm(made), nil
	}
	return c.keep(ctx, in, made)
}

// askConfirm asks for the word that confirms.
func askConfirm(made Proposal) string {
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

func (c Chat) keep(ctx context.Context, in chat.Inbound, made Proposal) (string, error) {
	all, err := c.Book.Reminders(made)
	if err != nil {
		return "", err
	}
	ids, err := c.DB.EndDraft(ctx, draftKey(in), all...)
	if err != nil {
		return "", err
	}
	c.woken()
	return SayKept(ids), nil
}

// changeWords are changes as they are said: 把提醒2改到周四下午三点, 提醒2下周那次
// 不发了, 下周那次不发了.
var changeWords = regexp.MustCompile(`^(?:把|将)?(?:提醒|第|编号)? *(\d{1,6})?(?:号|条)?(?:提醒)?的?` +
	`(?:(?:时间)?(改到|改成|改为|推迟到|推到|延到)|(内容|话)改(?:成|为)|` +
	`(.{2,12}?)(?:的?(?:这|那)(?:一)?次|的提醒)?(?:不发了|不用发了|取消|跳过)$)(.*)$`)

// asksChange reports whether a text is a change of a reminder: it names one, or
// the day of one.
func (c Chat) asksChange(text string) bool {
	m := changeWords.FindStringSubmatch(text)
	if m == nil || m[4] == "" || m[1] != "" {
		return m != nil
	}
	_, _, ok := c.Plans.Days(strings.TrimSpace(m[4]), c.Now())
	return ok
}

// sayChange carries out a change said in a sentence.
func (c Chat) sayChange(ctx context.Context, text string) (string, error) {
	m := changeWords.FindStringSubmatch(text)
	do, words := "跳过", strings.TrimSpace(m[4])
	switch {
	case strings.HasPrefix(m[2], "改"):
		do, words = "改", strings.TrimSpace(m[5])
	case m[2] != "":
		do, words = "推迟", strings.TrimSpace(m[5])
	case m[3] != "":
		do, words = "内容", strings.TrimSpace(m[5])
	}
	if m[1] == "" {
		return c.whichReminder(ctx, do, words)
	}
	id, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return "", err
	}
	say, _, err := c.Do(ctx, id, do, words)
	return say, err
}

// whichReminder carries out a change that names no reminder where only one can
// be meant, and asks else.
func (c Chat) whichReminder(ctx context.Context, do, words string) (string, error) {
	now := c.Now()
	from, to := now, now.AddDate(1, 0, 0)
	if do == "跳过" {
		first, last, ok := c.Plans.Days(words, now)
		if !ok {
			return fmt.Sprintf("没有看懂“%s”是哪一天。请发“管理 提醒 跳过 编号 哪一天”，编号用“管理 提醒 列表”看。", words), nil
		}
		from, to = remind.At(first), remind.At(last+1)
	}
	fires, err := c.Fires(ctx, from, to, store.Active)
	if err != nil {
		return "", err
	}
	ids := map[int64]bool{}
	var lines []string
	for _, f := range fires {
		if !ids[f.Reminder.ID] {
			lines = append(lines, fmt.Sprintf("%d. %s，%s：%s", f.Reminder.ID, Date(f.At), Whom(f.Reminder), f.Text))
		}
		ids[f.Reminder.ID] = true
	}
	switch len(ids) {
	case 0:
		return "那时没有要发的提醒。", nil
	case 1:
		say, _, err := c.Do(ctx, fires[0].Reminder.ID, do, words)
		return say, err
	}
	return "是哪一条？\n" + strings.Join(lines, "\n") + fmt.Sprintf("\n请带上编号，比如“管理 提醒 %s %d %s”。", do, fires[0].Reminder.ID, words), nil
}
