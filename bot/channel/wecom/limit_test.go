package wecom_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/desk"
	"zujian/bot/store"
)

// TestLimitsAreOurs sends as much as may be: WeCom never has to say that it is
// too often.
func TestLimitsAreOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		began, sent := time.Now(), 0
		for sent < 1030 {
			err := r.send(aGroup(), "提醒")
			own := chat.TooOften{}
			switch {
			case err == nil:
				sent++
			case errors.As(err, &own) && errors.Is(err, chat.ErrTooOften) && own.After > 0 && own.After <= time.Hour:
				if sent == 30 {
					if err := r.send(chat.Target{Chat: "zhao"}, "别处不受影响"); err != nil {
						t.Errorf("another chat: %v", err)
					}
				}
				pass(own.After)
			default:
				t.Fatalf("message %d: %v", sent, err)
			}
		}
		if took := time.Since(began); took < time.Hour || took > time.Hour+2*time.Minute || r.sim.Over() > 0 {
			t.Errorf("1030 messages took %s; %d were beyond the limits", took, r.sim.Over())
		}
	})
}

// TestPumpWaitsAsLongAsItMust has 45 messages for one chat wait.
func TestPumpWaitsAsLongAsItMust(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		db, err := store.Open(filepath.Join(t.TempDir(), "zujian.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for range 45 {
			if _, err := db.Enqueue(t.Context(), time.Now(), store.Out{Target: aGroup(), Text: "提醒"}); err != nil {
				t.Fatal(err)
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); desk.NewPump(r.ch, db, nil).Run(ctx) }()
		pass(65 * time.Second)
		if n := len(r.sim.Sent()); n != 45 || r.sim.Over() > 0 {
			t.Errorf("%d went out in 65 s, %d beyond the limit", n, r.sim.Over())
		}
		r.wants(chat.Online) // the limit is that of one chat
		stop()
		<-done
	})
}
