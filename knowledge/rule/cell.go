package rule

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// Cell is what one cell of a ledger says of one fact.
type Cell struct {
	Value   string // of the fact; "" where the cell says nothing
	Beside  string // what stands with it in brackets, or the name in place of 是
	Strange bool   // there is something, and it cannot be read
	Remark  string // what a person should know, a sentence
}

// Columns that tell a fact by something else than the fact itself.
const (
	ParkColumn   = "park"             // the name of a park
	PartyColumn  = "party_form"       // the party organisation's name or form
	GenderColumn = "secretary_gender" // of the party secretary
	UnionColumn  = "union"            // whether there is a trade union
)

// columnFact gives the fact a column tells, and the words that a bare cell of it
// leans on; named says that the words alone would be read as having one.
var columnFact = map[string]struct {
	fact, lean string
	named      bool
}{
	"in_park": {"in_park", "", false}, ParkColumn: {"in_park", "", false},
	"party_org": {"party_org", "党组织", true}, PartyColumn: {"party_org", "党组织", true},
	"woman_on_party_committee": {"woman_on_party_committee", "支部班子", true}, GenderColumn: {"woman_on_party_committee", "支部书记", true},
	"union_women_committee": {"union_women_committee", "女职工委员会", true}, UnionColumn: {"union_women_committee", "工会", true},
	"supervisor": {"supervisor", "主管单位", true}, "registered": {"registered", "登记", true}, "in_building": {"in_building", "", false},
	"industry_chain": {"industry_chain", "产业链", true}, "industry_can_push": {"industry_can_push", "行业主管部门", true},
	"ready": {"ready", "条件", false}, "party_base": {"party_base", "党建基础", false}, "head_party_member": {"head_party_member",
		"负责人", false}, "role": {"role", "", false},
}

// ReadCell reads a cell as Read reads a description, with its column as a hint:
// what leans on the column's name is read as if the name stood before it.
func (b *Book) ReadCell(column, cell string) Cell {
	of, ok := columnFact[column]
	t := plainCell(cell)
	if !ok || isEmpty(t) {
		return Cell{}
	}
	if v, beside, ok := b.mark(t); ok {
		return b.marked(column, cell, v, beside)
	}
	if c, ok := b.special(column, cell, t); ok {
		return c
	}
	t = strings.NewReplacer("（", "", "）", "", "(", "", ")", "").Replace(t)
	for i, said := range []string{t, of.lean + t} {
		r := b.Read(said)
		v := r.Facts[of.fact]
		if p, _ := text.After(t); i == 1 && v == "yes" && p == text.Silent && of.named {
			break // the column's name alone says nothing
		}
		if v != "" {
			return Cell{Value: v, Beside: cell}
		}
		for _, c := range r.Conflicts {
			if c.Fact == of.fact {
				return Cell{Strange: true}
			}
		}
	}
	return b.nameOrStrange(column, cell, t)
}

// marked takes a plain 是 or 否 with what stands beside it: 有（已撤销） is neither.
func (b *Book) marked(column, cell, value, beside string) Cell {
	if column == UnionColumn && value != "no" {
		return Cell{} // a union settles nothing of its women's committee
	}
	if column == GenderColumn && value == Unknown {
		return Cell{}
	}
	mood := text.MoodOf(beside)
	doubtful := strings.HasPrefix(beside, "筹") || gone.MatchString(beside) || mood == text.Planned || mood == text.Doubted
	if value == "yes" && doubtful {
		return Cell{Value: Unknown, Remark: "写的“" + cell + "”说不准，当作不清楚"}
	}
	if column == "party_org" && value == "yes" && (b.lexicon.any(beside, "party_joint") || strings.Contains(beside, "联合")) {
		value = "partial"
	}
	return Cell{Value: value, Beside: beside}
}

