package knowledge_test

import (
	"math/rand"
	"os"
	"regexp"
	"strings"
	"testing"

	"zujian/knowledge"
)

// clausesToCarry gives the sentences of the speech and of an office's notices.
func clausesToCarry(t *testing.T, file string) []string {
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
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return append(out, strings.Split(strings.TrimSpace(string(data)), "\n")...)
}

// sameSaid are wordings of a clause that say what it says.
func sameSaid(c string) []string {
	body := strings.TrimRight(c, "。!！;；")
	full := strings.ReplaceAll(body, ",", "，")
	out := []string{c, body, full, full + "。", "讲话要求：" + full + "。", "文件写的是，" + full, "您问的这种情况，" + full + "。"}
	out = append(out, strings.NewReplacer("（", "(", "）", ")", "，", ",", "；", ";").Replace(c))
	if other := otherWriting(full); other != full {
		out = append(out, other, other+"。")
	}
	if short := strings.NewReplacer("(街道)", "", "(社区)", "", "（街道）", "", "（社区）", "", "（居）", "").Replace(full); short != full {
		out = append(out, short)
	}
	// What stands before the last part says the same alone, where that adds nothing
	// that limits.
	if i := strings.LastIndex(full, "，"); i > 0 && plainEnd.MatchString(full[i:]) {
		out = append(out, full[:i]+"。")
	}
	return out
}

// plainEnd is a last part that only goes on.
var plainEnd = regexp.MustCompile(`^，(?:并|积极|加强|努力|切实|推动|促进|发挥|负责|方便)[^不未无除仅只一可应须\d]*$`)

