package engine

import (
	"slices"
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// cell is a cell of a row with its column's name.
type cell struct{ name, value string }

var cellStart = text.NewPattern(`(?:^|；)([^：；。，]{1,20})：`)

// cellsOf reads a row as “列名：值；列名：值”.
func cellsOf(s string) []cell {
	s = strings.TrimRight(s, "；。")
	at := cellStart.FindAllStringSubmatchIndex(s, -1)
	var out []cell
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		out = append(out, cell{s[m[2]:m[3]], strings.TrimSpace(s[m[1]:end])})
	}
	return out
}

var serial = text.NewPattern(`^\d{1,3}$|^序号$`)

// keysOf says how many cells, from the first that is no serial number, name a
// row among those beside it.
func keysOf(d *knowledge.Document, row int, cells []cell) (first, count int) {
	for first < len(cells)-1 && serial.MatchString(cells[first].value) && (cells[first].name == "序号" ||
		cells[first].name == "编号" || first == 0) {
		first++
	}
	for count = 1; first+count < len(cells)-1 && count < 3; count++ {
		if !sameKeys(d, row, cells[first:first+count], first) {
			break
		}
	}
	return first, count
}

func sameKeys(d *knowledge.Document, row int, keys []cell, first int) bool {
	for _, step := range []int{-1, 1} {
		for i := row + step; i >= 0 && i < len(d.Clauses) && d.Clauses[i].Kind == knowledge.Row; i += step {
			other := cellsOf(d.Clauses[i].Text)
			if len(other) >= first+len(keys) && slices.Equal(other[first:first+len(keys)], keys) {
				return true
			}
		}
	}
	return false
}

// shortRow is up to how many characters a row is shown with all its columns.
const shortRow = 36

// rowLine answers with a row: what names it, then the columns that are asked
// for; all of them where none is, or the row is short.
func (c *comparison) rowLine(l *line, d *knowledge.Document, row int, all bool) {
	cells := cellsOf(d.Clauses[row].Text)
	if len(cells) < 2 {
		l.quote(row, row, bare(d.Clauses[row].Text))
		return
	}
	first, count := keysOf(d, row, cells)
	for i, k := range cells[first : first+count] {
		if i > 0 {
			l.say("，")
		}
		l.quote(row, row, k.value)
	}
	rest := cells[first+count:]
	if !all && size(d.Clauses[row].Text) > shortRow+12 {
		rest = c.columns(rest)
	} else {
		rest = c.askedFirst(rest)
	}
	mark := "："
	for _, x := range rest {
		if x.value == "" || size(l.text.String())+size(x.value) > 2*longestLine {
			continue
		}
		l.say(mark)
		l.quote(row, row, x.name)
		l.say(" ")
		l.quote(row, row, x.value)
		mark = "，"
	}
}

var columnNames = []struct {
	kind string
	name *text.Pattern
}{
	{"date", text.NewPattern(`时间|时限|期限|日期|节点|季度`)},
	{"days", text.NewPattern(`时间|时限|期限|日期`)},
	{"freq", text.NewPattern(`频次|次数|周期|时间`)},
	{"who", text.NewPattern(`单位|部门|责任|承办|牵头|人|负责|主体`)},
	{"money", text.NewPattern(`标准|金额|补|奖|费|元`)},
	{"where", text.NewPattern(`地点|地址|窗口|位置|方式`)},
	{"phone", text.NewPattern(`电话|联系`)},
	{"materials", text.NewPattern(`材料|证明|资料`)},
	{"count", text.NewPattern(`数|名额|分|量|个|人`)},
}

// wanted says how much a column is asked for.
func (c *comparison) wanted(x cell) float64 {
	v := 2*c.covers(x.name) + 0.5*c.covers(x.value)
	for _, k := range columnNames {
		if c.q.is(k.kind) && k.name.MatchString(x.name) {
			v += 1.5
		}
	}
	for _, p := range c.q.patterns() {
		if p.MatchString(x.value) {
			v++
			break
		}
	}
	return v
}

func (c *comparison) askedFirst(cells []cell) []cell {
	out := slices.Clone(cells)
	slices.SortStableFunc(out, func(a, b cell) int {
		switch x, y := c.wanted(a), c.wanted(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out
}

// columns gives the columns that are asked for, at most three; all where none
// stands out.
func (c *comparison) columns(cells []cell) []cell {
	out := c.askedFirst(cells)
	if len(out) == 0 || c.wanted(out[0]) < 0.8 {
		return cells
	}
	n := 1
	for n < len(out) && n < 3 && c.wanted(out[n]) >= 0.5*c.wanted(out[0]) {
		n++
	}
	return out[:n]
}
