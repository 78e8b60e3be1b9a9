package text

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for in, want := range map[string][3]int{
		"120": {120, 120, 120}, "１２０人": {120, 120, 120}, "一百二": {120, 120, 120}, "一百零二": {102, 102, 102}, "一百二十": {120, 120, 120},
		"二百五十三": {253, 253, 253}, "一千零五十": {1050, 1050, 1050}, "两千三": {2300, 2300, 2300}, "一万二": {12000, 12000, 12000}, "1.2万": {12000, 12000, 12000},
		"2千": {2000, 2000, 2000}, "2千5": {2500, 2500, 2500}, "3百来号人": {300, 300, 333}, "1,200人": {1200, 1200, 1200}, "1，200人": {1200, 1200, 1200},
		"两三百": {200, 200, 300}, "三四十家": {30, 30, 40}, "十七八个": {17, 17, 18}, "二十七八": {27, 27, 28}, "一百二三十": {120, 120, 130}, "三两个": {2, 2, 3}, "三五个": {3, 3, 5},
		"十来个": {10, 10, 13}, "百八十": {80, 80, 180}, "好几十": {40, 40, 90}, "上百": {100, 100, 300}, "六百来人": {600, 600, 633}, "三十多": {30, 31, 39}, "600余": {600, 601, 699},
		"廿三": {23, 23, 23}, "卅五": {35, 35, 35}, "壹佰贰拾": {120, 120, 120}, "俩": {2, 2, 2}, "十": {10, 10, 10}, "五十个": {50, 50, 50},
		"不到十个": {9, 1, 9}, "近三十人": {29, 24, 29}, "三十人以上": {30, 30, 45}, "30-50人": {30, 30, 50}, "小二十个": {16, 16, 19}, "七百八": {780, 780, 780}, "十二万": {120000, 120000, 120000},
		"三百五六": {350, 350, 360}, "两百零几个": {200, 201, 299}, "五六百号": {500, 500, 600}, "一两百": {100, 100, 200}, "两三万": {20000, 20000, 30000},
	} {
		got := Numbers(in)
		if len(got) != 1 || got[0].N != want[0] || got[0].Lo != want[1] || got[0].Hi != want[2] {
			t.Errorf("%s: %+v, want %v", in, got, want)
		}
	}
}

func TestNoNumbers(t *testing.T) {
	for _, s := range []string{"第三条", "2015年", "二〇二四年", "三楼", "60%", "七成", "万一", "一起", "统一", "十分", "5月6日", "三分之二", "三八红旗", "百", "周三", "一样"} {
		if got := Numbers(s); len(got) != 0 {
			t.Errorf("%s: %+v", s, got)
		}
	}
}

func TestSeveralNumbers(t *testing.T) {
	got := Numbers("员工一百人，男六十女四十，大概三十个长期的")
	if len(got) != 4 || got[1].N != 60 || got[2].N != 40 || got[3].N != 30 || !got[3].About || got[3].Say != "三十" {
		t.Errorf("%+v", got)
	}
}

func TestShares(t *testing.T) {
	for in, want := range map[string]int{"占七成": 70, "占60%": 60, "占６０％": 60, "三分之二是女的": 66, "一半": 50, "百分之四十": 40, "半数以上": 55, "四分之一": 25, "一多半": 60} {
		if got := Shares(in); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v, want %d", in, got, want)
		}
	}
	if got := Shares("已成立，第三成员，五成立"); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestWritingIsReadBack writes every number up to ten thousand in characters
// and digits and reads it back as the same.
func TestWritingIsReadBack(t *testing.T) {
	for n := 1; n < 10_000; n++ {
		for _, s := range []string{Chinese(n), strconv.Itoa(n)} {
			if v, ok := Value(s); !ok || v != n {
				t.Fatalf("%s: %d %v", s, v, ok)
			}
			if got := Numbers("女工" + s + "人"); len(got) != 1 || got[0].N != n || got[0].Say != s {
				t.Fatalf("%s: %+v", s, got)
			}
		}
	}
}

func TestNumbersNeverPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9０-９零一二两三五八九十百千万亿廿几多来余成分之%.,，半-]{0,12}`).Draw(t, "s")
		for _, n := range Numbers(s) {
			if n.From >= n.To || n.Lo > n.Hi || n.To > len(s) {
				t.Fatalf("%q: %+v", s, n)
			}
		}
		Shares(s)
		Value(s)
	})
}
