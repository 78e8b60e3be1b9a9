package ledger

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge/rule"
	"zujian/knowledge/text"
)

// reading is what one cell says.
type reading struct {
	value   string // of the fact; "" where the cell says nothing
	beside  string // what stands with it in brackets, or the name in place of 是
	strange bool   // there is something, and it cannot be read
	remark  string // what a person should know, a sentence
}

const (
	yes     = "yes"
	no      = "no"
	partial = "partial"
)

var (
	yesMarks = []string{"是", "有", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "1", "对", "已建", "已成立", "已建立", "成立", "建", "建立", "已有", "在", "属于", "具备", "能", "可以", "是的", "有的", "已", "●", "■", "∨", "已组建", "组建", "已覆盖", "覆盖", "已建成", "建成", "√√", "√是", "是√", "有√", "√有", "已建会", "达标", "在内", "园区内", "内", "愿意", "成熟", "已登记", "登记", "已注册", "注册"}
	noMarks  = []string{"否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0", "错", "没有", "没", "未", "未建", "未成立", "未建立", "未组建", "不是", "不在", "不属于", "暂无", "尚无", "不具备", "不能", "没建", "没成立", "暂未", "尚未", "未覆盖", "空白", "非", "暂未建立", "尚未建立", "暂未成立", "尚未成立", "还没有", "还没", "未建会", "不", "外", "园区外", "在外", "不愿意", "不成熟", "未登记", "未注册", "没登记", "暂未组建", "尚未组建", "目前没有", "无√", "√无", "否√", "√否", "待建", "拟建", "筹建", "筹建中", "在建", "正在筹建", "正在组建", "计划建", "暂缺"}
	unsures  = []string{"不详", "不清楚", "不清", "不明", "不知道", "待核", "待核实", "待定", "待查", "待统计", "待了解", "待摸排", "待确认", "未知", "不确定", "核实中", "暂不清楚", "未摸清", "摸排中", "未统计", "说不准", "待补充", "待补"}
	empties  = []string{"", "-", "—", "--", "——", "－", "/", "\\", "／", "无数据", "null", "n/a", "#n/a", "na", "…", "……", "。", ".", "、", "略", "——-", "空"}
)

// plainCell is a cell's text as marks are compared: without blanks, in small
// letters.
func plainCell(text string) string { return strings.ToLower(squeeze(text)) }

// isEmpty says whether a cell has nothing, or a sign that stands for nothing.
func isEmpty(t string) bool { return slices.Contains(empties, t) || strings.HasPrefix(t, "#") }

// isTick is a mark that can only be data.
func isTick(t string) bool {
	return slices.Contains([]string{"√", "✓", "✔", "☑", "×", "✗", "✘", "●", "■"}, t)
}

// isMark says whether a text is nothing but a mark of yes or no.
func isMark(t string) bool {
	t = strings.ToLower(t)
	return slices.Contains(yesMarks, t) && t != "成立" && t != "建立" && t != "登记" && t != "注册" && t != "组建" && t != "覆盖" || slices.Contains(noMarks, t)
}

func isUnsure(b *rule.Book, t string) bool {
	if strings.Trim(t, "?？") == "" {
		return t != ""
	}
	return slices.ContainsFunc(unsures, func(w string) bool { return strings.HasPrefix(t, w) }) ||
		slices.ContainsFunc(b.Words["unsure"], func(w string) bool { return strings.Contains(t, w) })
}

// splitBrackets parts what is said from what stands in brackets after it, or
// after a comma.
func splitBrackets(t string) (said, beside string) {
	if i := strings.IndexAny(t, "（(【["); i > 0 {
		return strings.TrimRight(t[:i], "，,、；;:："), strings.Trim(t[i:], "（）()【】[]")
	}
	if i := strings.IndexAny(t, "，,；;。:："); i > 0 {
		_, n := splitRune(t[i:])
		return t[:i], strings.Trim(t[i+n:], "。")
	}
	return t, ""
}

func splitRune(s string) (rune, int) {
	for i, r := range s {
		return r, i + len(string(r))
	}
	return 0, 0
}

// mark reads yes, no or not known; ok is false where the text is none of them.
func mark(b *rule.Book, t string) (value, beside string, ok bool) {
	if v, ok := boxes(t); ok {
		return v, "", true
	}
	said, beside := splitBrackets(t)
	switch {
	case isUnsure(b, said):
		return rule.Unknown, beside, true
	case slices.Contains(yesMarks, said):
		return yes, beside, true
	case slices.Contains(noMarks, said):
		return no, beside, true
	}
	return "", "", false
}

var (
	boxFirst = regexp.MustCompile(`[☑√✓✔■●][\s]*(是|有|否|无|没有|已建|未建)`)
	boxLast  = regexp.MustCompile(`(是|有|否|无|没有|已建|未建)[\s]*[☑√✓✔■●]`)
	anyBox   = regexp.MustCompile(`[□☐○☑√✓✔■●]`)
)

