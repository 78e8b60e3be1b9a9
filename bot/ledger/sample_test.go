package ledger_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
)

// org is one invented organisation: what is true of it, and what each column
// of a ledger would write.
type org struct {
	name, typed, industry, size string
	byName, byType              string // the kind that each tells, alone or together with what stands beside it
	township, village, park     string
	building, supervisor        string
	inPark                      string // yes, no, unknown
	party                       string // yes, no, partial, unknown
	committee, union            string
	women, staff                int
	built                       string
	registered, ready, base     string
	member, push, chain         string
	units                       int
	person, phone, id, code     string
}

// sort is a sort of organisation with the names it goes by.
type sort struct {
	names  []string // %s is a trade name
	byName string   // what the name alone tells
	types  [][2]string
	works  []string
	unit   bool // stands for many units
}

// sorts are invented from how registers write; the second of a type is the
// kind that type and name tell together.
var sorts = []sort{
	{names: []string{"东河市%s电子科技有限公司", "河东%s服饰有限公司", "东河县%s食品有限责任公司", "%s包装制品（东河）有限公司", "东河%s纺织厂", "河东省%s新材料股份有限公司"}, byName: "企业",
		types: [][2]string{{"非公企业", "企业"}, {"民营企业", "企业"}, {"有限责任公司", "企业"}, {"私营企业", "企业"}, {"企业", "企业"}}, works: []string{"制造业", "批发和零售业", "建筑业"}},
	{names: []string{"河东%s律师事务所", "河东%s（东河）律师事务所"}, byName: "律师",
		types: [][2]string{{"律师事务所", "律师"}, {"社会组织", "律师"}, {"专业服务机构", "律师"}}, works: []string{"法律服务", "租赁和商务服务业"}},
	{names: []string{"东河%s会计师事务所", "东河%s会计师事务所有限公司"}, byName: "会计师",
		types: [][2]string{{"会计师事务所", "会计师"}, {"企业", "会计师"}, {"社会组织", "会计师"}}, works: []string{"商务服务业"}},
	{names: []string{"东河县%s幼儿园", "城关街道%s双语幼儿园"}, byName: "",
		types: [][2]string{{"民办非企业单位", "民办幼儿园"}, {"民办幼儿园", "民办幼儿园"}, {"民非", "民办幼儿园"}}, works: []string{"教育"}},
	{names: []string{"东河%s实验学校", "东河县%s高级中学"}, byName: "",
		types: [][2]string{{"民办学校", "民办学校"}, {"民办非企业单位", "民办学校"}}, works: []string{"教育"}},
	{names: []string{"东河%s骨科医院", "东河%s医院"}, byName: "",
		types: [][2]string{{"民营医院", "民办医院"}, {"民办非企业单位", "民办医院"}}, works: []string{"卫生和社会工作", "卫生"}},
	{names: []string{"东河县%s行业协会", "东河市%s商会"}, byName: "商会协会",
		types: [][2]string{{"社会团体", "商会协会"}, {"行业协会商会", "商会协会"}}, works: []string{"社会组织"}},
	{names: []string{"东河县%s社会工作服务中心", "东河%s公益服务中心"}, byName: "社会组织",
		types: [][2]string{{"民办非企业单位", "社会组织"}, {"社会服务机构", "社会组织"}, {"社会组织", "社会组织"}}, works: []string{"社会工作"}},
	{names: []string{"%s社区舞蹈队", "%s村秧歌队"}, byName: "社区社会组织",
		types: [][2]string{{"社区社会组织", "社区社会组织"}}, works: []string{"文化体育"}},
	{names: []string{"城关街道%s早餐店", "李家镇%s理发店", "%s小超市"}, byName: "个体工商户",
		types: [][2]string{{"个体工商户", "个体工商户"}, {"个体户", "个体工商户"}}, works: []string{"住宿和餐饮业", "居民服务业"}},
	{names: []string{"东河县%s五金加工厂", "东河县%s塑料制品厂"}, byName: "企业",
		types: [][2]string{{"小微企业", "小微企业"}, {"小微", "小微企业"}}, works: []string{"制造业"}},
	{names: []string{"东河%s快递有限公司", "%s快递东河网点"}, byName: "快递",
		types: [][2]string{{"非公企业", "快递"}, {"快递", "快递"}, {"民营企业", "快递"}}, works: []string{"快递业", "邮政业"}},
	{names: []string{"东河%s建材批发市场", "东河县%s农贸市场"}, byName: "专业市场",
		types: [][2]string{{"专业市场", "专业市场"}}, works: []string{"批发和零售业"}, unit: true},
	{names: []string{"东河县%s投资集团有限公司", "东河%s水务有限公司"}, byName: "企业",
		types: [][2]string{{"国有企业", "国有企业"}, {"国企", "国有企业"}}, works: []string{"公用事业"}},
	{names: []string{"东河县%s养老院", "%s养老服务中心"}, byName: "养老机构",
		types: [][2]string{{"民办非企业单位", "养老机构"}, {"养老机构", "养老机构"}}, works: []string{"养老服务"}},
	{names: []string{"李家镇%s果蔬种植专业合作社", "东河县%s养殖农民专业合作社"}, byName: "农民合作社",
		types: [][2]string{{"农民专业合作社", "农民合作社"}, {"企业", "农民合作社"}}, works: []string{"农业"}},
}

