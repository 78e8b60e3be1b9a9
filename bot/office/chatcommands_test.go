package office

import "testing"

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
