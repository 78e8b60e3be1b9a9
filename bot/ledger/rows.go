package ledger

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// readRows takes the rows under the headings up to the next table, and gives
// where it stopped.
func (t *table) readRows() int {
	s := t.sheet
	section, notes := "", false
	r := t.header + 1
	for ; r < len(s.grid); r++ {
		row := t.own(r)
		texts := distinct(row)
		switch {
		case len(texts) == 0:
			continue
		case t.isHeadingAgain(r):
			notes = false
			continue
		case s.headerAt(r) > 0:
			return r
		case isIndex(row), isTotal(texts):
			continue
		case isNote(texts):
			notes = true
			continue
		case notes && len(texts) <= 2:
			continue
		case t.isSection(r, texts):
			section = texts[0]
			continue
		case t.continues(r), !t.filled(row):
			continue
		}
		t.rows = append(t.rows, r)
		t.sections[r] = section
	}
	return r
}

// own gives the cells of a row that are under the table's headings.
func (t *table) own(r int) []string {
	row := t.sheet.grid[r]
	if t.beside {
		return row[:min(len(row), t.right()+1)]
	}
	return row
}

func (t *table) right() int { return t.cols[len(t.cols)-1].at }

// isHeadingAgain says whether a row repeats a row of the headings, as printed
// pages do.
func (t *table) isHeadingAgain(r int) bool {
	for h := t.top; h <= t.header; h++ {
		same, all := 0, 0
		for c := range t.sheet.width(h, h) {
			if v := t.sheet.cell(r, c); v != "" {
				all++
				if v == t.sheet.cell(h, c) {
					same++
				}
			}
		}
		if all >= 2 && same*10 >= all*8 {
			return true
		}
	}
	return false
}

var indexWord = regexp.MustCompile(`^[（(]?(?:\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九十]{1,2}|[A-Za-z])[)）]?$`)

// isIndex tells a row that only numbers the columns: 1, 2, 3 or 甲, 乙, 1, 2.
func isIndex(row []string) bool {
	n, last, rising := 0, 0, true
	for _, c := range row {
		if c == "" {
			continue
		}
		if !indexWord.MatchString(c) {
			return false
		}
		n++
		if v := atoi(strings.Trim(c, "（）()")); v > 0 {
			rising = rising && v > last
			last = v
		}
	}
	return n >= 4 && rising && last >= 3
}

var totalWord = regexp.MustCompile(`^(?:[\p{Han}\d（）()]{0,12}(?:合计|总计|小计|共计|累计|汇总)|计)[:：]?[\d]*家?$`)

// partOf is a row that breaks a total down: 其中：企业.
var partOf = regexp.MustCompile(`^(?:其中|其他|其它|另)[:：]`)

// isTotal tells rows of totals and of their parts, which are no organisation.
func isTotal(texts []string) bool {
	for _, t := range texts[:min(len(texts), 3)] {
		if t = squeeze(t); totalWord.MatchString(t) || partOf.MatchString(t) {
			return true
		}
	}
	return false
}

// noteLabels are what the lines under a table begin with.
const noteLabels = `注|备注|说明|附注|填表说明|填报说明|填报要求|填表人|填报人|填报单位|制表|制表人|审核|审核人|复核|单位负责人|负责人|分管领导|` +
	`联系人|联系电话|填报日期|填报时间|日期|单位（盖章）|（盖章）|盖章|签字|统计时间|统计口径|截至|数据截至|第\s*\d+\s*页|共\s*\d+\s*页`

var (
	noteWord  = regexp.MustCompile(`^(?:` + noteLabels + `)(?:[（(][^）)]{0,12}[）)])?\s*(?:[：:1一.、]|$|\d)`)
	noteStart = regexp.MustCompile(`^(?:注|附注|说明|备注)\s*\d*\s*[：:.、]`)
)

// isNote tells what is written under a table: 注：…, 填表人：… 审核人：….
func isNote(texts []string) bool {
	if noteStart.MatchString(texts[0]) && len(texts) <= 2 {
		return true
	}
	if len(texts) > 5 {
		return false
	}
	if len(texts) == 1 && utf8.RuneCountInString(texts[0]) > 30 {
		return true
	}
	labels := 0
	for _, t := range texts {
		if noteWord.MatchString(t) {
			labels++
		}
	}
	return noteWord.MatchString(texts[0]) && labels*2 >= len(texts)
}

var sectionWord = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分)`)

// isSection tells a line that heads the rows under it: 一、东河镇（12家）.
func (t *table) isSection(r int, texts []string) bool {
	if len(texts) > 2 {
		return false
	}
	text := texts[0]
	if len(texts) == 2 {
		if !regexpSerial.MatchString(text) {
			return false
		}
		text = texts[1]
	}
	if sectionWord.MatchString(text) {
		return true
	}
	if len(texts) != 1 || nameEnd.MatchString(strings.TrimSuffix(text, "（")) && !placeEnd.MatchString(text) {
		return false
	}
	first := slices.Index(t.sheet.grid[r], text)
	if a, ok := t.sheet.mergedAt(r, first); ok && a.c1-a.c0 >= 2 && a.r0 == a.r1 {
		return true
	}
	return placeEnd.MatchString(text)
}

var (
	regexpSerial = regexp.MustCompile(`^[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[）)、.]?$`)
	// placeEnd is a line that names a place, with or without a count after it.
	placeEnd = regexp.MustCompile(`(?:镇|乡|街道|办事处|园区|开发区|产业园|工业园|高新区|科技园|园区[内外](?:企业|单位|组织)?|[内外]企业)(?:[（(][^）)]*[）)])?[：:]?$`)
)

// continues says whether the row is a further line of the organisation above:
// its name is one merged cell over both.
func (t *table) continues(r int) bool {
	i := t.column(roleName)
	if i < 0 {
		return false
	}
	a, ok := t.sheet.mergedAt(r, t.cols[i].at)
	return ok && a.r0 < r && a.r0 > t.header && a.c0 == a.c1
}

// filled says whether a row says anything of an organisation: a number in the
// first column and nothing else is a form nobody filled in.
func (t *table) filled(row []string) bool {
	n := 0
	for _, c := range t.cols {
		if c.at < len(row) && row[c.at] != "" && c.Role != roleSerial {
			if c.Role == roleName {
				return true
			}
			n++
		}
	}
	return n >= 2
}

// dropNameless leaves out rows that have a merged line of text over them and
// nothing in any column that is used.
func (t *table) dropNameless() {
	t.rows = slices.DeleteFunc(t.rows, func(r int) bool {
		for _, c := range t.cols {
			if (c.Used() || c.Role == rolePersonal) && t.sheet.cell(r, c.at) != "" {
				return false
			}
		}
		return true
	})
}
