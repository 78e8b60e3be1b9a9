package rule

import (
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

// Quantity is a number of people or units as a cell gives it.
type Quantity struct {
	Known   bool
	Lo, Hi  int    // between which it lies
	Word    string // 多 or 少 said in words: many, few, none
	Casual  bool   // holds others than fixed staff
	Percent int    // a share instead of a number, 1 to 100
	Strange bool   // there is something, and it cannot be read
	Say     string
}

// Exact says whether it is one number.
func (q Quantity) Exact() bool { return q.Known && q.Lo == q.Hi }

var (
	percentForm = text.NewPattern(`^(\d{1,3})(?:\.\d+)?[%％]$`)
	rangeForm   = text.NewPattern(`^(\d+)[-~～—至到](\d+)(?:人|名|个|家)?$`)
	thousands   = text.NewPattern(`(\d)[,，](\d{3})`)
	partsForm   = text.NewPattern(`^(\d+)(?:人|名)?[/／](\d+)(?:人|名)?$`)
	womenPart   = text.NewPattern(`女(?:性|职工|员工|工)?(?:有|共|:|：)?(\d+)`)
	numberForm  = text.NewPattern(`^\d+(?:\.0+)?(?:人|名|个|家|户|位)?$`)
)

// CountCell reads a number of people or units, and of women where the cell
// gives both.
func (b *Book) CountCell(cell string) Quantity {
	t := thousands.ReplaceAllString(plainCell(cell), "$1$2")
	said, _ := SplitCell(t)
	q := Quantity{Say: cell}
	if b.lexicon.any(t, "casual") {
		q.Casual = true
	}
	switch {
	case isEmpty(t), b.isUnsure(said):
		return Quantity{Say: cell}
	case slices.Contains([]string{"无", "没有", "0", "零", "0人", "一个也没有"}, said):
		return q.between(0, 0)
	}
	if m := percentForm.FindStringSubmatch(t); m != nil {
		q.Percent = atoi(m[1])
		return q
	}
	if m := partsForm.FindStringSubmatch(t); m != nil {
		n := min(atoi(m[1]), atoi(m[2])) // women are part of the staff
		return q.between(n, n)
	}
	if m := womenPart.FindStringSubmatch(t); m != nil && strings.Count(t, "女") == 1 && !strings.HasPrefix(t, "女") {
		return q.between(atoi(m[1]), atoi(m[1]))
	}
	if m := rangeForm.FindStringSubmatch(t); m != nil {
		return q.between(atoi(m[1]), atoi(m[2])).checked()
	}
	return q.plain(b, said)
}

// plain reads one number with what softens it, or a word.
func (q Quantity) plain(b *Book, said string) Quantity {
	if numberForm.MatchString(said) {
		n := atoi(trimNumber(strings.TrimRight(said, "人名个家户位")))
		return q.between(n, n).checked()
	}
	ns := text.Numbers(said)
	if len(ns) != 1 || strings.Contains(said, "-") {
		answer, _ := b.Answered(womenFact, said)
		q.Word, q.Strange = answer.Value, answer.Value == "" || answer.Value == Unknown
		return q
	}
	if ns[0].About || strings.Contains(said, "估") {
		return q.between(ns[0].Lo*9/10, ns[0].Hi*11/10).checked()
	}
	return q.between(ns[0].Lo, ns[0].Hi).checked()
}

func (q Quantity) between(lo, hi int) Quantity {
	q.Known, q.Lo, q.Hi = true, lo, hi
	return q
}

// checked refuses what no organisation has.
func (q Quantity) checked() Quantity {
	if q.Lo > q.Hi || q.Hi > 1_000_000 {
		return Quantity{Strange: true, Say: q.Say}
	}
	return q
}

// trimNumber reads 1.0 and 1,200 as people mean them.
func trimNumber(t string) string {
	if whole, rest, ok := strings.Cut(t, "."); ok && strings.Trim(rest, "0") == "" && rest != "" {
		t = whole
	}
	return strings.ReplaceAll(t, ",", "")
}

// atoi reads digits; anything else is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
