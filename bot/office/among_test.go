package office

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/knowledge/catalogue"
)

// among serves offices that are some of many, of which documents of so many bytes
// may be open.
func among(t *testing.T, n int, most int64) (*Shared, []*Service) {
	t.Helper()
	shared := NewShared(most)
	var all []*Service
	for i := range n {
		p := &Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
		p.Place = &Place{Key: fmt.Sprint(i), Word: fmt.Sprint(i), Shared: shared}
		if err := p.Configure(lent(t), ""); err != nil {
			t.Fatal(err)
		}
		p.Set(func(c *Config) { c.Console.Off = true })
		s, err := p.Serve()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		all = append(all, s)
	}
	return shared, all
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// asks asks at the page of an office.
func (s *Service) asks(t *testing.T, who, question string) string {
	t.Helper()
	out, err := s.desk.Handle(t.Context(), chat.Inbound{Channel: console.Channel, Chat: who, Speaker: who, Addressed: true, Text: question, Sent: time.Now()})
	if err != nil {
		t.Error(err)
	}
	return strings.Join(out, "\n")
}

// TestLeastUsedIsLetGo has five offices of which two may be open be asked side by
// side: all are answered every time, and two are open in the end, the last used.
func TestLeastUsedIsLetGo(t *testing.T) {
	shared, all := among(t, 5, 2*(weightOfOffice+2<<20))
	if now, _, _ := shared.Opened(); now != 0 {
		t.Errorf("%d are open before anybody asked", now)
	}
	var wait sync.WaitGroup
	for i := range 30 {
		wait.Go(func() {
			if got := all[i%5].asks(t, fmt.Sprint(i), "园区里的企业归谁管"); !strings.Contains(got, "第3点第2句") {
				t.Error(got)
			}
		})
	}
	wait.Wait()
	for _, s := range []*Service{all[3], all[1]} {
		s.asks(t, "z", "园区里的企业归谁管")
	}
	shared.going.Wait()
	for i, s := range all {
		if open := !s.shelf.empty(); open != (i == 1 || i == 3) {
			t.Errorf("office %d is open: %v", i, open)
		}
	}
	if now, ever, weight := shared.Opened(); now != 2 || ever < 5 || weight > shared.most {
		t.Errorf("%d open, %d times opened, %d bytes", now, ever, weight)
	}
	if all[0].shelf.rules().Fault != "" || all[0].shelf.count() < 5 {
		t.Error("what was let go of does not open again")
	}
}

// TestAnOfficeLooksForChangesWhileItIsShut has a document be added to an office
// whose documents are not open: nothing is opened for that, and it is answered.
func TestAnOfficeLooksForChangesWhileItIsShut(t *testing.T) {
	shared, all := among(t, 1, 1<<30)
	s := all[0]
	notice := filepath.Join(t.TempDir(), "a.txt")
	must(t, os.WriteFile(notice, []byte("关于报送台账的通知\n一、各镇街每季度末向区妇联报送台账。\n2024年1月1日\n"), 0o600))
	_, cat, _, err := s.Office.Held()
	must(t, err)
	_, err = cat.Add([]string{notice}, catalogue.Given{}, time.Now(), nil)
	must(t, err)
	s.lookForDocuments("")
	if now, _, _ := shared.Opened(); now != 0 {
		t.Error("it was opened for a look")
	}
	if got := s.asks(t, "a", "台账每季度末由谁报送区妇联"); !strings.Contains(got, "各镇街每季度末向区妇联报送台账") {
		t.Error(got)
	}
}

// TestFloodElsewhere has one office be asked as much as comes in while another is
// asked now and then: that one waits no longer than an answer takes, with two
// others' answers beside it.
func TestFloodElsewhere(t *testing.T) {
	_, all := among(t, 2, 1<<30)
	const question = "园区里的企业归谁管"
	all[1].asks(t, "first", question)
	all[0].asks(t, "first", question)
	alone := times(t, all[1], 20)
	for n := range 400 {
		all[0].runner.Deliver(chat.Inbound{Channel: "wechat", Chat: fmt.Sprint("群", n%60), Group: true, ID: fmt.Sprint(n), Speaker: fmt.Sprint("人", n),
			Addressed: true, Text: question, Sent: time.Now()})
	}
	beside := times(t, all[1], 20)
	waiting := all[0].runner.Asked().Waiting
	t.Logf("alone: median %v, longest %v; with %d waiting in another office: median %v, longest %v", alone[10], alone[19], waiting, beside[10], beside[19])
	if waiting == 0 {
		t.Error("there is no flood any more")
	}
	if most := 10*alone[10] + 500*time.Millisecond; beside[10] > most {
		t.Errorf("half of the answers take longer than %v", most)
	}
}

// times gives how long so many questions took, the shortest first.
func times(t *testing.T, s *Service, n int) (all []time.Duration) {
	t.Helper()
	for i := range n {
		began := time.Now()
		s.asks(t, fmt.Sprint(i, began), "律所在园区里归谁管")
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	return all
}
