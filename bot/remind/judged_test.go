package remind

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// judged is a sentence with what a person holds to be right: the first times
// (a day alone: any time of it), "ask" or "refuse".
type judged struct {
	Phrase string
	Now    time.Time
	Expect []string
	Alt    [][]string // as good
	Ends   string     // the last time lies in this day or month
}

// verdict is how a reading compares with what was judged.
type verdict string

const (
	good   verdict = "good"
	asked  verdict = "asked where it is plain"
	silent verdict = "silently wrong"
)

func (j judged) judge(c *Calendar) (verdict, string) {
	p, err := c.When(j.Phrase, j.Now)
	got := []string{"ask"}
	switch {
	case errors.As(err, new(*Ambiguous)):
	case err != nil:
		got = []string{"refuse"}
	default:
		got = firstTimes(c, p, j.Now, 3)
	}
	said := strings.Join(got, "，")
	if err != nil {
		said += "：" + err.Error()
	} else {
		said += "：" + p.Understood()
	}
	for _, want := range append(j.Alt, j.Expect) {
		if sameStart(got, want) && (j.Ends == "" || strings.HasPrefix(lastTime(c, p, j.Now), j.Ends)) {
			return good, said
		}
	}
	if err != nil {
		return asked, said
	}
	return silent, said
}

func firstTimes(c *Calendar, p Plan, after time.Time, most int) (times []string) {
	for len(times) < most {
		due, _, ok := c.Next(p, after)
		if !ok {
			break
		}
		times, after = append(times, due.Format("2006-01-02T15:04")), due
	}
	return times
}

// lastTime is empty for a plan that goes on for years.
func lastTime(c *Calendar, p Plan, after time.Time) string {
	all := firstTimes(c, p, after, 1500)
	if len(all) == 0 || len(all) == 1500 {
		return ""
	}
	return all[len(all)-1]
}

// sameStart compares times; judged sentences of one time are due only once,
// and of three at least three times.
func sameStart(got, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			return false
		}
	}
	return true
}

func readJudged(t testing.TB, path string) (all []judged) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var j judged
		if err := json.Unmarshal([]byte(line), &j); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, j)
	}
	return all
}

// TestJudged prints the figures of the judged sentences: ask and refuse count
// as right only where a person would ask or refuse. The expressions are of the kinds
// that other projects read; to ask one more question of them is no fault.
func TestJudged(t *testing.T) {
	judgeFile(t, "testdata/judged.jsonl", 0.97)
	judgeFile(t, "testdata/expressions.jsonl", 0.88)
}

func judgeFile(t *testing.T, file string, floor float64) {
	t.Helper()
	c := calendarOf(t)
	all := readJudged(t, file)
	n := map[verdict]int{}
	for _, j := range all {
		v, got := j.judge(c)
		n[v]++
		if v != good {
			t.Logf("%s: %s\n got %s\nwant %v %v %s", v, j.Phrase, got, j.Expect, j.Alt, j.Ends)
		}
	}
	share := float64(n[good]) / float64(len(all))
	t.Logf("%s: %d sentences: good %.3f, asked where it is plain %d, silently wrong %d", file, len(all), share, n[asked], n[silent])
	if share < floor || n[silent] > 0 {
		t.Errorf("%s: good %.3f (floor %.2f), silently wrong %d (none may be)", file, share, floor, n[silent])
	}
}
