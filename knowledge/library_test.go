package knowledge

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func shippedSpeech(t testing.TB) *Document {
	t.Helper()
	l, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l.Document("speech")
}

// TestWhatShipsIsChecked reads what ships as an office's folder is read: the
// program itself does not check it again at every start.
func TestWhatShipsIsChecked(t *testing.T) {
	d := *shippedSpeech(t)
	d.Asked, d.Gaps, d.Written = nil, nil, nil
	if err := d.ReadBeside(os.DirFS("library"), "speech"); err != nil || len(d.Written) == 0 {
		t.Errorf("%d answers (%v)", len(d.Written), err)
	}
}

// TestLines reads ways of asking as a list, and one on each line of a block.
func TestLines(t *testing.T) {
	for _, written := range []string{"[归谁管, 谁负责]", "\n      - 归谁管\n      - 谁负责", "|\n      归谁管\n\n      谁负责 "} {
		d := *shippedSpeech(t)
		d.Asked = nil
		err := d.ReadAsked([]byte("asked:\n  - pieces: [\"园区内的两新组织\"]\n    asks: " + written + "\n"))
		if err != nil || len(d.Asked) != 1 || !slices.Equal(d.Asked[0].Asks, []string{"归谁管", "谁负责"}) {
			t.Errorf("%q: %v, %v", written, d.Asked, err)
		}
	}
	d := *shippedSpeech(t)
	if err := d.ReadAsked([]byte("asked:\n  - pieces: [\"园区内的两新组织\"]\n    asks: {归谁: 管}\n")); err == nil || !strings.Contains(err.Error(), "归谁") {
		t.Errorf("neither a list nor lines: %v", err)
	}
}

func TestSpeechLocators(t *testing.T) {
	d := shippedSpeech(t)
	for locator, begins := range map[string]string{
		"第1段第1句":     "近年来",
		"一要带组织建设":    "一要带组织建设。",
		"一要带组织建设第1句": "各级党组织要高度重视",
		"二要带班子建设第2句": "对已成立工会女职工委员会",
		"第1点标题":      "1.各级两新工委要加强统筹协调。",
		"第2点第3句":     "对于组织结构紧密的律师",
		"第3点第2句":     "园区内的两新组织",
		"第3点第3句":     "对于女性固定从业人员较多",
		"第4点第1句":     "园区外的两新组织",
		"末段第2句":      "推进两新组织建立妇联组织",
	} {
		found := false
		for _, c := range d.Clauses {
			if c.Locator == locator {
				found = true
				if !strings.HasPrefix(c.Text, begins) {
					t.Errorf("%s begins %q", locator, c.Text)
				}
			}
		}
		if !found {
			t.Errorf("no clause at %s", locator)
		}
	}
}

func TestSpeechBlanks(t *testing.T) {
	d := shippedSpeech(t)
	var got []string
	for _, c := range d.Clauses {
		if c.Blanks {
			got = append(got, c.Locator)
		}
	}
	if s := strings.Join(got, " "); s != "第1点第1句 第3点第1句" {
		t.Errorf("blanks at %s", s)
	}
}

func TestPlace(t *testing.T) {
	d := shippedSpeech(t)
	for q, want := range map[string]string{
		"第四点第二句是什么": "第4点第2句",
		"第4点第2句":    "第4点第2句",
		"末段最后一句":    "末段第4句",
		"三要是什么":     "三要带队伍建设",
		"第三个要讲啥":    "三要带队伍建设",
	} {
		c, ok := d.Place(q)
		if !ok || d.Clauses[c[0]].Locator != want {
			t.Errorf("%s: %v %v", q, c, ok)
		}
	}
	for _, q := range []string{"第九点说什么", "第四点第三十句", "园区谁负责"} {
		if c, ok := d.Place(q); ok {
			t.Errorf("%s: %v", q, c)
		}
	}
}

func TestEveryClauseIsVerbatim(t *testing.T) {
	d := shippedSpeech(t)
	data, err := shipped.ReadFile("library/speech.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range d.Clauses {
		if !strings.Contains(string(data), c.Text) {
			t.Errorf("%s is not verbatim", c.Locator)
		}
	}
}

func TestMarkdownRefusals(t *testing.T) {
	for name, text := range map[string]string{
		"no front matter": "正文。",
		"unknown key":     "---\nid: a\ntitle: b\nauthor: c\n---\n正文。\n",
		"no id":           "---\ntitle: b\n---\n正文。\n",
		"no text":         "---\nid: a\ntitle: b\n---\n\n",
	} {
		if _, err := ReadMarkdown([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestBesideRefusesWhatIsNotVerbatim(t *testing.T) {
	d := shippedSpeech(t)
	if err := d.ReadGaps([]byte("gaps:\n  - topic: a\n    say: b\n    near: [\"没有的话\"]\n    asks: [c]\n")); err == nil {
		t.Error("accepted a piece that is not in the document")
	}
}
