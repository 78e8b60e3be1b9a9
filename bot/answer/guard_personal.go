package answer

import (
	"slices"

	"zujian/knowledge/text"
)

// A person asked about: by family name and title, by family name and given
// name before what is asked, as 她 or 他, or as somebody's own.
const (
	surname = `(?:欧阳|司马|上官|诸葛|王|李|张|刘|陈|杨|黄|赵|吴|周|徐|孙|马|朱|胡|郭|何|林|高|罗|郑|梁|谢|宋|唐|许|韩|邓|冯|曹|彭|曾|肖|萧|田|董|袁|潘|蒋|蔡` +
		`|余|杜|叶|程|苏|魏|吕|丁|任|沈|姚|卢|姜|崔|钟|谭|陆|汪|范|廖|石|贾|韦|付|傅|夏|邹|熊|孟|秦|邱|江|尹|薛|闫|阎|段|雷|侯|龙|史|陶|黎|贺|顾|毛|郝|龚|邵` +
		`|钱|覃|武|戴|莫|孔|汤|白|方|文|康|施|牛|洪|严|温|季|俞|章|鲁|葛|伍|尤|毕|聂|焦|齐|庄|颜|梅|桂)`
	title = `(?:副?(?:书记|主任|主席|经理|董事长|厂长|校长|院长|所长|会长|部长|科长|局长|处长|镇长|乡长|县长|区长|市长|村长|队长|站长|秘书长|理事长|园长|秘书)|委员|干部` +
		`|老师|律师|会计|医生|护士|女士|先生|同志|大姐|阿姨|师傅|老板|老板娘|总|姐|哥|嫂|婶|姨|叔)`
	before = `(?:^|[^\p{Han}]|[是由找问和跟给让叫请的把了帮查下吴们镇村县区市局道社道那个位])`
	// what nobody gives of another
	reach = `(?:私人)?(?:手机号码?|手机|电话号码?|电话|联系电话|联系方式|微信号?|qq号?|身份证号?码?|证件号码?|银行卡号?|银行账号|卡号|家庭住址|家庭地址|住址|家住(?:哪|在哪)?` +
		`|住(?:在)?(?:哪|什么地方|几楼|几号)|车牌号?)`
	life = `(?:工资|收入|年薪|拿多少钱|挣多少|赚多少|存款|多大岁数|多大年纪|多大了|年龄|年纪|几岁|多少岁|哪年(?:生|出生)|生日|属什么|婚姻|离婚|离没离|离了婚|结婚|结没结|二婚` +
		`|再婚|单身|有对象|有没有对象|爱人|老公|丈夫|老婆|妻子|男人|儿子|女儿|孩子|几个娃|家里|家庭情况|家人|父母|爸妈|病历|得了什么病|生什么病|怀孕|户口|籍贯|学历|简历|前科|案底` +
		`|征信|隐私)`
)

var (
	titled = text.NewScreen(before + `(?:那个)?(?:姓)?` + surname + `[\p{Han}]{0,2}?` + title + `(?:她|他|家)?(?:本人)?的?(?:她` +
		`|他|家里?)?[^ ]{0,4}?(?:` + reach + `|` + life + `)`)
	named = text.NewScreen(before + `(?:姓)?` + surname + `[\p{Han}]{1,2}(?:的|她的|他的|家的)?` + reach + `(?:是)?(?:多少` +
		`|几号|什么|啥|发|给|查|告诉|有吗|有没有|$|[ ])`)
	// 她 and 他 alone: 其他, 他们 and 吉他 are nobody.
	pronoun = text.NewScreen(`(?:^|[^其吉排利发给])(?:她|他|前妻|前夫|某某|那个女的|那个男的)(?:本人|自己)?(?:的|家)?(?:住(?:在)?(?:哪|什么地方` +
		`|几楼|几号)|` + reach + `(?:是)?(?:多少|几|什么|啥|哪|发|给|有|告诉|$| )|(?:` + life + `)的?[^ ]{0,6}(?:多少|几|什么|啥|哪|没` +
		`|吗|咋样|怎么样|给我|告诉|发我|谁|干)|(?:` + life + `)(?:给我|发我|告诉我|$| ))`)
	// The one who holds an office, and what nobody needs for the work.
	holder = text.NewScreen(`(?:主席|书记|主任|委员|负责人|会长|老板|董事长|经理|局长|镇长|领导)(?:本人|个人)?的?(?:私人(?:手机|电话|微信)|家庭住址|住址` +
		`|家住|住哪|住在哪|身份证号码?是|银行卡号|微信号是|手机号码?(?:是|多少|给|发))`)
	lookUp = text.NewScreen(`(?:查|告诉|发给|发|给)(?:一下|我|下)*[^ ]{0,8}(?:前妻|前夫|老婆|老公|邻居|同事|员工|女职工|领导)[^ ]{0,4}(?:身份证号` +
		`|手机号|电话号码|住址|银行卡|病历|工资|隐私)`)
	// To fill in a form is no asking after a person.
	form = text.NewScreen(`登记表|申请表|报名表|表格|填表|一栏|那栏|要填|填谁|填不填|怎么填|必填|填报|要不要(?:填|写|交|报|带)|是不是要|要报|报上去|复印件|公示|要带|带什么`)
)

// asksPersonal says whether a text, in its normal form, asks for data of a
// particular person: how to reach him, or how he lives. Who holds an office and
// what comes with it is none.
func asksPersonal(plain string) bool {
	if form.MatchString(plain) {
		return false
	}
	return slices.ContainsFunc([]*text.Screen{titled, named, pronoun, holder, lookUp}, func(asked *text.Screen) bool { return asked.MatchString(plain) })
}
