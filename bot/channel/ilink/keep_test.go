package ilink

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	simulator "zujian/bot/simulator/ilink"
)

// left gives what may be sent to a person; -1 where he is not known.
func (r *rig) left(person string) int {
	if a, ok := r.allowance(person); ok {
		return a.Left
	}
	return -1
}

func (r *rig) allowance(person string) (Allowance, bool) {
	all := r.ch.Allowances()
	i := slices.IndexFunc(all, func(a Allowance) bool { return a.Person == person })
	if i < 0 {
		return Allowance{}, false
	}
	return all[i], true
}

func TestTenSendsAMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		if r.left(zhao) != -1 {
			t.Errorf("somebody who never wrote has %d", r.left(zhao))
		}
		r.says(zhao, "在吗")
		r.says(li, "在吗")
		for i := range 10 {
			if r.left(zhao) != 10-i {
				t.Errorf("%d left after %d", r.left(zhao), i)
			}
			if err := r.send(zhao); err != nil {
				t.Fatalf("send %d: %v", i, err)
			}
		}
		n := r.count(0, "sendmessage")
		if err := r.send(zhao); !errors.Is(err, chat.ErrWindowClosed) || !chat.NotSent(err) || chat.Passing(err) {
			t.Errorf("the eleventh: %v", err)
		}
		if r.count(0, "sendmessage") != n {
			t.Error("the eleventh was asked for")
		}
		if err := r.send(li); err != nil {
			t.Errorf("another person: %v", err)
		}
		r.says(zhao, "再说一句")
		if err := r.send(zhao); err != nil || r.left(zhao) != 9 {
			t.Errorf("after the next message: %v, %d left", err, r.left(zhao))
		}
		if r.sim.Refused() > 0 {
			t.Errorf("%d sends outside a window", r.sim.Refused())
		}
	})
}

func TestWindowLastsADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		wrote := time.Now()
		r.says(zhao, "在吗")
		a, _ := r.allowance(zhao)
		if !a.Until.Equal(wrote.Add(24*time.Hour).Truncate(time.Millisecond)) || !a.Open() {
			t.Errorf("allowance %+v", a)
		}
		pass(24*time.Hour - time.Minute)
		if err := r.send(zhao); err != nil {
			t.Errorf("before the end: %v", err)
		}
		pass(time.Minute)
		if err := r.send(zhao); !errors.Is(err, chat.ErrWindowClosed) {
			t.Errorf("after a day: %v", err)
		}
		if all := r.ch.Allowances(); len(all) != 1 || all[0].Person != zhao || all[0].Open() {
			t.Errorf("all: %+v", all)
		}
	})
}

// TestWindowCountsFromTheFarEnd has a message wait in an outage: its day began
// when it was written.
func TestWindowCountsFromTheFarEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.sim.SetDown(true)
		r.sim.Say(zhao, "在吗")
		pass(23 * time.Hour)
		r.sim.SetDown(false)
		pass(2 * time.Minute)
		if err := r.send(zhao); err != nil {
			t.Errorf("within the day: %v", err)
		}
		pass(time.Hour)
		if err := r.send(zhao); !errors.Is(err, chat.ErrWindowClosed) {
			t.Errorf("a day after it was written: %v", err)
		}
		if r.sim.Refused() > 0 {
			t.Error("the far end refused a send")
		}
	})
}

func TestSendsThatFailDoNotCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.says(zhao, "在吗")
		r.sim.LimitSends(true)
		r.send(zhao)
		r.sim.LimitSends(false)
		if r.left(zhao) != 10 {
			t.Errorf("%d left after a send that was refused", r.left(zhao))
		}
		r.sim.LoseSends(1)
		r.send(zhao)
		if r.left(zhao) != 9 {
			t.Errorf("%d left after one that may have arrived", r.left(zhao))
		}
	})
}

// TestRepeatsOpenNothing has old messages come again: the window is not a new
// one, and the token stays that of the last message.
func TestRepeatsOpenNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.says(zhao, "一")
		r.sim.Duplicate(1)
		r.says(zhao, "二")
		for range 4 {
			if err := r.send(zhao); err != nil {
				t.Fatal(err)
			}
		}
		r.sim.Replay(3)
		r.sim.Logout()
		pass(time.Minute)
		if n := len(r.Received()); n != 6 {
			t.Errorf("%d messages, want three and three again", n)
		}
		if r.left(zhao) != 6 {
			t.Errorf("%d left, want 6", r.left(zhao))
		}
		if err := r.send(zhao); err != nil {
			t.Error(err)
		}
	})
}

func TestRestartKeepsEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{ManualScan: true})
		r.sim.Scan()
		pass(time.Minute)
		r.says(zhao, "一")
		r.says(li, "一")
		for range 3 {
			if err := r.send(zhao); err != nil {
				t.Fatal(err)
			}
		}
		r.Received()
		r.Close()
		r.Forget()
		n := len(r.sim.Requests())
		r.sim.Say(zhao, "二")
		if all, err := ReadAllowances(r.file, time.Now()); err != nil || len(all) != 2 || all[0].Left+all[1].Left != 17 {
			t.Errorf("from the file: %+v, %v", all, err)
		}
		r.run()
		defer r.Close()
		if got := r.Received(); len(got) != 1 || got[0].Text != "二" {
			t.Errorf("after a hot start: %+v", got)
		}
		if r.WasIn(chat.WaitingScan) {
			t.Errorf("a hot start asked for a scan: %v", r.Reports())
		}
		if first := r.sim.Requests()[n+1]; first.Path != "getupdates" || first.Note == "" {
			t.Errorf("the first poll: %+v", first)
		}
		if r.left(zhao) != 10 || r.left(li) != 10 {
			t.Errorf("%d and %d left", r.left(zhao), r.left(li))
		}
		if err := r.send(li); err != nil {
			t.Error(err)
		}
	})
}

