package remind

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/6tail/lunar-go/calendar"

	"zujian/knowledge/text"
)

// made is how many sentences are made; a short run makes fewer.
func made() int {
	if testing.Short() {
		return 2400
	}
	return 24000
}

func makers(t testing.TB, seed uint64) *maker {
	return &maker{Rand: rand.New(rand.NewPCG(seed, 7)), c: calendarOf(t), moons: map[Day]*calendar.Lunar{}}
}

// moments at which the sentences are said: an ordinary day, the end of a year,
// of a short month, a holiday.
var moments = []time.Time{
	time.Date(2026, 11, 25, 9, 0, 0, 0, text.Beijing), time.Date(2026, 12, 31, 18, 20, 0, 0, text.Beijing),
	time.Date(2026, 2, 28, 7, 0, 0, 0, text.Beijing), time.Date(2026, 10, 4, 12, 0, 0, 0, text.Beijing), time.Date(2026, 7, 6, 15, 45, 0, 0, text.Beijing),
}

func TestMadeSentences(t *testing.T) {
	t.Parallel()
	m := makers(t, 1)
	right, ask, wrong := 0, 0, 0
	made := made()
	for i := range made {
		now := moments[i%len(moments)]
		m.today = dayOf(now)
		s := m.makes()
		said := m.sentence(s)
		p, err := m.c.When(said, now)
		if err != nil {
			ask++
			if want := s.due(m, now); len(want) > 0 && testing.Verbose() && ask < 60 {
				t.Logf("asked: %s: %s", said, strings.ReplaceAll(err.Error(), "\n", " "))
			}
			continue
		}
		if problem := differ(m, p, s.due(m, now), now); problem != "" {
			if wrong++; wrong < 20 {
				t.Errorf("%s at %s: read as %s: %s", said, now.Format(time.DateTime), p.Says(), problem)
			}
			continue
		}
		right++
	}
	t.Logf("%d sentences made: right %d, asked or refused %d, silently wrong %d", made, right, ask, wrong)
	if right < made*8/10 {
		t.Errorf("only %d of %d are understood", right, made)
	}
}

// differ compares the first times and the last of those that end within two
// years.
func differ(m *maker, p Plan, want []time.Time, now time.Time) string {
	most := 20
	after := now
	for i := 0; i < most; i++ {
		got, _, ok := m.c.Next(p, after)
		if i >= len(want) {
			if ok && got.Before(now.AddDate(2, 0, 0)) {
				return fmt.Sprintf("also due %s", got.Format(time.DateTime))
			}
			return ""
		}
		if !ok || !got.Equal(want[i]) {
			return fmt.Sprintf("time %d is %s %v, want %s", i+1, got.Format(time.DateTime), ok, want[i].Format(time.DateTime))
		}
		after = got
	}
	return ""
}

// What a sentence is read as is said back in words that are read the same.
func TestMadeSentencesAreSaidBack(t *testing.T) {
	t.Parallel()
	m := makers(t, 2)
	now := moments[0]
	m.today = dayOf(now)
	for range 2000 {
		s := m.makes()
		p, err := m.c.When(s.text, now)
		if err != nil {
			continue
		}
		again, err := m.c.When(p.Says(), now)
		if err != nil {
			t.Errorf("%s: said back as %q, which is not read: %v", s.text, p.Says(), err)
			continue
		}
		if problem := differ(m, again, s.due(m, now), now); problem != "" {
			t.Errorf("%s: said back as %q: %s", s.text, p.Says(), problem)
		}
	}
}

