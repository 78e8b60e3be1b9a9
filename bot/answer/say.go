package answer

import "fmt"

// What a cadre reads where no sentence of a document is the answer.
const (
	sayUnreadable = "这里面没有文字，我看不了。请直接打字问，比如：园区里的企业建妇联归谁管？"
	sayTooLong    = "这段话太长了，我一次只能看一个问题，这一段没有看，也没有保存。请把想问的写成一两句话再发；要我记住的文件，请交给管理员收进文件库。"
	sayUrgent     = "如果有人正处在危险中，请马上打 110。\n妇女维权热线 12338。\n请同时告诉身边的妇联干部或者社区民警，当面找人帮忙，不要只等我的回复。"
	saySecret     = "这里不能谈涉密的内容，我也不会保存。请不要在微信里发带密级的文件，按单位的保密规定处理；已经发出的，请马上撤回并报告保密工作人员。"
	sayTyped      = "您的话里有电话或者证件号码，我没有处理，也不会保存。请去掉号码再问；已经发到群里的，建议撤回。"
	sayPrivate    = "个人的电话、住址、证件和家庭情况，我不掌握，也不提供。请通过单位正常的工作渠道联系。"
	sayOutside    = "这个不在我能答的范围。我只答两新组织组建妇联的事，比如：园区里的企业建妇联归谁管？想按一家单位的情况问，请回“组建”。"
	sayBoth       = "%s里两处都管，没有写谁先谁后："
	sayOnward     = "想按这家单位的情况问下去，请回“组建”。"
	saySeveral    = "几份文件都写到这件事，分别列在下面，没有合在一起："
	sayNothing    = "%s里没有写到这件事。"
	sayNear       = "最接近的是："
	sayUnsure     = "没有把握，最接近的是："
	sayOpen       = "它们不一定答得上。回数字看原文。"
	sayAsk        = "请向本级妇联核实。"
	sayBlank      = "%s里这个数是空着的，写的是“x”，不是具体数字。"
	sayNoPlace    = "%s里没有您说的这个位置。请看一下是第几点、第几句。"
	sayNoBefore   = "前面还没有引过原话。请先问一个问题，再让我念原文。"
	sayHelp       = "您直接打字问就行，我从文件里找原话回答。\n想按一家单位的情况问该谁牵头，请回“组建”。\n文件没有写到的，我会直说。"
)

// sayMissing is the first sentence where the kind of thing asked for is not
// there.
var sayMissing = map[wanted]string{
	wantPeople:  "%s里没有写人数。",
	wantCount:   "%s里没有写具体数目。",
	wantTime:    "%s里没有写具体时间。",
	wantPerson:  "%s里没有写是哪一位。",
	wantNumber:  "%s里没有写号码。",
	wantMoney:   "%s里没有写经费、待遇的事。",
	wantForce:   "%s里没有写强制或者处罚的规定。",
	wantSteps:   "%s里没有写具体的程序和手续。",
	wantShare:   "%s里没有写具体比例。",
	wantSource:  "%s里没有写依据的是哪份文件。",
	wantMeaning: "%s里没有写它的定义和标准。",
	wantExample: "%s里没有写例子和试点。",
	wantRank:    "%s里没有写级别、编制和待遇。",
	wantEnding:  "%s里没有写撤并、变更以后怎么办。",
}

// missingSays is that sentence about a document; where nothing in particular is
// asked for, it says that the matter itself is not there.
func missingSays(w wanted, name string) string {
	if m, ok := sayMissing[w]; ok {
		return fmt.Sprintf(m, name)
	}
	return fmt.Sprintf(sayNothing, name)
}
