package knowledge

import "zujian/knowledge/text"

// restricts are the words that may not be left out beside words that are taken:
// how binding they are, what they deny, whom they except, how many they mean.
var restricts = text.NewPattern(`\d|一般|原则上|可以|应|必须|须|务必|一律|不得|禁止|严禁|提倡|鼓励|倡导|建议|探索|试点|试行|暂行|支持|尽量|适当|酌情|逐步|优先` +
	`|可(?:由|依|按|不|单独|联合|向|在|凭|采取|根据|视|享受|申请|给予|予以|结合|与|将|就|从|用|参照|直接|先|免)` +
	`|除|但|如果|的话|符合|条件|具备|只|才|仅|至少|至多|以上|以下|以内|以外|以前|之前|以后|之后|左右|约|部分|有的|个别|等|特别是|未|没|不|无[^愧]|非|勿|免|另|暂|拟|或|还是` +
	`|及其|以及|双方|直接|督促|协助|配合|牵头|兜底|主要|全部|所有|每|各自|满|达到|超过|低于|高于|少于|多于|最高|最低|最多|最少|上限|下限|限|首次|首位|首批|新增|新建|新成立|女(?:性|职工|党员|干部|员工|会员|同志|劳动)` +
	`|专职|兼职|半|多次|累计|连续|当年|当月|次年|上年|税前|税后`)

// binds are modal words: how binding a sentence is.
var binds = text.NewPattern(`应当|应该|必须|务必|一律|不得|不准|不许|禁止|严禁|提倡|鼓励|倡导|探索|原则上|可以|一般`)

// denies are the negations that an error names.
var denies = text.NewPattern(`没有|不[\p{Han}]|未[\p{Han}]|无[\p{Han}]`)

// modal says that words have a degree of their own.
var modal = text.NewPattern(`应|必须|须|务必|要|可|提倡|鼓励|探索|不得|不准|不能|不许|禁止|严禁|一般|原则上|支持|允许|拟|倡导|建议|由|负责`)

// weakens are the degrees that go on into the parts that follow.
var weakens = text.NewPattern(`可以|可(?:由|依|按|不|单独|联合|向|在|凭|根据|视|结合|与|将|从)|提倡|鼓励|探索|试点|一般|原则上|尽量|适当|酌情|逐步|优先|不得|不准|不能|不可|不许|禁止|严禁|不予|不再` +
	`|不受|不应|暂不|拟|倡导|建议|允许|除外`)

// limitsNext are parts that limit the one behind them, limitsBefore those that
// limit the one before them, and excepts those that limit a whole sentence.
var (
	limitsNext = text.NewPattern(`^除.*外$|^(?:如|若|凡|仅|只|除)|(?:的|时|后|前|期间|情况下|条件下|前提下|范围内|以上|以下|以内)$|(?:较|不|未|没有|具备|符合|满|已|无` +
		`|超过).{0,20}的[^的]{1,8}$|原则上|一般|试行`)
	limitsBefore = text.NewPattern(`^[\p{Han}]{0,6}(?:最多|最低|最高|不超过|不少于|不低于|不高于|至多|至少)|^(?:不含|不包括|一般|原则上|仅|只|限|上限|逾期|否则|有效期|试行|另有)|为限$`)
	excepts      = text.NewPattern(`^(?:但|除)|除外$|不在此限$`)
)

// thing is a noun phrase of a list that names what something is done for, not who
// does it: one of several may stand for itself.
const thing = `[^,;:。、]{0,24}(?:组织|企业|市场|商户|工商户|小个专|机构|学校|医院|师|员|司机|快递|互联网|业态|群体)`

// otherThings are the rest of such a list, before or behind the one that is kept.
var (
	thingsBefore = text.NewPattern(`^(?:特别是|对于?|针对)?(?:` + thing + `(?:、|和|及|以及|与))+$`)
	thingsBehind = text.NewPattern(`^(?:(?:、|和|及|以及|与)` + thing + `)+,?$`)
	together     = text.NewPattern(`共同|联合|分别|双方|之间|较|成熟|符合`)
)

// glue are words that may come in before the first stretch of a part.
var glue = []string{"由", "是", "为", "即"}

// ownWords state nothing and may stand where a part begins.
var ownWords = text.NewPattern(`(?:^|[,:])(?:按照?(?:讲话|文件|通知|办法|规定)(?:里|中|稿)?(?:的)?(?:说法|要求|意思|规定)?|(?:讲话|文件|通知|办法|规定|原文)(?:里|中` +
	`|稿)?(?:明确|要求|提出|规定|指出|只?写的是|只?说的是|写道|只写了|只说了|引述(?:的是|的)?|写了|说了|说|写)` +
	`|根据(?:讲话|文件|通知|规定)|简单说|也就是说|具体来说|具体是|总的来说|只?(?:写的是|说的是|写了|说了)|您问的这种情况|这种情况|您好|另外|此外|同时|如下|分别是|按条件分)`)

// verdicts are the words that answer yes or no.
var verdicts = text.NewPattern(`^(?:是|不是|对|不对|可以|不可以|也可以|能|不能|要|不用|需要|不需要|算|不算|有|没有|行|不行|不能这么说|不是必须|不一定|不是硬性要求|不是强制|没有硬性要求)$`)

// body are the words that name who does something, for what an error says.
var (
	body = text.NewPattern(`[\p{Han}]{0,4}(?:妇联|妇女联合会|工委|党委|党组织|党支部|园区|乡镇|街道|社区|工会|委员会|商会|协会|政府|部门|[\p{Han}]局|[\p{Han}]办` +
		`|[\p{Han}]部)`)
	numberWithUnit = text.NewPattern(`\d[\d./-]*(?:%|[\p{Han}])?`)
)
