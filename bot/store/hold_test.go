package store

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// serveUntilKilled is one of the programs of TestTakeOverAfterKills. It records
// answers all the time; it sends, into a file, and fires reminders while it is the
// one that may.
func serveUntilKilled(url, office string) {
	dir := os.Getenv("ZUJIAN_SHARED_DIR")
	db, err := OpenPostgres(filepath.Join(dir, fmt.Sprint(os.Getpid())), Postgres{URL: url, Office: office})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	ctx := context.Background()
	go db.WhileHolding(ctx, "channel wechat", func() {}, func(ctx context.Context) { sendAll(ctx, db, filepath.Join(dir, "far end")) })
	go db.WhileHolding(ctx, Reminders, func() {}, func(ctx context.Context) { fireAll(ctx, db) })
	for i := 0; ; i++ {
		id := fmt.Sprint(os.Getpid(), "-", i)
		out := Out{Target: to(fmt.Sprint("群", i%5)), Text: id}
		if err := db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, Message: id, At: start, Out: []Out{out}}); err == nil {
			fmt.Println("recorded", id)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func sendAll(ctx context.Context, db *DB, farEnd string) {
	if _, err := db.Reclaim(ctx, "wechat", start); err != nil {
		return
	}
	fmt.Println("holding", os.Getpid())
	f, err := os.OpenFile(farEnd, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	for ctx.Err() == nil {
		it, err := db.Claim(ctx, "wechat", start)
		if err != nil || it == nil {
			time.Sleep(5 * time.Millisecond)
			continue
		}
		fmt.Fprintln(f, it.ID)
		_ = db.Settle(ctx, it.ID, Result{Status: Sent, At: start})
	}
}

func fireAll(ctx context.Context, db *DB) {
	for ; ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
		due, _ := db.DueReminders(ctx, start, 1)
		for _, r := range due {
			next := r.Due.Add(time.Millisecond)
			_ = db.Fire(ctx, start, Burst{Target: r.Target, Firings: []Firing{{Reminder: r.ID, Due: r.Due, Outcome: FiringQueued}},
				Steps: []Step{{Reminder: r.ID, Was: r.Due, Next: Slot{Due: next, At: next}}}, Out: &Out{Target: r.Target, Text: "提醒"}})
		}
	}
}

// program is a child that runs serveUntilKilled.
type program struct {
	cmd  *exec.Cmd
	said *said
}

// said is what all programs said together.
type said struct {
	mu       sync.Mutex
	recorded []string
	holding  chan int // the process that may send now
}

func (s *said) read(r io.Reader) {
	for lines := bufio.NewScanner(r); lines.Scan(); {
		what, which, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "recorded":
			s.mu.Lock()
			s.recorded = append(s.recorded, which)
			s.mu.Unlock()
		case "holding":
			var pid int
			_, _ = fmt.Sscan(which, &pid)
			s.holding <- pid
		}
	}
}

func startProgram(t *testing.T, where Postgres, dir string, s *said) *program {
	t.Helper()
	p := &program{cmd: exec.Command(os.Args[0]), said: s}
	p.cmd.Env = append(os.Environ(), "ZUJIAN_SHARED="+where.URL+"\n"+where.Office, "ZUJIAN_SHARED_DIR="+dir)
	pipe, err := p.cmd.StdoutPipe()
	must(t, err)
	must(t, p.cmd.Start())
	go s.read(pipe)
	return p
}

func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // killed: the status says no more
}

// mostTakeOver is how long it may take until another program sends.
const mostTakeOver = 10 * time.Second

