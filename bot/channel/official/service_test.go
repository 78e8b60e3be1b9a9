package official_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/channel/official"
	"zujian/bot/chat"
	"zujian/bot/simulator"
	sims "zujian/bot/simulator/official"
)

type simulatorRequest = simulator.Request

func onService(t *testing.T, file string, sim *sims.Sim, f func(r *rig)) {
	ch, err := official.NewService(service(sim, file))
	if err != nil {
		t.Fatal(err)
	}
	r := (&rig{t: t, sim: sim, ch: ch}).run()
	defer r.close()
	f(r)
}

// TestServiceTakesEachMessageOnce goes over two runs of the program, with
// messages written while it was away.
func TestServiceTakesEachMessageOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file, sim := filepath.Join(t.TempDir(), "kf.json"), sims.New(sims.Options{Service: true})
		onService(t, file, sim, func(r *rig) {
			sim.Event(zhao, "enter_session", "")
			sim.Say(zhao, "一")
			pass(time.Minute)
			id := sim.Send(zhao, "voice")
			sim.Event(zhao, "user_recall_msg", id)
			pass(time.Minute)
			if len(r.got) != 3 || r.got[1].Kind != chat.Voice || r.got[2].Recalls != id {
				t.Errorf("%+v", r.got)
			}
		})
		sim.Say(zhao, "二") // nobody is there
		pass(time.Minute)
		onService(t, file, sim, func(r *rig) {
			pass(time.Minute)
			r.wants("welcome:您好，请直接问。", "kf:答：一", "kf:答：二")
		})
	})
}

// TestFiveMessagesInTwoDays holds what may be sent to one message.
func TestFiveMessagesInTwoDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := sims.New(sims.Options{Service: true})
		onService(t, filepath.Join(t.TempDir(), "kf.json"), sim, func(r *rig) {
			sim.Say(zhao, "1|2|3|4|5|6")
			pass(time.Minute)
			if len(r.errs) != 6 || r.errs[4] != nil || !errors.Is(r.errs[5], chat.ErrWindowClosed) || len(sim.Sent()) != 5 {
				t.Errorf("%v; %d sent", r.errs, len(sim.Sent()))
			}
			sim.Say(zhao, "7")
			pass(49 * time.Hour)
			if _, err := r.ch.Send(context.Background(), chat.Target{Channel: "kf", Chat: zhao}, "晚了"); !errors.Is(err, chat.ErrWindowClosed) {
				t.Errorf("after two days: %v", err)
			}
		})
	})
}
