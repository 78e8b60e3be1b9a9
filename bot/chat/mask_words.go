package chat

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// What stands in the place of words that were masked.
const (
	maskedMail    = "［邮箱］"
	maskedPlate   = "［车牌］"
	maskedAddress = "［住址］"
)

var (
	mail = text.NewScreen(`[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s?[@＠]\s?[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,62}){1,4}`)
	// A passport: a letter, at times a second one, and seven or eight digits.
	passport = text.NewScreen(`(^|[^A-Za-z0-9])(?:[EGDSPHegdsph][A-Za-z]?\d{7,8})($|[^A-Za-z0-9])`)
	plate    = text.NewScreen(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Za-hj-np-z][\s·.•-]?[A-HJ-NP-Za-hj-np-z0-9]{5,6}($` +
		`|[^A-Za-z0-9])`)
	// An account that somebody gives with the word for it.
	account = text.NewScreen(`((?:微信号?|[QqＱｑ]{2}号?|抖音号?|支付宝)\s*(?:号|是|为|：|:)*\s*)[A-Za-z0-9][A-Za-z0-9_-]{4,19}`)
	// The name that somebody gives as his own or another's.
	ownName = text.NewScreen(`((?:我叫|俺叫|我的?名字[叫是]|本人叫?|姓名(?:是|为|：|:)?|名叫)\s*)(?:` + familyNames + `)\p{Han}{1,2}`)
	// The name of whoever is told of, up to the end of the phrase.
	called = text.NewScreen(`((?:联系人|负责人|法定代表人|法人代表|法人|经办人|填报人|填表人|报送人|当事人|受害人|申请人)(?:[：:]|是|叫|为)\s*|(?:[我俺她他]是|[她他人]叫|叫做)\s*)` +
		`((?:` + familyNames + `)\p{Han}{1,2})($|[^\p{Han}])`)
	// The name that somebody gives as his own, whatever the family's.
	callsOneself = text.NewScreen(`((?:[我俺]叫|[我俺]的?名字[叫是]|姓名(?:是|为|：|:))\s*)(\p{Han}{2,4}|\p{Han}+·[\p{Han}·]+)($|[^\p{Han}·])`)
	// Where somebody lives, down to a number.
	address = text.NewScreen(`((?:我|俺|她|他|咱)?(?:家住|家在|住在|现住|我住|俺住|(?:家庭|居住)地址(?:是|为|：|:)?|住址(?:是|为|：|:)?)\s*)` +
		`[\p{Han}A-Za-z0-9０-９（）()、-]{2,30}?[0-9０-９一二三四五六七八九十百]+(?:号院?|弄|巷|栋|幢|楼|单元|室|组|门牌)` +
		`[0-9０-９A-Za-z一二三四五六七八九十号院弄巷栋幢楼单元室组门牌层-]*`)
)

// personalWords are all that maskWords masks.
var personalWords = []*text.Screen{mail, passport, plate, account, ownName, address}

// maskWords masks what is found by its form or by the words around it.
func maskWords(s string) string {
	s = mail.ReplaceAllString(s, maskedMail)
	s = passport.ReplaceAllString(s, "${1}"+maskedID+"${2}")
	s = plate.ReplaceAllString(s, maskedPlate+"${1}")
	s = account.ReplaceAllString(s, "${1}"+maskedCard)
	s = ownName.ReplaceAllString(s, "${1}"+maskedName)
	return address.ReplaceAllString(s, "${1}"+maskedAddress)
}

// notNamed are the last signs of what is no name, though it begins like one: 高新区, 程序员.
const notNamed = "区县市镇乡村街园厂院校店所会部办员师长"

func maskCalled(s string) string {
	s = callsOneself.ReplaceAllStringFunc(s, func(m string) string {
		part := callsOneself.FindStringSubmatch(m)
		if strings.ContainsAny(part[2], "什啥谁们家他她你") {
			return m
		}
		return part[1] + maskedName + part[3]
	})
	return called.ReplaceAllStringFunc(s, func(m string) string {
		part := called.FindStringSubmatch(m)
		if name := []rune(part[2]); strings.ContainsRune(notNamed, name[len(name)-1]) {
			return m
		}
		return part[1] + maskedName + part[3]
	})
}

// officeWord stands near a landline or an address of an office.
var officeWord = text.NewScreen(`办公|值班|咨询|监督|举报|热线|服务|妇联|工会|单位|公司|前台|总机|传真|部门|中心|政府|街道|社区|报送|报名|材料|邮箱(?:发|报)|发到|发送|投稿|报到|官方|公示`)

// GivesPersonal says whether a text holds data of a person that Mask would take
// away. The landline or the e-mail address of an office is none: what stands in
// a notice may be asked about.
func GivesPersonal(s string) bool {
	for _, n := range numbersIn(s) {
		if !n.landline || !officeWord.MatchString(around(s, n.from, n.to)) {
			return true
		}
	}
	for _, at := range mail.FindAllStringIndex(s, -1) {
		if !officeWord.MatchString(around(s, at[0], at[1])) {
			return true
		}
	}
	rest := mail.ReplaceAllString(maskNumbers(s), "")
	return slices.ContainsFunc(personalWords, func(p *text.Screen) bool { return p.MatchString(rest) })
}

// nearby is how many bytes around a number say whose it is.
const nearby = 36

func around(s string, from, to int) string { return s[max(0, from-nearby):min(len(s), to+nearby)] }
