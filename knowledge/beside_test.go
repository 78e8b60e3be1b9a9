package knowledge

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSpeechAnswers(t *testing.T) {
	d := shippedSpeech(t)
	if len(d.Written) < 60 {
		t.Fatalf("%d answers", len(d.Written))
	}
	asked := map[string]string{}
	for _, w := range d.Written {
		if n := utf8.RuneCountInString(w.Text); n > 120 {
			t.Errorf("%d characters: %s", n, w.Text)
		}
		if len(w.Asks) < 8 || len(w.Asks) > 20 {
			t.Errorf("%d asks: %s", len(w.Asks), w.Text)
		}
		for _, a := range w.Asks {
			if asked[a] != "" {
				t.Errorf("%q leads to two answers: %s / %s", a, asked[a], w.Text)
			}
			asked[a] = w.Text
		}
	}
}

// What is wrong with an answer is said in Chinese, with the answer.
func TestAnswersAreChecked(t *testing.T) {
	const park = `"园区内的两新组织,由园区负责指导和推动两新组织组建妇联。"`
	entry := func(say, pieces, more string) string {
		return "answers:\n  - say: " + say + "\n    pieces: [" + pieces + "]\n    asks: [归谁管]\n" + more
	}
	for name, c := range map[string]struct{ data, names string }{
		"right":           {entry("由园区负责。", park, ""), ""},
		"other body":      {entry("由街道负责。", park, ""), "街道"},
		"other degree":    {entry("园区内的两新组织，必须由园区负责。", park, ""), "必须"},
		"number":          {entry("由园区在30天内负责。", park, ""), "30天"},
		"verdict":         {entry("不是。由园区负责。", park, ""), "不是"},
		"verdict given":   {entry("不是。由园区负责。", park, "    verdict: [不是]\n"), ""},
		"no such piece":   {entry("由园区负责。", `"由县里负责"`, ""), "由县里负责"},
		"cut piece":       {entry("覆盖单位不超过5个。", `"不超过5个"`, ""), "一般"},
		"condition cut":   {entry("一般应由乡镇负责。", `"一般应由乡镇(街道)、村(社区)负责指导和推动组建妇联组织工作"`, ""), "除行业主管部门能够推动组建的外"},
		"too long":        {entry(strings.Repeat("由园区负责。", 21), park, ""), "120"},
		"no pieces":       {entry("由园区负责。", "", ""), "pieces"},
		"not of the form": {"answers: 3", "答语文件"},
	} {
		t.Run(name, func(t *testing.T) {
			d := *shippedSpeech(t)
			d.Written = nil
			err := d.readAnswers([]byte(c.data), true)
			switch {
			case c.names == "" && err != nil:
				t.Error(err)
			case c.names == "" && len(d.Written) != 1:
				t.Error("not taken in")
			case c.names != "" && (err == nil || !strings.Contains(err.Error(), c.names)):
				t.Errorf("%v does not name %s", err, c.names)
			case c.names != "" && name != "not of the form" && !strings.Contains(err.Error(), "第1条"):
				t.Errorf("%v does not name the entry", err)
			}
		})
	}
}

func BenchmarkReadAnswers(b *testing.B) {
	data, err := shipped.ReadFile("library/speech.answers.yaml")
	if err != nil {
		b.Fatal(err)
	}
	d := *shippedSpeech(b)
	for b.Loop() {
		d.Written = nil
		if err := d.readAnswers(data, true); err != nil {
			b.Fatal(err)
		}
	}
}
