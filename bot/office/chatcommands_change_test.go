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
	check := func(speaker, shown, want string) {
		t.Helper()
		if got := c.nameOf(speaker, shown); got != want {
			t.Errorf("%s, shown as %q: %s", speaker, shown, got)
		}
	}
	check("zhao", "赵", "赵主任")
	check("li", "", "管理员")
	check("@9f3c", "李家村-李干部", "李家村-李干部")
	check("@9f3c", "wxid_9f3c", "管理员")
	check("钱主任", "", "钱主任")
	c.Approver = "组织科"
	check("li", "", "组织科")
	check("钱主任", "", "钱主任")
}