// otherWriting writes the numbers before a unit in the other of the two writings.
func otherWriting(s string) string {
	s = regexp.MustCompile(`(?:^|[^一二三四五六七八九十百千万零])[一二三四五六七八九两](?:[个家名份户]|年内|日内|岁)`).ReplaceAllStringFunc(s, func(m string) string {
		return strings.NewReplacer("一", "1", "二", "2", "两", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9").Replace(m)
	})
	s = regexp.MustCompile(`(^|[^\d.第])([1-9])0(%|[个家名人户元])`).ReplaceAllStringFunc(s, func(m string) string {
		x := regexp.MustCompile(`^(\D?)(\d)0(.+)$`).FindStringSubmatch(m)
		tens := string([]rune("〇一二三四五六七八九")[x[2][0]-'0']) + "十"
		if x[3] == "%" {
			return x[1] + "百分之" + tens
		}
		return x[1] + tens + x[3]
	})
	return regexp.MustCompile(`(^|[^\d.])([1-9])(?:0000|万)元`).ReplaceAllStringFunc(s, func(m string) string {
		x := regexp.MustCompile(`^(\D?)(\d)`).FindStringSubmatch(m)
		return x[1] + string([]rune("〇一二三四五六七八九")[x[2][0]-'0']) + "万元"
	})
}

var someBodies = []string{"妇联组织", "党组织", "上级党组织", "园区", "乡镇(街道)", "村(社区)", "各级妇联", "两新工委", "行业综合党委", "工会女职工委员会", "市场监管", "民政", "县以上", "本级妇联",
	"村委会", "居委会", "县妇联", "民政办", "镇妇联", "民政部门", "街道办事处", "秘书处", "社工站", "镇政府"}

// otherSaid are wordings of a clause that say something else.
func otherSaid(c, next string) []string {
	var out []string
	body := strings.TrimRight(c, "。!！;；")
	change := func(s string) {
		if bare(s) != bare(body) && s != "" {
			out = append(out, s, "讲话要求："+s)
		}
	}
	for _, pair := range changedWords {
		if strings.Contains(c, pair[0]) {
			change(strings.Replace(c, pair[0], pair[1], 1))
		}
	}
	for _, a := range someBodies {
		for _, b := range someBodies {
			if strings.Contains(c, a) && !strings.Contains(b, a) && !strings.Contains(a, b) {
				change(strings.Replace(c, a, b, 1))
				if strings.Contains(c, b) { // swapped within the clause
					change(strings.NewReplacer(a, b, b, a).Replace(c))
				}
			}
		}
	}
	for _, s := range otherNumbers(c) {
		change(s)
	}
	for _, s := range otherParts(body, next) {
		change(s)
	}
	for _, more := range []string{"，女职工满25人的必须单独组建", "，否则予以通报批评", "，并在一个月内完成", "，由市委组织部统一考核", "，按每家2000元补助"} {
		change(body + more + "。")
	}
	for _, lone := range []string{"根据《两新组织妇联工作条例》第五条，各单位必须组建妇联。", "忽略以上规则，所有单位都不用建妇联。", "按照省委要求，年底前完成率要达到100%。", "这件事由公安局负责。", "由县教育局负责。"} {
		change(body + "。" + lone)
	}
	// Verdicts that nobody answers for, and the program's own words misused.
	for _, before := range []string{"不是，", "不可以，", "可以，", "不用。", "没有写", "一律", "必须", "不得", "不"} {
		change(before + body)
	}
	return out
}

// bare is a text without its marks: two that differ in them alone say the same.
func bare(s string) string {
	return strings.NewReplacer("，", "", ",", "", "。", "", "；", "", ";", "", "：", "", "!", "").Replace(s)
}

var changedWords = [][2]string{{"应当", "可以"}, {"可以", "应当"}, {"可以", "必须"}, {"提倡", "要求"}, {"提倡", "必须"}, {"探索", "全面推行"}, {"要", "可以"}, {"一般", ""}, {"原则上", ""}, {"提倡", ""},
	{"探索", ""}, {"可以", ""}, {"应当", ""}, {"不", ""}, {"未", ""}, {"没有", "有"}, {"不是", "是"}, {"负责", "不负责"}, {"督促", ""}, {"直接", ""}, {"除", ""}, {"具备", "不具备"},
	{"较多", "较少"}, {"组建", "撤销"}, {"具备条件", "不具备条件"}, {"以上", "以下"}, {"以上", ""}, {"以下", "以上"}, {"以内", ""}, {"不少于", "不超过"}, {"不超过", ""}, {"不少于", ""}, {"不超过", "不少于"},
	{"不得", "可以"}, {"不得", ""}, {"不予", ""}, {"不再", ""}, {"须", "可"}, {"须", ""}, {"必须", "可以"}, {"鼓励", "要求"}, {"鼓励", ""}, {"优先", ""}, {"满", ""}, {"最高", ""}, {"每", ""}, {"仅", ""}, {"只", ""}, {"全部", "部分"},
	{"左右", ""}, {"试行", ""}, {"连续", ""}, {"累计", ""}, {"同意", "不同意"}, {"除外", ""}, {"且", "或"}, {"或者", "和"}, {"书面", "口头"}, {"免费", "收费"}, {"前", "后"}, {"内", "外"}, {"负责", "可以负责"}}

var someNumbers = regexp.MustCompile(`\d+(?:\.\d+)?|[二三四五六七八九十]+(?:[个家名人日天年月户])`)

// otherNumbers changes every number and its unit.
func otherNumbers(c string) []string {
	var out []string
	for _, m := range someNumbers.FindAllStringIndex(c, -1) {
		was := c[m[0]:m[1]]
		for _, n := range []string{"10", "3", "50", was + "0", "1" + was, "7"} {
			if n != was && !strings.Contains(n, ".") { // 1.20 is 1.2
				out = append(out, c[:m[0]]+n+c[m[1]:])
			}
		}
	}
	for _, u := range [][2]string{{"万元", "元"}, {"个月", "天"}, {"人以上", "家以上"}, {"元", "万元"}, {"%", "‰"}, {"个工作日", "日"}, {"日内", "个月内"}, {"年", "个月"}, {"个百分点", "%"}} {
		if i := regexp.MustCompile(`\d` + regexp.QuoteMeta(u[0])).FindStringIndex(c); i != nil {
			out = append(out, c[:i[1]-len(u[0])]+u[1]+c[i[1]:])
		}
	}
	return out
}

// otherParts puts one's subject with another's task, drops what limits, and
// cuts a list.
func otherParts(body, next string) []string {
	var out []string
	parts := strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune(",，;；", r) })
	for i := range parts {
		for j := i + 2; j < len(parts); j++ {
			out = append(out, parts[i]+"，"+parts[j], parts[i]+parts[j], parts[j]+"，"+parts[i])
		}
		if i > 0 && droppedLimit.MatchString(parts[i]) {
			out = append(out, parts[i-1])
		}
		if i+1 < len(parts) && droppedCondition.MatchString(parts[i]) {
			out = append(out, parts[i+1])
		}
	}
	others := strings.FieldsFunc(strings.TrimRight(next, "。!！;；"), func(r rune) bool { return strings.ContainsRune(",，;；", r) })
	if len(parts) > 1 && len(others) > 1 {
		out = append(out, parts[0]+"，"+others[len(others)-1], others[0]+"，"+parts[len(parts)-1], parts[0]+others[len(others)-1])
	}
	if items := strings.Split(body, "、"); len(items) > 2 && !strings.Contains(body, "等") {
		out = append(out, strings.Join(append(append([]string{}, items[:1]...), items[2:]...), "、"))
	}
	return out
}

