package dialog

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"zujian/knowledge"
	"zujian/knowledge/rule"
)

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func machine(t testing.TB) *Machine {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	b, err := rule.Shipped(l.Documents)
	if err != nil {
		t.Fatal(err)
	}
	return &Machine{Book: b, Expiry: 24 * time.Hour}
}

// play starts with the first message and takes the others a minute apart.
func play(m *Machine, messages ...string) (Session, []Reply) {
	s, r := m.Start(messages[0], morning)
	replies := []Reply{r}
	for i, text := range messages[1:] {
		s, r = m.Step(s, text, morning.Add(time.Duration(i+1)*time.Minute))
		replies = append(replies, r)
	}
	return s, replies
}

// TestTurns holds what the last message of a conversation is answered with.
func TestTurns(t *testing.T) {
	const plant = "开发区里一家电子厂，女工六百来人"
	m := machine(t)
	for _, c := range []struct {
		name     string
		messages []string
		want     []string
		not      []string
	}{
		{"understood once", []string{plant}, []string{"我理解：企业，在园区里，女性六百来人（按较多理解）", "有没有党组织", "4 不清楚"}, nil},
		{"nothing said", []string{""}, []string{"哪一类单位", "9 不清楚"}, []string{"我理解"}},
		{"a number", []string{plant, "1"}, []string{"党建基础较好、单独建的条件也成熟吗", "3 党建基础还薄弱"}, []string{"我理解"}},
		{"in words", []string{plant, "有的", "成熟"}, []string{"党组织班子里有没有女同志"}, nil},
		{"full width", []string{plant, "１。"}, []string{"条件也成熟吗"}, nil},
		{"a number too high", []string{plant, "9"}, []string{"没看明白", "有没有党组织"}, nil},
		{"not known", []string{plant, "不清楚", "不知道"}, []string{"工会女职工委员会"}, nil},
		{"back", []string{plant, "1", "上一步"}, []string{"退回一步", "有没有党组织"}, nil},
		{"back at the start", []string{plant, "上一步"}, []string{"已经是第一步", "有没有党组织"}, nil},
		{"again", []string{plant, "1", "重来"}, []string{"从头来", "哪一类单位"}, nil},
		{"quit", []string{plant, "退出"}, []string{"先到这里"}, []string{"1 "}},
		{"after quitting", []string{plant, "退出", "1"}, []string{"已经结束", "组建"}, nil},
		{"why asked", []string{plant, "为什么问这个？"}, []string{"有党组织的由它推动", "有没有党组织"}, nil},
		{"why so", []string{plant, "1", "1", "1", "1", "为什么是这个结论"}, []string{"内部推动：本单位党组织。", "因为已经建立党组织。", "情况变了，结论会跟着变", "如果没有党组织："}, nil},
		{"conclusion so far", []string{plant, "先给结论"}, []string{"责任主体：本级妇联", "还想问一句：有没有党组织"}, nil},
		{"concluded", []string{plant, "1", "4", "1", "1"}, []string{"责任主体：本级妇联。\n推动：本单位党组织。\n指导：园区。\n形式：单独组建", "还差：", "女性600人先算较多（程序设想，请核实）", "明天先找：单位自己的党组织书记，再找园区", "记台账：", "导出"}, []string{"讲话第"}},
		{"form decided", []string{plant, "1", "1", "1", "1"}, []string{"形式：单独组建（", "应当）"}, []string{"联合组建"}},
		{"form decided otherwise", []string{plant, "1", "3", "1", "1"}, []string{"形式：联合组建", "跟谁一起"}, []string{"单独组建，前提"}},
		{"corrected", []string{plant, "1", "1", "不对，它在园区外"}, []string{"我理解：不在园区", "党组织班子里有没有女同志"}, []string{"用不上"}},
		{"corrected at the end", []string{plant, "1", "1", "1", "1", "不对，它在园区外"}, []string{"指导：乡镇（街道）、村（社区）。"}, []string{"指导：园区"}},
		{"drops and names", []string{plant, "1", "1", "1", "不对，没有党支部"}, []string{"“党组织班子里有女同志”用不上了，已经去掉"}, nil},
		{"keeps what still counts", []string{plant, "1", "1", "1", "1", "不对，没有党支部"}, []string{"上级党组织", "分设"}, []string{"“有工会女职工委员会”用不上"}},
		{"corrected into nothing", []string{plant, "不对"}, []string{"改成什么", "有没有党组织"}, nil},
		{"said by the way", []string{plant, "有支部，副书记是女的"}, []string{"我理解：有党组织，党组织班子里有女同志"}, []string{"有没有党组织"}},
		{"out of scope", []string{"一家国企"}, []string{"不在讲话说的两新组织里", "本级妇联"}, []string{"1 "}},
		{"units as a number", []string{"几家小厂，不在园区，都没有支部，女的不多", "7", "没有"}, []string{"形式：区域妇联"}, []string{"没看明白"}},
		{"not understood", []string{plant, "今天天气"}, []string{"没看明白", "有没有党组织"}, nil},
		{"export", []string{plant, "1", "1", "1", "1", "导出"}, []string{"妇联组织组建建议（2026年3月2日）", "单位情况：企业，在园区里", "依据：", "讲话第3点第2句"}, []string{"不对的地方"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, replies := play(m, c.messages...)
			text := replies[len(replies)-1].Text
			for _, w := range c.want {
				if !strings.Contains(text, w) {
					t.Errorf("%q is not in\n%s", w, text)
				}
			}
			for _, w := range c.not {
				if strings.Contains(text, w) {
					t.Errorf("%q is in\n%s", w, text)
				}
			}
		})
	}
}