var trades = []string{"鑫源", "宏达", "瑞丰", "正衡", "恒信", "天禾", "金穗", "蓝海", "博远", "晨曦", "华宇", "嘉和", "安泰", "德信", "众诚", "明德", "启航", "星辰", "锦绣", "永盛", "兴隆", "康宁", "美佳", "福满", "佳禾", "云岭", "百川", "润泽", "春晖", "锦程"}
var (
	townships = []string{"城关街道", "李家镇", "东湖街道", "石桥镇", "南岗乡"}
	parks     = []string{"东河经济开发区", "东河高新区", "石桥食品产业园"}
	buildings = []string{"金茂大厦", "万达广场", "城北商圈"}
	villages  = []string{"和平社区", "新华社区", "李家村", "南岗村"}
	people    = []string{"张伟", "王芳", "李秀英", "刘敏", "陈静", "赵丽", "孙倩", "周涛"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// invent makes an organisation. Nothing of it is anybody's.
func invent(r *rand.Rand) org {
	s := sorts[weighted(r)]
	t := pick(r, s.types)
	o := org{name: fmt.Sprintf(pick(r, s.names), pick(r, trades)+pick(r, []string{"", "", "一", "新"})), typed: t[0], byName: s.byName, byType: t[1], industry: pick(r, s.works),
		township: pick(r, townships), village: pick(r, villages), person: pick(r, people), phone: "139" + digits(r, 8), id: "4101" + digits(r, 2) + "1985" + "0" + digits(r, 1) + "1" + digits(r, 5),
		code: "91410" + digits(r, 12) + "X", size: pick(r, []string{"大型", "中型"}), units: 1}
	if s.unit {
		o.units = 6 + r.IntN(60)
	}
	o.inPark = pick(r, []string{"yes", "yes", "no", "no", "unknown"})
	o.park = pick(r, parks)
	o.building = pick(r, buildings)
	o.party = pick(r, []string{"yes", "yes", "no", "no", "partial", "unknown"})
	for _, v := range []*string{&o.committee, &o.union, &o.built, &o.registered, &o.member, &o.push, &o.chain, &o.ready} {
		*v = pick(r, []string{"yes", "no", "no", "unknown"})
	}
	o.base = pick(r, []string{"good", "weak"})
	o.supervisor = pick(r, []string{"县民政局", "县教育局", "县卫健委", "县司法局", "无", ""})
	o.women = r.IntN(90)
	if r.IntN(12) == 0 {
		o.women = 0
	}
	o.staff = o.women + 1 + r.IntN(200)
	return o
}

func weighted(r *rand.Rand) int {
	if r.IntN(3) == 0 {
		return 0
	}
	return r.IntN(len(sorts))
}

func digits(r *rand.Rand, n int) string {
	out := ""
	for range n {
		out += strconv.Itoa(r.IntN(10))
	}
	return out
}

// told is what one cell tells: fact → value, and what stands for the women's
// number and for the kind.
type told map[string]string

const (
	lo = "\x00lo"
	hi = "\x00hi"
)

// style is how an office writes yes, no and not known in one ledger.
type style struct{ yes, no, unknown string }

var yesNoStyles = []style{{"是", "否", "不清楚"}, {"有", "无", "不详"}, {"√", "×", "?"}, {"1", "0", ""}, {"√", "", ""}, {"Y", "N", ""}, {"有", "没有", "待核实"}, {"是", "否", ""}, {"☑是□否", "□是☑否", ""}, {"有√", "无", "-"}}

func (s style) write(v string) (string, bool) {
	switch v {
	case "yes":
		return s.yes, true
	case "no":
		return s.no, s.no != ""
	}
	return s.unknown, false
}

// writer writes one column's cell.
type putter func(r *rand.Rand, o *org, s style) (string, told)

func plainText(get func(*org) string) putter {
	return func(_ *rand.Rand, o *org, _ style) (string, told) { return get(o), nil }
}

// yesNoOf writes a fact in the ledger's style.
func yesNoOf(fact string, get func(*org) string) putter {
	return func(_ *rand.Rand, o *org, s style) (string, told) {
		v := get(o)
		text, tells := s.write(v)
		if !tells {
			if v == "unknown" && text != "" && text != "-" {
				return text, told{fact: "unknown"}
			}
			return text, nil
		}
		return text, told{fact: v}
	}
}

var puts = map[string]putter{
	"serial":   plainText(func(*org) string { return "" }), // filled in by the row
	"person":   plainText(func(o *org) string { return o.person }),
	"phone":    plainText(func(o *org) string { return o.phone }),
	"id":       plainText(func(o *org) string { return o.id }),
	"code":     plainText(func(o *org) string { return o.code }),
	"date":     plainText(func(o *org) string { return "2019-0" + strconv.Itoa(1+o.women%9) + "-12" }),
	"address":  plainText(func(o *org) string { return "东河高新区创业路" + strconv.Itoa(o.staff) + "号" }),
	"scope":    plainText(func(*org) string { return "快递服务；餐饮服务；养老服务；法律咨询" }),
	"money":    plainText(func(o *org) string { return strconv.Itoa(o.staff*3) + "万元" }),
	"members":  plainText(func(o *org) string { return strconv.Itoa(o.women % 7) }),
	"upper":    plainText(func(*org) string { return "城关街道党工委" }),
	"gender":   plainText(func(o *org) string { return []string{"男", "女"}[o.women%2] }),
	"county":   plainText(func(*org) string { return "东河县" }),
	"empty":    plainText(func(*org) string { return "" }),
	"village":  plainText(func(o *org) string { return o.village }),
	"township": plainText(func(o *org) string { return o.township }),
	"men":      plainText(func(o *org) string { return strconv.Itoa(o.staff - o.women) }),
	"staff":    plainText(func(o *org) string { return strconv.Itoa(o.staff) }),
	"name":     func(_ *rand.Rand, o *org, _ style) (string, told) { return o.name, told{"name": o.byName} },
	"type":     func(_ *rand.Rand, o *org, _ style) (string, told) { return o.typed, told{"type": o.byType} },
	"industry": plainText(func(o *org) string { return o.industry }),
	"size":     plainText(func(o *org) string { return o.size }),
	"in_park":  yesNoOf("in_park", func(o *org) string { return o.inPark }),
	"park": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.inPark {
		case "yes":
			return o.park, told{"in_park": "yes"}
		case "no":
			return []string{"无", "/", "园区外", "不在园区"}[o.staff%4], told{"in_park": "no"}
		}
		return "", nil
	},
	"park_mixed": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.inPark {
		case "yes":
			return "是（" + o.park + "）", told{"in_park": "yes"}
		case "no":
			return "否", told{"in_park": "no"}
		}
		return "待核", told{"in_park": "unknown"}
	},
	"building": func(_ *rand.Rand, o *org, _ style) (string, told) {
		if o.women%3 == 0 {
			return o.building, told{"in_building": "yes"}
		}
		return "无", told{"in_building": "no"}
	},
	"in_building": yesNoOf("in_building", func(o *org) string { return []string{"yes", "no"}[o.staff%2] }),
	"party_yn": func(r *rand.Rand, o *org, s style) (string, told) {
		v := o.party
		if v == "partial" {
			v = "yes"
		}
		return yesNoOf("party_org", func(*org) string { return v })(r, o, s)
	},
	"party_form": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.party {
		case "yes":
			return []string{"党支部", "单独组建", "党总支", "党委"}[o.staff%4], told{"party_org": "yes"}
		case "partial":
			return []string{"联合党支部", "联合组建", "联合支部（与隔壁合建）"}[o.staff%3], told{"party_org": "partial"}
		case "no":
			return []string{"未建", "无", "派驻党建指导员", "未建立"}[o.staff%4], told{"party_org": "no"}
		}
		return "", nil
	},
	"party_name": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.party {
		case "yes":
			return "中共" + o.name + "支部委员会", told{"party_org": "yes"}
		case "partial":
			return "金茂大厦联合党支部", told{"party_org": "partial"}
		case "no":
			return "无", told{"party_org": "no"}
		}
		return "", nil
	},
	"committee": yesNoOf("woman_on_party_committee", func(o *org) string { return o.committee }),
	"committee_n": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.committee {
		case "yes":
			return strconv.Itoa(1 + o.women%3), told{"woman_on_party_committee": "yes"}
		case "no":
			return "0", told{"woman_on_party_committee": "no"}
		}
		return "", nil
	},
	"committee_post": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.committee {
		case "yes":
			return []string{"副书记", "组织委员", "书记（女）"}[o.women%3], told{"woman_on_party_committee": "yes"}
		case "no":
			return "无", told{"woman_on_party_committee": "no"}
		}
		return "", nil
	},
	"secretary": func(_ *rand.Rand, o *org, _ style) (string, told) {
		if o.women%2 == 0 {
			return "女", told{"woman_on_party_committee": "yes"}
		}
		return "男", nil
	},
	"union_women": yesNoOf("union_women_committee", func(o *org) string { return o.union }),
	"union": func(_ *rand.Rand, o *org, _ style) (string, told) {
		if o.union == "no" {
			return "无", told{"union_women_committee": "no"}
		}
		return "有", nil
	},
	"supervisor": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.supervisor {
		case "":
			return "", nil
		case "无":
			return []string{"无", "无业务主管单位", "直接登记"}[o.staff%3], told{"supervisor": "no"}
		}
		return o.supervisor, told{"supervisor": "yes"}
	},
	"registered": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.registered {
		case "yes":
			return []string{"已登记", "是", "登记"}[o.staff%3], told{"registered": "yes"}
		case "no":
			return []string{"未登记", "否", "社区备案"}[o.staff%3], told{"registered": "no"}
		}
		return "", nil
	},
	"built":  yesNoOf("", func(o *org) string { return o.built }),
	"push":   yesNoOf("industry_can_push", func(o *org) string { return o.push }),
	"chain":  yesNoOf("industry_chain", func(o *org) string { return o.chain }),
	"ready":  yesNoOf("ready", func(o *org) string { return o.ready }),
	"member": yesNoOf("head_party_member", func(o *org) string { return o.member }),
	"politics": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch o.member {
		case "yes":
			return "中共党员", told{"head_party_member": "yes"}
		case "no":
			return []string{"群众", "民盟", "团员"}[o.staff%3], told{"head_party_member": "no"}
		}
		return "", nil
	},
	"base": func(_ *rand.Rand, o *org, _ style) (string, told) {
		return map[string]string{"good": "较好", "weak": "薄弱"}[o.base], told{"party_base": o.base}
	},
	"units": func(_ *rand.Rand, o *org, _ style) (string, told) {
		return strconv.Itoa(o.units), told{"units": strconv.Itoa(o.units)}
	},
	"women":       func(_ *rand.Rand, o *org, _ style) (string, told) { return number(o.women), exactly(o.women) },
	"women_vague": vague,
	"women_of": func(_ *rand.Rand, o *org, _ style) (string, told) {
		return fmt.Sprintf("%d/%d", o.women, o.staff), exactly(o.women)
	},
	"women_in": func(_ *rand.Rand, o *org, _ style) (string, told) {
		return fmt.Sprintf("%d（其中女%d）", o.staff, o.women), exactly(o.women)
	},
	"women_word": func(_ *rand.Rand, o *org, _ style) (string, told) {
		switch {
		case o.women == 0:
			return "一个也没有", told{"women": "none"}
		case o.women > 40:
			return "较多", told{"women": "many"}
		}
		return "不多", told{"women": "few"}
	},
	"remark": func(_ *rand.Rand, o *org, _ style) (string, told) { return "", nil },
}

