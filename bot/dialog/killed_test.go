package dialog

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"zujian/bot/store"
)

var openings = []string{
	"", "一家律所", "开发区里一家电子厂，女工六百来人", "镇上的行业协会", "九家小厂想合建", "村里的合唱队，没登记",
	"写字楼里的互联网公司，女的没几个", "一家民办养老院", "县里的建材批发市场，六十多个摊位", "快递网点，不在园区",
	"产业园里的民办学校，有党支部", "一家国企", "商会，在园区，有支部", "街边理发店",
}

var turns = []string{
	"1", "2", "3", "1", "2", "不清楚", "有", "没有", "4", "上一步", "不对，它在园区外", "其实有党支部", "为什么问这个",
	"联合组建最多几家？", "先给结论", "女工三十来个", "重来", "导出", "为什么", "6",
}

// paths gives conversations, the same on every run.
func paths(n int) [][]string {
	r := rand.New(rand.NewSource(4))
	var out [][]string
	for i := range n {
		p := []string{openings[i%len(openings)]}
		for range 4 + r.Intn(6) {
			p = append(p, turns[r.Intn(len(turns))])
		}
		out = append(out, p)
	}
	return out
}

// shelf keeps sessions on disk and is closed and opened again between any two
// messages, as a program that is killed after each.
type shelf struct {
	t    testing.TB
	path string
}

func (s shelf) load(key store.Key, now time.Time) (Session, bool) {
	db, err := store.Open(s.path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	kept, err := db.Session(s.t.Context(), key, now)
	if err != nil {
		s.t.Fatal(err)
	}
	if kept == nil {
		return Session{}, false
	}
	var out Session
	if err := json.Unmarshal(kept.State, &out); err != nil {
		s.t.Fatal(err)
	}
	return out, true
}

func (s shelf) save(key store.Key, session Session) {
	db, err := store.Open(s.path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	keep(s.t, db, key, session)
}

func keep(t testing.TB, db *store.DB, key store.Key, session Session) {
	state, err := json.Marshal(session)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Record(t.Context(), store.Turn{Key: key, At: session.At,
		Session: &store.Session{State: state, Updated: session.At, Expires: session.At.Add(48 * time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
}

func at(i int) time.Time { return morning.Add(time.Duration(i) * time.Minute) }

// TestKilledAfterEveryMessage takes each path twice: in one go, and with
// nothing left between two messages but what is on disk.
func TestKilledAfterEveryMessage(t *testing.T) {
	m := machine(t)
	disk := shelf{t, filepath.Join(t.TempDir(), "zujian.db")}
	messages, tried := 0, 200
	if testing.Short() {
		tried = 20
	}
	for n, path := range paths(tried) {
		key := store.Key{Channel: "wechat", Chat: "一个群", Speaker: fmt.Sprint(n)}
		want, _ := m.Start(path[0], morning)
		disk.save(key, want)
		for i, text := range path[1:] {
			var r, again Reply
			want, r = m.Step(want, text, at(i))
			got, ok := disk.load(key, at(i))
			if !ok {
				t.Fatalf("%v: the session is gone after message %d", path, i)
			}
			got, again = m.Step(got, text, at(i))
			if !reflect.DeepEqual(r, again) {
				t.Fatalf("%v, message %d: %q and after a kill %q", path, i+1, r.Text, again.Text)
			}
			disk.save(key, got)
			messages++
		}
	}
	t.Logf("%d paths, %d messages", tried, messages)
}

// TestTwoPeopleNeverMix lets two people in one group, and one of them in
// another group, talk in turn; each gets what they would alone.
func TestTwoPeopleNeverMix(t *testing.T) {
	m := machine(t)
	db, err := store.Open(filepath.Join(t.TempDir(), "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := paths(90)
	for n := 0; n < len(all); n += 3 {
		talks := map[store.Key][]string{
			{Channel: "wechat", Chat: fmt.Sprint("群", n), Speaker: "李"}:    all[n],
			{Channel: "wechat", Chat: fmt.Sprint("群", n), Speaker: "张"}:    all[n+1],
			{Channel: "wechat", Chat: fmt.Sprint("另一个群", n), Speaker: "李"}: all[n+2],
		}
		for i := range 5 {
			for key, path := range talks {
				var s Session
				if i == 0 {
					s, _ = m.Start(path[0], morning)
				} else {
					kept, err := db.Session(t.Context(), key, morning)
					if err != nil || kept == nil || json.Unmarshal(kept.State, &s) != nil {
						t.Fatalf("%v: %v", key, err)
					}
					s, _ = m.Step(s, path[i], at(i-1))
				}
				keep(t, db, key, s)
				alone, _ := play(m, path[:i+1]...)
				if !reflect.DeepEqual(alone.Facts(), s.Facts()) {
					t.Fatalf("%v: %v together, %v alone", key, s.Facts(), alone.Facts())
				}
			}
		}
	}
}

// TestMessagesFitASmallScreen holds every message to 500 characters unless all
// reasons or the export were asked for, and most to 200.
func TestMessagesFitASmallScreen(t *testing.T) {
	m := machine(t)
	all, small := 0, 0
	for _, path := range paths(600) {
		_, replies := play(m, path...)
		for i, r := range replies {
			if path[i] == "为什么" || path[i] == "导出" {
				continue
			}
			n := utf8.RuneCountInString(r.Text)
			if all++; n <= 200 {
				small++
			}
			if n > 500 {
				t.Fatalf("%v: %d characters:\n%s", path[:i+1], n, r.Text)
			}
			if r.Recommendation != nil && i > 0 && r.Recommendation.Status != "out_of_scope" && n < 60 {
				t.Fatalf("%v: a conclusion of %d characters:\n%s", path[:i+1], n, r.Text)
			}
		}
	}
	t.Logf("%d messages, %d of at most 200 characters", all, small)
	if small*10 < all*6 {
		t.Errorf("only %d of %d messages have at most 200 characters", small, all)
	}
}

// BenchmarkTurn is a turn with its commit; it must stay under 5 ms.
func BenchmarkTurn(b *testing.B) {
	m := machine(b)
	db, err := store.Open(filepath.Join(b.TempDir(), "zujian.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	key := store.Key{Channel: "wechat", Chat: "一个群", Speaker: "李"}
	s, _ := m.Start("开发区里一家电子厂", morning)
	for b.Loop() {
		next, _ := m.Step(s, "1", morning)
		keep(b, db, key, next)
	}
}

// TestCardsAreShort holds every conclusion on a random path to a card of 200
// characters with all that a cadre has to know, before the note and the hint.
func TestCardsAreShort(t *testing.T) {
	m := machine(t)
	cards := 0
	for _, path := range paths(600) {
		s, replies := play(m, path...)
		r := replies[len(replies)-1].Recommendation
		if r == nil || r.Status == "out_of_scope" {
			continue
		}
		cards++
		card := m.card(s.Facts(), *r)
		if n := utf8.RuneCountInString(card); n > mostCard {
			t.Errorf("%v: %d characters\n%s", path, n, card)
		}
		for _, part := range []string{"责任主体：", "推动", "指导", "形式：", "负责人：", "明天先找：", "记台账："} {
			if !strings.Contains(card, part) {
				t.Errorf("%v: no %s in\n%s", path, part, card)
			}
		}
	}
	if t.Logf("%d cards", cards); cards < 100 {
		t.Error("too few conclusions")
	}
}
