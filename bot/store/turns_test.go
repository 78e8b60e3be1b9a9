package store

import (
	"fmt"
	"testing"
	"time"
)

// TestChatsTakeTurns has a group wait with 200 answers: another chat's goes out
// after one more send at most, what is urgent at once, and a chat that is held
// keeps nobody waiting.
func TestChatsTakeTurns(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		ctx := t.Context()
		for i := range 200 {
			_, err := db.Enqueue(ctx, start, Out{Target: to("忙群"), Text: fmt.Sprint("忙", i)})
			must(t, err)
		}
		next := func(now time.Time) string {
			t.Helper()
			it, err := db.Claim(ctx, "wechat", now)
			must(t, err)
			if it == nil {
				return ""
			}
			must(t, db.Settle(ctx, it.ID, Result{Status: Sent, At: now}))
			return it.Text
		}
		put := func(chat, text string, rank Rank) {
			t.Helper()
			_, err := db.Enqueue(ctx, start, Out{Target: to(chat), Text: text, Rank: rank})
			must(t, err)
		}
		expect := func(now time.Time, want ...string) {
			t.Helper()
			for _, w := range want {
				if got := next(now); got != w {
					t.Fatalf("got %q, want %q", got, w)
				}
			}
		}
		expect(start, "忙0")
		put("甲", "甲一", RankReply)
		put("甲", "甲二", RankReply)
		put("乙", "提醒", RankReminder)
		put("乙", "乙一", RankReply)
		expect(start, "甲一", "乙一", "忙1", "甲二", "忙2")
		put("忙群", "急", RankUrgent)
		expect(start, "急", "忙3")
		db.Hold(to("忙群"), start.Add(time.Minute))
		put("甲", "甲三", RankReply)
		expect(start, "甲三", "提醒", "")
		expect(start.Add(time.Minute), "忙4", "忙5")
	})
}
