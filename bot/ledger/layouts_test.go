package ledger_test

import (
	"fmt"
	"math/rand/v2"
)

// layouts are forty ledgers: the first twenty-four set out by hand, the others
// put together from ways of heading a column.
func layouts() []layout {
	all := append(byHand(), byChance(16)...)
	for i := range all {
		all[i].seed = uint64(2026_00 + i)
		if all[i].rows == 0 {
			all[i].rows = 14 + i%12
		}
		if all[i].format == "" {
			all[i].format = "xlsx"
		}
		all[i].name = fmt.Sprintf("%02d %s", i+1, all[i].name)
	}
	return all
}

// keptApart says which ledgers nothing was tuned on.
func keptApart(i int) bool { return i%4 == 3 }

func byHand() []layout {
	return []layout{
		{name: "街道明细账", title: []string{"城关街道非公企业和社会组织妇联组织组建明细账", "填报单位：城关街道妇联||||填报日期：2026年3月"}, style: 0, quirks: "foot total",
			cols: []col{{"序号", "", "serial"}, {"单位名称", "name", "name"}, {"单位类型", "kind", "type"}, {"所属行业", "industry", "industry"}, {"是否在园区", "in_park", "in_park"}, {"有无党组织", "party_org", "party_yn"}, {"职工总数", "staff", "staff"}, {"女职工数", "women", "women"}, {"工会女职工委员会", "union_women_committee", "union_women"}, {"联系人", "personal", "person"}, {"联系电话", "personal", "phone"}, {"备注", "remark", "remark"}}},
		{name: "两层表头", title: []string{"两新组织党建带妇建基础信息统计表"}, style: 1, blank: 0.05, quirks: "index foot",
			cols: []col{{"序号", "", "serial"}, {"单位名称", "name", "name"}, {"单位性质", "kind", "type"}, {"从业人员|总数", "staff", "staff"}, {"从业人员|其中：女", "women", "women"}, {"党组织情况|有无", "party_org", "party_yn"}, {"党组织情况|形式", "party_form", "party_form"}, {"党组织情况|班子有无女性", "woman_on_party_committee", "committee"}, {"党组织情况|书记姓名", "personal", "person"}, {"妇联组织|是否建立", "built", "built"}, {"妇联组织|主席姓名", "personal", "person"}, {"所属乡镇（街道）", "township", "township"}, {"所属园区", "park", "park"}}},
		{name: "合并乡镇", title: []string{"2026年第一季度两新组织妇建台账"}, style: 2, quirks: "towntop filter hiddenrows",
			cols: []col{{"乡镇（街道）", "township", "township"}, {"序号", "", "serial"}, {"企业（组织）名称", "name", "name"}, {"类别", "kind", "type"}, {"园区", "park", "park"}, {"党组织", "party_org", "party_form"}, {"女职工人数（人）", "women", "women"}, {"女职委", "union_women_committee", "union_women"}, {"业务主管单位", "supervisor", "supervisor"}, {"妇联", "built", "built"}}},
		{name: "分乡镇各段", title: []string{"东河县两新组织摸排表", "单位：家、人"}, style: 3, quirks: "towns sums again", rows: 20,
			cols: []col{{"序\n号", "", "serial"}, {"单位名称", "name", "name"}, {"组织\n类型", "kind", "type"}, {"统一社会信用代码", "", "code"}, {"是否位于园区内", "in_park", "in_park"}, {"是否建立党组织", "party_org", "party_yn"}, {"员工\n人数", "staff", "staff"}, {"其中女性", "women", "women_vague"}, {"是否在商务楼宇", "in_building", "in_building"}, {"法定代表人", "personal", "person"}, {"手机号码", "personal", "phone"}}},
		{name: "园区内外两段", title: []string{"经开区非公企业妇联组建情况"}, style: 4, quirks: "parkparts foot untidy", rows: 18,
			cols: []col{{"编号", "", "serial"}, {"企业名称", "name", "name"}, {"企业类型", "kind", "type"}, {"党支部（有打√）", "party_org", "party_yn"}, {"女工数", "women", "women"}, {"工会（有打√）", "union", "union"}, {"女职工委员会（有打√）", "union_women_committee", "union_women"}, {"是否已建妇联（已建打√）", "built", "built"}, {"备注", "remark", "remark"}}},
		{name: "民政系统导出", format: "csv gbk ,", style: 7,
			cols: []col{{"社会组织名称", "name", "name"}, {"统一社会信用代码", "", "code"}, {"登记管理机关", "", "upper"}, {"业务主管单位", "supervisor", "supervisor"}, {"社会组织类型", "kind", "type"}, {"成立登记日期", "", "date"}, {"法定代表人", "personal", "person"}, {"住所", "", "address"}, {"业务范围", "", "scope"}, {"从业人员数", "staff", "staff"}, {"女性从业人员数", "women", "women"}, {"是否建立党组织", "party_org", "party_yn"}}},
		{name: "市场监管导出", format: "csv utf8 tab", style: 5,
			cols: []col{{"主体名称", "name", "name"}, {"主体类型", "kind", "type"}, {"行业门类", "industry", "industry"}, {"注册资本", "", "money"}, {"成立日期", "", "date"}, {"经营范围", "", "scope"}, {"住所", "", "address"}, {"登记状态", "registered", "registered"}, {"所属街道", "township", "township"}, {"所属社区", "village", "village"}, {"联络员", "personal", "person"}, {"联络员手机", "personal", "phone"}}},
		{name: "党建台账", title: []string{"两新组织党组织和群团组织建设台账"}, style: 0, blank: 0.08, quirks: "hiddencols notes",
			cols: []col{{"序号", "", "serial"}, {"组织名称", "name", "name"}, {"组织类别", "kind", "type"}, {"党组织名称", "party_form", "party_name"}, {"上级党组织", "", "upper"}, {"党员人数", "", "members"}, {"党组织书记", "personal", "person"}, {"书记性别", "secretary_gender", "secretary"}, {"党建工作基础", "party_base", "base"}, {"是否建工会", "union", "union"}, {"工会女职工委员会（是/否）", "union_women_committee", "union_women"}, {"妇联组织（是/否）", "built", "built"}, {"属地", "township", "township"}}},
		{name: "打勾的两列", title: []string{"妇联组织组建调查表"}, style: 4, quirks: "index",
			cols: []col{{"序号", "", "serial"}, {"单位全称", "name", "name"}, {"性质", "kind", "type"}, {"是否在园区|是", "in_park", "tick_park_yes"}, {"是否在园区|否", "in_park", "tick_park_no"}, {"有无党组织|有", "party_org", "tick_party_yes"}, {"有无党组织|无", "party_org", "tick_party_no"}, {"职工人数|合计", "staff", "staff"}, {"职工人数|女", "women", "women"}, {"主管部门", "supervisor", "supervisor"}, {"联系方式", "personal", "phone"}}},
		{name: "一张页上两张表", title: []string{"一、非公企业"}, style: 0,
			cols: []col{{"序号", "", "serial"}, {"企业名称", "name", "name"}, {"所在园区", "park", "park"}, {"党组织形式", "party_form", "party_form"}, {"女职工", "women", "women"}, {"是否已建妇联", "built", "built"}},
			more: []layout{{title: []string{"二、社会组织"}, quirks: "below", style: 1, rows: 9,
				cols: []col{{"序号", "", "serial"}, {"社会组织名称", "name", "name"}, {"业务主管部门", "supervisor", "supervisor"}, {"是否登记", "registered", "registered"}, {"有无党组织", "party_org", "party_yn"}, {"女性人数", "women", "women"}}}}},
		{name: "几张页", title: []string{"城关街道"}, style: 0, quirks: "lists",
			cols: []col{{"单位名称", "name", "name"}, {"类型", "kind", "type"}, {"园区内/外", "in_park", "park_mixed"}, {"党组织有无", "party_org", "party_yn"}, {"女性从业人员", "women", "women_vague"}},
			more: []layout{{title: []string{"李家镇"}, style: 0, rows: 11,
				cols: []col{{"单位名称", "name", "name"}, {"类型", "kind", "type"}, {"园区内/外", "in_park", "park_mixed"}, {"党组织有无", "party_org", "party_yn"}, {"女性从业人员", "women", "women_vague"}}}}},
		{name: "公式", title: []string{"女职工情况统计"}, style: 1, quirks: "formulas sums",
			cols: []col{{"序号", "", "serial"}, {"名称", "name", "name"}, {"单位类别", "kind", "type"}, {"男职工", "", "men"}, {"女职工", "women", "women"}, {"职工合计", "staff", "staff"}, {"党组织建立情况", "party_org", "party_form"}, {"所在楼宇", "in_building", "building"}, {"街道", "township", "township"}}},
		{name: "楼宇市场", title: []string{"商圈楼宇市场妇联组建摸底表", "（2026年4月）"}, style: 6,
			cols: []col{{"序号", "", "serial"}, {"楼宇（市场）名称", "in_building", "building"}, {"单位名称", "name", "name"}, {"单位类型", "kind", "type"}, {"入驻单位数", "units", "units"}, {"党组织", "party_org", "party_form"}, {"女性固定从业人员情况", "women", "women_word"}, {"是否已成立妇联", "built", "built"}, {"负责人", "personal", "person"}, {"电话", "personal", "phone"}}},
		{name: "条件核对表", title: []string{"单独组建条件核对表"}, style: 0,
			cols: []col{{"序号", "", "serial"}, {"单位名称", "name", "name"}, {"单位类型", "kind", "type"}, {"女性固定从业人员是否较多", "women", "women_word"}, {"党建基础", "party_base", "base"}, {"条件是否成熟", "ready", "ready"}, {"是否有党组织", "party_org", "party_yn"}, {"党组织班子成员中女性人数", "woman_on_party_committee", "committee_n"}, {"是否园区企业", "in_park", "in_park"}, {"妇联负责人人选是否党员", "head_party_member", "member"}}},
		{name: "比例写法", format: "csv bom ;", style: 8,
			cols: []col{{"单位名称", "name", "name"}, {"单位性质", "kind", "type"}, {"女职工数/职工总数", "women", "women_of"}, {"是否有党组织", "party_org", "party_yn"}, {"是否在园区内", "in_park", "in_park"}, {"归口管理部门", "supervisor", "supervisor"}, {"行业主管部门能否推动", "industry_can_push", "push"}}},
		{name: "行业党委报表", title: []string{"县教育局所属民办教育机构妇联组建情况表"}, style: 1, blank: 0.1, quirks: "unmerged foot",
			cols: []col{{"序号", "", "serial"}, {"机构名称", "name", "name"}, {"机构性质", "kind", "type"}, {"教职工|总数", "staff", "staff"}, {"教职工|女", "women", "women"}, {"党组织|有无", "party_org", "party_yn"}, {"党组织|类型", "party_form", "party_form"}, {"党组织|女委员", "woman_on_party_committee", "committee_post"}, {"行业综合党委", "supervisor", "supervisor"}, {"地址", "", "address"}, {"联系人", "personal", "person"}}},
		{name: "全称和信用代码在前", title: []string{"“两个覆盖”台账"}, style: 0, quirks: "second",
			cols: []col{{"序号", "", "serial"}, {"统一社会信用代码", "", "code"}, {"单位全称", "name", "name"}, {"规模", "size", "size"}, {"企业性质", "kind", "type"}, {"党组织设置方式", "party_form", "party_form"}, {"属地乡镇", "township", "township"}, {"是否入园", "in_park", "in_park"}, {"女员工数", "women", "women"}, {"姓名", "personal", "person"}, {"手机", "personal", "phone"}}},
		{name: "UTF-16 导出", format: "csv utf16 tab", title: []string{"两新组织登记情况"}, style: 0,
			cols: []col{{"序号", "", "serial"}, {"名称", "name", "name"}, {"登记类型", "kind", "type"}, {"是否登记", "registered", "registered"}, {"党支部", "party_org", "party_form"}, {"女职工委员会", "union_women_committee", "union_women"}, {"产业链", "industry_chain", "chain"}, {"园区", "park", "park"}, {"镇街", "township", "township"}}},
		{name: "没有列名的名称列", title: []string{"新业态新就业群体组织摸排"}, style: 0, quirks: "gaps pad",
			cols: []col{{"序号", "", "serial"}, {"", "name", "name"}, {"业态", "industry", "industry"}, {"类型", "kind", "type"}, {"是否建党组织", "party_org", "party_yn"}, {"女性人数", "women", "women"}, {"所属平台", "", "empty"}, {"街道", "township", "township"}}},
		{name: "三层表头", title: []string{"附件2", "两新组织群团建设情况一览表"}, style: 1, quirks: "index total",
			cols: []col{{"序号", "", "serial"}, {"基本情况|单位名称", "name", "name"}, {"基本情况|单位类型", "kind", "type"}, {"基本情况|职工数|总数", "staff", "staff"}, {"基本情况|职工数|女", "women", "women"}, {"群团建设|党组织|有无", "party_org", "party_yn"}, {"群团建设|工会|有无", "union", "union"}, {"群团建设|工会|女职工委员会", "union_women_committee", "union_women"}, {"群团建设|妇联|有无", "built", "built"}, {"属地|镇街", "township", "township"}, {"属地|村（社区）", "village", "village"}}},
		{name: "问卷导出", format: "csv utf8 ,", style: 0,
			cols: []col{{"提交时间", "", "date"}, {"1、贵单位的名称是？", "name", "name"}, {"2、贵单位属于哪一类单位？", "kind", "type"}, {"3、贵单位是否在园区内？", "in_park", "in_park"}, {"4、贵单位是否建立了党组织？", "party_org", "party_yn"}, {"5、党组织班子成员中有没有女性？", "woman_on_party_committee", "committee"}, {"6、是否成立了工会女职工委员会？", "union_women_committee", "union_women"}, {"7、女性从业人员有多少人？", "women", "women_vague"}, {"8、填表人手机号", "personal", "phone"}}},
		{name: "英文和符号", title: []string{"妇联组织建设进度"}, style: 5, quirks: "untidy filter",
			cols: []col{{"No.", "", "serial"}, {"单位名称*", "name", "name"}, {"单位类型*（下拉选择）", "kind", "type"}, {"【是否在园区】", "in_park", "in_park"}, {"★是否有党组织", "party_org", "party_yn"}, {"女性从业人员（人）", "women", "women"}, {"拟任妇联主席政治面貌", "head_party_member", "politics"}, {"是否已建立妇联组织", "built", "built"}}},
		{name: "女性在括号里", title: []string{"企业用工和党群组织情况"}, style: 2,
			cols: []col{{"序号", "", "serial"}, {"企业全称", "name", "name"}, {"职工数（女）", "women", "women_in"}, {"经济类型", "kind", "type"}, {"党组织覆盖情况", "party_org", "party_form"}, {"开发区", "park", "park"}, {"是否为产业链企业", "industry_chain", "chain"}}},
		{name: "乡镇兜底表", title: []string{"小微企业、个体工商户、专业市场妇联组建兜底台账"}, style: 3, quirks: "sums foot pad", blank: 0.05,
			cols: []col{{"序号", "", "serial"}, {"对象名称", "name", "name"}, {"对象类别", "kind", "type"}, {"所在村（社区）", "village", "village"}, {"是否园区外", "", "empty"}, {"覆盖单位数", "units", "units"}, {"妇女人数", "women", "women"}, {"党组织情况", "party_org", "party_form"}, {"登记或备案", "registered", "registered"}, {"网格员", "personal", "person"}}},
	}
}

