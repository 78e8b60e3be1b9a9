package city

import (
	"strings"
	"testing"
)

// TestOneInTrouble has one office's settings and another's store be no good: both
// are told, and tried again; the others answer.
func TestOneInTrouble(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{File: three,
		"shi/zujian.toml":   "[wechat\n",
		"gechuan/zujian.db": strings.Repeat("not a store at all ", 2000),
		"of-zhen/c.txt":     notice("青榆镇妇女联合会", "村级活动", "村级妇女活动", 150),
	})
	c, _, heard := lives(t, dir)
	for _, key := range []string{"shi", "gechuan"} {
		m := c.keyed(key)
		s, trouble := m.Service()
		if s != nil || trouble == "" {
			t.Errorf("%s runs: %q", key, trouble)
		}
		if got := heard.String(); !strings.Contains(got, "〔"+m.Name+"〕没有运行起来") {
			t.Errorf("nobody is told of %s: %s", key, got)
		}
	}
	if got := asks(t, c.runs(t, "zhen"), "村级妇女活动每户补助标准是多少"); !strings.Contains(got, "150元") {
		t.Error(got)
	}
	var out strings.Builder
	if c.Doctor(&out) || !strings.Contains(out.String(), "云岚市妇联：") || !strings.Contains(out.String(), "4 个单位，2 个正常") {
		t.Error(out.String())
	}
}
