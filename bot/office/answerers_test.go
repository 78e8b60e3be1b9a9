package office

import (
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
	dir := t.TempDir()
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
