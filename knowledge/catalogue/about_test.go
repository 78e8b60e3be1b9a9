package catalogue

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTextsThatEndOrCorrectOthers has documents name one that is held: it is told at
// adding, and one that only cites it tells nothing.
func TestTextsThatEndOrCorrectOthers(t *testing.T) {
	for text, want := range map[string]string{
		"新的组建办法\n第一条　本办法自2025年7月1日起施行，《妇联活动补贴办法》同时废止。\n2025年6月1日\n":    "replaces",
		"新的组建办法\n第一条　2024年印发的《妇联活动补贴办法》（东妇〔2024〕9号）同时废止。\n2025年6月1日\n": "replaces",
		"新的组建办法\n第一条　2021年印发的《妇联活动补贴办法》同时废止。\n2025年6月1日\n":             "",
		"新的组建办法\n第一条　依据《妇联活动补贴办法》制定本办法，《旧的考核办法》同时废止。\n2025年6月1日\n":     "",
		"关于《妇联活动补贴办法》的更正通知\n第一条　第二条的“每月”应为“每季度”。\n2024年4月1日\n":         "corrects",
		"关于补贴标准的通知\n第一条　《妇联活动补贴办法》第一条中的“每月”更正为“每季度”。\n2024年4月1日\n":     "corrects",
		"关于补贴标准的通知\n第一条　原通知（东妇〔2024〕9号）中的“每月”更正为“每季度”。\n2024年4月1日\n":   "corrects",
		"关于补贴标准的通知\n第一条　补贴按照《妇联活动补贴办法》执行。\n2024年4月1日\n":                "",
	} {
		dir := t.TempDir()
		c := In(filepath.Join(dir, "catalogue"))
		old := add(t, c, Given{Number: "东妇〔2024〕9号"}, write(t, dir, "old.txt", "妇联活动补贴办法\n第一条　每月补贴一次。\n2024年3月1日\n"))[0]
		o := add(t, c, Given{}, write(t, dir, "new.txt", text))[0]
		got := ""
		switch {
		case slices.Equal(o.Instead, []string{old.ID}):
			got = "replaces"
		case strings.Contains(strings.Join(o.Doubts, ""), "像是更正了《妇联活动补贴办法》（"+old.ID+"）"):
			got = "corrects"
		}
		if got != want {
			t.Errorf("%s: %q, want %q: %+v", text, got, want, o)
		}
	}
}
