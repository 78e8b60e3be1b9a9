package chat

import "regexp"

// What stands in the place of a name that was masked.
const (
	maskedName = "［姓名］"
	maskedUnit = "某"
)

var (
	// A person's name after what announces it: 姓名：张三, 联系人是李四光.
	announced = regexp.MustCompile(`((?:姓名|名字|联系人|负责人|法定代表人|法人代表|法人|经办人|填报人|报送人|当事人|本人)(?:[：:]|是|叫|为)\s*)[\p{Han}·]{2,4}`)
	// A name before or behind a title: 王小红书记, 书记王小红. Only family names
	// that are common, since 女书记 and 园区主任 are no names.
	titled = regexp.MustCompile(`(^|[^\p{Han}]|[是由找问和跟给让叫请的])(` + familyNames + `)\p{Han}{0,2}?` +
		`(书记|主任|主席|经理|总经理|董事长|厂长|校长|院长|所长|会长|部长|科长|局长|老师|律师|医生|女士|先生|同志|大姐|老板)`)
	behind = regexp.MustCompile(`(书记|主任|主席|经理|董事长|厂长|校长|院长|所长|会长|联系人|负责人|法人)[\s：:]*(` + familyNames + `)` +
		`(?:某{1,2}|\p{Han}{1,2})($|[^\p{Han}]|[，。、；])`)
	fullName = regexp.MustCompile(`[\p{Han}A-Za-z0-9（）()·]{2,24}?((?:有限责任|股份有限|集团有限|有限|股份|集团)公司|` +
		`(?:律师|会计师|税务师)事务所|合伙企业|专业合作社|幼儿园|基金会|社会工作服务中心)`)
	plainest = regexp.MustCompile(`[的了在里是和有我这那家个一所某类各等谁哪由归建立内外无没]|民办|民营|私立|私营|园区|开发区|小型|大型|中型|` +
		`企业|单位|行业|两新|非公|外资|合资|本地|县级|市级|乡镇|街道|社区|妇联|组织|责任|股份|提供|普惠`)
)

const familyNames = `欧阳|司马|上官|诸葛|王|李|张|刘|陈|杨|黄|赵|吴|周|徐|孙|马|朱|胡|郭|何|林|高|罗|郑|梁|谢|宋|唐|许|韩|邓|冯|曹|彭|曾|肖|萧|田|董|袁|潘|蒋|蔡|余|杜|叶|程|苏|魏|吕|丁|任|沈|姚|` +
	`卢|姜|崔|钟|谭|陆|汪|范|廖|石|贾|韦|付|夏|邹|熊|孟|秦|邱|江|尹|薛|阎|段|雷|侯|龙|史|陶|黎|贺|顾|毛|郝|龚|邵|钱|覃|武|戴|莫|孔|向|汤`

// MaskNames replaces what looks like a person's name beside a title or a word
// that announces one, and like the proper name of an organisation; of the
// latter the kind stays: 某有限公司. It is for what leaves this machine. It
// finds names by their surroundings, so that it masks too much at times, and a
// bare name in a sentence not at all.
func MaskNames(s string) string {
	s = announced.ReplaceAllString(s, "${1}"+maskedName)
	s = titled.ReplaceAllString(s, "${1}"+maskedName+"${3}")
	s = behind.ReplaceAllString(s, "${1}"+maskedName+"${3}")
	return fullName.ReplaceAllStringFunc(s, maskUnit)
}

// maskUnit keeps the kind of an organisation, and what stands before its
// proper name.
func maskUnit(m string) string {
	kind := fullName.FindStringSubmatch(m)[1]
	before := m[:len(m)-len(kind)]
	at := 0
	for _, x := range plainest.FindAllStringIndex(before, -1) {
		at = x[1]
	}
	if at == len(before) || before[at:] == maskedUnit {
		return m
	}
	return before[:at] + maskedUnit + kind
}
