package book

import (
	"testing"
	"time"

	"zujian/bot/remind"
)

// What an operator says is a change of a reminder only where it names one, or
// the day of one: the rest are questions about the work.
func TestWhatAsksForAChange(t *testing.T) {
	calendar, err := remind.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	c := Chat{Book: &Book{Plans: Plans{calendar}, Now: time.Now}}
	for text, want := range map[string]bool{
		"把提醒2改到周四下午三点": true, "提醒2改成每周四下午三点": true, "提醒3推迟到明天上午九点": true, "把提醒2的内容改成交表": true,
		"下周那次不发了": true, "12月7日的提醒取消": true, "提醒2下周那次不发了": true, "明天那次跳过": true,
		"妇联组织什么情况下取消": false, "我们镇的妇联要改成什么": false, "两新组织不发了": false, "取消": false,
		"每周四下午三点提醒园区妇建群交表": false, "书记改到周四来": false,
	} {
		if got := c.asksChange(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
