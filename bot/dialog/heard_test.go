package dialog

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"zujian/knowledge/rule"
)

// TestTrusted holds what may be asked back of what a model heard.
func TestTrusted(t *testing.T) {
	b := machine(t).Book
	for _, c := range []struct {
		name, description, fact, value, words string
		want                                  bool
	}{
		{"said", "一家电子厂，姐妹们顶了大半边天", "women", "many", "姐妹们顶了大半边天", true},
		{"not verbatim", "一家电子厂，姐妹们顶了大半边天", "women", "many", "姐妹顶大半边天", false},
		{"too short", "一家电子厂，姐妹们顶了大半边天", "women", "many", "姐", false},
		{"no such fact", "一家电子厂，姐妹们顶了大半边天", "money", "many", "姐妹们顶了", false},
		{"no such value", "一家电子厂，姐妹们顶了大半边天", "women", "lots", "姐妹们顶了", false},
		{"never asked for", "一家电子厂，手续齐全", "registered", "yes", "手续齐全", false},
		{"a number", "一家电子厂，和隔壁几个院子", "units", "3", "隔壁几个院子", false},
		{"ours is not silent", "一家电子厂，有党支部，红旗飘飘", "party_org", "no", "红旗飘飘", false},
		{"denied, taken as so", "一家电子厂，红色堡垒还没立起来", "party_org", "yes", "红色堡垒", false},
		{"denied", "一家电子厂，红色堡垒还没立起来", "party_org", "no", "红色堡垒还没立起来", true},
		{"not denied, taken as not so", "一家电子厂，红色堡垒立起来了", "party_org", "no", "红色堡垒立起来了", false},
		{"asked", "一家电子厂，红色堡垒立起来了吗", "party_org", "yes", "红色堡垒立起来了", false},
		{"asked with a mark", "一家电子厂，红色堡垒立起来了？", "party_org", "yes", "红色堡垒立起来了", false},
		{"supposed", "一家电子厂，要是红色堡垒立起来了", "party_org", "yes", "红色堡垒立起来了", false},
		{"said twice, denied once", "一家电子厂，东边红色堡垒立了，西边没有红色堡垒", "party_org", "yes", "红色堡垒", false},
		{"unknown is no value", "一家电子厂，姐妹们的事", "women", "unknown", "姐妹们的事", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Trusted(b, c.description, []Heard{{c.fact, c.value, c.words}})
			if (len(got) == 1) != c.want {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestHeardCountsOnlyWhenConfirmed plays a conversation with what was heard.
func TestHeardCountsOnlyWhenConfirmed(t *testing.T) {
	m := machine(t)
	const description = "开发区里一家电子厂，红色堡垒还没立起来"
	heard := []Heard{{"party_org", "no", "红色堡垒还没立起来"}}
	for _, c := range []struct {
		name, reply, want, fact string
	}{
		{"confirmed", "对", "", "no"},
		{"refused", "不对", "好的，请选一个。", ""},
		{"by a number", "1", "", "yes"},
		{"in words", "有的", "", "yes"},
		{"could mean both", "是", "请回“对”或者数字", ""},
		{"not known", "不清楚", "", rule.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, r := m.StartHeard(description, heard, morning)
			if s.Facts()["party_org"] != "" {
				t.Error("it counts by itself")
			}
			for _, want := range []string{"我理解：企业，在园区里", "我理解还像是：", "（从“红色堡垒还没立起来”猜的）", "没有算进去", "对就回“对”"} {
				if !strings.Contains(r.Text, want) {
					t.Errorf("%q is not in %s", want, r.Text)
				}
			}
			kept, _ := json.Marshal(s)
			if strings.Contains(string(kept), "堡垒") {
				t.Error("the words are kept")
			}
			s, r = m.Step(s, c.reply, morning)
			if s.Facts()["party_org"] != c.fact || !strings.Contains(r.Text, c.want) {
				t.Errorf("%v\n%s", s.Facts(), r.Text)
			}
			if c.name == "refused" && strings.Contains(r.Text, "听您的话") {
				t.Error(r.Text)
			}
		})
	}
}

type reads func(user string) (string, error)

func (f reads) Ask(_ context.Context, _, user string) (string, error) { return f(user) }

// TestListen has models answer well, badly and not at all.
func TestListen(t *testing.T) {
	b := machine(t).Book
	const description = "开发区里一家电子厂，姐妹们顶了大半边天"
	for name, c := range map[string]struct {
		reply string
		want  int
	}{
		"good":        {`{"women": {"value": "many", "words": "姐妹们顶了大半边天"}}`, 1},
		"with chat":   {"好的：\n```json\n" + `{"women": {"value": "many", "words": "姐妹们顶了大半边天"}}` + "\n```", 1},
		"made up":     {`{"party_org": {"value": "yes", "words": "有党支部"}, "in_park": {"value": "no", "words": "开发区里"}}`, 0},
		"another way": {`{"women": "many"}`, 0},
		"prose":       {"女工很多", 0},
		"empty":       {"{}", 0},
	} {
		if got := Listen(t.Context(), reads(func(string) (string, error) { return c.reply, nil }), b, description); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := Listen(t.Context(), reads(func(string) (string, error) { return "", errors.New("down") }), b, description); got != nil {
		t.Errorf("%+v", got)
	}
	if got := Listen(t.Context(), nil, b, description); got != nil {
		t.Errorf("%+v", got)
	}
}

// TestHeardKeepsTheJudgedOrganisations has a model that claims every value of
// every fact on words of every description: what is known of an organisation
// before anything is confirmed stays as it is without.
func TestHeardKeepsTheJudgedOrganisations(t *testing.T) {
	data, err := os.ReadFile("../../../shared/cases/organisations.jsonl")
	if err != nil {
		t.Skip("needs the judged organisations beside the project, which a clone elsewhere does not have")
	}
	m := machine(t)
	claimed := 0
	for line := range strings.Lines(string(data)) {
		var c judged
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		var all []Heard
		for _, f := range m.Book.Facts {
			for _, v := range f.Values {
				for _, words := range strings.FieldsFunc(c.Description, func(r rune) bool { return strings.ContainsRune("，,。；;", r) }) {
					all = append(all, Heard{f.ID, v.Value, words})
				}
			}
		}
		alone, plain := m.Start(c.Description, morning)
		s, r := m.StartHeard(c.Description, all, morning)
		claimed += len(s.Heard)
		a, _ := json.Marshal(alone.Facts())
		b, _ := json.Marshal(s.Facts())
		if string(a) != string(b) || (r.Question == nil) != (plain.Question == nil) || r.Question != nil && r.Question.Fact != plain.Question.Fact {
			t.Errorf("%s: %s became %s", c.ID, a, b)
		}
		if s.Heard == nil && r.Text != plain.Text {
			t.Errorf("%s reads otherwise", c.ID)
		}
	}
	t.Logf("%d values were asked back, none counted", claimed)
	if claimed == 0 {
		t.Error("nothing was claimed")
	}
}
