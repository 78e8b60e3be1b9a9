package answer

import (
	"strings"
	"testing"
)

// TestAsksWhole tells a turn that asks for a document on the whole from one that
// asks for something in it.
func TestAsksWhole(t *testing.T) {
	for turn, want := range map[string]bool{
		"一句话说说讲了什么": true, "这个讲话主要讲了什么？": true, "讲话讲了啥": true, "帮我概括一下": true, "文件主要内容是什么": true, "总结一下那份通知": true,
		"《关于报送台账的通知》讲了什么": true, "请用两句话介绍一下这份材料": true,
		"有什么意见": false, "讲话是谁讲的": false, "通知什么时候发的": false, "讲话里讲了几个带": false, "文件里说了要罚款吗": false, "意见": false, "什么意思": false,
		"总结要交给谁": false, "说说": false, "讲话里怎么说园区的": false, "写总结有什么要求": false,
	} {
		if _, got := asksWhole(turn); got != want {
			t.Errorf("%s: %v", turn, got)
		}
	}
}

// TestTheWhole is the office's own document, the one that was spoken of, or a
// question back where several may be meant.
func TestTheWhole(t *testing.T) {
	a, err := besideNotices()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		turns  []string
		status Status
		want   string
	}{
		{[]string{"一句话说说讲了什么"}, Answered, "乡镇(街道)、村(社区)要负责兜底管理"},
		{[]string{"《青岚区一次性创业补贴和创业场地租金补贴办事指南》讲了什么"}, Answered, "补贴标准、申请材料、"},
		{[]string{"青岚区创业场地租金补贴最长几个月", "这份文件讲了啥"}, Answered, "补贴标准、申请材料、"},
		{[]string{"这通知讲啥"}, Unsure, "您问的是哪一份？"},
	} {
		got := a.Answer(t.Context(), c.turns)
		if got.Status != c.status || !strings.Contains(got.Text, c.want) || got.Status == Answered && len(got.Citations) == 0 {
			t.Errorf("%v: %s %s", c.turns, got.Status, got.Text)
		}
	}
}
