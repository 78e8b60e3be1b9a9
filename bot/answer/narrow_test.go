package answer

import (
	"context"
	"strings"
	"testing"
)

// TestNarrowingDoesNotRepeat asks the same of another thing: the words are meant for it
// as well and that is said, or nothing more is written and that is said.
func TestNarrowingDoesNotRepeat(t *testing.T) {
	a := newAnswerer(t, false)
	for _, x := range []struct {
		first, then string
		status      Status
		says        string
	}{
		{"两新工委要做什么", "那县里的呢", Answered, "一样，写的是“各级”，县里也在里面。"},
		{"联合组建最多几家", "那社会组织呢", Answered, "一样，写的是“两新组织”，社会组织也在里面。"},
		{"园区企业建妇联归谁管", "那县里的呢", NotStated, "讲话里说这件事的就是上面那一句，没有另外写县里。"},
		{"园区企业建妇联归谁管", "那街道呢", NotStated, "写到街道的是：园区外的两新组织"},
		{"律所归谁管", "那医院呢", Answered, "民办医院"},
		{"谁可以兼任妇联主席", "那村里呢", NotStated, "没有另外写村里"},
	} {
		got := a.Answer(context.Background(), []string{x.first, x.then})
		if got.Status != x.status || !strings.Contains(got.Text, x.says) {
			t.Errorf("%s, %s: %s: %s", x.first, x.then, got.Status, got.Text)
		}
	}
}