// ways are the ways of heading the columns of ledgers made by chance.
var ways = map[string][]col{
	"name":      {{"单位名称", "name", "name"}, {"企业名称（全称）", "name", "name"}, {"两新组织名称", "name", "name"}, {"单位", "name", "name"}, {"市场主体名称", "name", "name"}},
	"kind":      {{"单位类型", "kind", "type"}, {"类别", "kind", "type"}, {"组织性质", "kind", "type"}, {"登记注册类型", "kind", "type"}, {"两新类型", "kind", "type"}},
	"park":      {{"是否在园区", "in_park", "in_park"}, {"所属园区", "park", "park"}, {"是否入驻园区", "in_park", "in_park"}, {"所在开发区（园区）", "park", "park"}, {"是否属园区企业", "in_park", "park_mixed"}},
	"party":     {{"有无党组织", "party_org", "party_yn"}, {"党组织类型", "party_form", "party_form"}, {"是否已建党组织", "party_org", "party_yn"}, {"所在党支部名称", "party_form", "party_name"}, {"党组织组建情况", "party_org", "party_form"}},
	"women":     {{"女职工人数", "women", "women"}, {"女性固定从业人员数", "women", "women_vague"}, {"女员工", "women", "women"}, {"其中：女职工（人）", "women", "women_vague"}, {"女从业人员数量", "women", "women"}},
	"staff":     {{"员工总数", "staff", "staff"}, {"用工总数", "staff", "staff"}, {"从业人员合计", "staff", "staff"}},
	"committee": {{"党组织班子有无女性", "woman_on_party_committee", "committee"}, {"班子中女性人数", "woman_on_party_committee", "committee_n"}, {"支委中有无女委员", "woman_on_party_committee", "committee_post"}, {"党支部书记性别", "secretary_gender", "secretary"}},
	"union":     {{"工会女职工委员会", "union_women_committee", "union_women"}, {"有无工会", "union", "union"}, {"是否成立女职委", "union_women_committee", "union_women"}},
	"built":     {{"是否建立妇联组织", "built", "built"}, {"妇联组建情况", "built", "built"}, {"有无妇联", "built", "built"}},
	"body":      {{"业务主管单位", "supervisor", "supervisor"}, {"行业主管部门", "supervisor", "supervisor"}, {"归口单位", "supervisor", "supervisor"}},
	"town":      {{"所属乡镇街道", "township", "township"}, {"镇街", "township", "township"}, {"属地（乡镇、街道）", "township", "township"}},
	"person":    {{"负责人姓名", "personal", "person"}, {"联系电话", "personal", "phone"}, {"身份证号", "personal", "id"}, {"法人代表", "personal", "person"}, {"联系人及电话", "personal", "phone"}},
	"idle":      {{"统一社会信用代码", "", "code"}, {"注册地址", "", "address"}, {"成立时间", "", "date"}, {"经营范围", "", "scope"}, {"党员数", "", "members"}, {"年营业额", "", "money"}, {"所属县区", "", "county"}, {"上级党组织名称", "", "upper"}},
}

