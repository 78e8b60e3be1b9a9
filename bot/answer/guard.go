package answer

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/index"
	"zujian/knowledge/parse"
	"zujian/knowledge/text"
)

// longestQuestion is how many characters a question may have; what is longer
// is a document, not a question.
const longestQuestion = 1000

// Refusal is why a text may not be answered: a status, and what the person is
// told. No status: it may.
type Refusal struct {
	Status Status
	Say    string
}

// Guard looks at the whole of a text, of any length, before anything else is
// done with it: danger first, then secrecy, then personal data, that is typed
// in or asked for, and after them whether it can be read and is no longer than
// a question. It keeps nothing, and takes time in proportion to the text. A text
// that it has just seen it does not look at again.
func Guard(text string) Refusal {
	return judged.of(strings.TrimSpace(text), look)
}

var judged = lately{seed: maphash.MakeSeed()}

// lately remembers what was said of the last texts, and of them a number only
// that nobody can turn back: a text comes to the desk and then to the answerer.
type lately struct {
	seed maphash.Seed
	mu   sync.Mutex
	last [16]struct {
		text uint64
		is   Refusal
	}
	at int
}

func (l *lately) of(text string, judge func(string) Refusal) Refusal {
	sum := maphash.String(l.seed, text)
	l.mu.Lock()
	for _, x := range l.last {
		if x.text == sum {
			l.mu.Unlock()
			return x.is
		}
	}
	l.mu.Unlock()
	r := judge(text)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last[l.at].text, l.last[l.at].is = sum, r
	l.at = (l.at + 1) % len(l.last)
	return r
}

// look is Guard for a text that was not seen lately.
func look(text string) Refusal {
	plain := index.Normalise(strings.ReplaceAll(text, "\n", "。")) // a line ends a phrase
	switch {
	case inDanger(plain):
		return Refusal{Urgent, sayUrgent}
	case secret(text):
		return Refusal{Secret, saySecret}
	case chat.GivesPersonal(text):
		return Refusal{Private, sayTyped}
	case asksPersonal(plain):
		return Refusal{Private, sayPrivate}
	case !utf8.ValidString(text) || !readable(text):
		return Refusal{Error, sayUnreadable}
	case utf8.RuneCountInString(text) > longestQuestion:
		return Refusal{TooLong, sayTooLong}
	}
	return Refusal{}
}

// readable asks for one letter or digit at least.
func readable(q string) bool {
	return strings.IndexFunc(q, func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}) >= 0
}

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
	return slices.ContainsFunc([]*text.Screen{titled, named, pronoun, holder, lookUp},
		func(asked *text.Screen) bool { return asked.MatchString(plain) })
}

// Danger is looked for by what is done to whom. The words of violence have
// other uses (打电话, 打造, 跟踪问效), which are taken out first; a word for the
// matter itself (家暴, 拐卖) is danger unless it is spoken of as a topic.
const (
	victim   = `(?:我|俺|咱|她|他|人|女的|女人|妇女|女娃娃?|女孩子?|姑娘|女儿|妹妹?|姐姐?|妈妈?|母亲|媳妇|老婆|婆娘|妻子|孩子|娃娃?|儿子|小孩|老人|全家|一家)`
	prey     = `(?:我|俺|咱|她|他|你|全家|一家|孩子|娃|老婆|爸|妈)`
	attacker = `(?:老公|丈夫|男人|男的|男友|男朋友|对象|前夫|前男友|公公|婆婆|继父|后爸|后爹|爸爸?|老汉|爱人|那口子|家里那个|他爸|姐夫|妹夫|老板|主管|店长|经理|领导|上司|客户` +
		`|同事|邻居|他|有人|别人|对方|歹徒|坏人)`
	harm = `(?:打|揍|捶|殴|砍|捅|掐|踢|踹|扇|抽打|绑|锁|囚|关起来|关在|跟踪|尾随|威胁|恐吓|虐待|欺负|糟蹋|祸害|侮辱|强奸|强暴|性侵|猥亵|非礼|摸|骚扰|性骚扰|拐|卖到` +
		`|卖了|卖给|拖进|拖上|拖走|扣住|扣在|控制|下药|软禁|迫害|烧伤|泼)`
)

