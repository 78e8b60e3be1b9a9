package ledger

import (
	"slices"
	"strings"

	"zujian/knowledge/rule"
)

// Row is one organisation of a ledger.
type Row struct {
	Sheet    string
	Line     int // as the program that opens the file counts
	Name     string
	Township string
	Village  string
	Park     string // name, or "" where it is not named
	Building string // name, or ""
	Built    string // yes, no, unknown or ""
	Women    int    // -1: not known exactly
	Facts    rule.Facts
	Remarks  []string // what of the row could not be read or does not agree
	Doubts   []Doubt  // the cells to be looked at

	Recommendation rule.Recommendation

	table *table
}

// Doubt is a cell that a person should look at, with what it was read as.
type Doubt struct {
	Column  string // A, B, …
	Heading string
	Wrote   string
	Read    string // in words; 不清楚 where it was not understood
}

// unit gathers what the cells of one row say.
type unit struct {
	f      *File
	t      *table
	r      int
	row    *Row
	said   map[string]map[string]string // fact → value → heading that says so
	typed  map[string]string            // role → text, for the kind
	staff  rule.Quantity
	women  rule.Quantity
	share  rule.Quantity
	remark string
}

// read takes the facts out of one row.
func (f *File) read(t *table, r int) Row {
	u := &unit{f: f, t: t, r: r, row: &Row{Sheet: t.sheet.name, Line: r + 1, Women: -1, table: t},
		said: map[string]map[string]string{}, typed: map[string]string{}}
	for _, c := range t.cols {
		if v := t.sheet.cell(r, c.at); v != "" {
			u.cell(c, v)
		}
	}
	u.section(t.sections[r])
	u.kind()
	facts := map[string]any{}
	for fact := range u.said {
		if v := u.settle(fact); v != "" {
			facts[fact] = v
		}
	}
	u.people(facts)
	u.besides(facts)
	if len(facts) == 0 {
		facts["kind"] = rule.Unknown
	}
	taken, err := f.book.TakeFacts(facts)
	if err != nil { // a value of ours that the office's own book does not have
		taken = rule.Facts{"kind": rule.Unknown}
		u.note(err.Error())
	}
	u.row.Facts = taken
	if u.row.Name == "" {
		u.note("这一行没有单位名称")
	}
	return *u.row
}

func (u *unit) note(s string) {
	s = strings.TrimRight(s, "。")
	if !slices.Contains(u.row.Remarks, s) {
		u.row.Remarks = append(u.row.Remarks, s)
	}
}

// cell takes what one cell says. Cells of people's columns are not looked at.
func (u *unit) cell(c Column, v string) {
	if !c.Used() {
		return
	}
	if u.t.sheet.comments[[2]int{u.r, c.at}] {
		u.note("“" + shortHeading(c) + "”那一格有批注，请看一眼，没有按批注改")
	}
	if option := u.t.options[c.at]; option != "" {
		u.ticked(c, v, option)
		return
	}
	switch c.Role {
	case roleName:
		u.row.Name = v
	case roleTownship:
		u.row.Township = oneLine(v)
	case roleVillage:
		u.row.Village = oneLine(v)
	case roleKind, roleIndustry, roleSize:
		if !rule.EmptyCell(v) && !u.f.book.UnsureCell(v) {
			u.typed[c.Role] = v
		}
	case roleWomen:
		u.women = u.number(c, v)
	case roleStaff:
		u.staff = u.f.book.CountCell(v)
	case roleShare:
		u.share = u.f.book.CountCell(v)
	case "units":
		if q := u.number(c, v); q.Exact() && q.Lo > 0 {
			u.say("units", itoa(q.Lo), c)
		}
	case roleRemark:
		u.remark += v + "。"
	default:
		u.word(c, v)
	}
}

func (u *unit) number(c Column, v string) rule.Quantity {
	q := u.f.book.CountCell(v)
	if q.Strange {
		u.unread(c, v)
	}
	return q
}

