package answer

import (
	"regexp"
	"strings"
)

// wanted is the kind of thing a question asks for. Where it is not none, a
// sentence answers only if a thing of that kind is in it.
type wanted int

const (
	anything   wanted = iota
	wantPeople        // a number of people
	wantCount
	wantTime
	wantPerson
	wantNumber // a document's or a telephone number
	wantMoney
	wantForce   // compulsion, penalty, consequence
	wantSteps   // procedure, papers, approval
	wantShare   // a percentage
	wantSource  // the document that something rests on
	wantMeaning // a definition, a standard, who decides what counts
	wantExample // an example, a pilot
	wantRank    // rank, posts, treatment
	wantEnding  // dissolution, change of name
)

// askFor recognises what is asked for, the more particular first. Each test of
// a sentence is the other half of the same entry.
var askFor = []struct {
	kind    wanted
	asks    *regexp.Regexp
	not     *regexp.Regexp // asks that only look like it
	present func(sentence string) bool
}{
	{wantShare, regexp.MustCompile(`百分之几|百分之多少|百分比|比例|占比|几个百分点|多少个?百分点|几成|覆盖率|多高|涨了多少|增长(?:了)?(?:多少|几)|增幅`), nil,
		has(`\d+(?:\.\d+)?[%％]|百分之[一二三四五六七八九十]|半数|过半|大半|[一二三四五六七八九]成`)},
	{wantNumber, regexp.MustCompile(`文号|发文字号|字号|几号文|电话(?:是)?(?:多少|号)|联系电话|联系方式(?:是)?(?:多少|什么|给我)|什么电话|打哪个电话|编号`), nil,
		has(`〔\d{4}〕|\d{3,4}-?\d{7,8}|\d{5}`)},
	{wantMoney, regexp.MustCompile(`多少钱|几块钱|几千块|经费|拨款|补助|补贴|津贴|报酬|奖金|奖励|会费|费用|报销|工资|掏钱|出钱|要钱|花钱|拿钱|给钱|有钱|资金|预算`), nil,
		has(`经费|资金|补助|补贴|津贴|费用|预算|\d元`)},
	{wantTime, regexp.MustCompile(`什么时候|啥时候|什么时间|啥时间|几时|何时|哪天|哪一天|哪年|哪一年|几月|几号|多久|多长时间|期限|截止|最晚|时限|几年|几天|几个月|任期|多少天|几回|几趟|学时|课时|频次|日期|年底前|几点|啥辰光|周期|频率|多长`),
		regexp.MustCompile(`什么时候(?:可以|能|用得上|需要|应该|应当|要|才)|好(?:几|多)(?:年|个月|天)|几(?:年|个月|天)(?:了|来|后|前)`),
		has(`(?:\d|[一二两三四五六七八九十])+(?:年|月|日|天|个月|个工作日)|近年来|今年|每年|每季|每月|之内|以内`)},
	{wantPeople, regexp.MustCompile(`(?:多少|几|好多|几多)(?:个|名|位)?(?:女|人|名|位|职工|员工|委员|执委|党员|会员|姐妹|妇女)|人数(?:要求|标准|下限|门槛|上限|要)|(?:满|够|达到|不少于|至少|起码|要有|得有|超过)` + number + `(?:个|名|位)?(?:女|人|名|位|职工|员工)`),
		otherAsk, has(`\d+[人名位]|[三四五六七八九十百]+[人名位]`)},
	{wantCount, regexp.MustCompile(`多少|几多|几(?:个|名|人|家|位|次|场|间|平|票|所|岁)|满(?:多少|几)|人数(?:要求|标准|下限|门槛)|有多少|上限|下限|至少|最少|最低|起码|最多|数量|指标|名额|职数|岁数|年龄|学历`),
		otherAsk,
		has(`\d+个|\d+名|\d+人|\d+家|\d+次|[三四五六七八九十百]+[名家人]`)},
	{wantPerson, regexp.MustCompile(`叫什么名|叫啥名|姓名|姓什么|姓啥|名字|哪位(?:领导|同志|市长|书记)|谁(?:讲的|的讲话|说的话|作的|做的报告|签发)|讲话人|发言人|哪个领导|具体是谁|何人|名单上有谁`), nil,
		has(`习近平`)},
	{wantForce, regexp.MustCompile(`处罚|罚款|罚(?:多少|钱|吗|不罚)|挨罚|问责|追责|扣分|一票否决|后果|处分|通报批评|强制(?:执行|要求)?|强迫|硬性|逼着|违法|违规|责任追究|怎么处理|吊销|法律责任|排名|排位|倒查`), nil,
		has(`处罚|罚款|问责|追责|扣分|否决|处分|批评|强制`)},
	{wantSource, regexp.MustCompile(`哪(?:份|个|部|条)(?:文件|法|规定|条例|办法|通知)|什么文件|出自|法律依据|文件依据|啥文件`), nil,
		has(`《|条例|章程|办法|法律`)},
	{wantMeaning, regexp.MustCompile(`(?:什么|啥|甚么|咋样)(?:叫|标准)|标准(?:是|有)?(?:什么|啥|哪)|(?:怎么|咋|如何|怎样|谁来?|哪个部门|由谁)(?:认定|界定|评定|评|判定|鉴定)|认定(?:标准|条件)|定义|(?:怎么|咋)才?算`), nil,
		has(`是指|即|标准|认定|界定|\(|（`)},
	{wantExample, regexp.MustCompile(`例子|案例|样板|成功的|典型|试点|示范点|先例|哪家做得好`), nil,
		has(`例如|比如|典型|试点|示范|案例`)},
	{wantRank, regexp.MustCompile(`级别|编制|待遇|科级|行政级|职级|专职还是兼职|几级`), nil, has(`级别|编制|待遇|专职|兼职`)},
	{wantEnding, regexp.MustCompile(`注销|撤销|解散|倒闭|关门|改名|更名|搬走|搬迁|合并(?:以|之)?后|撤了|散伙|没了以后`), nil,
		has(`注销|撤销|解散|变更|更名`)},
	{wantSteps, regexp.MustCompile(`流程|程序|步骤|手续|审批|批准|批复|报批|申请(?:书|表|材料)?|材料|表格|模板|范本|格式|盖章|公章|备案|登记表|选举|投票|差额|等额|无记名|候选人|换届|谁批|报给谁|表决|章程|公示|挂牌(?:仪式|流程|程序)|牌子(?:怎么|咋|谁|哪|尺寸|多大|规格)|法人|开户`),
		regexp.MustCompile(`登记(?:部门|机关)|没登记|未登记|不需要登记|没有登记|入党申请|写\p{Han}{0,3}材料|材料(?:里|上|要写)|汇报材料`),
		has(`流程|程序|审批|批准|批复|申请|选举|换届|备案|章程|公示|候选|表决`)},
}