// byChance puts columns together, always the name and at least four facts.
func byChance(n int) []layout {
	var out []layout
	for i := range n {
		r := rand.New(rand.NewPCG(77, uint64(i)))
		cols := []col{{"序号", "", "serial"}, pick(r, ways["name"])}
		groups := []string{"kind", "park", "party", "women", "staff", "committee", "union", "built", "body", "town", "person", "idle", "idle"}
		r.Shuffle(len(groups), func(a, b int) { groups[a], groups[b] = groups[b], groups[a] })
		for _, g := range groups[:8+r.IntN(5)] {
			c := pick(r, ways[g])
			if !contains(cols, c) {
				cols = append(cols, c)
			}
		}
		quirks := ""
		for _, q := range []string{"foot", "total", "hiddenrows", "notes", "untidy", "filter", "gaps", "pad"} {
			if r.IntN(4) == 0 {
				quirks += " " + q
			}
		}
		l := layout{name: "凑成的", cols: cols, quirks: quirks, style: r.IntN(len(yesNoStyles)), blank: float64(r.IntN(3)) * 0.05}
		l.format = pick(r, []string{"xlsx", "xlsx", "xlsx", "csv gb18030 ,", "csv bom ,"})
		if r.IntN(3) > 0 {
			l.title = []string{pick(r, []string{"两新组织妇联组建台账", "非公企业妇建工作明细账", "附件：摸底统计表"})}
		}
		out = append(out, l)
	}
	return out
}

func contains(cols []col, c col) bool {
	for _, k := range cols {
		if k.head == c.head {
			return true
		}
	}
	return false
}

// tick writes a mark in one of two columns.
func tick(get func(*org) string, want, fact string) putter {
	return func(_ *rand.Rand, o *org, _ style) (string, told) {
		if get(o) != want {
			return "", nil
		}
		return "√", told{fact: want}
	}
}

func init() {
	whole := func(o *org) string {
		if o.party == "partial" {
			return "yes"
		}
		return o.party
	}
	puts["tick_park_yes"] = tick(func(o *org) string { return o.inPark }, "yes", "in_park")
	puts["tick_park_no"] = tick(func(o *org) string { return o.inPark }, "no", "in_park")
	puts["tick_party_yes"] = tick(whole, "yes", "party_org")
	puts["tick_party_no"] = tick(whole, "no", "party_org")
}