var (
	womenIn = text.NewPattern(`女[^0-9男]{0,6}?(\d+)|(\d+)(?:名|个|位|人)?女`)
	placeIn = text.NewPattern(`(?:镇|乡|街道|街道办|办事处|村|社区|居委会|路|号)$`)
)

// special reads the cells that only their column makes sense of.
func (b *Book) special(column, cell, t string) (Cell, bool) {
	switch column {
	case "woman_on_party_committee":
		return b.committeeCell(t)
	case "in_park", ParkColumn:
		return b.parkCell(t)
	case GenderColumn:
		switch {
		case strings.HasPrefix(t, "女"):
			return Cell{Value: "yes"}, true
		case strings.HasPrefix(t, "男"):
			return Cell{}, true // a man there settles nothing of the others
		}
	case "party_org", PartyColumn:
		return b.partyCell(t)
	case "registered":
		if text.HasAny(t, "注销", "吊销", "停业") {
			return Cell{Remark: "登记那一列写着“" + cell + "”，请先核实这家还在不在"}, true
		}
		if strings.Contains(t, "民政") && strings.Contains(t, "备案") {
			return Cell{Value: Unknown, Remark: "写的“" + cell + "”，备案算不算登记说不准，当作不清楚"}, true
		}
		if p := b.Read("登记" + t).Facts["registered"]; p == "no" {
			return Cell{Value: "no"}, true
		}
		if text.HasAny(t, "存续", "在营", "在业", "开业", "正常", "市场监管", "工商", "民政局") {
			return Cell{Value: "yes"}, true
		}
	case "party_base":
		return b.baseCell(cell, t)
	case "ready":
		if text.HasAny(t, "基本", "较") {
			return Cell{Strange: true}, true
		}
		if text.HasAny(t, "不成熟", "不具备", "不够", "未成熟", "尚不", "没有条件", "还不") {
			return Cell{Value: "no"}, true
		}
	case "head_party_member":
		if text.HasAny(t, "群众", "团员", "民主党派", "无党派", "党外", "民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟") {
			return Cell{Value: "no"}, true
		}
	case "role":
		if strings.Contains(t, "会员") {
			return Cell{Value: "platform"}, true
		}
	}
	return Cell{}, false
}

// parkCell reads 园区外 and the like, and a park that is told of as one.
func (b *Book) parkCell(t string) (Cell, bool) {
	switch {
	case text.MoodOf(t) != text.Stated:
		return Cell{Strange: true}, true
	case text.HasAny(t, "园区外", "园外", "非园区", "不在园", "未入园", "没入园", "园区以外"):
		return Cell{Value: "no"}, true
	case slices.Contains([]string{"园区内", "园内", "在园", "入园", "已入园", "园区"}, t):
		return Cell{Value: "yes"}, true
	}
	v := b.Read(t).Facts["in_park"]
	said, _ := SplitCell(t)
	return Cell{Value: v, Beside: said}, v != ""
}

// committeeCell reads who sits on the party organisation's committee: a number,
// the office a woman holds, or who is a man.
func (b *Book) committeeCell(t string) (Cell, bool) {
	if numberForm.MatchString(t) {
		return Cell{Value: yesWhere(b.CountCell(t).Lo > 0)}, true
	}
	if m := womenIn.FindStringSubmatch(t); m != nil {
		return Cell{Value: yesWhere(atoi(m[1]+m[2]) > 0)}, true
	}
	if text.HasAny(t, "全是男", "均为男", "都是男", "全男", "皆为男") {
		return Cell{Value: "no"}, true
	}
	at := strings.Index(t, "女")
	switch {
	case at >= 0 && denied(strings.TrimRight(t[:at], "党组织支部班子中里的")):
		return Cell{Value: "no"}, true
	case at >= 0 && text.MoodOf(t) != text.Stated:
		return Cell{Strange: true}, true
	case at >= 0:
		if p, _ := text.After(strings.TrimLeft(t[at+len("女"):], "性书记副委员支同志成干部")); p == text.Denied {
			return Cell{Value: "no"}, true
		}
		return Cell{Value: "yes"}, true
	case strings.Contains(t, "男"):
		return Cell{}, true // a man there settles nothing of the others
	case text.HasAny(t, "书记", "委员", "支委") && !denied(t[:strings.IndexAny(t, "书委支")]):
		return Cell{Value: "yes"}, true // the office she holds
	}
	return Cell{}, false
}

