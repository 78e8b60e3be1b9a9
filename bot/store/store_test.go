package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/chat"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("ZUJIAN_KILLED_CHILD"); path != "" {
		writeUntilKilled(path)
		return
	}
	if url, office, shared := strings.Cut(os.Getenv("ZUJIAN_SHARED"), "\n"); shared {
		serveUntilKilled(url, office)
	}
	status := m.Run()
	if started != nil {
		started.Close()
	}
	if err := goleak.Find(); err != nil && status == 0 {
		fmt.Println(err)
		status = 1
	}
	os.Exit(status)
}

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func open(t *testing.T) (*DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "数据 ?#.db")
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func to(name string) chat.Target { return chat.Target{Channel: "wechat", Chat: name, Group: true} }

func TestTurnIsWholeOrNothing(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		key := Key{"wechat", "东河镇网格员群", "李家村-李干部"}
		turn := Turn{Key: key, Message: "m1", At: start, Out: []Out{{Target: to("东河镇网格员群"), Text: "答"}},
			Session: &Session{State: []byte(`{"in_park":"yes"}`), Updated: start, Expires: start.Add(time.Hour)},
			Audit:   &Audit{Question: "打13812345678", Status: "answered"}, Unanswered: "人数多少"}
		must(t, db.Record(ctx, turn))
		if err := db.Record(ctx, turn); !errors.Is(err, ErrSeen) {
			t.Fatalf("second time: %v", err)
		}
		if seen, err := db.Seen(ctx, "wechat", "m1"); err != nil || !seen {
			t.Errorf("seen = %v, %v", seen, err)
		}
		counts, err := db.Counts(ctx)
		must(t, err)
		if counts[Pending] != 1 {
			t.Errorf("outbox after a duplicate: %v", counts)
		}
		s, err := db.Session(ctx, key, start)
		must(t, err)
		if s == nil || string(s.State) != `{"in_park":"yes"}` {
			t.Fatalf("session = %+v", s)
		}
		other, err := db.Session(ctx, Key{"wechat", "东河镇网格员群", "王干部"}, start)
		must(t, err)
		if other != nil {
			t.Error("another person in the group got the session")
		}
		if gone, _ := db.Session(ctx, key, start.Add(time.Hour)); gone != nil {
			t.Error("an expired session was given")
		}
		must(t, db.RenameChat(ctx, "wechat", "东河镇网格员群", "东河街道网格员群"))
		key.Chat = "东河街道网格员群"
		if s, _ := db.Session(ctx, key, start); s == nil {
			t.Error("the session did not follow the group's new name")
		}
		it, err := db.Claim(ctx, "wechat", start)
		must(t, err)
		if it == nil || it.Target.Chat != key.Chat {
			t.Errorf("the waiting message did not follow the new name: %+v", it)
		}
	})
}

func TestOutboxKeepsOrderWithinAChat(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		_, err := db.Enqueue(ctx, start, Out{Target: to("甲"), Text: "甲1"}, Out{Target: to("甲"), Text: "甲2"}, Out{Target: to("申"), Text: "申1"})
		must(t, err)
		claim := func() *Item {
			it, err := db.Claim(ctx, "wechat", start)
			must(t, err)
			return it
		}
		first, second := claim(), claim()
		if first.Text != "甲1" || second.Text != "申1" {
			t.Fatalf("claimed %s, %s", first.Text, second.Text)
		}
		if it := claim(); it != nil {
			t.Fatalf("%s overtook the message before it", it.Text)
		}
		must(t, db.Postpone(ctx, first.ID, "1205"))
		must(t, db.Settle(ctx, second.ID, Result{Status: Sent, Receipt: "r", At: start}))
		again := claim()
		if again.Text != "甲1" || again.Tries != 2 {
			t.Errorf("after the pause: %+v", again)
		}
		must(t, db.Settle(ctx, again.ID, Result{Status: Sent, At: start}))
		must(t, db.Settle(ctx, claim().ID, Result{Status: Sent, At: start}))

		_, err = db.Enqueue(ctx, start, Out{Target: to("甲"), Text: "晚上", NotBefore: start.Add(time.Hour)}, Out{Target: to("甲"), Text: "现在"})
		must(t, err)
		if it := claim(); it == nil || it.Text != "现在" {
			t.Fatalf("a message for later kept this one waiting: %+v", it)
		}
		if at, ok, _ := db.NextDue(ctx, "wechat"); !ok || !at.Equal(start.Add(time.Hour)) {
			t.Errorf("next due = %v, %v", at, ok)
		}
	})
}

