package due

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/desk"
	"zujian/bot/store"
)

var errKilled = errors.New("killed")

// killer is a store whose program is killed at the n-th step that writes or
// sends, before it or after it. Nothing is written or sent from then on.
type killer struct {
	*store.DB
	left  int
	after bool
	dead  bool
	steps int
	kill  func()
}

// step does one step, or dies.
func (k *killer) step(do func() error) error {
	if k.dead {
		return errKilled
	}
	k.steps++
	k.left--
	if k.left == 0 {
		if k.after {
			_ = do() // it is done, and nobody will know
		}
		k.dead = true
		k.kill()
		return errKilled
	}
	return do()
}

func (k *killer) Fire(ctx context.Context, now time.Time, b store.Burst) error {
	return k.step(func() error { return k.DB.Fire(ctx, now, b) })
}

func (k *killer) Claim(ctx context.Context, channel string, now time.Time) (it *store.Item, err error) {
	if at, ok, _ := k.NextDue(ctx, channel); !ok || at.After(now) {
		return nil, nil // it would write nothing
	}
	err = k.step(func() error { it, err = k.DB.Claim(ctx, channel, now); return err })
	if err != nil {
		return nil, err
	}
	return it, nil
}

func (k *killer) Settle(ctx context.Context, id int64, r store.Result) error {
	return k.step(func() error { return k.DB.Settle(ctx, id, r) })
}

func (k *killer) TellOf(ctx context.Context, now time.Time, of []store.Firing, outs ...store.Out) error {
	return k.step(func() error { return k.DB.TellOf(ctx, now, of, outs...) })
}

func (k *killer) Reclaim(ctx context.Context, channel string, now time.Time) (n int, err error) {
	err = k.step(func() error { n, err = k.DB.Reclaim(ctx, channel, now); return err })
	return n, err
}

func (k *killer) KeepLatestTime(ctx context.Context, now time.Time) error {
	return k.step(func() error { return k.DB.KeepLatestTime(ctx, now) })
}

// TestKilledAtEveryStep kills the program at each step of its first run, and of
// its second one after that. A reminder is never sent twice, and one that may
// not have gone out is told.
func TestKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	lives, total, inDoubt := 0, 0, 0
	for _, after := range []bool{false, true} {
		for first := 1; ; first++ {
			ended := true
			for second := 0; second < 9; second += 4 {
				synctest.Test(t, func(t *testing.T) {
					until(10, 0)
					killed, sent, told := killedAt(newHouse(t), after, first, second)
					lives, total = lives+1, total+sent
					ended = ended && !killed
					if sent > 1 || sent == 0 && told == "" {
						t.Errorf("killed at step %d (after it: %v), then %d: sent %d times, told %q", first, after, second, sent, told)
					}
					if strings.Contains(told, "不知道发出去没有") {
						inDoubt++
					}
				})
			}
			if ended {
				break
			}
		}
	}
	t.Logf("%d lives, %d sent once, %d in doubt and told, none twice, none lost", lives, total, inDoubt)
	if lives < 30 || inDoubt == 0 {
		t.Errorf("too little was tried: %d lives", lives)
	}
}

// flaggedIn gives what 管理 不明 shows: the news may be what is in doubt.
func flaggedIn(h *house) []string {
	h.t.Helper()
	items, err := h.db.Troubled(h.t.Context(), 9)
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for _, it := range items {
		all = append(all, it.Text+it.Reason)
	}
	return all
}

// killedAt runs a program with one reminder and kills it at the steps given, 0
// being never.
func killedAt(h *house, after bool, steps ...int) (killed bool, sent int, told string) {
	var flagged []string
	for i, n := range append(steps, 0) {
		var k *killer
		h.wrap = func(db *store.DB) interface {
			Records
			desk.Outbox
		} {
			k = &killer{DB: db, left: n, after: after, kill: func() {
				if h.stop != nil {
					h.stop()
				}
			}}
			return k
		}
		h.far.through = func(deliver func() error) error { return k.step(deliver) }
		h.stop = nil
		h.open()
		if i == 0 {
			h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(2 * time.Minute)})
		}
		pass(10 * time.Minute)
		flagged = flaggedIn(h)
		killed = killed || i == 0 && k.dead
		h.close()
	}
	return killed, len(h.far.texts(donghe)), strings.Join(append(h.far.texts("赵主任"), flagged...), "\n")
}
