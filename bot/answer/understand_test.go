package answer

import (
	"context"
	"strings"
	"testing"
)

func TestQuestionsSpelledInLetters(t *testing.T) {
	a := newAnswerer(t, false)
	for typed, want := range map[string]string{
		"yuanqu li de qiye gui shei guan":      "园区",
		"minban yiyuan jian fulian zhao shei":  "民办医院",
		"NVZHIGONG WEIYUANHUI HE FULIAN":       "工会女职工委员会",
		"danwei chaoguo wu ge neng lianhe ma":  "不超过5个",
		"dai zhendi jianshe shi zenme shuo de": "阵地",
	} {
		got := a.Answer(context.Background(), []string{typed})
		if !strings.Contains(got.Text, want) {
			t.Errorf("%s: %s, want %s in it", typed, got.Text, want)
		}
	}
	for _, typed := range []string{"hello world", "SELECT * FROM users", "how are you"} {
		if got := a.Answer(context.Background(), []string{typed}); got.Status == Answered {
			t.Errorf("%s was answered: %s", typed, got.Text)
		}
	}
}

func TestPlacesAndOrdinalsInFollowUps(t *testing.T) {
	a := newAnswerer(t, false)
	for _, x := range []struct {
		turns []string
		want  string
	}{
		{[]string{"园区里的企业归谁管", "第四点第二句"}, "小个专"},
		{[]string{"党建带妇建带哪四样", "第二个是什么"}, "二要带班子建设"},
		{[]string{"党建带妇建带哪四样", "第二个具体怎么带"}, "两个提倡"},
		{[]string{"党建带妇建带哪四样", "那第三个呢"}, "三要带队伍建设"},
		{[]string{"党建带妇建带哪四样", "第二样怎么带"}, "两个提倡"},
		{[]string{"党建带妇建带哪四样", "最后一样是什么"}, "四要带阵地建设"},
		{[]string{"园区里的企业归谁指导", "换成园区外的呢"}, "乡镇(街道)、村(社区)"},
	} {
		if got := a.Answer(context.Background(), x.turns); got.Status != Answered || !strings.Contains(got.Citations[0].Quote, x.want) {
			t.Errorf("%q: %v %s, want %s first", x.turns, got.Status, got.Text, x.want)
		}
	}
}

func TestMembersHaveToBeListed(t *testing.T) {
	a := newAnswerer(t, false)
	for question, want := range map[string]bool{
		"小个专具体包括哪些":      true,
		"两个负责具体是什么":      true,
		"三同步具体是哪三个":      false,
		"党组织有关会议具体包括哪些会": false,
	} {
		if got := a.Answer(context.Background(), []string{question}); (got.Status == Answered) != want {
			t.Errorf("%s: %v %s", question, got.Status, got.Text)
		}
	}
}

func TestStatementsAndWishesOpenTheDialog(t *testing.T) {
	a := newAnswerer(t, false)
	for message, want := range map[string]bool{
		"我们是开发区里的电子厂，有支部，女工六百多":   true,
		"俺们镇上的民办幼儿园，没支部，老师都是女的":   true,
		"想给我们厂建个妇联":               true,
		"组建":                      true,
		"我们厂在开发区里，该街道出面还是园区出面":    false,
		"园区里的企业好不好单独搞":            false,
		"我们公司有支部，女工多，能单独建吗":       false,
		"律所没有支部，归谁推动？":            false,
		"一栋楼里四十几家公司，都不大，楼里有联合党支部": true,
	} {
		if got := a.Answer(context.Background(), []string{message}); (got.Status == Dialog) != want {
			t.Errorf("%s: %v %s", message, got.Status, got.Text)
		}
	}
}

// TestWithoutAnIndex holds that there is one way: without the index no question
// is answered from the documents, and the person is told.
func TestWithoutAnIndex(t *testing.T) {
	a := newAnswerer(t, true)
	a.engine = nil
	if got := a.Answer(context.Background(), []string{"园区内的两新组织由谁负责"}); got.Status != Error || got.Text != sayNoIndex || len(got.Citations) > 0 {
		t.Errorf("no index: %v %s", got.Status, got.Text)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if got := a.Answer(ctx, []string{"园区内的两新组织由谁负责"}); got.Status != Error {
		t.Errorf("out of time: %v", got.Status)
	}
}
