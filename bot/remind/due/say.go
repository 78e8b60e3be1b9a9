package due

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/bot/store"
	"zujian/knowledge/parse"
	"zujian/knowledge/text"
)

// Why a time was moved, as it is kept in store.Slot.Moved.
const (
	movedQuiet = "quiet" // it lies in the quiet hours
	movedCap   = "cap"   // the group had enough that day
	movedLate  = "late"  // we were down, and it is night now
	movedHand  = "hand"  // a person put it off
)

// Moved says in Chinese why a time is not dealt with when it is due; empty
// where it is.
func Moved(s store.Slot) string {
	why := map[string]string{movedQuiet: "夜里不打扰", movedCap: "当天提醒已经够多，移到第二天", movedLate: "那时没有发成，补发", movedHand: "有人改到这时"}[s.Moved]
	if why == "" || s.Due.Equal(s.At) {
		return ""
	}
	return "原定" + s.Due.In(text.Beijing).Format("1月2日15:04") + "，" + why
}

// ByHand is a time that a person has put off.
func ByHand(s store.Slot, at time.Time) store.Slot {
	s.At, s.Moved = at, movedHand
	return s
}

// IsByHand says whether a person has put a time off.
func IsByHand(s store.Slot) bool { return s.Moved == movedHand }

// Message is what a chat is sent of one reminder without a time.
func Message(text, approver string, group bool, now time.Time) string {
	return message([]thing{{text: text, slot: store.Slot{Due: now, At: now}, approver: approver}}, group, now)
}

// longestText is how many characters a reminder may have, and most how many go
// into one message: together they stay within what a channel carries.
const (
	longestText = 100
	most        = 10
)

// formalities are what the rules against formalism (整治形式主义为基层减负若干规定,
// 2024) forbid work groups to be used for, and what is said instead.
var formalities = []struct {
	asked   *regexp.Regexp
	refusal string
}{
	{regexp.MustCompile(`(?:回复|回个|回一下|回一个|回|扣|打|发)[“"「'：: ]{0,2}(?:收到|已阅|已读|1(?:\D|$)|一下收到)|` +
		`收到[，,]?(?:后|的|者)?[，,]?` + urgently + `(?:请|要|须|必须)?` + urgently + `(?:回复|回个|回一|回话|回应|确认|扣)`),
		"不设要求回复“收到”的提醒：整治形式主义的规定不许强制回复。请只写要办的事。"},
	{regexp.MustCompile(`(?:未|没|没有|还没|尚未|不)(?:及时|按时|按期)?` +
		`(?:回复|回信|上报|报送|报名|报|完成|提交|交|填报|填|参加|签到|打卡|建)(?:的|了的)?[^，。；]{0,8}(?:名单|名字|点名|通报|公布|曝光)|` +
		`(?:公布|通报|晾晒|曝光|点名)[^，。；]{0,12}(?:名单|未|没)|点名批评|逐一点名|逾期名单|欠报名单`),
		"不设公布名单、点名的提醒：整治形式主义的规定不许这样做。请只写要办的事，没报的单独问。"},
	{regexp.MustCompile(`排名|排行|排位|名次|红黑榜|黑榜|倒数|末位|垫底|晒进度|通报批评`),
		"不设排名、通报的提醒：整治形式主义的规定不许这样做。请只写要办的事。"},
	{regexp.MustCompile(`接龙|打卡|点赞|刷屏|转发朋友圈|转发到朋友圈|截图(?:反馈|上报|报送|为证)|投票拉票`),
		"不设接龙、打卡、点赞这类提醒：整治形式主义的规定不许强制。请只写要办的事。"},
}

const urgently = `(?:都|均|务必|及时|马上|立即|统一)?`

// Refusal says in Chinese why a text may not be sent as a reminder; empty means
// that it may.
func Refusal(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "没有写提醒什么，比如“每月25日上午十点提醒园区妇建群报送组建进度”。"
	case utf8.RuneCountInString(text) > longestText:
		return fmt.Sprintf("提醒的话太长了，请控制在%d字以内，细节放在文件里。", longestText)
	case parse.Secret(text):
		return "像是涉密的内容，不能在微信里发，也没有留存。"
	case chat.Mask(text) != text:
		return "里面有电话或者证件号码，程序不留存，也不往群里发。请去掉号码再设。"
	}
	for _, f := range formalities {
		if f.asked.MatchString(text) {
			return f.refusal
		}
	}
	return ""
}

// thing is one reminder within a message.
type thing struct {
	text     string
	slot     store.Slot
	late     bool // we were down when it was to be sent
	approver string
}

// remark says how far the message is from the time it was meant for.
func (t thing) remark(now time.Time) string {
	var parts []string
	meant := text.Moment(t.slot.Due, now)
	switch {
	case t.late || t.slot.Moved == movedLate:
		parts = append(parts, "补发，原定"+meant)
	case t.slot.Moved == movedCap:
		parts = append(parts, "原定"+meant+"，当天提醒已经够多")
	case t.slot.Moved == movedHand:
		parts = append(parts, "原定"+meant+"，改到现在")
	case t.slot.Moved == movedQuiet:
		parts = append(parts, "原定"+meant+"，夜里不打扰")
	}
	if t.slot.Note != "" {
		parts = append(parts, strings.Trim(t.slot.Note, "。；"))
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "；") + "）"
}

// message puts things into one text. Nobody is asked to reply.
func message(things []thing, group bool, now time.Time) string {
	var b strings.Builder
	b.WriteString("提醒：")
	if len(things) > 1 {
		fmt.Fprintf(&b, "%d件事", len(things))
	}
	var who []string
	for i, t := range things {
		if len(things) > 1 {
			fmt.Fprintf(&b, "\n%d. ", i+1)
		}
		b.WriteString(strings.TrimRight(t.text, "。") + t.remark(now) + "。")
		if !slices.Contains(who, t.approver) {
			who = append(who, t.approver)
		}
	}
	fmt.Fprintf(&b, "\n%s定的，知道就好，不用回复。", strings.Join(who, "、"))
	if group {
		b.WriteString("这个群不想再收到，请@我发“静音”。")
	}
	return b.String()
}

// chatName names a chat for the operators; whose a direct one is, is not said.
func chatName(to chat.Target) string {
	if to.Group {
		return "群“" + to.Chat + "”"
	}
	return "私聊"
}
