package office

import "testing"

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