// boxes reads 是☑ 否□ and ☑有 □无: which of two answers is ticked.
func boxes(t string) (string, bool) {
	if !strings.ContainsAny(t, "□☐○") || !anyBox.MatchString(t) {
		return "", false
	}
	re := boxLast
	if r, _ := splitRune(t); strings.ContainsRune("□☐○☑√✓✔■●", r) {
		re = boxFirst
	}
	all := re.FindAllStringSubmatch(t, -1)
	if len(all) != 1 {
		return "", true // none is ticked, or both are
	}
	switch all[0][1] {
	case "是", "有", "已建":
		return yes, true
	}
	return no, true
}

// quantity is a number as a cell gives it.
type quantity struct {
	known   bool
	lo, hi  int    // between which it lies
	word    string // 多 or 少 said in words: many, few, none
	casual  bool   // holds others than fixed staff
	percent int    // a share instead of a number, 1 to 100
	strange bool
	say     string
}

func (q quantity) exact() bool { return q.known && q.lo == q.hi }

var (
	percentForm = regexp.MustCompile(`^(\d{1,3})(?:\.\d+)?[%％]$`)
	rangeForm   = regexp.MustCompile(`^(\d+)[-~～—至到](\d+)(?:人|名|个|家)?$`)
	thousands   = regexp.MustCompile(`(\d)[,，](\d{3})`)
	partsForm   = regexp.MustCompile(`^(\d+)(?:人|名)?[/／](\d+)(?:人|名)?$`)
	womenPart   = regexp.MustCompile(`女(?:性|职工|员工|工)?(?:有|共|:|：)?(\d+)`)
	numberForm  = regexp.MustCompile(`^\d+(?:\.0+)?(?:人|名|个|家|户|位)?$`)
)

// readQuantity reads a number of people or units, and of women where the cell
// gives both.
func readQuantity(b *rule.Book, text string) quantity {
	t := thousands.ReplaceAllString(plainCell(text), "$1$2")
	said, beside := splitBrackets(t)
	q := quantity{say: text}
	if containsOf(b, t, "casual") {
		q.casual = true
	}
	switch {
	case isEmpty(t), isUnsure(b, said):
		return quantity{say: text}
	case slices.Contains([]string{"无", "没有", "0", "零", "0人", "一个也没有"}, said):
		q.known = true
		return q
	}
	if m := percentForm.FindStringSubmatch(t); m != nil {
		q.percent = atoi(m[1])
		return q
	}
	if m := partsForm.FindStringSubmatch(t); m != nil {
		n := min(atoi(m[1]), atoi(m[2])) // women are part of the staff
		q.known, q.lo, q.hi = true, n, n
		return q
	}
	if m := womenPart.FindStringSubmatch(t); m != nil && strings.Count(t, "女") == 1 && !strings.HasPrefix(t, "女") {
		n := atoi(m[1])
		q.known, q.lo, q.hi = true, n, n
		return q
	}
	if m := rangeForm.FindStringSubmatch(t); m != nil {
		q.known, q.lo, q.hi = true, atoi(m[1]), atoi(m[2])
		return q.checked()
	}
	return q.plain(b, said, beside)
}

// plain reads one number with what softens it, or a word.
func (q quantity) plain(b *rule.Book, said, beside string) quantity {
	if numberForm.MatchString(said) {
		n := atoi(trimNumber(strings.TrimRight(said, "人名个家户位")))
		q.known, q.lo, q.hi = true, n, n
		return q.checked()
	}
	ns := text.Numbers(said)
	if len(ns) != 1 || strings.Contains(said, "-") {
		q.word, _ = b.Answer("women", said)
		q.strange = q.word == "" || q.word == rule.Unknown
		return q
	}
	q.known, q.lo, q.hi = true, ns[0].Lo, ns[0].Hi
	switch {
	case strings.Contains(said, "不到"), strings.Contains(said, "不足"), strings.HasSuffix(said, "以下"), strings.Contains(said, "以内"):
		q.lo, q.hi = 1, ns[0].N-1
	case strings.HasSuffix(said, "以上"), strings.Contains(said, "超过"), strings.Contains(said, "多于"):
		q.hi = ns[0].N * 2
	case strings.HasPrefix(said, "近"), strings.Contains(said, "将近"), strings.Contains(said, "接近"):
		q.lo, q.hi = ns[0].N*9/10, ns[0].N
	case strings.Contains(said, "约"), strings.Contains(said, "左右"), strings.Contains(said, "上下"), strings.Contains(said, "大概"), strings.Contains(said, "大约"), strings.Contains(said, "估"):
		q.lo, q.hi = ns[0].Lo*9/10, ns[0].Hi*11/10
	}
	return q.checked()
}

// checked refuses what no organisation has.
func (q quantity) checked() quantity {
	if q.lo > q.hi || q.hi > 1_000_000 {
		return quantity{strange: true, say: q.say}
	}
	return q
}

func containsOf(b *rule.Book, t, list string) bool {
	return slices.ContainsFunc(b.Words[list], func(w string) bool { return strings.Contains(t, w) })
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
