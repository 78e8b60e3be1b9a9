package answer

import (
	"context"
	"slices"
	"strings"
	"testing"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
	"zujian/knowledge/rule"
)

const oldNotice = `关于两新组织妇联活动经费的通知
东妇〔2022〕3号
各镇街妇联：
一、补助标准
每个两新组织妇联每年补助活动经费1000元。
二、报销
报销凭票据，由镇街妇联审核。
东河市妇女联合会
2022年3月1日
`

const newNotice = `关于两新组织妇联活动经费的通知
东妇〔2025〕7号
各镇街妇联：
一、补助标准
每个两新组织妇联每年补助活动经费1500元。
二、报销
报销凭票据，由镇街妇联审核。
东河市妇女联合会
二〇二五年四月十日
`

const parkNotice = `西山工业园妇联经费管理办法
第一条　园区每年给每个两新组织妇联补助活动经费800元。
园区党工委另有规定的除外。
第二条　本办法自2025年6月1日起施行。
西山县工业园区管理委员会
2025年5月20日
`

// officeLibrary is the shipped documents with three of an office: an old notice,
// the one that replaced it, and one of another issuer.
func officeLibrary(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"old": oldNotice, "new": newNotice, "park": parkNotice} {
		d, err := parse.Parse(name+".txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d.ID = name
		if name == "old" {
			d.Validity, d.Ended, d.ReplacedBy = knowledge.Superseded, "2025-04-10", "new"
		}
		if err := l.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func answererOver(t *testing.T, l *knowledge.Library) *Answerer {
	t.Helper()
	words, err := index.LoadWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	book, err := rule.Shipped(l.Documents)
	if err != nil {
		t.Fatal(err)
	}
	a, err := InMemory(l, words, book)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestDocumentsInAnswers asks what holds today, what held once, what two
// documents say, and what is known of a document itself.
func TestDocumentsInAnswers(t *testing.T) {
	a := answererOver(t, officeLibrary(t))
	for _, x := range []struct {
		turns     []string
		status    Status
		has, lack []string
	}{
		{[]string{"两新组织妇联每年补助活动经费多少钱"}, Answered, []string{"1500元", "800元", "东河市妇女联合会", "2025年", "西山"}, []string{"1000元"}},
		{[]string{"按2022年的通知，活动经费补助多少钱"}, Answered, []string{"1000元", "替代", "2025年4月10日起不再执行"}, []string{"1500元"}},
		{[]string{"2022和2025两版的通知，活动经费补助有什么不同"}, Answered, []string{"1500元", "1000元"}, []string{"没有写到这件事"}},
		{[]string{"2022和2025两版的活动经费通知，哪个还有效"}, Answered, []string{"现行"}, []string{"1000元", "1500元"}}, // not what they say
		{[]string{"按2025年的文件，食堂的菜谱谁来定"}, NotStated, nil, []string{"》里没有写到这件事"}},                      // two are of that year
		{[]string{"两新组织妇联每年补助活动经费多少钱", "按2022年的通知呢"}, Answered, []string{"1000元", "替代"}, []string{"1500元"}},
		{[]string{"原来的通知里活动经费补助多少钱"}, Answered, []string{"1000元", "替代"}, []string{"1500元"}},
		{[]string{"东妇〔2025〕7号什么时候印发的"}, Answered, []string{"2025年4月10日"}, nil},
		{[]string{"《关于两新组织妇联活动经费的通知》的文号是多少"}, Answered, []string{"东妇〔2025〕7号"}, []string{"2022"}},
		{[]string{"东妇〔2022〕3号还有效吗"}, Answered, []string{"已经被替代", "2025年4月10日"}, nil},
		{[]string{"《西山工业园妇联经费管理办法》什么时候施行"}, Answered, []string{"2025年6月1日"}, nil},
		{[]string{"《西山工业园妇联经费管理办法》第一条第二款"}, Answered, []string{"党工委另有规定"}, []string{"800元"}},
		{[]string{"《西山工业园妇联经费管理办法》第九条"}, NotStated, []string{"没有您说的这个位置"}, nil},
		{[]string{"《西山工业园妇联经费管理办法》的文号是多少"}, NotStated, []string{"没有写文号"}, nil},
		{[]string{"《关于进一步推进非公有制经济组织和社会组织妇联组织组建工作的通知》第三条怎么写"}, NotStated, []string{"只知道标题"}, nil},
		{[]string{"《南湖区妇联工作规则》第二条"}, NotStated, []string{"手里没有《南湖区妇联工作规则》"}, nil},
		{[]string{"全国统一规定两新组织妇联每年补助活动经费多少钱"}, Answered, []string{sayLocal}, nil},
		{[]string{"工会女职工委员会要满多少人"}, NotStated, []string{"十人以上", "不是妇联组织的标准", "核对原文"}, nil},
	} {
		got := a.Answer(context.Background(), x.turns)
		if got.Status != x.status {
			t.Errorf("%v: %s\n%s", x.turns, got.Status, got.Text)
		}
		for _, w := range x.has {
			if !strings.Contains(got.Text, w) {
				t.Errorf("%v lacks %q:\n%s", x.turns, w, got.Text)
			}
		}
		for _, w := range x.lack {
			if strings.Contains(got.Text, w) {
				t.Errorf("%v has %q:\n%s", x.turns, w, got.Text)
			}
		}
		if got.Status == Answered && len(got.Citations) == 0 {
			t.Errorf("%v: no citation", x.turns)
		}
	}
}

// TestDateIsCitedAsItStands holds that the citation of a date is verbatim, also
// where it is written in Chinese digits.
func TestDateIsCitedAsItStands(t *testing.T) {
	a := answererOver(t, officeLibrary(t))
	got := a.Answer(context.Background(), []string{"东妇〔2025〕7号的落款日期"})
	if len(got.Citations) != 1 || !strings.Contains(newNotice, got.Citations[0].Quote) || got.Citations[0].Locator != "落款日期" {
		t.Errorf("%+v", got.Citations)
	}
}

// TestAsOf asks the library as it stood on other days.
func TestAsOf(t *testing.T) {
	l := officeLibrary(t)
	for day, want := range map[string]string{"2023-01-01": "1000元", "2025-05-01": "1500元"} {
		got := answererOver(t, l.On(day)).Answer(context.Background(), []string{"两新组织妇联每年补助活动经费多少钱"})
		if got.Status != Answered || !strings.Contains(got.Text, want) || strings.Contains(got.Text, "800元") {
			t.Errorf("%s: %s", day, got.Text)
		}
	}
	got := answererOver(t, l.On("2021-01-01")).Answer(context.Background(), []string{"两新组织妇联每年补助活动经费多少钱"})
	if got.Status == Answered {
		t.Errorf("answered before there was a notice: %s", got.Text)
	}
}

// TestDigestsAreNoAnswers holds that a digest never answers what is asked of the
// federation's own organisations.
func TestDigestsAreNoAnswers(t *testing.T) {
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	a := answererOver(t, l)
	digests := 0
	for _, d := range l.Documents {
		if d.Kind != knowledge.Digest {
			continue
		}
		digests++
		if d.Scope == "" || d.Source == "" || len(d.About) == 0 {
			t.Errorf("%s does not say for whom it holds or where to check it", d.ID)
		}
		if slices.ContainsFunc(allClauses(a), func(r ref) bool { return r.doc == d }) {
			t.Errorf("%s is searched for answers", d.ID)
		}
	}
	if digests < 9 {
		t.Errorf("%d digests", digests)
	}
	for _, q := range []string{"单独建妇联要多少女职工", "几家单位能联合组建", "妇联要满几个人"} {
		if got := a.Answer(context.Background(), []string{q}); strings.Contains(got.Text, "摘编") {
			t.Errorf("%s: %s", q, got.Text)
		}
	}
}