// TestTakeOverAfterKills has two programs share a store and kills the one that
// sends, again and again, while both record and one fires reminders. The other
// takes over in time; nothing is sent twice, nothing that was recorded or fired is
// lost, and what may or may not have gone out is flagged.
func TestTakeOverAfterKills(t *testing.T) {
	kills := 3
	if os.Getenv("ZUJIAN_LONG") != "" {
		kills = 100
	}
	where, dir := postgres(t), t.TempDir()
	db, err := OpenPostgres(filepath.Join(dir, "zujian.db"), where)
	must(t, err)
	defer db.Close()
	ctx := t.Context()
	first := Slot{Due: start.Add(-time.Hour), At: start.Add(-time.Hour)}
	_, err = db.AddReminders(ctx, Reminder{Plan: []byte("p"), Target: to("乙"), Created: start, Slot: first})
	must(t, err)
	s := &said{holding: make(chan int, 1000)}
	programs := map[int]*program{}
	more := func() {
		p := startProgram(t, where, dir, s)
		programs[p.cmd.Process.Pid] = p
	}
	more()
	more()
	defer func() {
		for _, p := range programs {
			p.kill()
		}
	}()
	var longest time.Duration
	holder := <-s.holding
	for range kills {
		s.untilRecorded(t, 20)
		began := time.Now()
		programs[holder].kill()
		delete(programs, holder)
		select {
		case holder = <-s.holding:
		case <-time.After(time.Minute):
			t.Fatal("nobody takes over")
		}
		longest = max(longest, time.Since(began))
		more()
	}
	t.Logf("%d kills, the longest take-over %v", kills, longest.Round(time.Millisecond))
	if longest > mostTakeOver {
		t.Errorf("a take-over took %v", longest)
	}
	for pid, p := range programs {
		p.kill()
		delete(programs, pid)
	}
	s.check(t, db, filepath.Join(dir, "far end"))
}

// untilRecorded waits until so many more answers are recorded.
func (s *said) untilRecorded(t *testing.T, more int) {
	t.Helper()
	count := func() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.recorded) }
	for late, was := time.Now().Add(time.Minute), count(); count() < was+more; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("nothing is recorded any more")
		}
	}
}

// check holds what the far end got against the store.
func (s *said) check(t *testing.T, db *DB, farEnd string) {
	t.Helper()
	ctx := t.Context()
	_, err := db.Reclaim(ctx, "wechat", start)
	must(t, err)
	data, err := os.ReadFile(farEnd)
	must(t, err)
	got := map[string]bool{}
	for _, id := range strings.Fields(string(data)) {
		if got[id] {
			t.Errorf("message %s was sent twice", id)
		}
		got[id] = true
	}
	status := map[string]Status{}
	rows, err := db.sql.Query("SELECT id, status FROM outbox")
	must(t, err)
	for rows.Next() {
		var id string
		var is Status
		must(t, rows.Scan(&id, &is))
		status[id] = is
	}
	must(t, errors.Join(rows.Err(), rows.Close()))
	for id := range got {
		if is := status[id]; is != Sent && is != Unknown {
			t.Errorf("message %s went out and is %q", id, is)
		}
	}
	for id, is := range status {
		if is == Sent && !got[id] {
			t.Errorf("message %s did not go out and is kept as sent", id)
		}
	}
	for _, id := range s.recorded {
		if seen, err := db.Seen(ctx, "wechat", id); !seen || err != nil {
			t.Errorf("the answer to %s is lost: %v", id, err)
		}
	}
	var messages, answers, firings int // at one moment: the last step of a killed program may end only now
	const all = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM seen), (SELECT count(*) FROM firing)"
	must(t, db.sql.QueryRow(all).Scan(&messages, &answers, &firings))
	if messages != answers+firings || len(got) == 0 || firings == 0 {
		t.Errorf("%d messages for %d answers and %d reminders, %d went out", messages, answers, firings, len(got))
	}
}

