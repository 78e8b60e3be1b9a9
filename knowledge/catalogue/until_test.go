package catalogue

import (
	"path/filepath"
	"strings"
	"testing"

	"zujian/knowledge"
)

func TestLastValidDay(t *testing.T) {
	dir := t.TempDir()
	c := In(filepath.Join(dir, "catalogue"))
	o := add(t, c, Given{}, write(t, dir, "a.txt", "某补贴指南\n一、每人1000元。\n二、本指南有效期至2026年6月30日。\n"))[0]
	if len(o.Doubts) != 1 || !strings.Contains(o.Doubts[0], "有效到2026-06-30") {
		t.Errorf("%q", o.Doubts)
	}
	if err := c.Change("改", today, func(s *State) error { return s.Set(o.ID, Given{Until: "2026-06-30"}) }); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		day  string
		soon int
		want knowledge.Validity
	}{{"2026-05-30", 0, knowledge.InForce}, {"2026-05-31", 1, knowledge.InForce}, {"2026-06-30", 1, knowledge.InForce}, {"2026-07-01", 0, knowledge.Repealed}} {
		s, err := c.Read()
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Expiring(x.day); len(got) != x.soon {
			t.Errorf("%s: %d end soon, want %d", x.day, len(got), x.soon)
		}
		s.Expire(x.day)
		e := s.Entry(o.ID)
		if e.Validity != x.want || (e.Validity == knowledge.Repealed) != (e.Ended == "2026-07-01") {
			t.Errorf("%s: %+v", x.day, e)
		}
	}
}
