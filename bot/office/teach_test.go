package office

import (
	"io"
	"testing"
	"time"

	"zujian/bot/teach"
	"zujian/knowledge"
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
	r, kept, err := p.Teach(t.Context(), teach.Proposal{Taught: []knowledge.Added{
		{Kind: knowledge.AddedAsk, Question: "那个圈圈地里谁说了算", Document: "speech", Piece: "园区内的两新组织,由园区负责指导和推动两新组织组建妇联。"},
		{Kind: knowledge.AddedSynonym, Word: "园区", Same: "圈圈地"},
	}}, false)
	if err != nil || len(kept) != 2 || r.Led != 1 || r.Tried < 150 || r.Kept != r.Tried {
		t.Fatalf("%+v %v %v", r, kept, err)
	}
	if next := s.lookForDocuments(stamp); next == stamp {
		t.Error("the change was not seen")
	}
	if answers() != "answered" {
		t.Error("it is not used")
	}
	p.Close()
}
