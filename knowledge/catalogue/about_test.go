package catalogue

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zujian/knowledge"
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

// TestAmongTellsHowTextsStand reads what held texts say of one another, by title, by
// number and by year, and of themselves.
func TestAmongTellsHowTextsStand(t *testing.T) {
	old := &knowledge.Document{ID: "old", Title: "柳岸镇村规民约", Number: "柳政发〔2019〕3号", Issued: "2019-04-01", Validity: knowledge.InForce}
	for text, want := range map[string]bool{
		"本约自2025年4月1日起执行，2019年版村规民约同时停止执行。":       true,
		"自本办法施行之日起，柳政发〔2019〕3号文件同时废止。":            true,
		"《柳岸镇村规民约》自2025年4月1日起废止。":                 true,
		"2019年版村规民约第三条关于罚款的规定，按照本约第五条执行。":         false,
		"2021年版村规民约同时停止执行。":                       false,
		"《柳岸镇村规民约》（柳政发〔2019〕3号）第五条同时废止，其余条款继续执行。": false,
	} {
		d := &knowledge.Document{ID: "new", Title: "柳岸镇村规民约", Issued: "2025-03-16", Validity: knowledge.InForce,
			Clauses: []knowledge.Clause{{Text: text}}}
		all := Among([]*knowledge.Document{old, d})
		if got := len(all) == 1 && all[0].Of == old && all[0].By == d && all[0].Ends; got != want {
			t.Errorf("%s: %+v", text, all)
		}
	}
	for title, want := range map[string]bool{"柳岸镇补贴办法（已失效）": true, "柳岸镇失效证件收回办法": false} {
		d := &knowledge.Document{ID: "x", Title: title, Validity: knowledge.InForce}
		all := Among([]*knowledge.Document{d})
		if got := len(all) == 1 && all[0].By == d && all[0].Of == d; got != want {
			t.Errorf("%s: %+v", title, all)
		}
	}
}
