package ledger

import (
	"slices"
	"strings"

	"zujian/knowledge/rule"
)

// readers read the cells of the columns that are answered in a word. Numbers
// of people and kinds of organisations are read elsewhere.
var readers = map[string]func(*rule.Book, string) reading{
	roleInPark:                 readPark,
	rolePark:                   readPark,
	"in_building":              named(nil),
	"industry_chain":           named(nil),
	"supervisor":               named([]string{"无主管", "直接登记", "没有主管", "无业务主管", "无归口"}),
	"party_org":                readParty,
	"party_form":               readParty,
	"woman_on_party_committee": readCommittee,
	"secretary_gender":         readGender,
	"union_women_committee":    readUnionWomen,
	"union":                    readUnion,
	"registered":               readRegistered,
	"industry_can_push":        plainMark,
	"ready":                    readReady,
	"party_base":               readBase,
	"head_party_member":        readMember,
	"role":                     readRole,
	roleBuilt:                  readBuilt,
}

// plainMark reads a cell that must be yes, no or not known.
func plainMark(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	v, beside, ok := mark(b, t)
	return reading{value: v, beside: beside, strange: !ok}
}

// named reads a cell that is yes or no or, in place of yes, a name. denials are
// words in which no is said.
func named(denials []string) func(*rule.Book, string) reading {
	return func(b *rule.Book, text string) reading {
		t := plainCell(text)
		if isEmpty(t) {
			return reading{}
		}
		if v, beside, ok := mark(b, t); ok {
			return reading{value: v, beside: beside}
		}
		for _, w := range denials {
			if strings.Contains(t, w) {
				return reading{value: no}
			}
		}
		return reading{value: yes, beside: text}
	}
}

// readPark reads 是, 园区外, 是（高新区） and the name of a park. In a column of
// names a dash says that there is none.
func readPark(b *rule.Book, text string) reading {
	t := plainCell(text)
	if v, beside, ok := mark(b, t); ok {
		return reading{value: v, beside: beside}
	}
	if isEmpty(t) {
		return reading{}
	}
	for _, w := range []string{"园区外", "园外", "非园区", "不在园", "未入园", "园区以外"} {
		if strings.Contains(t, w) {
			return reading{value: no}
		}
	}
	if slices.Contains([]string{"园区内", "园内", "在园", "入园", "已入园", "园区"}, t) {
		return reading{value: yes}
	}
	said, _ := splitBrackets(text)
	if containsOf(b, t, "park") {
		return reading{value: yes, beside: said}
	}
	return reading{value: yes, beside: said, remark: "“" + text + "”按园区的名字读，不是的话请改"}
}

// readParty reads whether there is a party organisation, from a mark, its form
// or its name. One shared with others is partial; a mere instructor or
// coverage by work is none.
func readParty(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	joint := containsOf(b, t, "party_joint") || strings.Contains(t, "联合") || strings.Contains(t, "合建") || strings.Contains(t, "共建") || strings.Contains(t, "联建") || strings.Contains(t, "依托")
	v, _, ok := mark(b, t)
	switch {
	case ok && v == rule.Unknown:
		return reading{value: v}
	case joint && !strings.Contains(t, "拟") && !strings.Contains(t, "计划"):
		return reading{value: partial}
	case ok:
		return reading{value: v}
	case containsOf(b, t, "partial"):
		return reading{value: partial}
	case containsAny(t, "未建", "没有", "未成立", "尚未", "无党", "暂无", "没建", "空白", "未覆盖", "未组建", "拟建", "筹建", "指导员", "联络员", "工作覆盖"):
		return reading{value: no}
	case containsAny(t, "党委", "总支", "支部", "党小组"), containsAny(t, "单独", "独立", "已建", "组织覆盖", "成立"):
		return reading{value: yes}
	}
	if q := readQuantity(b, text); q.exact() && numberForm.MatchString(t) {
		return reading{value: map[bool]string{true: yes, false: no}[q.lo > 0]}
	}
	if v := b.Read("党组织" + text).Facts["party_org"]; v != "" {
		return reading{value: v}
	}
	return reading{strange: true}
}

// readCommittee reads whether a woman is on the party organisation's
// committee: a mark, a number, or the office she holds.
func readCommittee(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	if numberForm.MatchString(t) {
		return reading{value: map[bool]string{true: yes, false: no}[readQuantity(b, t).lo > 0]}
	}
	if v, _, ok := mark(b, t); ok {
		return reading{value: v}
	}
	switch {
	case containsAny(t, "无女", "没有女", "没女", "全是男", "均为男", "都是男", "全男"):
		return reading{value: no}
	case containsAny(t, "书记", "委员", "支委", "女"):
		return reading{value: yes}
	}
	if q := readQuantity(b, text); q.exact() {
		return reading{value: map[bool]string{true: yes, false: no}[q.lo > 0]}
	}
	return reading{strange: true}
}