// number is a number as people type it.
const number = `[\d一二三四五六七八九十百两]+(?:多|来|几)?`

// otherAsk finds a question in which a number of things is only told or listed
// while something else is asked for.
var otherAsk = regexp.MustCompile(`几个方面|哪几|几种|几类|几条路|几项|几句|几层|几点要求|几个部门|几个关系|(?:几|好几)(?:个|家|名|位)[^？?]*(?:谁|哪|怎么|咋|如何|啥人|边个|归|能不能|可不可以|行不行)`)

func has(pattern string) func(string) bool {
	re := regexp.MustCompile(pattern)
	return re.MatchString
}

// want says what a question asks for.
func want(q string) wanted {
	for _, f := range askFor {
		if f.asks.MatchString(q) && (f.not == nil || !f.not.MatchString(q)) {
			return f.kind
		}
	}
	return anything
}

// answers says whether a thing of the kind that is asked for is in a sentence.
// A number that the question itself brought proves nothing, and a blank is no
// number.
func (w wanted) answers(sentence string) bool {
	for _, f := range askFor {
		if f.kind == w {
			return f.present(strings.ToLower(sentence))
		}
	}
	return true
}

// isNumber says whether a number is asked for, which may be left blank.
func (w wanted) isNumber() bool {
	return w == wantPeople || w == wantCount || w == wantShare
}