// TestPolicyQuestionIsAside holds that a question in the middle is left to
// whoever answers questions, changes nothing, and the open one is put again.
func TestPolicyQuestionIsAside(t *testing.T) {
	m := machine(t)
	for _, text := range []string{"联合组建最多几家？", "妇联主席谁来当", "兜底是什么意思", "会费怎么收"} {
		before, _ := play(m, "一家电子厂")
		s, r := m.Step(before, text, morning.Add(time.Minute))
		if !r.Aside || !strings.HasPrefix(r.Text, "回到刚才的问题：") || r.Question == nil {
			t.Errorf("%s: %+v", text, r)
		}
		if len(s.Answers) != len(before.Answers) {
			t.Errorf("%s was taken as an answer: %v", text, s.Answers)
		}
	}
	s, r := play(m, "一家国企")
	if r[0].Recommendation == nil {
		t.Fatal("not concluded")
	}
	if _, r := m.Step(s, "联合组建最多几家？", morning); !r.Aside || r.Text != "" {
		t.Errorf("after the conclusion: %+v", r)
	}
}

func TestExpiryIsSaid(t *testing.T) {
	m := machine(t)
	s, _ := m.Start("一家电子厂", morning)
	if _, r := m.Step(s, "1", morning.Add(24*time.Hour)); r.Expired {
		t.Error("it expired at its hour")
	}
	old, r := m.Step(s, "1", morning.Add(24*time.Hour+time.Second))
	if !r.Expired || !r.Ended || !old.Ended || !strings.Contains(r.Text, "超过24小时") || len(old.Answers) != len(s.Answers) {
		t.Errorf("%+v", r)
	}
	m.Expiry = 0
	if _, r := m.Step(s, "1", morning.AddDate(1, 0, 0)); r.Expired {
		t.Error("a session without an expiry expired")
	}
}

// TestStepKeepsItsArgument holds that the session given is not changed.
func TestStepKeepsItsArgument(t *testing.T) {
	m := machine(t)
	s, _ := play(m, "一家电子厂", "1", "2")
	before, _ := json.Marshal(s)
	for _, text := range []string{"1", "上一步", "重来", "不对，它在园区外", "退出", "不清楚"} {
		m.Step(s, text, morning)
		if after, _ := json.Marshal(s); string(after) != string(before) {
			t.Fatalf("%s changed the session given", text)
		}
	}
}

// TestNothingPersonalStays types names and numbers into every kind of message
// and looks for them in what is kept, said and exported.
func TestNothingPersonalStays(t *testing.T) {
	m := machine(t)
	s, replies := play(m, "我是王秀英，13812345678，开发区宏达电子厂，王秀英带着女工六十人，支部书记李红霞是女的",
		"李红霞说有女职工委员会", "不对，它在园区外，问赵桂兰", "打算让赵桂兰当主席，赵桂兰不是党员", "为什么", "导出")
	kept, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	said := string(kept)
	for _, r := range replies {
		said += r.Text
	}
	for _, secret := range []string{"王秀英", "李红霞", "赵桂兰", "1381234", "宏达"} {
		if strings.Contains(said, secret) {
			t.Errorf("%s came back or is kept", secret)
		}
	}
	if !strings.Contains(replies[len(replies)-1].Text, "不是党员") {
		t.Errorf("the export lost what was said:\n%s", replies[len(replies)-1].Text)
	}
}
