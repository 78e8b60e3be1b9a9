package dialog

import (
	"strings"
	"testing"

	"zujian/knowledge/rule"
)

const firm = "开发区里一家电子厂，女工六百来人，有支部，书记是女的，女职委没有，条件不成熟"

// TestAnotherOrganisationIsNeverMixedIn holds that after a conclusion nothing of
// one organisation gets into the next, also not into what is exported.
func TestAnotherOrganisationIsNeverMixedIn(t *testing.T) {
	m := machine(t)
	for _, c := range []struct {
		name     string
		messages []string
		want     []string
		not      []string
	}{
		{"by command", []string{firm, "组建", "2"}, []string{"有没有"}, []string{"电子厂"}},
		{"next one", []string{firm, "下一家", "街上一家律所，不在园区，没有支部，女律师三个", "导出"}, []string{"律师事务所", "县以上司法行业综合党委"}, []string{"在园区里", "较多"}},
		{"within the dialog", []string{"一家电子厂", "组建"}, []string{"哪一类单位"}, []string{"没看明白"}},
		{"another plainly", []string{firm, "还有一家律所，不在园区，没有支部，女律师三个", "导出"}, []string{"律师事务所", "不在园区"}, []string{"600", "园区里"}},
		{"another by its kind", []string{firm, "街上一家律所，不在园区，没有支部，女律师三个", "导出"}, []string{"律师事务所"}, []string{"在园区里"}},
		{"perhaps another", []string{firm, "是一家律所"}, []string{"这是另一家吗", "1 是", "2 不是"}, nil},
		{"it is another", []string{firm, "是一家律所", "1"}, []string{"按另一家", "有没有党组织"}, nil},
		{"it is the same", []string{firm, "是一家律所", "不是"}, []string{"园区", "司法"}, []string{"按另一家"}},
		{"only more of it", []string{firm, "条件成熟了，党建基础很好，是示范支部"}, []string{"单独组建（", "应当"}, []string{"另一家"}},
		{"another in the middle", []string{"一家律所，有党支部，女律师很多", "对了还有一家美容院，在镇上，没有支部"}, []string{"这是另一家", "个体工商户，没有党组织"}, []string{"律师"}},
		{"what joins in", []string{"一家律所，有党支部，女律师很多", "还有一家律所跟我们一起建"}, nil, []string{"这是另一家"}},
		{"the one just asked of", []string{firm, "律所在园区里，归谁管？", "组建"}, []string{"您刚才问的这家：律师事务所，在园区里", "有没有党组织"}, []string{"电子厂"}},
		{"put right", []string{firm, "不对，它在园区外"}, []string{"乡镇（街道）"}, []string{"另一家"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			messages := c.messages
			s, replies := play(m, messages...)
			text := replies[len(replies)-1].Text
			for q := m.Open(s); q != nil && messages[len(messages)-1] == "导出"; q = m.Open(s) {
				s, _ = m.Step(s, "不清楚", morning)
				_, r := m.Step(s, "导出", morning)
				text = r.Text
			}
			for _, w := range c.want {
				if !strings.Contains(text, w) {
					t.Errorf("%q is not in\n%s", w, text)
				}
			}
			text, _, _ = strings.Cut(text, "依据：")
			for _, w := range c.not {
				if strings.Contains(text, w) {
					t.Errorf("%q is in\n%s", w, text)
				}
			}
		})
	}
}