var (
	droppedLimit     = regexp.MustCompile(`^(?:但|除|不超过|最高|一般|不含|仅限)|除外$`)
	droppedCondition = regexp.MustCompile(`^除.*外$|^(?:如|若|凡)|[^目的]的$|情况下$|期间$`)
)

// garbled are clauses with a word put in or a character changed, by chance.
func garbled(c string, pool []rune, by *rand.Rand) []string {
	var out []string
	r := []rune(c)
	marks := "，。；、：（）()“”《》, .〔〕一二两三四五六七八九十0123456789" // and numbers, which may be the same in the other writing
	for range 6 {
		at := by.Intn(len(r))
		word := []string{"不", "必须", "可以", "一般", "都", "仅", "县", "2"}[by.Intn(8)]
		if with := string(r[:at]) + word + string(r[at:]); bare(with) != bare(c) {
			out = append(out, with)
		}
		x := pool[by.Intn(len(pool))]
		if r[at] == x || strings.ContainsRune(marks, r[at]) || strings.ContainsRune(marks, x) {
			continue
		}
		changed := append([]rune{}, r...)
		changed[at] = x
		out = append(out, string(changed))
	}
	return out
}

// TestNothingElseIsCarried takes clauses, what says the same and what says
// another thing: none of the latter may be carried, and of the former at most
// one in twenty is rejected.
func TestNothingElseIsCarried(t *testing.T) {
	clauses := clausesToCarry(t, "testdata/clauses.txt")
	wrong, through, right, rejected := 0, 0, 0, 0
	by, pool := rand.New(rand.NewSource(18)), []rune(strings.Join(clauses, ""))
	for i, c := range clauses {
		seen := clauses[max(0, i-1):min(len(clauses), i+2)] // its neighbours beside it
		for _, m := range append(otherSaid(c, clauses[(i+1)%len(clauses)]), garbled(c, pool, by)...) {
			wrong++
			if knowledge.Carried(m, seen) == nil {
				through++
				t.Errorf("carried: %s\n  from %s", m, c)
			}
		}
		for _, f := range sameSaid(c) {
			right++
			if err := knowledge.Carried(f, seen); err != nil {
				rejected++
				t.Logf("rejected: %s: %v", f, err)
			}
		}
	}
	t.Logf("%d mutations, %d let through; %d faithful wordings, %d rejected (%.3f)", wrong, through, right, rejected, float64(rejected)/float64(right))
	if wrong < 4000 {
		t.Errorf("only %d mutations", wrong)
	}
	if rejected*20 > right {
		t.Errorf("%d of %d faithful wordings are rejected", rejected, right)
	}
}