func (u *unit) unread(c Column, v string) {
	u.note("“" + shortHeading(c) + "”写的“" + clipped(v) + "”没读懂，当作不清楚")
	u.doubt(c, v, "")
}

func (u *unit) doubt(c Column, v, value string) {
	read := "不清楚"
	if fact := factOf(c.Role); fact != "" && value != "" {
		read = u.f.book.ValueName(fact, value)
	}
	u.row.Doubts = append(u.row.Doubts, Doubt{c.Letter, shortHeading(c), clipped(v), read})
}

// word takes a cell that one of the readers reads.
func (u *unit) word(c Column, v string) {
	got, ok := readWord(u.f.book, c.Role, v)
	if !ok {
		return
	}
	if got.Remark != "" {
		u.note(got.Remark)
		u.doubt(c, v, got.Value)
	}
	if got.Strange {
		u.unread(c, v)
		return
	}
	if c.Role == rolePark && rule.EmptyCell(v) && !strings.HasPrefix(v, "#") {
		got.Value = no // a dash in place of a park's name
	}
	u.place(c.Role, got)
	if c.Role == roleBuilt {
		u.row.Built = got.Value
		return
	}
	u.say(factOf(c.Role), got.Value, c)
}

// place keeps the name of a park or building for the groups.
func (u *unit) place(role string, got rule.Cell) {
	if got.Value != yes || got.Beside == "" {
		return
	}
	switch role {
	case rolePark, roleInPark:
		if u.row.Park == "" {
			u.row.Park = oneLine(got.Beside)
		}
	case "in_building":
		u.row.Building = oneLine(got.Beside)
	}
}

// ticked takes a cell of a column that is ticked for one answer.
func (u *unit) ticked(c Column, v, option string) {
	if rule.EmptyCell(v) || u.f.book.ReadCell("ready", v).Value == no {
		return
	}
	if c.Role == roleBuilt {
		u.row.Built = option
		return
	}
	u.say(factOf(c.Role), option, c)
}

func (u *unit) say(fact, value string, c Column) {
	if fact == "" || value == "" {
		return
	}
	if u.said[fact] == nil {
		u.said[fact] = map[string]string{}
	}
	u.said[fact][value] = shortHeading(c)
}

// settle gives the value of a fact that several columns may speak of. One that
// says 联合 only says more than 有; other contradictions leave it not known.
func (u *unit) settle(fact string) string {
	said := u.said[fact]
	if len(said) > 1 {
		delete(said, rule.Unknown)
	}
	if _, ok := said[partial]; ok {
		delete(said, yes)
	}
	if len(said) == 1 {
		for v := range said {
			return v
		}
	}
	if len(said) == 0 {
		return ""
	}
	var where []string
	for _, h := range said {
		where = append(where, "“"+h+"”")
	}
	slices.Sort(where)
	where = slices.Compact(where)
	u.note(strings.Join(where, "和") + "说得不一样，当作不清楚")
	return rule.Unknown
}

// section takes what the line over the row says of where it is.
func (u *unit) section(text string) {
	text = squeeze(sectionWord.ReplaceAllString(text, ""))
	if text == "" {
		return
	}
	bare, _ := rule.SplitCell(text)
	bare = strings.TrimRight(bare, "：:")
	park := containsAny(bare, u.f.book.Words["park"]...)
	switch {
	case containsAny(bare, "园区外", "园外", "非园区"):
		u.fromSection("in_park", no, bare)
	case park && containsAny(bare, "企业", "单位", "组织", "内") && strings.HasPrefix(bare, "园"):
		u.fromSection("in_park", yes, bare)
	case park:
		u.fromSection("in_park", yes, bare)
		if u.row.Park == "" {
			u.row.Park = bare
		}
	case townEnd.MatchString(bare) && u.row.Township == "":
		u.row.Township = bare
	}
}

