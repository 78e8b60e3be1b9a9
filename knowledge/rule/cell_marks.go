package rule

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

var (
	yesMarks = strings.Fields(`是 有 √ ✓ ✔ ☑ v y yes true 1 对 已建 已成立 已建立 成立 建 建立 已有 在 属于 具备 能 可以 是的 有的 已 ● ■ ∨ 已组建 组建 已覆盖 覆盖 已建成 建成
		√√ √是 是√ 有√ √有 已建会 达标 在内 园区内 内 愿意 成熟 已登记 登记 已注册 注册`)
	noMarks = strings.Fields(`否 无 × ✗ ✘ x n no false 0 错 没有 没 未 未建 未成立 未建立 未组建 不是 不在 不属于 暂无 尚无 不具备 不能 没建 没成立 暂未 尚未 未覆盖 空白 非 暂未建立 尚未建立 暂未成立
		尚未成立 还没有 还没 未建会 不 外 园区外 在外 不愿意 不成熟 未登记 未注册 没登记 暂未组建 尚未组建 目前没有 无√ √无 否√ √否 待建 拟建 筹建 筹建中 在建 正在筹建 正在组建 计划建 暂缺 未设
		空缺`)
	unsures = strings.Fields(`不详 不清楚 不清 不明 不知道 待核 待核实 待定 待查 待统计 待了解 待摸排 待确认 未知 不确定 核实中 暂不清楚 未摸清 摸排中 未统计 说不准 待补充 待补`)
	empties = strings.Fields(`- — -- —— － / \ ／ 无数据 null n/a #n/a na … …… 。 . 、 略 ——- 空`)
)

// plainCell is a cell's text as marks are compared: without blanks, in small
// letters.
func plainCell(cell string) string {
	return strings.ToLower(strings.ReplaceAll(plain(text.Normalise(cell)), "\n", ""))
}

// EmptyCell says whether a cell has nothing, or a sign that stands for nothing.
func EmptyCell(cell string) bool { return isEmpty(plainCell(cell)) }

func isEmpty(t string) bool {
	return t == "" || slices.Contains(empties, t) || strings.HasPrefix(t, "#")
}

// alsoHeads are marks of yes that may as well head a column.
var alsoHeads = strings.Fields("成立 建立 登记 注册 组建 覆盖")

// MarkCell says whether a text is nothing but a mark of yes or no.
func MarkCell(t string) bool {
	t = strings.ToLower(t)
	return slices.Contains(yesMarks, t) && !slices.Contains(alsoHeads, t) || slices.Contains(noMarks, t)
}

// UnsureCell says whether a cell says that it is not known.
func (b *Book) UnsureCell(cell string) bool { return b.isUnsure(plainCell(cell)) }

func (b *Book) isUnsure(t string) bool {
	if strings.Trim(t, "?？") == "" {
		return t != ""
	}
	return slices.ContainsFunc(unsures, func(w string) bool { return strings.HasPrefix(t, w) }) ||
		slices.ContainsFunc(b.Words["unsure"], func(w string) bool { return strings.Contains(t, w) })
}

// SplitCell parts what a cell says from what stands beside it: in brackets after
// it, or after a comma.
func SplitCell(t string) (said, beside string) {
	if i := strings.IndexAny(t, "（(【["); i > 0 {
		return strings.TrimRight(t[:i], "，,、；;:："), strings.Trim(t[i:], "（）()【】[]")
	}
	if i := strings.IndexAny(t, "，,；;。:："); i > 0 {
		_, n := utf8.DecodeRuneInString(t[i:])
		return t[:i], strings.Trim(t[i+n:], "。")
	}
	return t, ""
}

// mark reads yes, no or not known; ok is false where the text is none of them.
func (b *Book) mark(t string) (value, beside string, ok bool) {
	if v, ok := boxes(t); ok {
		return v, "", true
	}
	said, beside := SplitCell(t)
	switch {
	case b.isUnsure(said):
		return Unknown, beside, true
	case slices.Contains(yesMarks, said):
		return "yes", beside, true
	case slices.Contains(noMarks, said):
		return "no", beside, true
	}
	return "", "", false
}

var (
	boxFirst = text.NewPattern(`[☑√✓✔■●][\s]*(是|有|否|无|没有|已建|未建)`)
	boxLast  = text.NewPattern(`(是|有|否|无|没有|已建|未建)[\s]*[☑√✓✔■●]`)
	anyBox   = text.NewPattern(`[□☐○☑√✓✔■●]`)
)

// boxes reads 是☑ 否□ and ☑有 □无: which of two answers is ticked.
func boxes(t string) (string, bool) {
	if !strings.ContainsAny(t, "□☐○") || !anyBox.MatchString(t) {
		return "", false
	}
	re := boxLast
	if r, _ := utf8.DecodeRuneInString(t); strings.ContainsRune("□☐○☑√✓✔■●", r) {
		re = boxFirst
	}
	all := re.FindAllStringSubmatch(t, -1)
	if len(all) != 1 {
		return "", true // none is ticked, or both are
	}
	switch all[0][1] {
	case "是", "有", "已建":
		return "yes", true
	}
	return "no", true
}
