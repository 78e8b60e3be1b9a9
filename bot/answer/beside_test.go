package answer

import (
	"context"
	"strings"
	"testing"
)

const clubNotice = `柳岸区妇联关于两新组织建立妇联的通知
柳妇〔2025〕8号
各镇街妇联：
一、单独建立
1.女职工40人以上的企业，应当单独成立妇联。
2.女职工不足40人的，可以几家联合成立，联合单位不超过6家。
二、经费
新成立的妇联，补助启动经费3000元。
柳岸区妇女联合会
2025年4月10日
`

// TestNoticeWithTheNumberLeads asks what the office's own document says in general and
// a notice with the very number: both are told, the notice first.
func TestNoticeWithTheNumberLeads(t *testing.T) {
	a := heldTexts(t, clubNotice)
	for q, want := range map[string]string{
		"女职工六十来人的厂能不能单独建妇联": "女职工40人以上的企业，应当单独成立妇联",
		"我们公司女同志十二个人，能单独建吗": "女职工40人以上",
	} {
		got := a.Answer(context.Background(), []string{q})
		if !strings.Contains(got.Text, want) || !strings.Contains(got.Text, "讲话") || strings.Contains(got.Text, "：1.女职工") {
			t.Errorf("%s: %s: %s", q, got.Status, got.Text)
		}
		if notice := strings.Index(got.Text, want); got.Status == Answered && notice > strings.Index(got.Text, "讲话：") {
			t.Errorf("%s: the general words lead: %s", q, got.Text)
		}
	}
	for _, q := range []string{"讲话里单独建要多少人", "园区企业建妇联归谁管"} {
		if got := a.Answer(context.Background(), []string{q}); strings.Contains(got.Text, "40人") {
			t.Errorf("%s: %s", q, got.Text)
		}
	}
}