// fromSection takes a value from the line over the row where no column says
// anything.
func (u *unit) fromSection(fact, value, text string) {
	if len(u.said[fact]) == 0 {
		u.said[fact] = map[string]string{value: text}
	}
}

func (u *unit) kind() {
	kind, remark := u.f.kindOf(u.typed[roleKind], u.typed[roleSize], u.typed[roleIndustry], u.row.Name)
	if remark != "" {
		u.note(remark)
	}
	if kind != "" {
		u.said["kind"] = map[string]string{kind: "kind"}
	}
}

// people takes the number of women. Nothing is ever made of it but what the
// office's own headcount says: the documents name no number.
func (u *unit) people(facts map[string]any) {
	q := u.women
	if !q.Known && q.Percent == 0 && u.share.Percent > 0 {
		q.Percent = u.share.Percent
	}
	if q.Percent > 0 && u.staff.Exact() {
		n := u.staff.Lo * q.Percent / 100
		q.Known, q.Lo, q.Hi = true, n, n
	}
	if q.Exact() && u.staff.Exact() && q.Lo > u.staff.Hi && u.staff.Hi > 0 {
		u.note("女性" + itoa(q.Lo) + "人，比职工总数" + itoa(u.staff.Hi) + "人还多，请核实")
	}
	switch {
	case q.Casual:
		u.note("女性人数里有外包、临时这样的，固定的有多少请核实")
	case q.Word != "":
		facts["women"] = q.Word
	case q.Known && q.Hi == 0:
		facts["women"] = "none"
		u.row.Women = 0
	case q.Known:
		u.headcount(q, facts)
	}
}

func (u *unit) headcount(q rule.Quantity, facts map[string]any) {
	if q.Exact() {
		u.row.Women = q.Lo
	}
	h := u.f.book.Headcount
	switch {
	case h == nil && q.Exact():
		say := "女性" + itoa(q.Lo) + "人，讲话没有写人数标准，算不算较多请本级妇联认定"
		if u.f.book.Presumed(rule.Facts{"women_count": itoa(q.Lo), "women": "few"}) != "" {
			say += "；一家一家问的时候先算不多，建议联合组建，那只是程序的设想"
		}
		u.note(say)
	case h == nil:
		u.note("女性写的是“" + clipped(q.Say) + "”，讲话没有写人数标准，算不算较多请本级妇联认定")
	case (q.Lo >= h.Women) == (q.Hi >= h.Women):
		facts["women_count"] = itoa(q.Lo)
	default:
		u.note("女性写的是“" + clipped(q.Say) + "”，够不够本地标准的" + itoa(h.Women) + "人说不准，请核实")
	}
}

// besides reads what the remarks say of facts that no column gives. A number
// in them is never made into 较多 or 不多.
func (u *unit) besides(facts map[string]any) {
	if u.remark == "" {
		return
	}
	read := u.f.book.Read(u.remark).Facts
	delete(read, "kind")
	if read["women_count"] != "" {
		delete(read, "women_count")
		delete(read, "women")
	}
	for _, f := range u.f.book.Facts {
		v, had := read[f.ID], facts[f.ID]
		switch {
		case v == "" || v == rule.Unknown:
		case had == nil && u.said[f.ID] == nil:
			facts[f.ID] = v
			u.note("“" + u.f.book.ValueName(f.ID, v) + "”是从备注里读的")
		case had != nil && had != v && had != rule.Unknown:
			u.note("备注像是说“" + u.f.book.ValueName(f.ID, v) + "”，跟列里的不一样，按列里的算")
		}
	}
}

// shortHeading names a column in a remark.
func shortHeading(c Column) string {
	if c.Heading == "" {
		return c.Letter + "列"
	}
	return oneLine(c.Heading)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }

// clipped keeps a cell's text short in a remark.
func clipped(s string) string {
	r := []rune(oneLine(s))
	if len(r) > 16 {
		return string(r[:16]) + "……"
	}
	return string(r)
}