// Every character is taken for something, and a word that means nothing is
// never taken for a part of the time.
func TestNoWordIsDropped(t *testing.T) {
	t.Parallel()
	m := makers(t, 3)
	now := moments[0]
	m.today = dayOf(now)
	strange := []string{"呱呱", "除非", "下班", "领导", "不", "饭", "倒数", "周末", "隔", "前后", "上旬", "左边", "凌晨", "上", "年底", "半"}
	changed, asked := 0, 0
	for range made() / 3 {
		s := m.makes()
		was, err := m.c.When(s.text, now)
		if err != nil {
			continue
		}
		runes := []rune(s.text)
		at := m.IntN(len(runes))
		word := pickOne(m, strange...)
		said := string(runes[:at]) + word + string(runes[at:])
		p, spans, err := m.c.Read(said, now)
		if err != nil {
			asked++
			continue
		}
		end := 0
		for _, sp := range spans {
			if sp.From != end {
				t.Errorf("%s: nothing accounts for %d to %d", said, end, sp.From)
			}
			end = sp.To
		}
		if end != len([]rune(said)) {
			t.Errorf("%s: nothing accounts for what follows %d", said, end)
		}
		if visible(spans, at, at+len([]rune(word))) || p.Understood() != was.Understood() {
			changed++
			continue
		}
		t.Errorf("%s with %s put in is read as before: %s", said, word, p.Understood())
	}
	t.Logf("a word put in: the reading changed %d, asked %d", changed, asked)
}

// visible reports whether a word went into the text or the name, which are
// said back.
func visible(spans []Span, from, to int) bool {
	for _, sp := range spans {
		if (sp.Part == WhatPart || sp.Part == WhoPart) && sp.From < to && sp.To > from {
			return true
		}
	}
	return false
}

// TestNoCharacterIsIdle takes one character away: but for those that say
// nothing, the reading changes or it is asked.
func TestNoCharacterIsIdle(t *testing.T) {
	t.Parallel()
	m := makers(t, 4)
	now := moments[0]
	m.today = dayOf(now)
	asked := 0
	const idle = "的，、个日号份之从为止一共次这那（）提起开始只截至次天除外起点年周星期礼拜节假遇和0下度第-"
	for range made() / 3 {
		s := m.makes()
		was, err := m.c.When(s.text, now)
		if err != nil {
			continue
		}
		runes := []rune(s.text)
		at := m.IntN(len(runes))
		if strings.ContainsRune(idle, runes[at]) || s.count > 0 || strings.Contains(s.text, "（周") {
			continue
		}
		said := string(runes[:at]) + string(runes[at+1:])
		p, err := m.c.When(said, now)
		if err != nil {
			asked++
			continue
		}
		if p.What == "" && p.Understood() == was.Understood() {
			t.Errorf("%s without %c is %s, read as before: %s", s.text, runes[at], said, p.Understood())
		}
	}
	t.Logf("a character taken away: asked %d", asked)
}

// Words of the grammar in any order are asked about or read; what is read is
// due, is accounted for and is said back the same.
func TestWordsInAnyOrder(t *testing.T) {
	t.Parallel()
	m := makers(t, 5)
	words := strings.Fields(`每天 每周 每月 每年 每个工作日 每两周 下周 本周 明年 下个月 12月 3月8日 15号 周三 一 五 最后一天 第一个工作日 月底 年底 春节 三八节 国庆节 正月十五
		前三天 后第一个工作日 提前一小时 两小时后 三天后 从 到 起 为止 开始 之前 除外 除了 遇周末 顺延 节假日不发 共三次 一次 上午 下午三点 九点 10:30 15:00 和 、 ， 的 （ ） 提醒 妇建群 我 开会 不 左右 各 连续三天 2027年 农历 初一 廿三 12-01 9.30 双周 季度 半年 隔天 当天 内 明天 后天 周五（`)
	read := 0
	for range made() * 5 / 4 {
		var b strings.Builder
		for range m.IntN(7) + 1 {
			b.WriteString(pickOne(m, words...))
		}
		said := b.String()
		p, spans, err := m.c.Read(said, moment)
		if err != nil {
			continue
		}
		read++
		end := 0
		for _, sp := range spans {
			if sp.From != end {
				t.Errorf("%s: nothing accounts for %d to %d", said, end, sp.From)
			}
			end = sp.To
		}
		if due, _, ok := m.c.Next(p, moment); !ok || !due.After(moment) {
			t.Errorf("%s: read as %s, due %v %v", said, p.Says(), due, ok)
			continue
		}
		sameTimes(t, m.c, said, p)
	}
	if read*12 < made() {
		t.Errorf("only %d of the sentences are read", read)
	}
	t.Logf("%d of %d sentences are read", read, made()*5/4)
}
