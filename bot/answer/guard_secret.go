package answer

import (
	"strings"
	"unicode"

	"zujian/knowledge/parse"
	"zujian/knowledge/text"
)

// secretWords finds a grade of secrecy as people type it beside a paper, and what is
// told to be secret. Secrets of trade, secret ballots and rules on keeping
// secrets are no such thing.
var secretWords = text.NewScreen(`[【〔［\[（(《]\s*(?:绝密|机密|秘密)\s*(?:[·★]?\s*[\d一二三四五六七八九十]+\s*年|[·★]\s*长期)?\s*[】〕］\])）》★]` +
	`|(?:^|[\n。；;!！])\s*(?:绝密|机密|秘密)[\s　]+(?:特急|加急|紧急|平急|各|关于)` +
	`|(?:绝密|机密|秘密)(?:级|件|文件|材料|通知|公文|名单|纪要|★)` +
	`|(?:标着|标了|标有|写着|盖着|盖了|印着|印有|标注|标明|属于|定为|注明)(?:了|的|是|为)?(?:绝密|机密|秘密)|(?:绝密|机密|秘密)(?:这)?(?:两|俩)个字` +
	`|密级\s*(?:[：:是为]|\s)?\s*(?:绝密|机密|秘密)|保密期限\s*[：:是为]?\s*(?:长期|[\d一二三四五六七八九十]+\s*年)` +
	`|涉密(?:的)?(?:文件|材料|通知|会议|内容|数据|信息|资料|件|名单|纪要)|(?:是|有点|可能|属于)涉密的?(?:$|[\s，。,.！!？?])|密级文件` +
	`|涉及(?:到)?(?:国家|党和国家|工作|党内)(?:的)?秘密的?|(?:是|有|一份|这份|份|收到|传来)[^，。\s]{0,4}密件|(?:^|[\n。，,\s])密件` +
	`|密电|密函|保密文件|内部(?:文件|资料|材料|掌握|传阅).{0,6}(?:不得|严禁|不能|不许|不准|不要|别|请勿|切勿|注意保密|注意保存)` +
	`|阅后即焚|阅后收回|(?:请勿|不得|严禁|不准)(?:对外)?(?:外传|外泄|泄露|扩散).{0,12}(?:名单|数据|内容|如下)`)

// notSecret are words that hold those of a grade and mean something else.
var notSecret = text.NewScreen(`(?:商业|个人|企业|公司|技术)(?:的)?(?:秘密|机密)(?:级|文件|材料|资料)?|(?:秘密|机密)(?:投票|写票|划票|选举)\S{0,2}|反涉密`)

// otherForms are the characters of marks in their traditional form.
var otherForms = strings.NewReplacer("絕", "绝", "機", "机", "祕", "秘", "級", "级", "內", "内", "資", "资", "標", "标")

// secret says whether a text bears a mark of secrecy, or is told to be secret.
func secret(said string) bool {
	said = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1 // of no width, between the characters of a mark
		}
		return r
	}, said)
	said = otherForms.Replace(said)
	return parse.Secret(said) || secretWords.MatchString(notSecret.ReplaceWithin(said, "\n", " "))
}
