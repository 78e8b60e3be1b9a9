package knowledge

import (
	"fmt"
	"strings"
	"testing"

	"zujian/knowledge/text"
)

func structured(text string) *Document {
	d := &Document{ID: "d", Title: "试"}
	d.Sections, d.Clauses = Structure(strings.Split(text, "\n"))
	return d
}

func (d *Document) dump() string {
	var b strings.Builder
	for _, c := range d.Clauses {
		fmt.Fprintf(&b, "%s|%s|%s\n", c.Locator, c.Kind, c.Text)
	}
	return b.String()
}

// TestLeadInsStay holds that a line which a list hangs on is never taken for a
// salutation or a heading: without it the list says the opposite.
func TestLeadInsStay(t *testing.T) {
	d := structured("各单位：\n一、组建\n下列单位不单独组建妇联：\n1.不足三人的；\n2.已经歇业的。\n二、其他\n按时报送。")
	want := `一、标题|heading|一、组建
一、第1句||下列单位不单独组建妇联：
一、1.第1句|item|1.不足三人的；
一、2.第1句|item|2.已经歇业的。
二、标题|heading|二、其他
二、第1句||按时报送。
`
	if got := d.dump(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if d.Clauses[2].Lead != 2 || d.Clauses[3].Lead != 2 {
		t.Errorf("the items hang on %d and %d", d.Clauses[2].Lead, d.Clauses[3].Lead)
	}
}

// TestShortSentencesAnswer holds that the first sentence of an article is no
// heading for being short.
func TestShortSentencesAnswer(t *testing.T) {
	d := structured("第一条　总的要求。各单位要按时归档。\n第二条　档案保存期限为十年。档案由专人保管。")
	for _, c := range d.Clauses {
		if c.Text == "档案保存期限为十年。" && c.Number == 0 || c.Text == "总的要求。" && c.Number != 0 {
			t.Errorf("%s is number %d", c.Text, c.Number)
		}
	}
}

// TestArticlesBetweenArticles cites 第十条之一 as itself, and counts beyond a
// hundred.
func TestArticlesBetweenArticles(t *testing.T) {
	d := structured("第十条　甲事由镇办。\n第十条之一　乙事由村办。\n第一百零二条　丙事由县办。\n本条自下月起施行。\n有下列情形的除外：\n（一）急的；\n（二）难的。")
	for q, want := range map[string]string{
		"第十条写什么": "甲事由镇办。", "第10条之一讲啥": "乙事由村办。", "第102条写什么": "丙事由县办。", "第一百零二条第二款讲什么": "本条自下月起施行。",
		"第一百零二条第三款第二项": "（二）难的。",
	} {
		c, ok := d.Place(q)
		if !ok || d.Clauses[c[0]].Text != want {
			t.Errorf("%s: %v %v\n%s", q, c, ok, d.dump())
		}
	}
	for _, q := range []string{"第十条之二写什么", "第十条第三款", "第一百零二条第三款第五项", "第九十九条"} {
		if c, ok := d.Place(q); ok {
			t.Errorf("%s: found %v", q, c)
		}
	}
}

// TestNumbersRoundTrip writes and reads numbers.
func TestNumbersRoundTrip(t *testing.T) {
	for n := 1; n < 10000; n++ {
		if got := text.Whole(text.Chinese(n)); got != n {
			t.Fatalf("%d is written %s and read %d", n, text.Chinese(n), got)
		}
	}
}

// TestEveryLineIsHeld puts texts of all forms together and looks for each line.
func TestEveryLineIsHeld(t *testing.T) {
	text := "总则\n第一章　总　则\n第一条　为了管好，制定本办法。\n第二条　下列人员可以参加：\n（一）本村的；\n（二）外来的。\n因故不来的，要请假。\n第三条　材料有：\n1）表格；\n2）照片。\n问：谁来管？\n答：镇里管。\n1.先登记；\n2.再核对。\n姓名：张三；单位：甲厂；人数：3\n姓名：李四；单位：乙厂；人数：5\n附件：1.登记表\n2.花名册\n某某镇人民政府\n2025年3月1日\n附件1\n登记表\n填表须知：一式两份。"
	d := structured(text)
	held := d.dump()
	for _, line := range strings.Split(text, "\n") {
		rest := strings.TrimPrefix(strings.TrimPrefix(line, "问："), "答：")
		for _, m := range markers {
			if x := m.FindStringSubmatch(rest); x != nil {
				rest = strings.TrimSpace(strings.TrimPrefix(rest, x[1]))
			}
		}
		if rest != "附件1" && !strings.Contains(held, rest) {
			t.Errorf("%q is not held:\n%s", line, held)
		}
	}
}
