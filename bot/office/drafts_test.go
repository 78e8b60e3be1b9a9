package office

import (
	"io"
	"testing"
	"time"

	"zujian/bot/draft"
)

// TestAcceptedIsUsedWithoutARestart takes a way of asking and a synonym in while
// the service runs.
func TestAcceptedIsUsedWithoutARestart(t *testing.T) {
	p := &Office{Ctx: t.Context(), Err: io.Discard, Out: io.Discard, Now: time.Now}
	if err := p.Configure(lent(t), ""); err != nil {
		t.Fatal(err)
	}
	o, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	s := &Service{Front: o}
	stamp := s.lookForDocuments("")
	answers := func() string {
		return o.shelf.at(everything).Answer(t.Context(), []string{"那个圈圈地里谁说了算"}).Status
	}
	if answers() == "answered" {
		t.Fatal("it is answered already")
	}
	f := draft.File{
		Documents: []draft.Beside{{ID: "speech", Asked: []draft.Asked{{Pieces: []string{"园区内的两新组织,由园区负责指导和推动两新组织组建妇联。"},
			Asks: []string{"那个圈圈地里谁说了算"}}}}},
		Words: []draft.Group{{Word: "园区", Say: []string{"圈圈地"}}},
	}
	r, taken, err := p.AcceptDraft(f, false)
	if err != nil || !taken || r.Led != 1 {
		t.Fatalf("%+v %v %v", r, taken, err)
	}
	if next := s.lookForDocuments(stamp); next == stamp {
		t.Error("the change was not seen")
	}
	if answers() != "answered" {
		t.Error("it is not used")
	}
	p.Close()
}