// TestBufMovesOnlyAfterTheHandler has the program end while a message is handed
// on: it comes again.
func TestBufMovesOnlyAfterTheHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		r.says(zhao, "一")
		r.Received()
		before := r.ch.keeper.buf()
		var during string
		r.First = func(chat.Inbound) {
			k, err := readFile(r.file)
			if err != nil {
				t.Error(err)
			}
			during = k.Buf
		}
		r.says(zhao, "二")
		if during != before || before == "" {
			t.Errorf("while handing on, the file had %q, before %q", during, before)
		}
		if k, err := readFile(r.file); err != nil || k.Buf == before || k.Buf != r.ch.keeper.buf() {
			t.Errorf("afterwards %q, %v", k.Buf, err)
		}
		r.Close()
	})
}

func TestAnotherRobotBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.says(zhao, "一")
		r.sim.NewBot()
		r.sim.Logout()
		pass(time.Minute)
		if s := r.ch.Report().State; s != chat.Online {
			t.Fatalf("state %s", s)
		}
		if err := r.send(zhao); !errors.Is(err, chat.ErrWindowClosed) {
			t.Errorf("with another robot: %v", err)
		}
		r.says(zhao, "二")
		if err := r.send(zhao); err != nil {
			t.Error(err)
		}
	})
}

func TestFileIsForItsOwnerOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		if err := os.Chmod(r.file, 0o644); err != nil { // as a careless copy would be
			t.Fatal(err)
		}
		r.says(zhao, "在吗")
		files, err := filepath.Glob(r.file + "*")
		if err != nil || !slices.Equal(files, []string{r.file}) {
			t.Errorf("files %v, %v", files, err)
		}
		for path, want := range map[string]os.FileMode{r.file: 0o600, filepath.Dir(r.file): 0o700} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", path, info, err)
			}
		}
	})
}

// TestDamagedFileIsSetAside cuts the file at every place, and in two puts
// something else in.
func TestDamagedFileIsSetAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		r.says(zhao, "在吗")
		r.Close()
		whole, err := os.ReadFile(r.file)
		if err != nil {
			t.Fatal(err)
		}
		cuts := [][]byte{[]byte("[]"), append(slices.Clone(whole), '}')}
		for n := 0; n < len(whole); n += 7 {
			cuts = append(cuts, whole[:n])
		}
		for _, cut := range cuts {
			if err := os.WriteFile(r.file, cut, 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := New(Options{File: r.file, OnDamaged: r.hearDamage})
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := c.keeper.login(); ok || len(r.damaged) != 1 {
				t.Fatalf("%d bytes: a login was read, or nothing was said", len(cut))
			}
			aside, err := os.ReadFile(r.damaged[0])
			if err != nil || string(aside) != string(cut) {
				t.Errorf("%d bytes: set aside %d, %v", len(cut), len(aside), err)
			}
			r.damaged = nil
		}
	})
}

func (r *rig) hearDamage(aside string) { r.damaged = append(r.damaged, aside) }

// TestNewLoginAfterDamage goes on from a file that was cut in the middle.
func TestNewLoginAfterDamage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		r.says(zhao, "在吗")
		r.Close()
		whole, err := os.ReadFile(r.file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(r.file, whole[:len(whole)/2], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadAllowances(r.file, time.Now()); err == nil {
			t.Error("half a file is read as a whole")
		}
		r.Received()
		r.Forget()
		r.run()
		if first := r.Reports()[0]; first.State != chat.WaitingScan || first.Cause == "" {
			t.Errorf("first state %+v", first)
		}
		r.wants(chat.WaitingScan, chat.Online)
		r.says(zhao, "再来")
		if err := r.send(zhao); err != nil {
			t.Error(err)
		}
		r.Close()
		if !strings.Contains(r.logs.String(), "set aside") {
			t.Error("the log says nothing")
		}
		if _, err := ReadAllowances(r.file, time.Now()); err != nil {
			t.Error(err)
		}
	})
}

// TestFileThatCannotBeWritten goes on without.
func TestFileThatCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, sim: simulator.New(simulator.Options{}), file: filepath.Join(t.TempDir(), "a file", "ilink.json")}
		if err := os.WriteFile(filepath.Dir(r.file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		r.run()
		r.says(zhao, "在吗")
		if err := r.send(zhao); err != nil {
			t.Error(err)
		}
		r.Close()
		if !strings.Contains(r.logs.String(), "cannot keep the login") {
			t.Error("the log says nothing")
		}
	})
}

func TestTidyForgetsKeysAndOldPeople(t *testing.T) {
	now := time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)
	k := &keeper{kept: kept{People: map[string]*person{
		"fresh": {Token: "t", Wrote: now.Add(-time.Hour), Left: 3},
		"past":  {Token: "t", Wrote: now.Add(-25 * time.Hour), Left: 3},
		"old":   {Wrote: now.Add(-400 * 24 * time.Hour)},
	}}}
	k.tidy(now)
	if p := k.kept.People; len(p) != 2 || p["fresh"].Token != "t" || p["past"].Token != "" || p["past"].Left != 0 {
		t.Errorf("%+v", p)
	}
	if _, err := k.spend("past", now); !errors.Is(err, chat.ErrWindowClosed) {
		t.Errorf("past: %v", err)
	}
}
