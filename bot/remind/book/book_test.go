package book

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/remind"
	"zujian/bot/remind/due"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// office is a book on a real store, with a clock that a test sets.
type office struct {
	*Book
	t    *testing.T
	ctx  context.Context
	now  time.Time
	file string // of the holidays
	news []string
}

func opens(t *testing.T, now time.Time) *office {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(filepath.Join(dir, "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	o := &office{t: t, ctx: context.Background(), now: now, file: filepath.Join(dir, "holidays.yaml")}
	calendar, err := remind.WatchCalendar(o.file)
	if err != nil {
		t.Fatal(err)
	}
	o.Book = &Book{DB: db, Plans: Plans{calendar}, Policy: due.Usual, Now: func() time.Time { return o.now },
		Lists: map[string][]string{"各镇群": {"东镇群", "西镇群"}}, Reach: func(string) []string { return []string{"wechat"} }}
	return o
}

// adds keeps a sentence and gives what was said of it.
func (o *office) adds(sentence string) (ids []int64, said string) {
	o.t.Helper()
	made, said, err := o.Propose(o.ctx, Asker{Name: "赵主任", Me: chat.Target{Channel: "ilink", Chat: aPerson}}, sentence)
	if err != nil {
		o.t.Fatalf("%s: %v", sentence, err)
	}
	all, err := o.Reminders(made)
	if err == nil {
		ids, err = o.DB.AddReminders(o.ctx, all...)
	}
	if err != nil {
		o.t.Fatalf("%s: %v", sentence, err)
	}
	return ids, said
}

func (o *office) scheduler() *due.Scheduler {
	return due.New(due.Options{Records: o.DB, Plans: o.Plans, Policy: o.Policy, Now: func() time.Time { return o.now },
		News: func(_ context.Context, text string) []store.Out { o.news = append(o.news, text); return nil }})
}

// at gives the next time of a reminder.
func (o *office) at(id int64) time.Time {
	o.t.Helper()
	r, err := o.Find(o.ctx, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return r.At.In(text.Beijing)
}

const aPerson = "o9zhao@im.wechat"

// TestPeopleAreShownByName has a reminder be for somebody whom his channel knows
// by an id: nobody who looks at it sees that.
func TestPeopleAreShownByName(t *testing.T) {
	o := opens(t, beginning())
	ids, said := o.adds("每周五下午三点提醒我报表")
	all := []string{said}
	for _, look := range []func() (string, error){
		func() (string, error) { return o.Show(o.ctx, ids[0]) },
		func() (string, error) { return o.SendNow(o.ctx, ids[0]) },
		func() (string, error) { list, err := o.List(o.ctx); return fmt.Sprint(Words(list), list), err },
		func() (string, error) {
			var file strings.Builder
			_, err := o.WriteCalendar(o.ctx, &file, 30)
			return strings.ReplaceAll(file.String(), "\r\n ", ""), err
		},
	} {
		got, err := look()
		if err != nil || !strings.Contains(got, "赵主任") {
			t.Errorf("%s %v", got, err)
		}
		all = append(all, got)
	}
	if got := strings.Join(all, "\n"); strings.Contains(got, aPerson) {
		t.Errorf("an id is shown:\n%s", got)
	}
}

func beginning() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, text.Beijing) }

func TestSeveralGroups(t *testing.T) {
	o := opens(t, beginning())
	ids, said := o.adds("每月25日上午十点提醒妇建群和工会群报送组建进度")
	if len(ids) != 2 || !strings.Contains(said, "群“妇建群”、群“工会群”") {
		t.Errorf("%v: %s", ids, said)
	}
	if ids, _ := o.adds("每月25日上午十点提醒各镇群和妇建群交表"); len(ids) != 3 {
		t.Errorf("a list and a group: %v", ids)
	}
}

func TestCautions(t *testing.T) {
	o := opens(t, beginning())
	o.adds("每月25日下午三点提醒妇建群报送组建进度")
	if _, said := o.adds("每月25号15:00提醒妇建群报送组建进度"); !strings.Contains(said, "已经有一条一样的提醒，编号 1") {
		t.Errorf("the same one: %s", said)
	}
	o.adds("11月25日下午四点提醒妇建群交表")
	if _, said := o.adds("今天下午五点提醒妇建群开会"); !strings.Contains(said, "已经有2次提醒，一天最多2次") {
		t.Errorf("a full day: %s", said)
	}
	if _, said := o.adds("元旦上午九点提醒妇建群值班"); strings.Contains(said, "注意") {
		t.Errorf("an ordinary one: %s", said)
	}
	for sentence, want := range map[string]string{"后天上午九点提醒妇建群@所有人交表": "确认全体", "后天上午九点提醒妇建群所有人交表": "确认", "每周一上午九点提醒妇建群@全体成员交表": "确认全体"} {
		made, _, err := o.Propose(o.ctx, Asker{Name: "赵主任"}, sentence)
		if word, why := made.Confirm(); err != nil || word != want || (why == "") != (want == "确认") {
			t.Errorf("%s: %s %s %v", sentence, word, why, err)
		}
	}
	o.Doubt = func(context.Context, chat.Target) string { return "没有这个群。" }
	if _, said := o.adds("明天上午九点提醒东镇群开会"); !strings.Contains(said, "注意：没有这个群。") {
		t.Errorf("an unknown group: %s", said)
	}
}

func TestChanges(t *testing.T) {
	o := opens(t, beginning())
	ids, _ := o.adds("每周五下午三点提醒妇建群报表")
	id := ids[0]
	for _, tt := range []struct {
		do   func() (string, error)
		say  string
		next string
	}{
		{func() (string, error) { return o.Skip(o.ctx, id, "") }, "bot remind alter 1 \"每周五下午3:00", "2026-12-04 15:00"},
		{func() (string, error) { return o.Skip(o.ctx, id, "下周那次") }, "2026年12月4日不发了", "2026-12-11 15:00"},
		{func() (string, error) { return o.Postpone(o.ctx, id, "12月14日上午十点") }, "改到2026年12月14日", "2026-12-14 10:00"},
		{func() (string, error) { return o.Reword(o.ctx, id, "报表和名单") }, "时间没有变", "2026-12-14 10:00"},
		{func() (string, error) { return o.Reschedule(o.ctx, id, "每周四下午三点") }, "推迟到了2026年12月14日", "2026-11-26 15:00"},
		{func() (string, error) { return o.Change(o.ctx, id, store.Paused) }, "停下了", "2026-11-26 15:00"},
		{func() (string, error) { return o.Change(o.ctx, id, store.Active) }, "接着用了", "2026-11-26 15:00"},
	} {
		said, err := tt.do()
		if err != nil || !strings.Contains(said, tt.say) {
			t.Errorf("%s: %s %v", tt.say, said, err)
		}
		if got := o.at(id).Format("2006-01-02 15:04"); got != tt.next {
			t.Errorf("%s: next is %s, want %s", tt.say, got, tt.next)
		}
	}
	for what, do := range map[string]func() (string, error){
		"没有要发的":    func() (string, error) { return o.Skip(o.ctx, id, "11月28日") },
		"推迟到它前面才行": func() (string, error) { return o.Postpone(o.ctx, id, "12月20日上午九点") },
		"在夜里":      func() (string, error) { return o.Postpone(o.ctx, id, "今天晚上十点") },
		"只改下一次":    func() (string, error) { return o.Reschedule(o.ctx, id, "明天下午三点") },
		"不许强制回复":   func() (string, error) { return o.Reword(o.ctx, id, "交表，收到请回复") },
		"没有编号":     func() (string, error) { return o.Reword(o.ctx, 99, "交表") },
	} {
		if _, err := do(); !errors.As(err, new(Refusal)) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := o.Change(o.ctx, id, store.Cancelled); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Change(o.ctx, id, store.Active); err == nil || !strings.Contains(err.Error(), "“取消了”，不能恢复。请重新设一条") {
		t.Errorf("a cancelled one is resumed: %v", err)
	}
}

func TestOtherTimesEndAsTheOldOnes(t *testing.T) {
	o := opens(t, beginning())
	ids, _ := o.adds("每周五下午四点到年底，遇节假日提前，提醒妇建群报表")
	said, err := o.Reschedule(o.ctx, ids[0], "每周四下午三点")
	if err != nil || !strings.Contains(said, "现在是每周四下午3:00，遇节假日、周末提前到前一个工作日，到2026年12月31日为止") {
		t.Errorf("%s %v", said, err)
	}
	said, err = o.Reschedule(o.ctx, ids[0], "每周三下午三点到12月20日为止")
	if err != nil || !strings.Contains(said, "到2026年12月20日为止。接下来") {
		t.Errorf("%s %v", said, err)
	}
}

func TestSendNow(t *testing.T) {
	o := opens(t, beginning())
	ids, _ := o.adds("每周五下午三点提醒妇建群报表")
	woken := ""
	o.Queued = func(channel string) { woken = channel }
	said, err := o.SendNow(o.ctx, ids[0])
	if err != nil || !strings.Contains(said, "现在就发到群“妇建群”") || woken != "wechat" {
		t.Fatalf("%s %q %v", said, woken, err)
	}
	if out, err := o.DB.Claim(o.ctx, "wechat", o.now); err != nil || out == nil || !strings.HasPrefix(out.Text, "提醒：报表") {
		t.Errorf("not in the outbox: %v %v", out, err)
	}
	if got := o.at(ids[0]).Format("2006-01-02 15:04"); got != "2026-11-27 15:00" {
		t.Errorf("its next time changed: %s", got)
	}
}

// holidays2027 makes 5 March a day off, which a plan with 顺延 has to follow.
const holidays2027 = "- year: 2027\n  source: 测试用\n  off:\n    - {name: 元旦, from: 2027-01-01, to: 2027-01-03}\n    - {name: 春节, from: 2027-03-05, to: 2027-03-09}\n  work: []\n"

func TestTimesFollowTheCalendar(t *testing.T) {
	o := opens(t, time.Date(2027, 2, 20, 9, 0, 0, 0, text.Beijing))
	ids, _ := o.adds("每月5日上午九点遇节假日顺延提醒妇建群报表")
	s := o.scheduler()
	if err := s.Tick(o.ctx); err != nil {
		t.Fatal(err)
	}
	if got := o.at(ids[0]).Format(time.DateOnly); got != "2027-03-05" {
		t.Fatalf("before: %s", got)
	}
	if err := os.WriteFile(o.file, []byte(holidays2027), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Tick(o.ctx); err != nil {
		t.Fatal(err)
	}
	if got := o.at(ids[0]).Format(time.DateOnly); got != "2027-03-10" {
		t.Errorf("after the calendar came: %s", got)
	}
	if len(o.news) != 1 || !strings.Contains(o.news[0], "放假安排改了") {
		t.Errorf("told: %q", o.news)
	}
	if err := os.WriteFile(o.file, []byte("- yeer: 2027\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Tick(o.ctx); err != nil || len(o.news) != 2 || !strings.Contains(o.news[1], "先照原来的算") {
		t.Errorf("a broken file: %v %q", err, o.news)
	}
	if got := o.at(ids[0]).Format(time.DateOnly); got != "2027-03-10" {
		t.Errorf("after a broken file: %s", got)
	}
}

// Five years with changes, skips and a calendar that comes late: every time is
// dealt with once, and none without a trace.
func TestFiveYearsOfChanges(t *testing.T) {
	o := opens(t, time.Date(2026, 1, 1, 8, 0, 0, 0, text.Beijing))
	var ids []int64
	for i, sentence := range []string{"每周五下午三点", "每月5日上午九点遇周末提前", "每月最后一个工作日上午十点", "每季度末上午九点", "每年三八节前一周上午九点", "每周二上午九点和周四下午三点"} {
		more, _ := o.adds(fmt.Sprintf("%s提醒%d组群报表", sentence, i))
		ids = append(ids, more...)
	}
	s, end := o.scheduler(), o.now.AddDate(5, 0, 0)
	expect := map[int64]time.Time{}
	plan := func(id int64) planned {
		r, err := o.Find(o.ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := o.Plans.plan(r.Plan)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	fired := 0
	for round := 0; o.now.Before(end); round++ {
		if err := s.Tick(o.ctx); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			for want := expect[id]; !want.IsZero() && !o.at(id).Equal(want) && !want.After(o.now); want = expect[id] {
				if ok, err := o.DB.Fired(o.ctx, id, want); err != nil || !ok {
					t.Fatalf("reminder %d was silent at %s: %v", id, Date(want), err)
				}
				fired++
				expect[id], _, _ = plan(id).Next(want)
			}
		}
		switch id := ids[round%len(ids)]; round % 37 {
		case 5:
			if _, err := o.Skip(o.ctx, id, ""); err != nil {
				t.Fatal(err)
			}
		case 11:
			if _, err := o.Reschedule(o.ctx, id, []string{"每周三上午十点", "每月10日下午两点遇节假日顺延", "每周五下午三点"}[round%3]); err != nil {
				t.Fatal(err)
			}
		case 23:
			if _, err := o.Reword(o.ctx, id, fmt.Sprintf("报表%d", round)); err != nil {
				t.Fatal(err)
			}
		}
		if round == 120 {
			if err := os.WriteFile(o.file, []byte(holidays2027), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := s.Tick(o.ctx); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range ids {
			expect[id], _, _ = plan(id).Next(o.now)
		}
		next, ok, err := o.DB.NextReminder(o.ctx)
		if err != nil || !ok {
			t.Fatalf("nothing is due any more at %s: %v", Date(o.now), err)
		}
		o.now = next
	}
	if fired < 700 {
		t.Errorf("only %d times in five years", fired)
	}
	t.Logf("%d times in five years, each once", fired)
}
