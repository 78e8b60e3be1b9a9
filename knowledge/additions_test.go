package knowledge

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const capOfFive = "覆盖单位一般不超过5个"

func TestAdditions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "added", "additions.yaml")
	add := func(x Added) error {
		return ChangeAdditions(file, func(a *Additions) error { a.Add(x); return nil })
	}
	all := []Added{
		{Kind: AddedAsk, Question: "几家封顶", Document: "speech", Piece: "覆盖单位一般不超过5个"},
		{Kind: AddedGap, Question: "牌子什么样", Document: "speech", Topic: "牌子的样式"},
		{Kind: AddedSynonym, Word: "两新组织", Same: "双新单位"},
		{Kind: AddedReply, Question: "材料交几份？", Answer: "交两份。", Source: "街道妇联，2026年3月"},
		{Kind: AddedAsk, Question: "谁发奖金", Document: "speech", Piece: "由园区发奖金"},
		{Kind: AddedWritten, Question: "几家合着建", Asks: []string{"合建最多几家"}, Document: "speech", Piece: capOfFive, Answer: "覆盖单位一般不超过5个。"},
	}
	for _, x := range all {
		if err := x.Check(); err != nil {
			t.Fatal(err)
		}
		if err := add(x); err != nil {
			t.Fatal(err)
		}
	}
	a, err := ReadAdditions(file)
	if err != nil || len(a.All) != len(all) || a.All[4].Number != 5 {
		t.Fatalf("%v, %+v", err, a)
	}
	l, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	asked, gaps := len(l.Document("speech").Asked), len(l.Document("speech").Gaps)
	c := l.Copy()
	if lost := c.Apply(a); len(lost) != 1 || lost[0].Number != 5 {
		t.Errorf("lost: %v", lost)
	}
	if d := c.Document("speech"); len(d.Asked) != asked+1 || len(d.Gaps) != gaps+1 || d.Gaps[gaps].Say != "讲话里没有写牌子的样式。" {
		t.Errorf("beside the speech: %d ways, %d gaps", len(d.Asked), len(d.Gaps))
	}
	if d := c.Document("speech"); len(d.Written) != len(l.Document("speech").Written)+1 || len(d.Written[len(d.Written)-1].Asks) != 2 {
		t.Errorf("short answers: %d", len(d.Written))
	}
	if n := a.Holding(Added{Kind: AddedWritten, Question: "合建最多几家", Document: "speech", Piece: capOfFive, Answer: "覆盖单位一般不超过5个。"}); n != 6 {
		t.Errorf("what is held already is number %d", n)
	}
	if n := a.Holding(Added{Kind: AddedWritten, Question: "合建最少几家", Document: "speech", Piece: capOfFive, Answer: "覆盖单位一般不超过5个。"}); n != 0 {
		t.Errorf("another question is held as number %d", n)
	}
	if d := l.Document("speech"); len(d.Asked) != asked || l.Document(Replies) != nil {
		t.Error("the copy changed the library")
	}
	if r := c.Document(Replies); r == nil || r.Clauses[0].Text != "交两份。（依据：街道妇联，2026年3月）" || r.Clauses[0].Locator != "第4条答复" {
		t.Errorf("replies: %+v", r)
	}
	if got := a.Synonyms()["两新组织"]; len(got) != 1 || got[0] != "双新单位" {
		t.Errorf("synonyms: %v", got)
	}
	if _, ok := a.Drop(2); !ok {
		t.Error("nothing dropped")
	}
	if _, ok := a.Drop(2); ok {
		t.Error("dropped twice")
	}
}

// TestAdditionsAreAllOrNothing has several write at once and one fail: no
// addition is lost, and a failure changes nothing.
func TestAdditionsAreAllOrNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "additions.yaml")
	x := Added{Kind: AddedSynonym, Word: "两新组织", Same: "双新单位"}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for ChangeAdditions(file, func(a *Additions) error { a.Add(x); return nil }) != nil {
			}
		})
	}
	wait.Wait()
	a, err := ReadAdditions(file)
	if err != nil || len(a.All) != 8 || a.Next != 9 {
		t.Fatalf("%v, %+v", err, a)
	}
	before, _ := os.ReadFile(file)
	broken := errors.New("no")
	if err := ChangeAdditions(file, func(a *Additions) error { a.All = nil; return broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if after, _ := os.ReadFile(file); string(after) != string(before) {
		t.Error("a failure changed the file")
	}
	if err := os.WriteFile(file, []byte("added: [{kind: x, colour: y}]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadAdditions(file); err == nil || !strings.Contains(err.Error(), "写得不对") {
		t.Errorf("a broken file: %v", err)
	}
}

func TestAdditionsCheck(t *testing.T) {
	for name, x := range map[string]Added{
		"no kind":       {Question: "x"},
		"no piece":      {Kind: AddedAsk, Question: "x", Document: "speech"},
		"too long":      {Kind: AddedReply, Question: "x", Answer: strings.Repeat("长", longestAdded+1), Source: "x"},
		"one character": {Kind: AddedSynonym, Word: "妇联", Same: "妇"},
		"a sentence":    {Kind: AddedSynonym, Word: "妇联", Same: "妇女们，的家"},
	} {
		if x.Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestWrittenIsCarried holds that a short answer says nothing that its pieces do not.
func TestWrittenIsCarried(t *testing.T) {
	l, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for say, missing := range map[string]string{
		"覆盖单位一般不超过6个。":      "6",
		"覆盖单位不超过5个。":        "一般",
		"市总工会的覆盖单位一般不超过5个。": "市总工会",
		"覆盖单位应当一般不超过5个。":    "应当",
	} {
		x := Added{Kind: AddedWritten, Question: "几家合着建", Document: "speech", Piece: capOfFive, Answer: say}
		c := l.Copy()
		if err := c.Fit(x); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("%s: %v, want %s named", say, err, missing)
		}
		if lost := c.Apply(&Additions{All: []Added{x}}); len(lost) != 1 {
			t.Errorf("%s is used", say)
		}
	}
}