// harmlessUse are the words of violence in their other uses.
var harmlessUse = text.NewScreen(`打(?:一个|个|通|了个|过)?(?:电话|招呼|报告|官司|比方|问号|勾|叉|折|掩护|交道|底|头阵|圆场|擦边球|广告|主意|旗号` +
	`|幌子|麻将|牌|球|篮球|太极|疫苗|针|水|饭|车|字|卡|钱|款|工|分|包|码|表|烊|假|拐|拼|理|气|样|赏|擂台|基础|印|造|听|算|扫|捞|扮|开|破|磨|消|火机|伞|鼓|发` +
	`|动|扰)` +
	`|打(?:了|的|过)?(?:一个|个|上)?(?:高|低|满|零|多少|几|\d+)?(?:分|折扣|标签|印记|烙印|补丁)|打(?:上|成|乱|散|断(?:了)?(?:[^腿手肋胳骨]|$)|通|牢|好` +
	`|包|下(?:来)?[的基任]|响|赢|头|在公屏|到(?:卡|账|这里|账户)|给(?:街道|社区|你|谁)?|入账|12\d{3}|110|1\d\d|95\d+)` +
	`|打击(?:报复)?|打脸|打铁|打头炮|打工妹|打字员|挨(?:个|家|户|着|近|门|村|次|到|边)[^ ]{0,2}` +
	`|(?:有事|随时|尽管|可以|直接|请|再|电话|号码|手机|麻烦)打(?:我|他|她|给)|打(?:我|他|她|你|他们|俺)[^ ]{0,4}(?:卡|账户|账上|支付宝)|想死后|打(?:我|他|她|你` +
	`|他们)(?:的)?(?:电话|手机|座机|微信|办公)` +
	`|跟踪(?:指导|问效|督查|督办|服务|落实|管理|评价|问卷|调查|了解|检查|审计|联系|培养|评估|监测|报道)|威胁到|摸(?:底|排|清|索|查|准|透|着石头|鱼)|抽(?:中|奖|查|检|样|调` +
	`|签|取|时间|空|出|烟)|拖(?:进度|后腿|拉|延|欠)|关起门|卖(?:到|了|给)(?:[^ ]{0,4})(?:货|钱|多少|出去|菜|东西|产品)` +
	`|(?:不得|严禁|禁止|不准|不许|不能|反对|杜绝|不)(?:打骂|殴打|虐待|体罚|侮辱|骚扰|威胁|恐吓|打人|家暴|动手)|被[^ ]{0,8}骚扰(?:后)?的?(?:投诉|举报)|跳楼(?:大厦` +
	`|价|机|甩卖|大甩卖|处理)|想死(?:你|我了|你们)|(?:任务|工作|事情?|活|报表|材料)(?:太|很)?(?:重|多|忙|杂)得(?:我|人)?想死|(?:笑|累|忙|气|烦|热|冷|困|急|饿|吓|丑|羞|吵` +
	`|闷)死(?:我|人)?了?|杀(?:价|毒|菌|猪|鸡|虫)|自杀式|扇(?:形` +
	`|面|区)|锁(?:定|具|厂|业)|控制(?:人数|规模|成本|在)|绑定|捆绑`)

// aTopic takes out the matter of violence where it is spoken of as a topic: the
// law against it, lectures, cases, whose task it is.
var aTopic = text.NewScreen(`(?:反对?|防范?|预防|防治|抵制|远离|禁止|打击|制止|干预|关于|涉及|处理|承接|承办|代理|宣传)(?:妇女|职场|校园|网络)?(?:家庭暴力` +
	`|家暴|性骚扰|性侵害?|猥亵|拐卖|自杀|轻生|虐待|暴力)` +
	`(?:法|条例|宣传|讲座|知识|制度|工作|活动|培训|协议|条款|机制|课|的)?` +
	`|(?:家庭暴力|家暴|性骚扰|性侵害?|猥亵|拐卖|自杀|轻生|虐待)(?:妇女儿童|行为|现象|类)?(?:法|条例|宣传|讲座|知识|制度|案|案件|案例|纠纷|热线|干预|培训|防治|预防|告诫|庇护` +
	`|零容忍|机制|服务|援助|课|主题|标语|协会|专项|排查|工作|研究|调查|举报|投诉|属于|算不算|的定义)`)

// matter are the words for violence, matterDone what was done to somebody.
const matter = `(?:家暴|家庭暴力|性侵|强奸|强暴|轮奸|猥亵|性骚扰|拐卖|绑架|非法拘禁|毒打|殴打|暴打)`

var (
	matters    = text.NewScreen(matter)
	matterDone = text.NewScreen(`(?:被|遭|受|我|俺|她)[^ ]{0,8}` + matter + `|` + matter + `(?:了|我|她|人|妇女|女)`)
)