// partyCell reads the form or the name of a party organisation. A mere
// instructor, or coverage by work, is none.
func (b *Book) partyCell(t string) (Cell, bool) {
	switch {
	case text.HasAny(t, "指导员", "联络员", "工作覆盖"):
		return Cell{Value: "no"}, true
	case text.HasAny(t, "（筹", "(筹"):
		return Cell{Value: Unknown, Remark: "写的“" + t + "”还在筹建，当作不清楚"}, true
	}
	planned := text.MoodOf(t) == text.Planned
	joint := b.lexicon.any(t, "party_joint") || text.HasAny(t, "联合", "合建", "共建", "联建", "依托")
	if joint && !planned && !gone.MatchString(t) {
		return Cell{Value: "partial"}, true
	}
	if q := b.CountCell(t); q.Exact() && numberForm.MatchString(t) {
		return Cell{Value: yesWhere(q.Lo > 0)}, true
	}
	if v := b.Read(t).Facts["party_org"]; v != "" {
		return Cell{Value: v}, true
	}
	if w, at := b.lexicon.has(t, "party"); at >= 0 && !planned && text.MoodOf(t) == text.Stated {
		return Cell{Value: yesWhere(!text.Negated(t, at, at+len(w)) && !gone.MatchString(t))}, true
	}
	if text.HasAny(t, "单独", "独立", "组织覆盖") && !text.HasAny(t, "未", "没", "无") {
		return Cell{Value: "yes"}, true
	}
	return Cell{}, false
}

// baseCell reads how good the party base is. 一般 and a star or two are neither
// good nor weak in the documents' words, and are left open.
func (b *Book) baseCell(cell, t string) (Cell, bool) {
	switch {
	case text.HasAny(t, "薄弱", "软弱涣散", "较差", "差", "不好", "弱", "后进"):
		return Cell{Value: "weak"}, true
	case text.HasAny(t, "不错"), text.HasAny(t, "较好", "良好", "优秀", "先进", "示范", "扎实", "五星", "四星", "强") && !text.HasAny(t, "不", "未",
		"非"), t == "好", t == "优":
		return Cell{Value: "good"}, true
	case text.HasAny(t, "一般", "中", "三星", "二星", "一星", "合格", "达标"):
		return Cell{Remark: "党建基础写的是“" + cell + "”，算不算较好请您定"}, true
	}
	return Cell{}, false
}

// nameOrStrange takes what nothing reads: where a column may hold a name in
// place of 是, the name; else it is strange.
func (b *Book) nameOrStrange(column, cell, t string) Cell {
	said, _ := SplitCell(cell)
	doubtful := text.MoodOf(t) != text.Stated || denied(headRunes(t, 4))
	switch {
	case doubtful:
		return Cell{Strange: true}
	case column == "in_park":
		if placeIn.MatchString(said) {
			return Cell{Value: Unknown, Remark: "“" + said + "”像是地名，算不算园区说不准，当作不清楚"}
		}
		return Cell{Value: "yes", Beside: said, Remark: "“" + cell + "”按园区的名字读，不是的话请改"}
	case column == ParkColumn:
		return Cell{Value: "yes", Beside: said, Remark: "“" + cell + "”按园区的名字读，不是的话请改"}
	case column == "in_building", column == "industry_chain", column == "supervisor":
		return Cell{Value: "yes", Beside: cell}
	case column == UnionColumn:
		return Cell{}
	}
	return Cell{Strange: true}
}

func yesWhere(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