func TestUnknownIsNeverSentAgainByItself(t *testing.T) {
	both(t, func(t *testing.T, db *DB, again func() (*DB, error)) {
		ctx := t.Context()
		ids, err := db.Enqueue(ctx, start, Out{Target: to("甲"), Text: "提醒"}, Out{Target: to("甲"), Text: "过时", Expires: start.Add(time.Minute)})
		must(t, err)
		_, err = db.Claim(ctx, "wechat", start)
		must(t, err)
		must(t, db.Close()) // as if killed between the claim and the result
		db, err = again()
		must(t, err)
		defer db.Close()
		n, err := db.Reclaim(ctx, "wechat", start)
		must(t, err)
		if n != 1 {
			t.Fatalf("%d interrupted messages found", n)
		}
		if it, _ := db.Claim(ctx, "wechat", start.Add(time.Hour)); it != nil {
			t.Fatalf("sent again: %+v", it)
		}
		bad, err := db.Troubled(ctx, 10)
		must(t, err)
		if len(bad) != 2 || bad[1].Status != Unknown || bad[0].Status != Failed {
			t.Fatalf("for the operator: %+v", bad)
		}
		must(t, db.Resend(ctx, ids[0]))
		if it, _ := db.Claim(ctx, "wechat", start); it == nil || it.Text != "提醒" {
			t.Error("a person's decision did not put it back")
		}
		to := chat.Target{Channel: "wecom", Chat: "东镇群", Group: true}
		must(t, db.ResendTo(ctx, bad[0].ID, to))
		if it, _ := db.Claim(ctx, "wecom", start); it == nil || it.Target.Chat != to.Chat || it.Text != bad[0].Text {
			t.Errorf("sent to another group: %+v", it)
		}
		if err := db.Resend(ctx, 99); !errors.Is(err, ErrNotOpen) {
			t.Errorf("resend of nothing: %v", err)
		}
	})
}

func TestNewerFileIsRefusedInChinese(t *testing.T) {
	db, path := open(t)
	must(t, db.Close())
	raw, err := sql.Open("sqlite", path2uri(path))
	must(t, err)
	_, err = raw.Exec("PRAGMA user_version = 99")
	must(t, err)
	must(t, raw.Close())
	_, err = Open(path)
	var newer NewerError
	if !errors.As(err, &newer) || newer.Have != 99 || !strings.Contains(err.Error(), "请换用新程序") {
		t.Fatalf("err = %v", err)
	}
}

func path2uri(path string) string { return strings.Split(dsn(path), "?")[0] }

func TestNoPersonalDataOnDisk(t *testing.T) {
	db, path := open(t)
	ctx := t.Context()
	direct := chat.Target{Channel: "wechat", Chat: "张桂芳"}
	must(t, db.Record(ctx, Turn{Key: Key{"wechat", "张桂芳", "张桂芳"}, Message: "m", At: start,
		Out:        []Out{{Target: direct, Text: "发给张桂芳的话"}},
		Session:    &Session{State: []byte("{}"), Updated: start, Expires: start.Add(time.Hour)},
		Audit:      &Audit{Question: "我的电话13812345678，身份证11010519491231002X", Status: "not_stated"},
		Unanswered: "０９１２－３４５６７８９是谁的"}))
	it, err := db.Claim(ctx, "wechat", start)
	must(t, err)
	must(t, db.Settle(ctx, it.ID, Result{Status: Sent, At: start}))
	must(t, db.Close())
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	must(t, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		must(t, err)
		for _, secret := range []string{"13812345678", "11010519491231002X", "３４５６７８９", "张桂芳"} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds %s", filepath.Base(f), secret)
			}
		}
	}
}