// readGender reads the secretary's: a man there settles nothing of the others.
func readGender(b *rule.Book, text string) reading {
	switch t := plainCell(text); {
	case isEmpty(t), isUnsure(b, t):
		return reading{}
	case strings.HasPrefix(t, "女"):
		return reading{value: yes}
	case strings.HasPrefix(t, "男"):
		return reading{}
	}
	return reading{strange: true}
}

func readUnionWomen(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	if v, _, ok := mark(b, t); ok {
		return reading{value: v}
	}
	switch {
	case containsAny(t, "未", "没", "无", "拟", "筹"):
		return reading{value: no}
	case containsAny(t, "女职工委", "女职委", "女工委", "成立", "已建"):
		return reading{value: yes}
	}
	return reading{strange: true}
}

// readUnion reads whether there is a trade union: without one there is no
// women's committee of it, with one nothing is settled.
func readUnion(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	if containsAny(t, "女职工委", "女职委", "女工委") {
		return readUnionWomen(b, text)
	}
	v, _, ok := mark(b, t)
	switch {
	case ok && v == no:
		return reading{value: no}
	case ok, containsAny(t, "工会", "联合", "单独", "已建"):
		return reading{}
	}
	return reading{strange: true}
}

func readRegistered(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	switch {
	case containsAny(t, "注销", "吊销", "撤销", "停业"):
		return reading{remark: "登记那一列写着“" + text + "”，请先核实这家还在不在"}
	case containsAny(t, "未登记", "没登记", "没有登记", "不需要登记", "无需登记", "免登记", "未注册", "不用登记", "仅备案", "备案"):
		return reading{value: no}
	}
	if v, _, ok := mark(b, t); ok {
		return reading{value: v}
	}
	if containsAny(t, "登记", "注册", "存续", "在营", "在业", "开业", "正常", "民政", "市场监管", "工商") {
		return reading{value: yes}
	}
	return reading{strange: true}
}

func readReady(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	if v, _, ok := mark(b, t); ok {
		return reading{value: v}
	}
	switch {
	case containsAny(t, "不成熟", "不具备", "不够", "未成熟", "尚不", "没有条件", "还不"):
		return reading{value: no}
	case containsAny(t, "基本", "较"):
		return reading{strange: true}
	case containsAny(t, "成熟", "具备"):
		return reading{value: yes}
	}
	return reading{strange: true}
}

// readBase reads how good the party base is. 一般 and a star or two are neither
// good nor weak in the documents' words, and are left open.
func readBase(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) || isUnsure(b, t) {
		return reading{}
	}
	switch {
	case containsAny(t, "薄弱", "软弱涣散", "较差", "差", "不好", "弱", "后进"):
		return reading{value: "weak"}
	case containsAny(t, "较好", "良好", "优秀", "先进", "示范", "扎实", "五星", "四星", "强", "不错") || t == "好" || t == "优":
		return reading{value: "good"}
	case containsAny(t, "一般", "中", "三星", "二星", "一星", "合格", "达标"):
		return reading{remark: "党建基础写的是“" + text + "”，算不算较好请您定"}
	}
	return reading{strange: true}
}

func readMember(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	if v, _, ok := mark(b, t); ok {
		return reading{value: v}
	}
	switch {
	case containsAny(t, "非党员", "不是党员", "群众", "团员", "民主党派", "无党派", "党外", "民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟"):
		return reading{value: no}
	case strings.Contains(t, "党员"):
		return reading{value: yes}
	}
	return reading{strange: true}
}

func readRole(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) || isUnsure(b, t) {
		return reading{}
	}
	if v, ok := b.Answer("role", t); ok {
		return reading{value: v}
	}
	switch {
	case strings.Contains(t, "会员"):
		return reading{value: "platform"}
	case containsAny(t, "自身", "秘书处", "本身", "自己", "本单位"):
		return reading{value: "self"}
	}
	return reading{strange: true}
}

// readBuilt reads whether a women's federation organisation is there already;
// one being prepared is not.
func readBuilt(b *rule.Book, text string) reading {
	t := plainCell(text)
	if isEmpty(t) {
		return reading{}
	}
	if v, _, ok := mark(b, t); ok {
		return reading{value: v}
	}
	switch {
	case containsAny(t, "未", "没", "拟", "筹", "计划", "待", "暂无", "尚无"):
		return reading{value: no}
	case containsAny(t, "妇联", "妇委会", "妇女小组", "已建", "建成", "成立", "单独", "联合", "覆盖"):
		return reading{value: yes}
	}
	return reading{strange: true}
}

func containsAny(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(s, w) })
}
