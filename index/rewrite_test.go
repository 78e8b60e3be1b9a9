package index

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func load(t testing.TB, files ...string) *Words {
	t.Helper()
	w, err := LoadWords(nil, files...)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestRewrite(t *testing.T) {
	w := load(t)
	for _, c := range []struct{ in, want string }{
		{"妇连谁负责？", "妇联谁负责"},
		{"付联怎么组件", "妇联怎么组建"},
		{"婦聯怎麼組件", "妇联怎么组建"},
		{"明细帐谁建", "明细账谁建"},
		{"良心组织怎么建妇联", "两新组织怎么建妇联"},
		{"良心工委管什么", "两新工委管什么"},
		{"量新党建", "两新党建"},
		{"亮新组织", "两新组织"},
		{"fulian", "妇联"},
		{"FuLian 谁管", "妇联谁管"},
		{"fulian zenme jian", "妇联怎么建"},
		{"fulianzenmejian", "妇联怎么建"},
		{"shui guan fulian", "谁管妇联"},
		{"lvsuo gui shui guan", "律所归谁管"},
		{"lüsuo归谁管", "律所归谁管"},
		{"lusuo", "律所"},
		{"nvzhigong weiyuanhui", "女职工委员会"},
		{"liangxin zuzhi", "两新组织"},
		{"liangxin", "两新"},
		{"excel 里的 fulian", "excel里的妇联"},
	} {
		got, changes := w.Rewrite(c.in)
		if strings.ReplaceAll(got, " ", "") != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
		if (len(changes) == 0) != (got == Normalise(c.in)) {
			t.Errorf("%q becomes %q, but the changes are %v", c.in, got, changes)
		}
	}
}

// TestRewriteKeeps: an ordinary word, or a piece of two, is no slip.
func TestRewriteKeeps(t *testing.T) {
	w := load(t)
	for _, s := range []string{
		"凭良心说", "良心企业", "良心发现", "大量新企业", "质量新标准", "漂亮新楼", "月亮新出", "两心相悦", "双薪两薪", "两信",
		"有什么要求", "又没有党组织", "为没有党组织的单位", "而不能强迫", "这事要上会吗", "大湾区的企业", "恢复联系", "丈夫联系不上",
		"可见立法之意", "案件立案", "女同志不署名", "补铁", "景区里的店", "请求书及材料", "组织名单", "被告人除外", "许可并备案",
		"妇联组织", "党组织班子成员", "联合组建", "行业主管部门", "jian", "shi", "women", "hello", "kpi", "app store", "the men can be here", "excel",
	} {
		if got, changes := w.Rewrite(s); len(changes) > 0 || got != Normalise(s) {
			t.Errorf("%q becomes %q %v", s, got, changes)
		}
	}
}

// TestSlipsAreNoWords holds for every slip that ships: what is a common word
// by itself is not taken for a slip, but for the few that this field never
// says.
func TestSlipsAreNoWords(t *testing.T) {
	meant := []string{"组件", "连合"}
	for _, same := range load(t).slips {
		for _, s := range same {
			if isWord(s.said) && !slices.Contains(meant, string(s.said)) {
				t.Errorf("%s is a word, not a slip for %s", string(s.said), s.meant)
			}
		}
	}
}

// TestRewriteSettles: what was mended needs no mending.
func TestRewriteSettles(t *testing.T) {
	w := load(t)
	piece := rapid.SampledFrom([]string{"妇联", "付联", "组件", "谁", "归", "负责", "园区", "良心", "组织", "fulian", "zenme", " ", "，", "jian", "党组织", "的", "律所", "3", "ü"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
		got, changes := w.Rewrite(s)
		if tight(got) != Normalise(got) {
			t.Fatalf("%q becomes %q, which is no normal form", s, got)
		}
		if (len(changes) == 0) != (got == Normalise(s)) {
			t.Fatalf("%q becomes %q, but the changes are %v", s, got, changes)
		}
	})
}

func FuzzRewrite(f *testing.F) {
	w := load(f)
	for _, s := range []string{"付联zenme组件", strings.Repeat("a", 300), "ü ü", "fu lian", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, _ := w.Rewrite(s); tight(got) != Normalise(got) {
			t.Errorf("%q becomes %q, which is no normal form", s, got)
		}
	})
}

func office(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "words.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestOfficeWords(t *testing.T) {
	w := load(t, office(t, `
groups:
  - {word: 巾帼驿站, say: [姐妹小站]}
  - {word: 两新工委, say: [两新专班]}
slips:
  - {right: 巾帼驿站, wrong: [巾国驿站]}
  - {right: 妇女联合会, wrong: [妇连]}
terms: [巾帼驿站]
letters: [双创街]
keep: [付联社]
bridges:
  - {say: 小站, law: [服务阵地]}
`))
	for in, want := range map[string]string{
		"巾国驿站谁管":                      "巾帼驿站谁管",
		"妇连":                          "妇女联合会", // an office's word overrides what ships
		"jinguo yizhan":               "巾帼驿站",
		"shuangchuang jie zai yuanqu": "双创街在园区",
		"付联社":                         "付联社",
		"付联":                          "妇联",
	} {
		if got, _ := w.Rewrite(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if concepts, _ := w.Concepts("姐妹小站"); !slices.Equal(concepts, []string{"巾帼驿站"}) {
		t.Errorf("concepts %v", concepts)
	}
}

func TestOfficeWordsFail(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"broken", "groups:\n  - word: 甲\n    say: [乙\nslips: x", "3"},
		{"unknown key", "groups:\n  - word: 甲\n    says: [乙]\n", "3"},
		{"wrong type", "terms:\n  a: b\n", "[2:"},
		{"no word", "groups:\n  - say: [乙]\n", "没有写 word"},
	} {
		file := office(t, c.text)
		_, err := LoadWords(nil, file)
		if err == nil {
			t.Errorf("%s: loaded", c.name)
			continue
		}
		for _, want := range []string{"同义词文件", file, c.want} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", c.name, err, want)
			}
		}
	}
	if _, err := LoadWords(nil, filepath.Join(t.TempDir(), "none.yaml")); err == nil || !strings.Contains(err.Error(), "打不开") {
		t.Errorf("a file that is not there: %v", err)
	}
}
