package answer

import (
	"context"
	"slices"
	"strings"
	"testing"

	"zujian/knowledge"
	"zujian/knowledge/parse"
)

const ownNotice = `关于做好两新组织妇联换届工作的通知
妇办〔2025〕12号
各镇街妇联：
现就有关事项通知如下。
一、换届时间
两新组织妇联每届任期五年。任期届满前两个月应当启动换届。
二、工作经费
每个新成立的妇联组织给予启动经费3000元，由本级妇联列支。
三、工作要求
换届结束后十个工作日内，将结果报镇街妇联备案。
东河市妇女联合会
2025年3月8日
`

// TestOwnNoticeAnswersWhatTheSpeechDoesNot puts a notice beside the speech: what
// the speech is known not to state is answered from it, and what neither states
// is still refused.
func TestOwnNoticeAnswersWhatTheSpeechDoesNot(t *testing.T) {
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	d, err := parse.Parse("notice.txt", []byte(ownNotice))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(d); err != nil {
		t.Fatal(err)
	}
	a := answererOver(t, l)
	for _, x := range []struct{ question, want string }{
		{"妇联多久换届一次", "任期五年"},
		{"换届要提前多久启动", "两个月"},
		{"启动经费给多少钱", "3000元"},
		{"换届结果报给谁", "镇街妇联备案"},
		{"园区里的企业归谁管", "由园区负责"},
		{"单独建妇联要多少女职工", ""},
		{"妇联主席一个月补贴多少", ""},
		{"换届的候选人要公示几天", ""},
	} {
		got := a.Answer(context.Background(), []string{x.question})
		if x.want == "" {
			if got.Status == Answered {
				t.Errorf("%s was answered: %s", x.question, got.Text)
			}
			continue
		}
		holds := slices.ContainsFunc(got.Citations, func(c knowledge.Citation) bool { return strings.Contains(c.Quote, x.want) })
		if got.Status != Answered || !holds {
			t.Errorf("%s: %v %s", x.question, got.Status, got.Text)
		}
	}
}

// TestANoticeIsHeardBesideAGap holds that the speech's keeper does not say that a
// thing is not stated where a notice has it, short as that may be.
func TestANoticeIsHeardBesideAGap(t *testing.T) {
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	d, err := parse.Parse("办法.txt", []byte("第一条　本办法管楼宇妇联。\n第二条　活动经费每年2000元，由街道列支。\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(d); err != nil {
		t.Fatal(err)
	}
	got := answererOver(t, l).Answer(context.Background(), []string{"楼宇妇联一年多少活动经费"})
	told := slices.Concat(got.Citations, got.Related)
	if strings.Contains(got.Text, "讲话里没有写") || len(told) == 0 || !strings.Contains(told[0].Quote, "2000元") {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
}

// TestTheSpeechIsNotPutInAnothersPlace holds that beside other documents a place of a
// notice is not looked for in the speech, and that what the speech leaves out is not
// told of things that have nothing to do with it.
func TestTheSpeechIsNotPutInAnothersPlace(t *testing.T) {
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	d, err := parse.Parse("通知.txt", []byte("沙棠镇关于停车的通知\n一、停车场管到镇口。\n二、停车场早六点开，晚十点关。\n三、三轮车停在东门。\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(d); err != nil {
		t.Fatal(err)
	}
	a := answererOver(t, l)
	got := a.Answer(context.Background(), []string{"停车通知第三点讲的啥"})
	if told := slices.Concat(got.Citations, got.Related); len(told) == 0 || !strings.Contains(told[0].Quote, "三轮车停在东门") {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	if got = a.Answer(context.Background(), []string{"看车的人一个月工资多少"}); strings.Contains(got.Text, "讲话里没有写") {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	if got = a.Answer(context.Background(), []string{"妇联主席一个月工资多少"}); !strings.Contains(got.Text, "讲话里没有写") {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
}
