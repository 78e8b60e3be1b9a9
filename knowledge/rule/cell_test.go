package rule

import "testing"

// TestCells holds what a cell of a column is read as: a plan, something past or
// doubtful is never what it plans, was or may be, and what may be read in two
// ways is not known.
func TestCells(t *testing.T) {
	b := shipped(t)
	for _, c := range []struct{ column, cell, want string }{
		{"party_org", "无支部", "no"}, {"party_org", "尚无支部", "no"}, {"party_org", "支部已撤销", "no"}, {"party_org", "正在申请成立支部", "no"}, {"party_org", "有（已撤销）", Unknown},
		{"party_org", "未成立党支部", "no"}, {"party_org", "有党支部", "yes"}, {"party_org", "机关党支部", "yes"}, {"party_org", "与某公司联合支部", "partial"}, {"party_org", "2", "yes"}, {"party_org", "0", "no"},
		{"party_org", "党支部（筹）", Unknown}, {"party_org", "有没有不清楚", Unknown}, {"party_org", "原有支部现已解散", "no"},
		{"woman_on_party_committee", "书记（男）", ""}, {"woman_on_party_committee", "女0名", "no"}, {"woman_on_party_committee", "暂缺女委员", "no"}, {"woman_on_party_committee", "女2名", "yes"},
		{"woman_on_party_committee", "委员中无女性", "no"}, {"woman_on_party_committee", "副书记（女）", "yes"}, {"woman_on_party_committee", "组织委员", "yes"}, {"woman_on_party_committee", "书记男，支委女", "yes"},
		{"woman_on_party_committee", "女委员1名", "yes"}, {"woman_on_party_committee", "没有女委员", "no"}, {"secretary_gender", "男", ""}, {"secretary_gender", "女", "yes"},
		{"in_park", "不在高新区", "no"}, {"in_park", "高新区", "yes"}, {"in_park", "未入园", "no"}, {"in_park", "东河镇", Unknown}, {"park", "拟进高新区", ""}, {"park", "高新区科技园", "yes"}, {"in_park", "园区外", "no"},
		{"registered", "已在民政备案", Unknown}, {"registered", "未登记", "no"}, {"registered", "民政局登记", "yes"}, {"registered", "社区备案", "no"}, {"registered", "已注销", ""},
		{"union_women_committee", "尚未成立女职委", "no"}, {"union_women_committee", "已成立女职工委员会", "yes"}, {"union_women_committee", "拟成立", ""}, {"union", "无工会", "no"}, {"union", "有工会", ""},
		{"ready", "尚不具备条件", "no"}, {"ready", "条件成熟", "yes"}, {"ready", "基本成熟", ""}, {"party_base", "一般", ""}, {"party_base", "较好", "good"}, {"party_base", "不强", ""}, {"party_base", "薄弱", "weak"},
		{"head_party_member", "群众", "no"}, {"head_party_member", "中共党员", "yes"}, {"supervisor", "无主管单位", "no"}, {"supervisor", "县民政局", "yes"},
	} {
		if got := b.ReadCell(c.column, c.cell); got.Value != c.want {
			t.Errorf("%s %s: %+v, want %q", c.column, c.cell, got, c.want)
		}
	}
}

func TestCountCells(t *testing.T) {
	b := shipped(t)
	for cell, want := range map[string][2]int{"600余": {601, 699}, "约30人": {27, 33}, "不到17": {1, 16}, "一百二": {120, 120}, "30-50": {30, 50}, "1,200": {1200, 1200}, "120（女40）": {40, 40}, "三百来人": {300, 333}, "２０": {20, 20}, "50/20": {20, 20}} {
		if got := b.CountCell(cell); !got.Known || got.Lo != want[0] || got.Hi != want[1] {
			t.Errorf("%s: %+v, want %v", cell, got, want)
		}
	}
}