var dangers = []*text.Screen{
	text.NewScreen(`被拐|人贩子|出人命|救命|救救|快来人|要出事了`),
	// Somebody wants to die, or is about to.
	text.NewScreen(`自杀|轻生|寻短见|想不开|不想活|想死|活不下去|活够了|不想过了|活着?(?:真|实在|太|都|也)?没(?:有)?(?:意思|意义|劲)|(?:我|她|他|人)[^ ]{0,6}(?:撑` +
		`|熬|坚持)不下去|死了算了|死了干净|不如死|一了百了|结束(?:自己的?|我的)?生命|了结自己|先走一步|遗书|遗言` +
		`|跳(?:楼|河|江|桥|井|海|水|崖)|往下跳|跳下去|(?:楼顶|天台|窗台|桥上)[^ ]{0,8}(?:跳|哭|站)|(?:爬|站|坐)(?:到|上|在)[^ ]{0,3}(?:塔吊|楼顶|天台|屋顶` +
		`|窗台|护栏|栏杆)|说要跳|割(?:腕|脉|了?手腕)|手腕割|(?:吃|吞|喝|灌)(?:了|的|下)?[^ ]{0,5}(?:安眠药|农药|老鼠药|百草枯|敌敌畏)|(?:我|她|他)[^ ]{0,6}买(?:好` +
		`|了)[^ ]{0,3}(?:安眠药|农药|老鼠药)|农药[^ ]{0,4}(?:喝|吃)|上吊|烧炭` +
		`|我(?:要是|如果|一旦)?死了?(?:以)?后?[^ ]{0,4}(?:帮我|照看|照顾|孩子|请)|(?:来世|下辈子)[^ ]{0,4}(?:再|报答)|不吃不喝[^ ]{0,4}(?:说|要|两|三` +
		`|几)|活得(?:好|太|很|真)?(?:累|苦|难|没)|(?:从这(?:里|个世界)|就此)消失|告别的话|永别|对不起(?:孩子|爸妈|父母|大家)`),
	// Somebody is beaten or attacked.
	text.NewScreen(`打` + victim + `|打(?:得|到|进|去)[^ ]{0,3}(?:鼻青|脸肿|浑身|满身|全身|住院|医院|出血|流血|趴|不敢|很凶|厉害|半死|昏)|打(?:伤` +
		`|残|死|骂(?:我|她|人|老婆|孩子|妇女)|昏|晕|断(?:了)?[^ ]{0,3}(?:腿|手|肋|骨|胳膊))|(?:往死里|按在[^ ]{0,3}|压在[^ ]{0,3}|动手|又|经常` +
		`|天天|老是|一直|喝醉了?|撵着|追着|用[^ ]{0,3}|拿[^ ]{0,3})打(?:$|[ 我她俺人了婆])|挨(?:了)?[^ ]{0,5}打|挨打|` + attacker + `[^ ]{0,6}(?:动手(?:$` +
		`|[ 了打])|揍|捶|掐|踹|踢` + victim + `|扇` + victim + `|拳打脚踢)|见(?:人|谁|她|我)就打|抡(?:起)?拳头|动手动脚|酒疯|拳打脚踢|家里[^ ]{0,4}打(?:我` +
		`|她|人)` +
		`|(?:掐|勒)(?:住)?(?:了)?(?:我|她|俺|人|脖)|踢(?:我|她|俺)|踹(?:我|她|俺)|揍(?:我|她|俺|人)|捶(?:我|她|了)|扇(?:我|她|了)|抽(?:我|她)(?:耳光|嘴巴)?`),
	text.NewScreen(`(?:被|遭|遭到|受到|挨)[^ ]{0,8}?` + harm + `|(?:让|叫|给)(?:人|` + attacker + `)(?:给)?(?:打|揍|捶|砍|捅|踢|欺负|摸|拐|卖)(?:了|$| )`),
	// Weapons, fire, wounds.
	text.NewScreen(`(?:拿|抄|提|持|举|挥舞)(?:着|了|起|把)?[^ ]{0,3}(?:刀|棍|棒|斧|锤子|皮带|板凳|砖头)|动刀|刀[^ ]{0,4}(?:架|砍|捅)|砍(?:我` +
		`|她|人|了我|死|伤)|捅(?:我|她|人|死|伤)|泼[^ ]{0,3}(?:汽油|硫酸|开水)|(?:烧|点)(?:死(?:我|她|俺|你)|了?我家|我)|烧(?:房子|我家|她家|了这个家)` +
		`|放火烧` +
		`|鼻青脸肿|(?:满|一|浑|全)(?:脸|身|头)(?:都)?是(?:血|伤)|(?:身上|全|都)(?:都|全)?是伤|好多血|流血不止|青一块|睁不开眼|眼睛都睁不开`),
	// Threats to life.
	text.NewScreen(`(?:要|想|会|扬言|说|都)[^ ]{0,3}(?:杀|砍|捅|弄死|整死|打死|烧死|掐死|弄残)(?:了|死|掉)?` + prey + `|(?:杀|弄死|整死` +
		`|打死|掐死|砍死)(?:了)?` + prey + `|(?:我|她)[^ ]{0,6}和?(?:娃|孩子)[^ ]{0,3}(?:都)?砍|(?:威胁|恐吓|扬言|吓唬)(?:着|说)?(?:要)?` + victim + `` +
		`|扬言|同归于尽|威胁(?:说)?要|威胁[^ ]{0,12}(?:我|她)|(?:勒索|敲诈|偷拍)(?:我|她|女)|威胁要钱|拿(?:来|着)?[^ ]{0,4}威胁|(?:说|要|回来|看我)[^ ]{0,8}收拾(?:我` +
		`|她)|(?:跟踪|尾随)` + victim + `|(?:天天|一直|老是|总)[^ ]{0,2}(?:跟踪|尾随|堵)|堵(?:在)?[^ ]{0,6}(?:我|她|门口)|跟到[^ ]{0,3}家`),
	// Somebody is held, taken or sold.
	text.NewScreen(`(?:锁|关|囚|绑|扣|困)(?:在|住|起来|着)[^ ]{0,10}(?:(?:不让|不准|不给|不放)(?:我|她|俺|人)?(?:出|走|回|吃|离|人)|出不来)` +
		`|(?:把|将)(?:我|她|俺|人|女的|孩子|老婆|媳妇)[^ ]{0,6}(?:锁|关|囚|绑|扣|困)(?:在|住|起来|着)|被[^ ]{0,6}(?:锁|关|囚|绑|困)(?:在|住|起来)` +
		`|我(?:被)?[^ ]{0,2}(?:锁|关|困)在|不(?:让|准|许|给)(?:我|她|俺|人)?(?:出门|走|回家|出去|吃饭|饭吃|离开)|(?:收|抢)(?:走)?了?(?:我|她)?(?:的)?手机` +
		`|手机也?(?:要抢|收走|收了|抢)|拐(?:走|来|到|骗|跑)|卖(?:到|给|来)(?:这|那|山|村|外地|人家|他)|骗(?:到|去|出)[^ ]{0,8}(?:出不来|回不来|走不了` +
		`|不让)|(?:拖|拉|拽|塞|推)(?:上|进|到|走)[^ ]{0,3}(?:车|屋|房|仓库|厕所)|强行[^ ]{0,4}(?:拉|拖|带走|拽|抱|亲|发生|脱)|联系不上[^ ]{0,12}(?:扣` +
		`|骗|带走|拐)|贩卖(?:妇女|儿童|人口|女)|(?:抓|拽|拉|搂)着(?:我|她)不(?:放|松|让)|(?:闯|硬要|强行)[^ ]{0,2}进(?:我|她)|(?:给(?:我|她|人)` +
		`|被)[^ ]{0,6}下(?:了)?药|下了药`),
	// Somebody is molested.
	text.NewScreen(`摸(?:我|她|了我|了她|女|了一把|胸|屁股|大腿)|(?:抱|亲|搂)(?:我|她|住我|住她)[^ ]{0,4}(?:我|她|不放|亲|摸|该|咋|怎么)|占(?:我` +
		`|她)便宜|糟蹋|祸害(?:了)?(?:我|她|女|娃|孩子)|(?:裸照|私密照|不雅|黄色图片|黄色视频|下流|不三不四的话)[^ ]{0,10}|逼(?:我|她|着我)[^ ]{0,6}(?:睡` +
		`|上床|陪|卖|接客|嫁|结婚|脱)|陪(?:他|老板|领导)睡`),
}

// noteLength is from how many characters a text is rather a paper than what
// somebody says: there the word for the matter alone is no danger.
const noteLength = 300

// inDanger says whether a text, in its normal form, tells of somebody in danger
// now.
func inDanger(plain string) bool {
	plain = aTopic.ReplaceWithin(plain, " ", " ")
	plain = harmlessUse.ReplaceWithin(plain, " ", " ")
	if utf8.RuneCountInString(plain) < noteLength && matters.MatchString(plain) || matterDone.MatchString(plain) {
		return true
	}
	return slices.ContainsFunc(dangers, func(d *text.Screen) bool { return d.MatchString(plain) })
}
