package desk

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// doubt is what a store says that went away while it was to write.
type doubt struct{ error }

func (doubt) InDoubt() bool { return true }

// cutRecords lose the connection while a turn is written: before, or after it was.
type cutRecords struct {
	Records
	before, after *atomic.Bool
}

func (c cutRecords) Record(ctx context.Context, t store.Turn) error {
	if c.before.Swap(false) {
		return doubt{errors.New("cut")}
	}
	err := c.Records.Record(ctx, t)
	if err == nil && c.after.Swap(false) {
		return doubt{errors.New("cut")}
	}
	return err
}

// TestAnswerInDoubtIsGivenOnce cuts the connection while an answer is written
// down. Whether it was or not, it is given, once.
func TestAnswerInDoubtIsGivenOnce(t *testing.T) {
	var before, after atomic.Bool
	inHouse(t, func(o *Options) { o.Records = cutRecords{o.Records, &before, &after} }, func(t *testing.T, h *house) {
		h.runner.Direct = func(outs ...store.Out) { t.Errorf("%d messages went past the outbox", len(outs)) }
		ask := func(text string) func() {
			return func() { h.says("li", "@组建助手 "+text)(); pass(time.Minute) }
		}
		h.expect(ask("一"), "答：一")
		before.Store(true)
		h.expect(ask("二"), "答：二")
		after.Store(true)
		h.expect(ask("三"), "答：三")
		if before.Load() || after.Load() {
			t.Error("nothing was cut")
		}
	})
}

// cutBox is an outbox that cannot be written now and then.
type cutBox struct {
	*store.DB
	away *bool
}

func (c cutBox) Settle(ctx context.Context, id int64, r store.Result) error {
	if *c.away {
		return errors.New("away")
	}
	return c.DB.Settle(ctx, id, r)
}

// sends is a channel through which everything goes out.
type sends struct{ chat.Channel }

func (sends) Name() string { return "wechat" }
func (sends) Send(context.Context, chat.Target, string) (chat.Receipt, error) {
	return chat.Receipt{}, nil
}

// TestResultIsWrittenWhenTheStoreIsBack sends while the store takes no result: it
// is written afterwards, and only a claim of which nothing is known is unknown.
func TestResultIsWrittenWhenTheStoreIsBack(t *testing.T) {
	db, err := store.Open(filepath.Join(t.TempDir(), "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, away := t.Context(), true
	for _, chat := range []string{"甲", "乙"} {
		if _, err := db.Enqueue(ctx, time.Now(), store.Out{Target: target(chat), Text: "答"}); err != nil {
			t.Fatal(err)
		}
	}
	p := NewPump(sends{}, cutBox{db, &away}, nil)
	item, err := db.Claim(ctx, "wechat", time.Now())
	if err != nil || item == nil {
		t.Fatal(err)
	}
	p.send(ctx, item)
	if _, err := db.Claim(ctx, "wechat", time.Now()); err != nil { // nobody hears of this one
		t.Fatal(err)
	}
	p.unsure = true
	expect := func(want map[store.Status]int) {
		t.Helper()
		p.writeOwed(ctx)
		got, err := db.Counts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []store.Status{store.Sending, store.Sent, store.Unknown} {
			if got[s] != want[s] {
				t.Errorf("%v, want %v", got, want)
			}
		}
	}
	expect(map[store.Status]int{store.Sending: 2})
	away = false
	expect(map[store.Status]int{store.Sent: 1, store.Unknown: 1})
}

func target(name string) chat.Target { return chat.Target{Channel: "wechat", Chat: name, Group: true} }
