package desk

// Everything that the desk says itself.
const (
	sayHelp = "我是组建助手，按手里的文件回答两新组织建妇联的问题，文件没写的会直说。\n" +
		"群里请先@我再问，比如“律所在园区里，归谁管”；私聊请直接问。\n" +
		"想按一家单位的情况一步步问，请回“组建”；再看这几行，请回“帮助”。"
	sayTooFast        = "您问得有点快，前面的我都会答。请过一分钟再接着问。"
	sayBusy           = "这会儿群里问的人多，有的没来得及答。请过一分钟再问一遍。"
	sayLooking        = "正在查，请稍等。"
	sayTrouble        = "这会儿答不上来，是程序的问题，不是您的问题。请过几分钟再问一遍；还不行的，请告诉管理员。"
	sayPaired         = "配对好了。以后您可以发“管理 状态”这样的话。"
	sayNotPaired      = "配对码不对，或者已经过期。请在控制台或者终端重新要一个，十分钟内发来。"
	sayPairDirectly   = "配对请在私聊里发，不要在群里发。"
	sayUnknownCommand = "没有这个管理命令。"
)
