package city

import (
	"strings"
	"testing"
)

// TestSharedDownward has notices of all levels: a township is answered from its own
// first, then from those above, which are named; nothing goes up or sideways.
func TestSharedDownward(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{File: three,
		"of-shi/a.txt":      notice("云岚市妇女联合会", "走访慰问", "走访困难妇女", 380),
		"of-songling/b.txt": notice("松岭县妇女联合会", "家庭教育", "家庭教育指导站", 2600),
		"of-zhen/c.txt":     notice("青榆镇妇女联合会", "村级活动", "村级妇女活动", 150),
	})
	c, _, _ := lives(t, dir, shares(t, "shi", "走访慰问"), shares(t, "songling", "家庭教育"))
	zhen, shi := c.runs(t, "zhen"), c.runs(t, "shi")
	const visits, lessons, village = "走访困难妇女每户补助标准是多少", "家庭教育指导站每户补助标准是多少", "村级妇女活动每户补助标准是多少"
	says := func(want bool, key, question, words string) {
		t.Helper()
		if got := asks(t, c.runs(t, key), question); strings.Contains(got, words) != want {
			t.Errorf("%s, %s: %s", key, question, got)
		}
	}
	says(true, "zhen", visits, "市里的通知《走访慰问的通知》")
	says(true, "zhen", lessons, "县里的通知《家庭教育的通知》")
	says(true, "zhen", village, "150元")
	says(false, "shi", lessons, "2600元")
	says(false, "shi", village, "150元")
	says(false, "gechuan", lessons, "2600元")
	says(false, "songling", village, "150元")
	if got := asks(t, shi, visits); strings.Contains(got, "市里的") || !strings.Contains(got, "380元") {
		t.Errorf("the city of its own notice: %s", got)
	}
	if _, err := c.keyed("shi").lends.ShareDown("走访慰问", []string{"葛川县妇联"}); err != nil { // to one alone
		t.Fatal(err)
	}
	c.changed(c.keyed("shi"))
	waits(t, func() bool { return !strings.Contains(asks(t, zhen, visits), "380元") })
	says(true, "gechuan", visits, "380元")
}

// TestTheNearerFirst has the same sentence in a township's own notice and in one
// that the city shares: its own answers.
func TestTheNearerFirst(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{File: three,
		"of-shi/a.txt":  notice("云岚市妇女联合会", "走访慰问", "走访困难妇女", 380),
		"of-zhen/a.txt": notice("青榆镇妇女联合会", "走访慰问", "走访困难妇女", 380),
	})
	c, _, _ := lives(t, dir, shares(t, "shi", "走访慰问"))
	got := asks(t, c.runs(t, "zhen"), "走访困难妇女每户补助标准是多少")
	if !strings.Contains(got, "380元") || strings.Contains(got, "市里的") {
		t.Error(got)
	}
}

// shares has an office share a document.
func shares(t *testing.T, key, title string) func(*City) {
	return func(c *City) {
		if _, err := c.keyed(key).lends.ShareDown(title, nil); err != nil {
			t.Fatal(err)
		}
	}
}
