package ledger

import (
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge/rule"
)

// Values of facts that the ledger itself looks at.
const (
	yes     = "yes"
	no      = "no"
	partial = "partial"
)

// readable are the roles whose cells say a fact in a word; numbers of people and
// kinds of organisations are read elsewhere.
var readable = []string{roleInPark, rolePark, "in_building", "industry_chain", "supervisor", "party_org", "party_form",
	"woman_on_party_committee", "secretary_gender", "union_women_committee", "union", "registered",
	"industry_can_push", "ready", "party_base",
	"head_party_member", "role"}

// readWord reads a cell of a column that is answered in a word; ok is false
// where the column is of another kind.
func readWord(b *rule.Book, role, cell string) (c rule.Cell, ok bool) {
	if role == roleBuilt {
		return readBuilt(b, cell), true
	}
	return b.ReadCell(role, cell), slices.Contains(readable, role)
}

// readBuilt reads whether a women's federation organisation is there already;
// one being prepared is not. It is no fact of the rules.
func readBuilt(b *rule.Book, cell string) rule.Cell {
	if rule.EmptyCell(cell) {
		return rule.Cell{}
	}
	c := b.ReadCell("party_org", cell) // the same words, of another organisation
	switch t := squeeze(cell); {
	case containsAny(t, "未", "没", "拟", "筹", "计划", "待", "暂无", "尚无", "撤", "无妇"):
		return rule.Cell{Value: no}
	case c.Value == partial:
		return rule.Cell{Value: yes}
	case !c.Strange && c.Value != "":
		return rule.Cell{Value: c.Value}
	case containsAny(t, "妇联", "妇委会", "妇女小组", "已建", "建成", "成立", "单独", "联合", "覆盖"):
		return rule.Cell{Value: yes}
	}
	return rule.Cell{Strange: true}
}

func containsAny(s string, list ...string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(s, w) })
}

// isTick is a mark that can only be data.
func isTick(t string) bool {
	return slices.Contains([]string{"√", "✓", "✔", "☑", "×", "✗", "✘", "●", "■"}, t)
}

func itoa(n int) string { return strconv.Itoa(n) }

// atoi reads digits; anything else is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