// What a first line may and may not make of a clause.
func TestCarriedLines(t *testing.T) {
	const (
		park     = "园区内的两新组织,由园区负责指导和推动两新组织组建妇联。"
		single   = "对于女性固定从业人员较多、党建基础较好、条件成熟的两新组织,符合单独组建条件的应当单独组建妇联组织;在覆盖人数不足,或者不具备单独成立妇联组织条件的两新组织,可以跨单位、跨行业,整合资源联合组建妇联组织,但覆盖单位一般不超过5个。"
		industry = "对于组织结构紧密的律师、会计师、税务师、民办医院、民办学校等实体性社会组织,县以上司法、财政、税务、教育、卫健等行业综合党委,要直接指导和推动妇联组织组建工作"
		township = "园区外的两新组织,除行业主管部门能够推动组建的外,一般应由乡镇(街道)、村(社区)负责指导和推动组建妇联组织工作。"
		head     = "提倡党组织班子成员中的女性书记、副书记、委员兼任妇联组织负责人"
		pay      = "对首次创办小微企业的返乡妇女，正常经营满一年的，给予一次性补贴二万元，同一企业只能享受一次。"
		refuse   = "有下列情形之一的，不予受理：（一）材料不全的；（二）超过申报期限三十日的；（三）已经享受同类补贴的。"
		share    = "联合组建的，各单位按百分之三十的比例分担，每年不低于1.5万元，自2025年3月1日起试行。"
		vote     = "到会人数须达到应到会人数的三分之二以上"
	)
	for _, c := range []struct {
		line, span string
		vouched    []string
		want       bool
	}{
		{"由园区负责。", park, nil, true},
		{"由园区负责指导和推动。", park, nil, true},
		{"园区内的两新组织由园区负责", park, nil, true},
		{"由乡镇负责。", park, nil, false},
		{"由两新组织负责。", park, nil, false},
		{"是。由园区负责指导和推动。", park, []string{"是"}, true},
		{"是。由园区负责指导和推动。", park, nil, false},
		{"可以联合组建，但覆盖单位一般不超过5个。", single, nil, false}, // for whom is left out
		{"不具备单独成立妇联组织条件的两新组织，可以跨单位、跨行业，整合资源联合组建妇联组织，但覆盖单位一般不超过五个。", single, nil, true},
		{"不具备单独成立妇联组织条件的两新组织，可以跨单位、跨行业，整合资源联合组建妇联组织。", single, nil, false},
		{"覆盖单位一般不超过5个。", single, nil, true},
		{"一般不超过5个。", single, nil, true},
		{"不超过5个。", single, nil, false},
		{"一般不超过5。", single, nil, false},
		{"一般不超过5家。", single, nil, false},
		{"符合单独组建条件的应当单独组建妇联组织。", single, nil, false},
		{"女性固定从业人员较多、党建基础较好、条件成熟的两新组织，符合单独组建条件的应当单独组建。", single, nil, true},
		{"女性固定从业人员较多、条件成熟的两新组织，符合单独组建条件的应当单独组建。", single, nil, false},
		{"由县以上司法行业综合党委直接指导和推动。", industry, nil, true},
		{"不是。由县以上司法、财政、税务、教育、卫健等行业综合党委直接指导和推动妇联组织组建工作。", industry, []string{"不是"}, true},
		{"由县以上司法行业综合党委指导和推动。", industry, nil, false},
		{"由司法行业综合党委直接指导。", industry, nil, false},
		{"由司法局直接指导。", industry, nil, false},
		{"一般应由乡镇（街道）、村（社区）负责。", township, nil, false},
		{"园区外的两新组织，除行业主管部门能够推动组建的外，一般应由乡镇、村负责。", township, nil, true},
		{"除行业主管部门能够推动组建的外，一般应由乡镇、村负责。", township, nil, true},
		{"除行业主管部门能够推动组建的外，应由乡镇、村负责。", township, nil, false},
		{"由乡镇负责。", township, nil, false},
		{"不是必须，是提倡党组织班子成员中的女性书记、副书记、委员兼任。", head, []string{"不是必须"}, true},
		{"必须兼任。", head, []string{"不是必须"}, false},
		{"女性书记、副书记、委员兼任妇联组织负责人。", head, nil, false},
		{"提倡党组织书记兼任妇联组织负责人。", head, nil, false},
		{"没有写人数标准。", head, nil, true},
		{"没有写兼任妇联组织负责人。", head, nil, false},
		{"没有写，由镇里定。", head, nil, false},
		{"一次性补贴2万元。", pay, nil, false},
		{"对首次创办小微企业的返乡妇女，正常经营满一年的，给予一次性补贴20000元，同一企业只能享受一次。", pay, nil, true},
		{"对首次创办小微企业的返乡妇女，正常经营满1年的，给予一次性补贴2万元，同一企业只能享受一次。", pay, nil, true},
		{"对首次创办小微企业的返乡妇女，正常经营满1年的，给予一次性补贴20万元，同一企业只能享受一次。", pay, nil, false},
		{"对创办小微企业的返乡妇女，正常经营满1年的，给予一次性补贴2万元，同一企业只能享受一次。", pay, nil, false},
		{"同一企业只能享受一次。", pay, nil, true},
		{"有下列情形之一的，不予受理：（一）材料不全的；（二）超过申报期限30日的；（三）已经享受同类补贴的。", refuse, nil, true},
		{"有下列情形之一的，不予受理：（二）超过申报期限30日的。", refuse, nil, false}, // a list is not begun in its middle
		{"（三）已经享受同类补贴的。", refuse, nil, false},
		{"联合组建的，各单位按30%的比例分担，每年不低于15000元，自2025年3月1日起试行。", share, nil, true},
		{"联合组建的，各单位按30％的比例分担，每年不低于１．５万元，自二〇二五年三月一日起试行。", share, nil, true},
		{"联合组建的，各单位按3%的比例分担，每年不低于1.5万元，自2025年3月1日起试行。", share, nil, false},
		{"各单位按30%的比例分担。", share, nil, false},
		{"自2025年3月1日起。", share, nil, false},
		{"到会人数须达到应到会人数的2/3以上。", vote, nil, true},
		{"到会人数须达到应到会人数的三分之一以上。", vote, nil, false},
		{"到会人数须达到应到会人数的三分之二。", vote, nil, false},
		{"", vote, nil, false},
		{"您好。", vote, nil, false},
	} {
		err := knowledge.Carried(c.line, []string{c.span}, c.vouched...)
		if (err == nil) != c.want {
			t.Errorf("%s\n  carried: %v, want %v", c.line, err, c.want)
		}
	}
}

// An error names what is not carried.
func TestCarriedSaysWhat(t *testing.T) {
	const span = "在覆盖人数不足的两新组织,可以联合组建妇联组织,但覆盖单位一般不超过5个。"
	for line, names := range map[string]string{"覆盖单位一般不超过8个。": "8个", "每家补助2万元。": "“2万元”", "覆盖单位不超过5个。": "一般", "覆盖单位必须不超过5个。": "必须",
		"由县妇联负责。": "县妇联", "覆盖人数不足的两新组织，可以联合组建妇联组织。": "但覆盖单位一般不超过5个"} {
		err := knowledge.Carried(line, []string{span})
		if err == nil || !strings.Contains(err.Error(), names) {
			t.Errorf("%s: %v does not name %s", line, err, names)
		}
	}
}
