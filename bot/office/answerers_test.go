package office

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/knowledge/catalogue"
)

// TestDocumentsForSomeGroups has a notice that one group may see: it and the
// machine are answered from it, nobody else is; and what is added while the
// shelf stands is answered after the next look.
func TestDocumentsForSomeGroups(t *testing.T) {
	dir := lent(t)
	p := &Office{Ctx: context.Background(), Err: io.Discard, Out: io.Discard, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	notice := filepath.Join(t.TempDir(), "a.txt")
	text := []byte("关于报送台账的通知\n一、各镇街每季度末向区妇联报送台账。\n2024年1月1日\n")
	if err := os.WriteFile(notice, text, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := p.AllDocuments()
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	out, err := p.catalogue(l).Add([]string{notice}, catalogue.Given{Groups: []string{"东河镇网格员群"}}, time.Now(), nil)
	if err != nil || out[0].Status != catalogue.Added {
		t.Fatal(out, err)
	}
	answers := func(name string) bool {
		got := o.shelf.at(name).Answer(t.Context(), []string{"台账每季度末由谁报送区妇联"})
		return strings.Contains(got.Text, "各镇街每季度末向区妇联报送台账")
	}
	if answers(everything) {
		t.Error("answered from what the shelf does not hold yet")
	}
	s := &Service{Front: o}
	stamp := s.lookForDocuments("")
	if again := s.lookForDocuments(stamp); again != stamp {
		t.Errorf("the stamp went from %q to %q with nothing changed", stamp, again)
	}
	for name, want := range map[string]bool{everything: true, "": false, "东河镇网格员群": true} {
		if answers(name) != want {
			t.Errorf("%q: answered from the group's notice should be %v", name, want)
		}
	}
	if o.shelf.scoped("东河镇网格员群") == nil || o.shelf.scoped("别的群") != nil {
		t.Error("the wrong groups have documents of their own")
	}
}

// TestSettingsAreReadAgain changes the rules and the configuration while the
// service stands: what is right is used, and what is wrong is told and keeps back
// no more than it must.
func TestSettingsAreReadAgain(t *testing.T) {
	dir := lent(t)
	var said bytes.Buffer
	p := &Office{Ctx: context.Background(), Err: &said, Out: &said, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	o, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	s := &Service{Front: o, runner: o.desk.NewRunner(func(string) {}, nil)}
	defer s.runner.Close()
	stamp, config := s.lookForDocuments(""), s.lookAtConfig(t.Context(), "")
	opens := func() string {
		_, r := turns{o}.Step(t.Context(), nil, "组建", "", time.Now())
		return r.Text
	}
	for i, x := range []struct{ rules, config, dialog, said string }{
		{"headcount: {women: 20, document: speech, sentence: 女性满20人}\n", "[desk]\nqueue = = 1\n", sayNoRules, "formation.yaml 第1行"},
		{"headcount: {women: 20, document: speech, sentence: 覆盖单位一般不超过5个}\n", "[desk]\nqueue = 5\n", "这是哪一类单位", "已经用上：限额和保留"},
	} {
		said.Reset()
		for name, text := range map[string]string{"formation.yaml": x.rules, "zujian.toml": x.config} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			later := time.Now().Add(time.Duration(i-60) * time.Minute) // what was just written may not be whole
			if err := os.Chtimes(filepath.Join(dir, name), later, later); err != nil {
				t.Fatal(err)
			}
		}
		stamp, config = s.lookForDocuments(stamp), s.lookAtConfig(t.Context(), config)
		if got := opens(); !strings.Contains(got, x.dialog) {
			t.Errorf("组建: %s", got)
		}
		if !strings.Contains(said.String(), x.said) || i == 0 && !strings.Contains(said.String(), "zujian.toml 写得不对：第2行") {
			t.Errorf("said %s", said.String())
		}
		if got := o.shelf.at(everything).Answer(t.Context(), []string{"园区里的企业归谁管"}); !strings.Contains(got.Text, "由园区负责") {
			t.Errorf("no answer: %s", got.Text)
		}
	}
}
