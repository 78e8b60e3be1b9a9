package answer

import (
	"strings"
	"testing"

	"zujian/knowledge"
)

// nearOf is what a search found without being sure: a notice's sentences, with how
// much lower each is weighed than the first.
func nearOf(status Status, likely float64, behind ...float64) found {
	d := &knowledge.Document{ID: "x", Title: "石坝乡书屋管理办法", Issuer: "石坝乡人民政府", Sections: []knowledge.Section{{Parent: -1}}}
	for i, s := range []string{"书屋押金五十元，退卡时退还。", "书屋押金由村委会保管。", "书屋押金收据由乡文化站统一印制。"} {
		d.Clauses = append(d.Clauses, knowledge.Clause{Text: s, Locator: "第" + string("123"[i]) + "句", Number: i + 1})
	}
	f := found{status: status, nearest: true, likely: likely, lead: "书屋押金五十元，退卡时退还。"}
	for i := range d.Clauses {
		f.related = append(f.related, ref{doc: d, clause: i, behind: behind[i]})
	}
	return f
}

// TestGuesses holds how what is not sure is said: the likeliest first where it is
// likely, with what comes as near; a list where nothing is.
func TestGuesses(t *testing.T) {
	a := newAnswerer(t, false)
	for _, x := range []struct {
		name, question string
		found          found
		want           string
	}{
		{"likely and alone", "书屋押金多少", nearOf(Unsure, 0.6, 0, 3, 3),
			"可能是：书屋押金五十元，退卡时退还（《石坝乡书屋管理办法》第1句）\n没有十分把握，回1看原文。"},
		{"another comes as near", "书屋押金多少", nearOf(Unsure, 0.3, 0, 3, 0.5),
			"可能是：书屋押金五十元，退卡时退还（《石坝乡书屋管理办法》第1句）\n没有把握，也可能是：\n2. 书屋押金收据由乡文化站统一印制（第3句）\n回数字看原文。"},
		{"nothing is likely", "书屋押金多少", nearOf(Unsure, 0.1, 0, 0.2, 0.5),
			"没有把握，最接近的是（《石坝乡书屋管理办法》）：\n1. 书屋押金五十元，退卡时退还（第1句）\n2. 书屋押金由村委会保管（第2句）\n3. 书屋押金收据由乡文化站统一印制（第3句）\n回数字看原文。"},
		{"not stated", "书屋押金谁定的", nearOf(NotStated, 0.1, 0, 0.2, 0.5),
			"没有找到直接说这一点的话（您问的是：书屋押金谁定的）。最接近的是：书屋押金五十元，退卡时退还（《石坝乡书屋管理办法》第1句）。\n可以问石坝乡人民政府。"},
		{"a bare word is no question", "书屋押金", nearOf(NotStated, 0.3, 0, 3, 3),
			"可能是：书屋押金五十元，退卡时退还（《石坝乡书屋管理办法》第1句）\n没有把握，回1看原文。"},
		{"nothing to do with it", "龙舟赛怎么报名", nearOf(NotStated, 0.1, 0, 0.2, 0.5),
			"没有找到直接说这一点的话（您问的是：龙舟赛怎么报名）。\n请问管这件事的部门。"},
	} {
		if got := a.guessed(x.found, x.question); got.text != x.want {
			t.Errorf("%s:\n%s\nwant\n%s", x.name, got.text, x.want)
		}
	}
}

// TestSaysEnough holds when a quotation is left out: where the first line has most of
// it, or a part that stands by itself; never where a list is asked for.
func TestSaysEnough(t *testing.T) {
	const quote = "甲组负责登记，每季度核对一次登记簿；乙组负责保管钥匙和借阅登记簿。"
	for _, x := range []struct {
		lead, question string
		want           bool
	}{
		{"乙组负责保管钥匙和借阅登记簿。", "钥匙归谁管", false}, // too short to stand alone
		{"甲组负责登记，每季度核对一次登记簿。", "谁来登记", true},
		{"每季度核对一次登记簿。", "多久核对", false}, // without its subject
		{"要。甲组负责登记，每季度核对一次登记簿。", "要不要登记", true},
		{"甲组负责登记，每季度核对一次登记簿。", "都有哪些分工", false},
		{strings.TrimSuffix(quote, "借阅登记簿。"), "谁管钥匙", true},
	} {
		if got := saysEnough(x.lead, quote, x.question); got != x.want {
			t.Errorf("%s, %s: %v", x.lead, x.question, got)
		}
	}
}

// TestOutcomeIsNoRule tells a question for what came of something from one for the rule.
func TestOutcomeIsNoRule(t *testing.T) {
	rules := &knowledge.Document{Clauses: []knowledge.Clause{{Text: "奖章每年评选一次，每次不超过五名。"}}}
	report := &knowledge.Document{Clauses: []knowledge.Clause{{Text: "去年共评选奖章五名。"}}}
	for question, want := range map[string]string{
		"去年拿奖章的是哪几位":         "去年",
		"这个驿站去年一共派出去多少零工？":   "去年",
		"大修基金现在攒了多少":         "现在",
		"去年评上的还能再评吗":         "",
		"前年被拘留过，积分要扣多少":      "",
		"前年打架被拘留过一回,积分要扣多少":  "",
		"奖章每年评几名":            "",
		"去年批的支部，今年活动经费能有多少":  "",
		"现在水质谁来化验，多久一次":      "",
		"我去年没换完的分，今年最多能换多少":  "",
		"上半年没用完的经费，什么时候收回去？": "",
	} {
		if got := outcomeOf(rules, question); got != want {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
		if got := outcomeOf(report, question); got != "" {
			t.Errorf("%s: a report tells it, %q", question, got)
		}
	}
}