// TestWhoHoldsGoesOnWhilePostgresIsAway cuts the connection of the one that holds:
// its work goes on, and it holds still afterwards.
func TestWhoHoldsGoesOnWhilePostgresIsAway(t *testing.T) {
	where := postgres(t)
	db, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), where)
	must(t, err)
	defer db.Close()
	ctx, stop := context.WithCancel(t.Context())
	working, ended := make(chan context.Context), make(chan struct{})
	go func() {
		defer close(ended)
		db.WhileHolding(ctx, "x", func() {}, func(ctx context.Context) {
			working <- ctx
			<-ctx.Done()
		})
	}()
	held := <-working
	holder := func() (pid int) {
		_ = db.sql.QueryRow("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted").Scan(&pid) // none: 0
		return pid
	}
	before := holder()
	must(t, started.SQL(fmt.Sprintf("SELECT pg_terminate_backend(%d)", before)))
	for late := time.Now().Add(mostTakeOver); holder() == before || holder() == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("it does not hold again")
		}
	}
	if held.Err() != nil {
		t.Error("its work was ended")
	}
	stop()
	<-ended
	c, err := db.take(t.Context(), "x")
	if err != nil || c == nil {
		t.Errorf("it holds after its end: %v", err)
	}
	c.release()
}

// TestNobodyMovesWhatIsInUse has another program fire reminders while records are
// to be moved.
func TestNobodyMovesWhatIsInUse(t *testing.T) {
	db, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), postgres(t))
	must(t, err)
	defer db.Close()
	here, _ := open(t)
	c, err := db.take(t.Context(), Reminders)
	must(t, err)
	for _, way := range [][2]*DB{{here, db}, {db, here}} {
		if _, err := Move(t.Context(), way[0], way[1], laid{}); !errors.Is(err, ErrInUse) {
			t.Errorf("moved: %v", err)
		}
	}
	c.release()
	_, err = Move(t.Context(), db, here, laid{})
	must(t, err)
}

// TestCommitInDoubt cuts the connection between a step and its end, and before a
// step: only of the first nobody knows whether it was written.
func TestCommitInDoubt(t *testing.T) {
	db, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), postgres(t))
	must(t, err)
	defer db.Close()
	cut := func(tx *sql.Tx) error {
		var pid int
		if err := tx.QueryRow("SELECT pg_backend_pid()").Scan(&pid); err != nil {
			return err
		}
		return started.SQL(fmt.Sprintf("SELECT pg_terminate_backend(%d)", pid))
	}
	if err := db.tx(t.Context(), cut); !Uncertain(err) || Unwritable(err) {
		t.Errorf("cut before the end: %v", err)
	}
	err = db.tx(t.Context(), func(tx *sql.Tx) error {
		must(t, cut(tx))
		_, err := tx.Exec("DELETE FROM muted")
		return err
	})
	if Uncertain(err) || !Unwritable(err) {
		t.Errorf("cut in the middle: %v", err)
	}
}

// TestWhoSeesAllIsRefused opens as a user whom row-level security does not bind.
func TestWhoSeesAllIsRefused(t *testing.T) {
	postgres(t)
	if _, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), Postgres{URL: started.URL("postgres")}); !errors.Is(err, ErrUnbound) {
		t.Errorf("opened: %v", err)
	}
}

// TestOthersHear has one program put something in, and another of the same office
// hear of it; one of another office does not.
func TestOthersHear(t *testing.T) {
	where, elsewhere := postgres(t), postgres(t)
	heard := make(chan string, 10)
	ctx, stop := context.WithCancel(t.Context())
	var listening sync.WaitGroup
	for who, at := range map[string]Postgres{"": where, "another office: ": elsewhere} {
		db, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), at)
		must(t, err)
		defer db.Close()
		listening.Go(func() { db.Listen(ctx, func(table string) { heard <- who + table }) })
	}
	<-heard
	<-heard // both listen, or are about to
	db, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), where)
	must(t, err)
	defer db.Close()
	got := ""
	for late := time.Now().Add(mostTakeOver); got == "" && time.Now().Before(late); {
		_, err = db.Enqueue(ctx, start, Out{Target: to("甲"), Text: "答"})
		must(t, err)
		select {
		case got = <-heard:
		case <-time.After(time.Second):
		}
	}
	if got != "outbox" {
		t.Errorf("heard %q", got)
	}
	stop()
	listening.Wait()
}
