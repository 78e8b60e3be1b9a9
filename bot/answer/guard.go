package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/knowledge/parse"
)

// longestQuestion is how many characters a question may have; what is longer
// is a document, not a question.
const longestQuestion = 1000

var (
	// Someone in danger now. A word of violence with a person it happens to;
	// asking which law forbids it is no emergency, and still gets the numbers.
	danger = regexp.MustCompile(`家暴|家庭暴力|救命|自杀|轻生|不想活|想死|跳楼|寻短见|割腕|喝农药|强奸|性侵|猥亵|性骚扰|拐卖|被拐|绑架|非法拘禁|(?:被|遭|挨)(?:\S{0,6})?(?:打|殴|砍|捅|掐|囚禁|跟踪|威胁|恐吓|虐待|关起来)|(?:老公|丈夫|男人|男友|对象|前夫|公公|婆婆)\S{0,6}(?:打我|打人|动手|打她|打老婆|要杀)|打老婆|要杀(?:我|她|人)|出人命`)

	phone    = regexp.MustCompile(`(?:^|\D)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?:\D|$)`)
	landline = regexp.MustCompile(`(?:^|\D)0\d{2,3}[- ]\d{7,8}(?:\D|$)`)
	identity = regexp.MustCompile(`(?:^|\D)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dXx](?:\D|$)`)

	// A particular person's data: a name or title with what belongs to them.
	personal = regexp.MustCompile(`(?:手机号|电话号码|联系电话|身份证|家庭住址|住址|住哪|住在哪|微信号|银行卡|家里人|工资多少|婚姻状况|离没离婚|离婚没|结婚没|病历|年龄多大|多大岁数|隐私)`)
	someone  = regexp.MustCompile(`[\p{Han}]{1,3}(?:主席|书记|主任|同志|委员|老师|部长|局长|经理|老板|女士|先生|大姐|会长|院长|校长|所长|董事长)|她|他|某某|本人|这个人|那个人|负责人名下|谁的`)

	// A task of another kind, whatever it is about.
	otherTask = regexp.MustCompile(`(?:写|作|编|来|吟|念)(?:一|几)?(?:首|阕|副)(?:诗|词|歌|对联|情诗|打油诗)?|写诗|作诗|讲(?:个|一个)(?:笑话|故事)|唱(?:首|支|个)|翻译(?:成|一下|这)|画(?:一)?(?:个|张|幅)|写(?:一)?(?:段|个)(?:代码|程序|脚本|小说|段子)`)

	secretWord = regexp.MustCompile(`(?:绝密|机密|秘密)(?:文件|级|件|★|☆|通知|材料|资料)|涉密|密级|内部(?:文件|资料).{0,6}(?:不得|严禁|不能|别)外传|保密文件`)
)

// guard ends a question before any search: nothing readable, danger, a mark of
// secrecy, personal data.
func guard(q string) (found, bool) {
	switch {
	case !utf8.ValidString(q) || !readable(q):
		return found{status: Error, say: sayUnreadable}, true
	case utf8.RuneCountInString(q) > longestQuestion:
		return found{status: Error, say: sayTooLong}, true
	case danger.MatchString(q):
		return found{status: Urgent, say: sayUrgent}, true
	case parse.Secret(q) || secretWord.MatchString(q):
		return found{status: Secret, say: saySecret}, true
	case holdsPersonal(q):
		return found{status: Private, say: sayTyped}, true
	case otherTask.MatchString(q):
		return found{status: OutOfScope, say: sayOutside}, true
	case personal.MatchString(q) && someone.MatchString(q):
		return found{status: Private, say: sayPrivate}, true
	}
	return found{}, false
}

// holdsPersonal says whether a telephone or identity number was typed.
func holdsPersonal(q string) bool {
	return phone.MatchString(q) || landline.MatchString(q) || identity.MatchString(q)
}

// readable asks for one letter or digit at least.
func readable(q string) bool {
	return strings.IndexFunc(q, func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}) >= 0
}
