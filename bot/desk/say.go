package desk

import (
	"strings"

	"zujian/bot/chat"
	"zujian/knowledge/text"
)

// SayUnwritable is for the operators.
const SayUnwritable = "这台机器的磁盘满了，或者写不进去：问题照样答，但是记不下来，提醒也记不下来。请腾出空间，再用 bot doctor 看看。"

// sayUnread says what to do instead of sending a kind of message.
func sayUnread(k chat.Kind) string {
	switch k {
	case chat.Voice:
		return "语音我听不了。请长按那条语音，选“转文字”，再把文字发给我；或者直接打字问。"
	case chat.Sticker:
		return "表情我看不懂。有要问的，请直接打字。"
	case chat.Paper:
		return "文件在这里我收不了，也不会保存。请把想问的打成一两句话；要收进来的文件，请交给管理员。"
	}
	return string(k) + "我看不了，只看得懂文字。请把想问的打成一两句话发给我。"
}

// Lengths of what a reply repeats, in characters.
const (
	longestAsked = 14
	longestName  = 12
)

// sayFor says to whom a reply is, and to which message; no question: to none that may
// be repeated.
func sayFor(in chat.Inbound, question string, delayed bool) string {
	who, at, what := "您", "", ""
	name := strings.TrimSpace(in.Name)
	switch {
	case in.Group && name != "" && len([]rune(name)) <= longestName:
		who = name
	case in.Group && question == "":
		return ""
	case in.Group:
		who = "有人"
	}
	if delayed {
		at = in.Sent.In(text.Beijing).Format("15:04")
	}
	if r := []rune(strings.Join(strings.Fields(chat.MaskNames(chat.Mask(question))), " ")); len(r) > longestAsked {
		what = "“" + string(r[:longestAsked]) + "……”"
	} else if len(r) > 0 {
		what = "“" + string(r) + "”"
	}
	return who + at + "问的" + what + "：\n"
}

// sayWelcome is said to whoever opens the chat, or in a group that he joined.
func sayWelcome(in chat.Inbound) string {
	if in.Group {
		return sayGroupWelcome
	}
	return sayHelp
}

// Everything that the desk says itself.
const (
	sayHelp = "我是组建助手，按手里的文件回答两新组织建妇联的问题，文件没写的会直说。\n" +
		"群里请先@我再问，比如“律所在园区里，归谁管”；私聊请直接问。\n" +
		"想按一家单位的情况一步步问，请回“组建”；再看这几行，请回“帮助”。"
	sayGroupWelcome   = "我是组建助手。要问两新组织建妇联的事，请先@我再问，比如“律所在园区里，归谁管”。"
	sayTooFast        = "您问得有点快，前面的我都会答。请过一分钟再接着问。"
	sayBusy           = "这会儿问的人多，有的没来得及答。请过一分钟再问一遍。"
	sayLooking        = "正在查，请稍等。"
	sayTrouble        = "这会儿答不上来，是程序的问题，不是您的问题。请过几分钟再问一遍；还不行的，请告诉管理员。"
	sayPaired         = "配对好了。发“管理”看能管什么，比如“管理 状态”。"
	sayPairedForNow   = "配对好了，但只管到下次扫码登录。想一直有效，请在机器人的手机上给您加一个备注名，再配对一次。"
	sayNoNeedToPair   = "这里就是本机，不用配对，直接发“管理”就行。"
	sayNotPaired      = "配对码不对，或者已经过期。请在终端用 bot pair 重新要一个，十分钟内发来。"
	sayPairDirectly   = "配对请在私聊里发，不要在群里发。"
	sayNoOperator     = "这是管理员的命令，您还不是管理员。要当管理员，请在装了我的那台机器上用 bot pair 要一个配对码，再私聊发给我。"
	sayBindThere      = "请在十分钟内，到群“%s”里发：@%s 绑定 %s。发了以后，这个群才用它专用的文件。微信重新扫码登录以后，要再绑一次。"
	sayBindDirectly   = "要绑定群，请在私聊里发“管理 绑定 群名”，不要在群里发。"
	sayNothingToBind  = "配置里没有给群“%s”写专用的文件，不用绑定。请看看群名写得对不对。"
	sayBound          = "绑好了，这个群用它专用的文件。"
	sayNotBound       = "绑定码不对，或者已经过期。请让管理员私聊我发“管理 绑定 群名”，重新要一个。"
	sayNoNeedToBind   = "这里不用绑定。"
	sayUnknownCommand = "没有这个管理命令。发“管理”看有哪些。"
)
