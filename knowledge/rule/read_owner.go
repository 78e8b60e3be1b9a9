package rule

import (
	"strings"

	"zujian/knowledge/text"
)

// Whose an organisation is hangs on what its owner is to it, not on the owner
// being named: a firm that supplies a state firm, rents from one, or has one
// among its shareholders is none itself.
var (
	besideOwner = text.NewPattern(`(?:给|为|替|帮|跟|和|与|同|向|租|借|靠着?|挨着?|从|原|前身|曾经?|依托|承接|承包|服务|配套|供|卖给|合作|不是|非|离|对着|供应商)[^，。]{0,5}$`)
	ownerBeside = text.NewPattern(`^[^，。]{0,5}?(?:配套|供货|供应|厂房|房子|门面|的楼|大院|院子|项目|工程|外包|订单|合作|合办|合建|联办|参股|入股|占股?(?:[一二两三四]成|[1-4]?\d%` +
		`|不到一半|少数)|改制|改的|转制|退休|下岗|对面|旁边|边上|门口|隔壁|附近|斜对|家属院|做保洁|做物业|送|搞后勤)`)
	ownedByState = text.NewPattern(`(?:国资委?|国有资本|城投|交投|水投|建投|文旅投|国投|产投|旅投|农投|文投|[省市县区]属|央企|国企|国有|供销社|农垦|烟草|电网|铁路局|交通投资|城市投资` +
		`|投资控股)[^，。不没]{0,8}(?:全资|控股|独资|绝对控股|下属|所属|旗下|直属|下面|子公司|持股(?:[六七八九]成|[5-9]\d%|过半|一半以上)|占(?:大头|[六七八九]成|[5-9]\d%))`)
	ownedBranch   = text.NewPattern(`(?:全资|控股|下属|直属)[^，。]{0,4}(?:国企|国有)|集团(?:公司)?(?:的)?(?:全资|国有)`)
	ownedByOffice = text.NewPattern(`(?:总工会|团委|残联|科协|文联|红十字会|[省市县区镇乡](?:委|政府)|[^，。]{1,6}局|机关|[省市县区]里)(?:机关)?(?:下面|下属|所属|直属|底下|办|主办|开办` +
		`|举办|自己办|设)的?[^，。]{0,8}(?:中心|服务站|研究所|院|馆|大队|幼儿园|学校|事业单位|食堂|招待所)`)
	legalFirm = text.NewPattern(`(?:是|属|算)(?:个|一家|家)?(?:有限(?:责任)?公司|公司)|公司性质|注册的(?:是)?公司|注册成公司|工商注册`)
	doing     = text.NewPattern(`(?:^|[，。]|一家|有家|有个|一个|这家|那家|我们|咱们|是)(?:专门)?(?:做|搞|生产|加工|卖|开发|干)([^，。没有在]{1,8}?)的`)
)

// ownedPublic reads that a public body holds, controls or runs it.
func (r *reader) ownedPublic() string {
	switch {
	case r.l.any(r.text, "never_public"):
		return ""
	case ownedByState.MatchString(r.text), ownedBranch.MatchString(r.text):
		return "国有企业"
	case !ownedByOffice.MatchString(r.text):
		return ""
	case r.l.any(r.text, "kindergarten"), r.l.any(r.text, "school"):
		return "公立学校"
	}
	return "公立单位"
}

// onlyBeside says whether a public body that is named there has only something
// to do with the organisation.
func onlyBeside(before, after string) bool {
	return besideOwner.MatchString(before) || ownerBeside.MatchString(after)
}

// firmByLaw gives 企业 for schools of driving and training that say that they are
// companies: the sentence on schools speaks of social organisations.
func (r *reader) firmByLaw(value, word string) string {
	if legalFirm.MatchString(r.text) && (value == "培训机构" || word == "驾校" || word == "培训学校") {
		return "企业"
	}
	return value
}

// doingSomething reads 一家做线束的: an enterprise, where nothing else says what
// it is.
func (r *reader) doingSomething() (words string, ok bool) {
	m := doing.FindStringSubmatch(r.text)
	if m == nil || text.HasAny(m[1], "公益", "慈善", "社工", "志愿", "服务对象", "妇联", "主") {
		return "", false
	}
	return strings.TrimSpace(m[0]), true
}