// TestOfALongQuestionTheBeginningIsKept masks before it cuts: a cut number is
// one still.
func TestOfALongQuestionTheBeginningIsKept(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		long := strings.Repeat("问", 195) + "13812345678" + strings.Repeat("长", 300)
		must(t, db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, At: start, Audit: &Audit{Question: long, Status: "not_stated"}, Unanswered: long}))
		var lines []Line
		must(t, db.EachAuditLine(ctx, start, start.Add(day), func(l Line) error { lines = append(lines, l); return nil }))
		asked, err := db.Unanswered(ctx, 5)
		must(t, err)
		want := strings.Repeat("问", 195) + "［电话］长"
		if len(lines) != 1 || lines[0].Question != want || len(asked) != 1 || asked[0].Text != want {
			t.Errorf("kept %q and %q", lines[0].Question, asked[0].Text)
		}
	})
}

func TestAuditIsExportedAndPurged(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		for i, q := range []string{"律所归谁管", "=1+1"} {
			must(t, db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, At: start.Add(time.Duration(i) * day),
				Audit: &Audit{Question: q, Status: "answered", Clauses: []string{"speech#12", "speech#13"}, Version: "v1"}}))
		}
		var out bytes.Buffer
		n, err := db.ExportAudit(ctx, &out, start, start.Add(10*day))
		must(t, err)
		if n != 2 || !strings.Contains(out.String(), "speech#12 speech#13") || !strings.Contains(out.String(), ",'=1+1,") {
			t.Errorf("%d lines:\n%s", n, out.String())
		}
		must(t, db.Purge(ctx, start.Add(181*day), Keep{}))
		if n, _ = db.ExportAudit(ctx, &out, start, start.Add(10*day)); n != 1 {
			t.Errorf("%d lines after the purge, want 1", n)
		}
	})
}

// TestExportHoldsNobodyUp writes while a record of several pages is read.
func TestExportHoldsNobodyUp(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		const all = 2*auditPage + 3
		for i := range all {
			must(t, db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, At: start.Add(time.Duration(i) * time.Second), Audit: &Audit{Status: "answered"}}))
		}
		n := 0
		must(t, db.EachAuditLine(ctx, start, start.Add(day), func(l Line) error {
			if n++; n%auditPage == 1 {
				must(t, db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, At: start.Add(2 * day), Audit: &Audit{Status: "answered"}}))
			}
			if want := start.Add(time.Duration(n-1) * time.Second); !l.At.Equal(want) {
				t.Fatalf("line %d is of %s", n, l.At)
			}
			return nil
		}))
		if n != all {
			t.Errorf("%d lines of %d", n, all)
		}
	})
}

func who(proof string) Operator { return Operator{Channel: "wechat", Proof: proof, Chat: "赵主任"} }

func TestPairingCodeWorksOnce(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		code, err := db.NewPairingCode(ctx, start)
		must(t, err)
		if ok, _ := db.Pair(ctx, who("p1"), "0", start); ok {
			t.Error("a wrong code paired")
		}
		if ok, _ := db.Pair(ctx, who("p1"), code, start.Add(PairingLasts)); ok {
			t.Error("an old code paired")
		}
		if ok, err := db.Pair(ctx, who("p1"), code, start); !ok {
			t.Fatalf("the code did not pair: %v", err)
		}
		if ok, _ := db.Pair(ctx, who("p2"), code, start); ok {
			t.Error("the code paired twice")
		}
		chats, n, err := db.Operators(ctx)
		must(t, err)
		if n != 1 || len(chats) != 1 || chats[0].Chat != "赵主任" {
			t.Errorf("%d operators, %+v", n, chats)
		}
		for proof, want := range map[string]bool{"p1": true, "p2": false, "": false} {
			if ok, err := db.IsOperator(ctx, "wechat", proof); err != nil || ok != want {
				t.Errorf("operator %q = %v, %v", proof, ok, err)
			}
		}
	})
}