func number(n int) string { return strconv.Itoa(n) }

func exactly(n int) told { return told{lo: strconv.Itoa(n), hi: strconv.Itoa(n)} }

func between(a, b int) told { return told{lo: strconv.Itoa(a), hi: strconv.Itoa(b)} }

// vague writes a number of women the ways people do.
func vague(_ *rand.Rand, o *org, _ style) (string, told) {
	n := max(o.women, 1)
	round := max(n/10*10, 10)
	switch o.staff % 9 {
	case 0:
		return "约" + number(round), between(round*9/10, round*11/10)
	case 1:
		return number(round) + "余人", between(round+1, round+roundUnit(round)-1)
	case 2:
		return number(n) + "人", exactly(n)
	case 3:
		return "三十", exactly(30)
	case 4:
		return number(n) + "（含外包）", told{}
	case 5:
		return "不到" + number(round), between(1, round-1)
	case 6:
		return "一百二十", exactly(120)
	case 7:
		return "不详", told{}
	}
	return number(n) + ".0", exactly(n)
}

func roundUnit(n int) int {
	u := 1
	for n%10 == 0 && n >= 10 {
		n, u = n/10, u*10
	}
	return u
}

// gather puts together what the cells of a row tell: of several that speak of
// one fact, 联合 says more than 有, and a contradiction is not known.
func gather(cells []told) told {
	out := told{}
	for _, c := range cells {
		for k, v := range c {
			had, ok := out[k]
			switch {
			case !ok || had == v || had == "unknown":
				out[k] = v
			case v == "unknown":
			case had == "partial" && v == "yes":
			case had == "yes" && v == "partial":
				out[k] = v
			default:
				out[k] = "unknown"
			}
		}
	}
	kind := out["type"]
	if kind == "" {
		kind = out["name"]
	}
	if kind != "" {
		out["kind"] = kind
	}
	maps.DeleteFunc(out, func(k, _ string) bool { return k == "type" || k == "name" || k == "" })
	return out
}
