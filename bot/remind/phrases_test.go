package remind

import (
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	"pgregory.net/rapid"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

var update = flag.Bool("update", false, "write what the phrases give now; then read every line that changed")

// moment is when the phrases of the table are said: a Monday, half past nine.
var moment = time.Date(2026, 1, 5, 9, 30, 0, 0, text.Beijing)

func calendarOf(t testing.TB) *Calendar {
	t.Helper()
	c, err := LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// given is what a phrase comes to: its next three times, its question with the
// options, or what is wrong with it.
func given(c *Calendar, phrase string) string {
	p, err := c.When(phrase, moment)
	if a := (*Ambiguous)(nil); errors.As(err, &a) {
		return "？" + a.Question + strings.Join(a.Options, "／")
	}
	if err != nil {
		return "！" + err.Error()
	}
	var times []string
	for after := moment; len(times) < 3; {
		due, _, ok := c.Next(p, after)
		if !ok {
			break
		}
		times, after = append(times, due.Format("2006-01-02 15:04")), due
	}
	said := strings.Join(times, "，") + "\t" + p.Who + "\t" + p.What
	return strings.TrimRight(said, "\t")
}

func phrases(t testing.TB) (all [][2]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		phrase, want, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		all = append(all, [2]string{phrase, want})
	}
	return all
}

func TestPhrases(t *testing.T) {
	c, all := calendarOf(t), phrases(t)
	var b strings.Builder
	for _, p := range all {
		got := given(c, p[0])
		b.WriteString(p[0] + "\t" + got + "\n")
		if got != p[1] && !*update {
			t.Errorf("%s\n got %s\nwant %s", p[0], got, p[1])
		}
	}
	if *update {
		if err := os.WriteFile("testdata/phrases.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 150 {
		t.Errorf("%d phrases", len(all))
	}
	t.Logf("%d phrases", len(all))
}

// What is said back must mean the same: a person confirms that sentence.
func TestWhatIsSaidBackIsReadTheSame(t *testing.T) {
	c, n := calendarOf(t), 0
	for _, p := range phrases(t) {
		plan, err := c.When(p[0], moment)
		if err != nil {
			continue
		}
		n++
		sameTimes(t, c, p[0], plan)
	}
	if n < 120 {
		t.Errorf("%d plans", n)
	}
}

type failer interface {
	Helper()
	Errorf(string, ...any)
}

func sameTimes(t failer, c *Calendar, phrase string, plan Plan) {
	t.Helper()
	said := plan.Says()
	again, err := c.When(said, moment)
	if err != nil {
		t.Errorf("%s: said back as %q, which is not read: %v", phrase, said, err)
		return
	}
	for after := moment; after.Before(moment.AddDate(3, 0, 0)); {
		want, _, ok := c.Next(plan, after)
		got, _, ok2 := c.Next(again, after)
		if ok != ok2 || !want.Equal(got) {
			t.Errorf("%s: said back as %q: %v %v, want %v %v", phrase, said, got, ok2, want, ok)
			return
		}
		if !ok {
			return
		}
		after = want
	}
}

// Any phrase put together from the pieces of the grammar is read back the same.
func TestComposedPhrases(t *testing.T) {
	c := calendarOf(t)
	pick := func(t *rapid.T, name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	rapid.Check(t, func(t *rapid.T) {
		base := pick(t, "base", "每月25日", "每月1日、15日", "每月最后一天", "每月最后一个工作日", "每月第三个周二", "每季度末", "每季度第一个工作日",
			"每年3月8日", "每年农历腊月二十三", "每年中秋节", "每逢三八节", "每周一、三、五", "每两周周三", "每天", "每三天", "每个工作日", "每两个月10日",
			"每半年最后一个工作日", "明天", "3月8日", "2027年6月30日", "下周五", "国庆节", "本月底", "年底", "农历正月十五")
		step := ""
		if !strings.HasPrefix(base, "每天") && !strings.HasPrefix(base, "每个") && base != "明天" {
			step = pick(t, "step", "", "", "前三天", "前两个工作日", "后第一个工作日", "前一周", "次日", "前一个月")
		}
		phrase := base + step + pick(t, "clock", "", "上午九点", "15:30", "下午三点一刻", "中午", "早上7点50", "晚上八点半") +
			pick(t, "shift", "", "", "，遇节假日顺延", "，遇周末提前", "，节假日不发")
		plan, err := c.When(phrase, moment)
		if errors.Is(err, ErrPast) {
			return
		}
		if err != nil {
			if a := (*Ambiguous)(nil); !errors.As(err, &a) {
				t.Errorf("%s: %v", phrase, err)
			}
			return
		}
		sameTimes(t, c, phrase, plan)
	})
}

// Whoever takes the first option of every question gets a reminder.
func TestQuestionsLeadOn(t *testing.T) {
	c, asked := calendarOf(t), 0
	for _, p := range phrases(t) {
		phrase := p[0]
		for round := 0; ; round++ {
			_, err := c.When(phrase, moment)
			a := (*Ambiguous)(nil)
			if !errors.As(err, &a) {
				if err != nil && round > 0 {
					t.Errorf("%s: led to %q: %v", p[0], phrase, err)
				}
				break
			}
			asked++
			if round == 4 {
				t.Errorf("%s: asked for ever, last %q", p[0], phrase)
				break
			}
			answer := a.Example
			if len(a.Options) > 0 {
				answer = "1"
			}
			phrase = a.With(answer)
		}
	}
	if asked < 20 {
		t.Errorf("%d questions", asked)
	}
}

// Beijing time, whatever the zone of the machine or of the moment given.
func TestZones(t *testing.T) {
	c := calendarOf(t)
	for _, zone := range []string{"America/New_York", "Pacific/Kiritimati", "UTC"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skipf("no zone data on this machine: %v", err)
		}
		p, err := c.When("明天上午九点", moment.In(loc))
		if err != nil {
			t.Fatal(err)
		}
		if due, _, _ := c.Next(p, moment.In(loc)); due.Format(time.RFC3339) != "2026-01-06T09:00:00+08:00" {
			t.Errorf("%s: %v", zone, due)
		}
	}
}

// Wrong sentences get an answer that shows a right one.
func TestEveryErrorShowsARightOne(t *testing.T) {
	c, n := calendarOf(t), 0
	for _, p := range phrases(t) {
		_, err := c.Parse(p[0], moment)
		if err == nil || errors.As(err, new(*Ambiguous)) {
			continue
		}
		n++
		if said := err.Error(); !strings.Contains(said, "例如") && !strings.Contains(said, "请写") {
			t.Errorf("%s: %s", p[0], said)
		}
	}
	if n < 10 {
		t.Errorf("%d errors", n)
	}
}

func TestLeapMonthsAndShortMonths(t *testing.T) {
	c := calendarOf(t)
	for _, tt := range []struct{ now, phrase, want string }{
		{"2025-06-01", "每年六月初六上午九点", "2025-06-30"}, // 2025 has a 闰六月
		{"2025-07-25", "每年农历六月十五上午九点", "2026-07-28"},
		{"2023-01-01", "每年二月初二上午九点", "2023-02-21"}, // 2023 has a 闰二月
		{"2025-01-01", "每年腊月三十上午九点", "2025-01-28"}, // 29 days
		{"2024-01-01", "每年腊月三十上午九点", "2024-02-09"}, // 30 days
		{"2027-03-01", "除夕上午九点", "2028-01-25"},     // beyond the holidays known
	} {
		now, _ := time.ParseInLocation("2006-01-02", tt.now, text.Beijing)
		p, err := c.When(tt.phrase, now)
		if err != nil {
			t.Errorf("%s: %v", tt.phrase, err)
			continue
		}
		if due, _, _ := c.Next(p, now); due.Format("2006-01-02") != tt.want {
			t.Errorf("%s at %s: %v, want %s", tt.phrase, tt.now, due, tt.want)
		}
	}
}

func FuzzWhen(f *testing.F) {
	for _, p := range phrases(f) {
		f.Add(p[0])
	}
	c := calendarOf(f)
	f.Fuzz(func(t *testing.T, phrase string) {
		p, err := c.When(phrase, moment)
		if a := (*Ambiguous)(nil); errors.As(err, &a) {
			a.With("1")
			return
		}
		if err != nil {
			return
		}
		due, _, ok := c.Next(p, moment)
		if !ok || !due.After(moment) {
			t.Errorf("%q: %v %v", phrase, due, ok)
		}
		p.Understood()
	})
}

func BenchmarkWhen(b *testing.B) {
	c, all := calendarOf(b), phrases(b)
	for i := 0; b.Loop(); i++ {
		c.When(all[i%len(all)][0], moment)
	}
}

func BenchmarkNext(b *testing.B) {
	c := calendarOf(b)
	p, err := c.When("每月最后一个工作日上午十点", moment)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.Next(p, moment)
	}
}

// What the templates quote must stand in the documents, and their times must be
// understood once the day that only the office knows is given.
func TestTemplates(t *testing.T) {
	c := calendarOf(t)
	all, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	library, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, tt := range all {
		said := tt.sentence("园区妇建群")
		_, err := c.Parse(said, moment)
		if a := (*Ambiguous)(nil); errors.As(err, &a) {
			asked++
			_, err = c.Parse(a.With("2027年6月30日"), moment)
		}
		if err != nil {
			t.Errorf("%s: %v", said, err)
		}
		if tt.Quote == "" {
			continue
		}
		d, found := library.Document(tt.Document), false
		for _, clause := range d.Clauses {
			found = found || strings.Contains(clause.Text, tt.Quote)
		}
		if !found {
			t.Errorf("%s: its sentence does not stand in %s", tt.Name, tt.Document)
		}
	}
	if asked != 2 {
		t.Errorf("%d templates ask for a day", asked)
	}
}

// The holidays that ship agree with another table of them, made from the same
// notices by other people.
func TestHolidaysAgreeWithAnotherTable(t *testing.T) {
	c := calendarOf(t)
	for d := civil(2024, 1, 1); d <= civil(2026, 12, 31); d++ {
		y, m, n := d.date()
		other := HolidayUtil.GetHolidayByYmd(y, m, n)
		works := d.weekday() < 6
		if other != nil {
			works = other.IsWork()
		}
		if got, known := c.working(d); got != works || !known {
			t.Errorf("%v: working %v, the other table says %v", d, got, works)
		}
	}
}