func TestUnansweredCountsTheSameQuestion(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := context.Background()
		for range 3 {
			must(t, db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, At: start, Unanswered: "要多少人"}))
		}
		list, err := db.Unanswered(ctx, 5)
		must(t, err)
		if len(list) != 1 || list[0].Times != 3 {
			t.Errorf("%+v", list)
		}
	})
}

func TestSilenceFollowsTheGroup(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		must(t, db.Mute(ctx, "wechat", "甲群", true, start))
		must(t, db.RenameChat(ctx, "wechat", "甲群", "乙群"))
		for name, want := range map[string]bool{"甲群": false, "乙群": true} {
			if got, err := db.Muted(ctx, "wechat", name); err != nil || got != want {
				t.Errorf("%s silent: %v, %v", name, got, err)
			}
		}
		must(t, db.Mute(ctx, "wechat", "乙群", false, start))
		if n, err := db.MutedGroups(ctx); n != 0 || err != nil {
			t.Errorf("%d groups still silent, %v", n, err)
		}
	})
}

func TestReportIsKeptWithoutItsKey(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		if _, ok, err := db.Report(ctx, "wechat"); ok || err != nil {
			t.Fatalf("a report of a channel that never ran: %v", err)
		}
		must(t, db.KeepReport(ctx, "wechat", chat.Report{State: chat.WaitingScan, Since: start, Cause: "1101", Do: "请核对令牌。", Scan: "https://login"}))
		r, ok, err := db.Report(ctx, "wechat")
		if want := (chat.Report{State: chat.WaitingScan, Since: start.Local(), Cause: "1101", Do: "请核对令牌。"}); !ok || err != nil || r != want {
			t.Errorf("%+v, %v, %v", r, ok, err)
		}
	})
}

func TestTwoProgramsMayReadAndOneServes(t *testing.T) {
	db, path := open(t)
	unlock, err := Serve(filepath.Dir(path))
	must(t, err)
	if _, err := Serve(filepath.Dir(path)); !errors.Is(err, ErrServed) {
		t.Errorf("a second service: %v", err)
	}
	if served, err := Served(filepath.Dir(path)); !served || err != nil {
		t.Errorf("served: %v, %v", served, err)
	}
	other, err := Open(path)
	must(t, err)
	must(t, db.KeepReport(t.Context(), "wechat", chat.Report{State: chat.Online, Since: start}))
	if r, ok, err := other.Report(t.Context(), "wechat"); !ok || err != nil || r.State != chat.Online {
		t.Errorf("seen from the other program: %+v, %v", r, err)
	}
	must(t, other.Close())
	unlock()
	if served, err := Served(filepath.Dir(path)); served || err != nil {
		t.Errorf("served afterwards: %v, %v", served, err)
	}
	again, err := Serve(filepath.Dir(path))
	must(t, err)
	again()
}

func TestDiscardIsForTroubleOnly(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		ids, err := db.Enqueue(ctx, start, Out{Target: to("甲"), Text: "提醒"})
		must(t, err)
		if err := db.Discard(ctx, ids[0]); !errors.Is(err, ErrNotOpen) {
			t.Errorf("a waiting message was discarded: %v", err)
		}
		must(t, db.Settle(ctx, ids[0], Result{Status: Unknown, At: start}))
		must(t, db.Discard(ctx, ids[0]))
		if counts, _ := db.Counts(ctx); len(counts) != 0 {
			t.Errorf("left: %v", counts)
		}
	})
}
