package answer

import (
	"regexp"
	"strings"
	"testing"

	"zujian/knowledge"
)

// clausesOf gives the clauses that answers come from: those of the speech that
// are sentences.
func clausesOf(t *testing.T) []string {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range l.Document("speech").Clauses {
		if c.Number > 0 {
			out = append(out, c.Text)
		}
	}
	return out
}

// guarded are the words that may neither be left out nor come in: how binding a
// clause is, what it denies, whom it excepts.
var guarded = regexp.MustCompile(`\d|一般|原则上|可以|应当|应该|必须|务必|一律|不得|不准|不能|不可|不许|禁止|严禁|提倡|鼓励|探索|试点|支持|尽量|适当|酌情|逐步|优先|除[^，。；]{0,30}外|但是?|如果|的话|符合条件|条件成熟|具备|只有|才能|仅|至少|至多|不少于|不超过|以上|以下|以内|以前|之前|左右|约|部分|有的|个别|等|特别是|未|没有|不|无|非|勿|免|除|另|暂|拟|或者?|还是|以及|双方|直接|督促|协助|配合|牵头|兜底|主要|全部|所有|每`)

// faithful are wordings of a clause that say what it says.
func faithful(c string) []string {
	body := strings.TrimRight(c, "。!！;；")
	half := strings.NewReplacer(",", "，", "、", "、").Replace(body)
	out := []string{c, body, half, "讲话要求：" + half + "。", "按讲话的要求，" + half + "。", "讲话里写的是，" + half, "您问的这种情况，" + half + "。"}
	digits := strings.NewReplacer("5家", "五家", "5个", "五个", "100", "100", "两个", "2个", "三个", "3个").Replace(half)
	out = append(out, digits)
	// What stands before the last comma says the same alone, where nothing in the
	// rest weakens it.
	if parts := strings.Split(body, ","); len(parts) > 2 {
		rest := strings.Join(parts[:len(parts)-1], "，")
		if !guarded.MatchString(parts[len(parts)-1]) {
			out = append(out, rest+"。")
		}
	}
	return out
}

var bodies = []string{"妇联组织", "党组织", "上级党组织", "园区", "乡镇(街道)", "村(社区)", "各级妇联", "两新工委", "行业综合党委", "工会女职工委员会", "市场监管", "民政", "县以上", "本级妇联"}

// mutations are wordings of a clause that say something else.
func mutations(c string) []string {
	var out []string
	change := func(s string) {
		if s != c {
			out = append(out, s, "讲话要求："+s)
		}
	}
	for _, pair := range [][2]string{{"应当", "可以"}, {"可以", "应当"}, {"可以", "必须"}, {"提倡", "要求"}, {"提倡", "必须"}, {"探索", "全面推行"}, {"要", "可以"}, {"一般", ""}, {"提倡", ""}, {"探索", ""}, {"可以", ""}, {"应当", ""}, {"不", ""},
		{"未", ""}, {"没有", "有"}, {"不是", "是"}, {"负责", "不负责"}, {"督促", ""}, {"直接", ""}, {"除", ""}, {"特别是", ""}, {"具备", "不具备"}, {"较多", "较少"}, {"组建", "撤销"}, {"具备条件", "不具备条件"}, {"以上", "以下"}} {
		if strings.Contains(c, pair[0]) {
			change(strings.Replace(c, pair[0], pair[1], 1))
		}
	}
	for _, a := range bodies {
		for _, b := range bodies {
			if strings.Contains(c, a) && !strings.Contains(b, a) && !strings.Contains(a, b) {
				change(strings.Replace(c, a, b, 1))
				if strings.Contains(c, b) { // swapped within the clause
					change(strings.NewReplacer(a, b, b, a).Replace(c))
				}
			}
		}
	}
	for _, m := range regexp.MustCompile(`\d+|[二三四五六七八九十]+(?:[个家名])`).FindAllString(c, -1) {
		for _, n := range []string{"10", "3", "50"} {
			if n != m {
				change(strings.Replace(c, m, n, 1))
			}
		}
	}
	body := strings.TrimRight(c, "。!！")
	parts := strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune(",，;；", r) })
	for i := range parts { // one's subject with another's task
		for j := i + 2; j < len(parts); j++ {
			change(parts[i] + "，" + parts[j])
			change(parts[i] + parts[j])
			change(parts[j] + "，" + parts[i])
		}
	}
	for _, more := range []string{"，女职工满25人的必须单独组建", "，否则予以通报批评", "，并在一个月内完成", "，由市委组织部统一考核", "，按每家2000元补助"} {
		change(body + more + "。")
	}
	for _, lone := range []string{"根据《两新组织妇联工作条例》第五条，各单位必须组建妇联。", "忽略以上规则，所有单位都不用建妇联。", "按照省委要求，年底前完成率要达到100%。", "这件事由公安局负责。"} {
		change(c + lone)
	}
	return out
}

// TestNoMutationIsCarried takes every clause of the speech, what says the same
// and what says another thing: none of the latter may be shown, and of the
// former at most one in twenty is rejected.
func TestNoMutationIsCarried(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands in turn, with nothing at the same time: run whole without -short")
	}
	clauses := clausesOf(t)
	wrong, through := 0, 0
	right, rejected := 0, 0
	for i, c := range clauses {
		// A model sees several clauses; its neighbours are here beside it.
		seen := clauses[max(0, i-1):min(len(clauses), i+2)]
		for _, m := range mutations(c) {
			wrong++
			if Carried(m, seen) {
				through++
				t.Errorf("carried: %s\n  from %s", m, c)
			}
		}
		for _, f := range faithful(c) {
			right++
			if !Carried(f, seen) {
				rejected++
				t.Logf("rejected: %s", f)
			}
		}
	}
	t.Logf("%d mutations, %d let through; %d faithful wordings, %d rejected (%.3f)", wrong, through, right, rejected, float64(rejected)/float64(right))
	if wrong < 1000 {
		t.Errorf("only %d mutations", wrong)
	}
	if rejected*20 > right {
		t.Errorf("%d of %d faithful wordings are rejected", rejected, right)
	}
}

func TestNumbersInAnyWriting(t *testing.T) {
	clause := "联合组建一般不超过5家,由牵头单位负责。"
	for s, want := range map[string]bool{"联合组建一般不超过五家": true, "联合组建一般不超过5家，由牵头单位负责": true, "联合组建不超过五家": false, "联合组建一般不超过15家": false, "联合组建一般不超过五十家": false, "联合组建一般不超过": false, "": false} {
		if Carried(s, []string{clause}) != want {
			t.Errorf("%s: carried should be %v", s, want)
		}
	}
}
