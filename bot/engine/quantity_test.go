package engine

import "testing"

func TestNumberOf(t *testing.T) {
	for s, want := range map[string]float64{"12": 12, "3.5": 3.5, "十": 10, "二十三": 23, "一百零五": 105, "两千": 2000, "一万二千": 12000, "半": 0.5} {
		if got, ok := numberOf(s); !ok || got != want {
			t.Errorf("%s is read as %v, %v; want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "若干"} {
		if got, ok := numberOf(s); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func TestIntervals(t *testing.T) {
	for _, x := range []struct {
		text  string
		value float64
		unit  string
		holds bool
	}{
		{"职工不足20人的", 12, "人", true},
		{"职工不足20人的", 20, "人", false},
		{"职工20人以上不足80人的", 35, "人", true},
		{"职工20人以上不足80人的", 80, "人", false},
		{"满六十周岁的", 66, "岁", true},
		{"超过5万元的", 60000, "元", true},
		{"满8个月以上关站的", 5, "月", false},
		{"满8个月以上关站的", 9, "月", true},
		{"满8个月以上关站的", 9, "人", false},
	} {
		found := false
		for _, r := range intervals(x.text) {
			found = found || r.unit == x.unit && r.holds(x.value)
		}
		if found != x.holds {
			t.Errorf("%s holds %v%s: %v, want %v", x.text, x.value, x.unit, found, x.holds)
		}
	}
}

func TestPlaceOf(t *testing.T) {
	for question, want := range map[string]place{
		"第三条第二款讲的是啥":   {"article": 3, "paragraph": 2},
		"附件2是什么表":      {"attachment": 2},
		"第四部分第（三）项讲什么": {"part": 4, "item": 3, "sub": 3},
		"补贴什么时候发":      nil,
	} {
		got := placeOf(question, question)
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", question, got, want)
			continue
		}
		for key, n := range want {
			if got[key] != n {
				t.Errorf("%s: %v, want %v", question, got, want)
			}
		}
	}
}

func TestMeasures(t *testing.T) {
	for _, x := range []struct {
		question, sentence string
		want               bool
	}{
		{"女职工六十来人的厂能不能单独建", "女职工40人以上的企业应当单独成立", true},
		{"多少女员工可以单独建", "女职工40人以上的企业应当单独成立", true},
		{"最多几家一起建", "联合单位不超过6家", true},
		{"最多几家一起建", "女职工40人以上的企业应当单独成立", false},
		{"最多几家一起建", "覆盖单位一般不超过5个", true},
		{"六十来人能不能单独建", "覆盖单位一般不超过5个", false},
		{"名单多久更新一次", "每年培训两次", false},
		{"女职工能不能单独建", "女职工40人以上的企业应当单独成立", false},
	} {
		if got := Measures(x.question, x.sentence); got != x.want {
			t.Errorf("%s, %s: %v", x.question, x.sentence, got)
		}
	}
}