// TestSeveralAreToldApart holds that organisations of one message are answered a
// line each, and that one made up of several is still one.
func TestSeveralAreToldApart(t *testing.T) {
	m := machine(t)
	for _, text := range []string{
		"1. 高新区的电子厂，有党支部，女工五十\n2. 街上的律所，没有支部，女律师三个，不在园区",
		"高新区的电子厂，有党支部，女工五十\n街上的律所，没有支部，女律师三个，不在园区",
		"两家，一个是高新区的电子厂，有党支部，另一个是街上的律所，没有支部，不在园区",
	} {
		s, r := m.Start(text, morning)
		if !strings.Contains(r.Text, "您说了2家") || !strings.Contains(r.Text, "1. 企业：") || !strings.Contains(r.Text, "2. 律师事务所：") || len(s.Answers) > 0 {
			t.Errorf("%s\n%s", text, r.Text)
			continue
		}
		s, r = m.Step(s, "2", morning)
		if f := s.Facts(); f["kind"] != "律师" || f["party_org"] != "no" || f["women"] == "many" {
			t.Errorf("%v\n%s", f, r.Text)
		}
	}
	for _, text := range []string{"两家诊所和一家民办医院一起建", "镇上六家小厂想合建，都没有支部，女的不多", "开发区里一家电子厂，有党支部\n女工六百来人", firm} {
		if _, r := m.Start(text, morning); strings.Contains(r.Text, "您说了") && strings.Contains(r.Text, "分开看") {
			t.Errorf("%s\n%s", text, r.Text)
		}
	}
	for _, before := range [][]string{{""}, {"一家诊所"}, {firm}} {
		s, r := play(m, append(before, "一家是工业园的服装厂，女工两百多，没支部；另一家是街上的托管班，就仨女老师")...)
		if last := r[len(r)-1].Text; !strings.Contains(last, "您说了2家") || len(s.Answers) > 0 {
			t.Errorf("after %s:\n%s", before, last)
		}
	}
	many := ""
	for range 7 {
		many += "高新区的电子厂，有党支部，女工五十\n"
	}
	if _, r := m.Start(many, morning); !strings.Contains(r.Text, "台账") {
		t.Error(r.Text)
	}
}

// TestContradictionIsAsked holds that what is said in two ways is named and put
// first, in no words of the person.
func TestContradictionIsAsked(t *testing.T) {
	m := machine(t)
	s, r := m.Start("电子厂，没有党组织，党支部书记王秀英是女的，女工五十，不在园区", morning)
	if !strings.Contains(r.Text, "您说了没有党组织，又说了有党组织") || r.Question == nil || r.Question.Fact != "party_org" || strings.Contains(r.Text, "王秀英") {
		t.Error(r.Text)
	}
	if _, r = m.Step(s, "有的", morning); r.Question != nil && r.Question.Fact == "party_org" {
		t.Error(r.Text)
	}
	lead := Lead(m.Book, rule.Facts{}, "电子厂，没有党组织，党支部书记是女的，女工五十，不在园区")
	if lead.Status != rule.Need || lead.Ask.Fact != "party_org" || !strings.Contains(lead.Ask.Question, "到底") {
		t.Errorf("%+v", lead.Ask)
	}
}

// TestKindEnds holds how a dialog is left and what a person at a loss is shown.
func TestKindEnds(t *testing.T) {
	m := machine(t)
	for _, text := range []string{"算了不问了", "先不弄了", "谢谢", "谢谢您！"} {
		if _, r := play(m, "一家电子厂", text); !r[1].Ended || !strings.Contains(r[1].Text, "组建") {
			t.Errorf("%s: %s", text, r[1].Text)
		}
	}
	_, r := play(m, "一家电子厂", "今天天气", "嘻嘻嘻", "哈哈哈哈")
	if last := r[3].Text; !strings.Contains(last, "比如回“1”") || !strings.Contains(last, "退出") {
		t.Error(last)
	}
	for _, text := range []string{"啥呀", "什么意思？", "没看懂"} {
		if _, r := play(m, "一家电子厂", text); r[1].Aside || !strings.Contains(r[1].Text, "有党组织的由它推动") {
			t.Errorf("%s: %s", text, r[1].Text)
		}
	}
	for _, text := range []string{"联合组建最多几家来着", "妇联主席有啥要求"} {
		if _, r := play(m, "一家电子厂", text); !r[1].Aside {
			t.Errorf("%s: %+v", text, r[1].Text)
		}
	}
}

// TestUnitsInAnyWriting holds that the number of units may be answered as people
// write it, and that an answer which says more is read whole.
func TestUnitsInAnyWriting(t *testing.T) {
	m := machine(t)
	for said, want := range map[string]string{"7": "7", "七家": "7", "十二家左右": "12", "大概一百二": "120", "３０家": "30"} {
		if got, ok := m.answer("units", said); !ok || got.Value != want {
			t.Errorf("%s: %s %v", said, got, ok)
		}
	}
	for _, said := range []string{"3家在园区", "不清楚", "0", "好几家"} {
		if got, ok := m.answer("units", said); ok {
			t.Errorf("%s is taken as %s", said, got)
		}
	}
}
