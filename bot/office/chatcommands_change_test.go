package office

import (
	"testing"
	"time"

	"zujian/bot/remind"
	"zujian/bot/remind/book"
)

// What an operator says is a change of a reminder only where it names one, or
// the day of one: the rest are questions about the work.
func TestWhatAsksForAChange(t *testing.T) {
	calendar, err := remind.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	o := &Front{Office: &Office{Now: time.Now}, phrases: book.Plans{Calendar: calendar}}
	for text, want := range map[string]bool{
		"把提醒2改到周四下午三点": true, "提醒2改成每周四下午三点": true, "提醒3推迟到明天上午九点": true, "把提醒2的内容改成交表": true,
		"下周那次不发了": true, "12月7日的提醒取消": true, "提醒2下周那次不发了": true, "明天那次跳过": true,
		"妇联组织什么情况下取消": false, "我们镇的妇联要改成什么": false, "两新组织不发了": false, "取消": false,
		"每周四下午三点提醒园区妇建群交表": false, "书记改到周四来": false,
	} {
		if got := o.asksChange(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestWhoGivesIt(t *testing.T) {
	c := remindConfig{Names: map[string]string{"zhao": "赵主任"}}
	for speaker, want := range map[string]string{"zhao": "赵主任", "li": "管理员", "钱主任": "钱主任"} {
		if got := c.nameOf(speaker); got != want {
			t.Errorf("%s: %s", speaker, got)
		}
	}
	c.Approver = "组织科"
	if got := c.nameOf("li"); got != "组织科" {
		t.Errorf("an id: %s", got)
	}
	if got := c.nameOf("钱主任"); got != "钱主任" {
		t.Errorf("a name: %s", got)
	}
}
