package text

import "testing"

func TestNegated(t *testing.T) {
	const thing = "支部"
	for clause, want := range map[string]bool{
		"没有支部": true, "目前还没有成立自己的支部": true, "支部没有": true, "支部也还没建": true, "无支部": true, "尚无支部": true, "支部已撤销": true, "支部早就散了": true,
		"有支部": false, "支部是有的": false, "支部没有女的": false, "支部没换届": false, "不是没有支部": false, "谁说没有支部": false, "有没有支部": false, "支部有没有": false,
		"未建支部": true, "建了支部": false, "暂缺支部": true, "不设支部": true,
	} {
		i := index(clause, thing)
		if got := Negated(clause, i, i+len(thing)); got != want {
			t.Errorf("%s: %v", clause, got)
		}
	}
}

func index(s, sub string) int {
	for i := range s {
		if len(s)-i >= len(sub) && s[i:i+len(sub)] == sub {
			return i
		}
	}
	return -1
}

// TestDenialReachesItsThing holds that a denial belongs to what follows it, and
// where its own words begin.
func TestDenialReachesItsThing(t *testing.T) {
	for s, want := range map[string]string{"三十几个女的没有": "没有", "女工多也没有": "也没有", "书记男的工会": "", "在园区里目前还没有成立": "目前还没有成立"} {
		_, from := Before(s)
		if got := s[from:]; got != want && !(want == "" && from == len(s)) {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

func TestMoodOf(t *testing.T) {
	for s, want := range map[string]Mood{
		"有支部": Stated, "有没有支部": Asked, "啥叫党组织": Asked, "支部有吗": Asked, "正在申请成立支部": Planned, "打算建支部": Planned, "听说有个支部": Reported,
		"支部没听说过": Doubted, "有没有支部不清楚": Doubted, "以前在园区": Past, "要是有支部": Supposed, "支部批复还没下来": Planned, "支部成立了没": Asked,
	} {
		if got := MoodOf(s); got != want {
			t.Errorf("%s: %d, want %d", s, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	got := Dates("2024年3月5日印发，二〇二三年十二月起，5月6日前报，见2024-03-05，13月1日不算，3楼")
	want := []Date{{Year: 2024, Month: 3, Day: 5}, {Year: 2024, Month: 3, Day: 5}, {Year: 2023, Month: 12}, {Month: 5, Day: 6}}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if g := got[i]; g.Year != want[i].Year || g.Month != want[i].Month || g.Day != want[i].Day {
			t.Errorf("%+v, want %+v", g, want[i])
		}
	}
}

func TestNormalise(t *testing.T) {
	if got := Normalise("園區 內 １２０ 人，沒有　黨組織"); got != "园区内120人，没有党组织" {
		t.Error(got)
	}
}
