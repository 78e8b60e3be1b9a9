package engine

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// notices are two that compete: only the second says how long a review takes.
var notices = map[string]string{
	"hetang.txt": "荷塘镇妇女之家补助办法\n第一条 妇女之家每年补助3000元，由镇财政所于每年6月底前拨付。\n" +
		"第二条 对不予补助的决定不服的，可以自收到通知之日起15日内向镇妇联申请复查。\n第三条 补助资金用于活动物料和讲师劳务。\n",
	"shiqiao.txt": "石桥镇临时救助细则\n第一条 救助金额每户不超过8000元。\n" +
		"第二条 申请人对结果不服的，可以申请复查，镇民政办应当在20日内答复。\n第三条 本细则自2025年1月1日起施行。\n",
}

func answererOf(t *testing.T, documents map[string]string) *Engine {
	t.Helper()
	l := &knowledge.Library{}
	for name, text := range documents {
		d, err := parse.Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d.ID, d.Validity = name, knowledge.InForce
		if err := l.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	words, err := index.LoadWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := NewPool(l, words, func(*knowledge.Document) bool { return false })
	x, err := index.OpenMemory(p.Passages())
	if err != nil {
		t.Fatal(err)
	}
	return New(p, x, &Model{Decide: &DecisionModel{}, Home: &DecisionModel{}})
}

// evidenceFor asks, and takes the entry that has most of the question's words
// for the first.
func evidenceFor(t *testing.T, a *Engine, question string) (*comparison, []int) {
	t.Helper()
	c, err := a.compare(context.Background(), a.u.understand([]string{question}))
	if err != nil {
		t.Fatal(err)
	}
	order := make([]int, len(c.candidates))
	for i := range order {
		order[i] = i
		c.candidates[i].score = 10 * c.candidates[i].of("covers: all")
	}
	slices.SortStableFunc(order, func(x, y int) int { return -cmp.Compare(c.candidates[x].score, c.candidates[y].score) })
	return c, order
}

func TestEvidenceTellsANearMissFromAnAnswer(t *testing.T) {
	a := answererOf(t, notices)
	m := &DecisionModel{}
	for _, x := range []struct {
		question, feature string
		low, high         float64
	}{
		{"荷塘镇妇女之家每年补助多少元", "value: there", 1, 1},
		{"荷塘镇妇女之家每年补助多少元", "name: of this document", 0.01, 9},
		{"荷塘镇妇女之家每年补助多少元", "unmet, worst: any", 0, 0.05},
		{"荷塘镇妇女之家补助资金的监督电话是多少", "value: missing", 1, 1},
		{"石桥镇的妇女之家每年补助多少元", "name: of another", 0.01, 9},
	} {
		c, order := evidenceFor(t, a, x.question)
		d := m.Decide(c, order)
		if got, ok := d.Features[x.feature]; !ok || got < x.low || got > x.high {
			t.Errorf("%s: %s = %v, %v, want %v to %v; first is %s", x.question, x.feature, got, ok, x.low, x.high,
				c.candidates[order[0]].view.entry.Text)
		}
	}
}

func TestDecisionNamesWhatNoDocumentHas(t *testing.T) {
	a := answererOf(t, notices)
	m := &DecisionModel{}
	c, order := evidenceFor(t, a, "荷塘镇妇女之家的补助资金能不能买无人机")
	if d := m.Decide(c, order); !slices.Contains(d.Missing, "无人机") {
		t.Errorf("missing %v, want 无人机 among them", d.Missing)
	}
	c, order = evidenceFor(t, a, "荷塘镇妇女之家的补助每年几月拨付")
	if d := m.Decide(c, order); len(d.Missing) > 0 {
		t.Errorf("missing %v, want none", d.Missing)
	}
}

func TestNothingFoundIsNotStated(t *testing.T) {
	if d := (&DecisionModel{Sure: -100}).Decide(&comparison{}, nil); d.Outcome != NotStated {
		t.Errorf("got %s", d.Outcome)
	}
}

// madeCases are of a world where one feature tells answerable and another
// right, both with noise, and a third is noise alone.
func madeCases(n int, r *rand.Rand) []DecisionCase {
	var out []DecisionCase
	for i := range n {
		f := map[string]float64{"met": r.NormFloat64(), "ahead": r.NormFloat64(), "noise": r.NormFloat64(), "same": 1}
		answerable := f["met"]+0.5*r.NormFloat64() > -0.5
		out = append(out, DecisionCase{Features: f, Answerable: answerable, Right: answerable && f["ahead"]+0.5*r.NormFloat64() > -0.5,
			Group: string(rune('a' + i%20))})
	}
	return out
}

func TestLearnedBoundsHoldOnOtherCases(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	rates := DecisionRates{Wrong: 0.05, False: 0.06, Unstated: 0.05}
	m := LearnDecision(madeCases(3000, r), rates)
	others := madeCases(3000, r)
	outcomes := make([]Outcome, len(others))
	calibrated, right := 0.0, 0.0
	for i, c := range others {
		p := m.Right.Probability(c.Features)
		outcomes[i] = m.outcome(m.Answerable.Probability(c.Features), p)
		calibrated, right = calibrated+p, right+one64(c.Right)
	}
	f := figuresOf(others, outcomes)
	if f.Wrong > rates.Wrong+0.02 || f.False > rates.False+0.02 || f.Right < 0.3 || f.Unstated > rates.Unstated+0.02 {
		t.Errorf("%+v", f)
	}
	if math.Abs(calibrated-right)/right > 0.05 {
		t.Errorf("%.0f were called right by the sum of their chances, %.0f are", calibrated, right)
	}
	if _, ok := m.Right.Weights["same"]; ok {
		t.Error("a feature that never varies was learned from")
	}
}

// What only marks a group must not show in figures of groups kept apart.
func TestTryDecisionKeepsGroupsApart(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var cases []DecisionCase
	for i := range 800 {
		group := string(rune('a' + i%20))
		answerable := i%2 == 0
		cases = append(cases, DecisionCase{Features: map[string]float64{"of " + group: 1, "noise": r.NormFloat64()},
			Answerable: answerable, Right: answerable, Group: group})
	}
	f, outcomes := TryDecision(cases, DecisionRates{Wrong: 0.05, False: 0.05, Unstated: 0.05}, 10)
	if f.Right > 0.15 || len(outcomes) != len(cases) {
		t.Errorf("%+v", f)
	}
}

func TestModelIsTheSameWrittenAndRead(t *testing.T) {
	m := LearnDecision(madeCases(500, rand.New(rand.NewPCG(5, 6))), WantedRates)
	data, err := yaml.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again DecisionModel
	if err := yaml.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	for _, c := range madeCases(50, rand.New(rand.NewPCG(7, 8))) {
		a, b := m.Answerable.Probability(c.Features), again.Answerable.Probability(c.Features)
		if math.Abs(a-b) > 1e-9 || m.outcome(a, 0.9) != again.outcome(b, 0.9) {
			t.Fatalf("%v and %v", a, b)
		}
	}
}
