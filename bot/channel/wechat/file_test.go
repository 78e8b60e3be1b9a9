package wechat

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wechat"
)

func TestFilesComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		ctx := context.Background()
		r.sim.SayFile("zhao", "../台账.csv", []byte("单位名称\n甲公司\n"))
		got := r.Received()
		if len(got) != 1 || got[0].File == nil || got[0].Text != "" || got[0].Group || got[0].Chat != "赵主任" {
			t.Fatalf("%+v", got)
		}
		f := got[0].File
		if data, err := f.Fetch(ctx, 1<<20); err != nil || string(data) != "单位名称\n甲公司\n" || f.Size != int64(len(data)) {
			t.Errorf("%q of %d, %v", data, f.Size, err)
		}
		if _, err := f.Fetch(ctx, 3); !errors.Is(err, chat.ErrFileTooLarge) {
			t.Errorf("too large: %v", err)
		}
		for _, size := range []int{1, 700 << 10, 2 << 20} { // one piece, two, four
			data := bytes.Repeat([]byte("表"), size/3+1)
			if _, err := r.ch.SendFile(ctx, got[0].Target(), "/etc/结果.xlsx", data); err != nil {
				t.Fatalf("%d bytes: %v", len(data), err)
			}
			sent := r.sim.Sent()
			if last := sent[len(sent)-1]; last.File != "结果.xlsx" || !bytes.Equal(last.Data, data) || last.Chat != "zhao" {
				t.Errorf("%d bytes arrived as %q with %d", len(data), last.File, len(last.Data))
			}
		}
		n := len(r.sim.Sent())
		if _, err := r.ch.SendFile(ctx, chat.Target{Chat: "没有这个人"}, "x.csv", []byte("x")); !errors.Is(err, chat.ErrNoTarget) {
			t.Errorf("nobody: %v", err)
		}
		r.sim.LoseSends(1)
		if _, err := r.ch.SendFile(ctx, got[0].Target(), "x.csv", []byte("x")); err == nil || chat.NotSent(err) {
			t.Errorf("an answer that was lost is said to be certain: %v", err)
		}
		r.sim.SetDown(true)
		if _, err := r.ch.SendFile(ctx, got[0].Target(), "x.csv", []byte("x")); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("no network: %v", err)
		}
		if _, err := f.Fetch(ctx, 1<<20); err == nil {
			t.Error("a file came without a network")
		}
		r.sim.SetDown(false)
		pass(5 * time.Minute)
		if got := len(r.sim.Sent()); got != n+1 {
			t.Errorf("%d files more arrived, want the one whose answer was lost", got-n)
		}
		r.sim.Logout(1101)
		if _, err := r.ch.SendFile(ctx, got[0].Target(), "x.csv", []byte("x")); !errors.Is(err, chat.ErrLoggedOut) {
			t.Errorf("logged out: %v", err)
		}
	})
}
