package dialog

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"zujian/knowledge/rule"
)

// Report is how the rules and the reader do on judged organisations: shares
// of whole cases that came out right, and the most questions one took.
type Report struct {
	N               int     `json:"n"`
	FromFacts       float64 `json:"from_facts"`
	FromDescription float64 `json:"from_description"`
	MostQuestions   int     `json:"most_questions"`
	MeanQuestions   float64 `json:"mean_questions"`

	Questions int `json:"-"` // asked in all

	WrongFromFacts       []string `json:"-"` // ids of the cases
	WrongFromDescription []string `json:"-"`
}

// judged is one line of an organisations file.
type judged struct {
	ID          string         `json:"id"`
	Description string         `json:"description"`
	Facts       map[string]any `json:"facts"`
	Expect      struct {
		InScope bool     `json:"in_scope"`
		Push    []string `json:"push"`
		Guide   []string `json:"guide"`
		FormAny []string `json:"form_any"`
		Head    []string `json:"head"`
		Both    bool     `json:"both"`
	} `json:"expect"`
}

// JudgeOrganisations tries every case of a file twice: from its facts, and
// from its description alone with the facts answering what is asked. It fails
// on a line that is no case.
func JudgeOrganisations(b *rule.Book, cases io.Reader) (Report, error) {
	var rep Report
	lines := bufio.NewScanner(cases)
	lines.Buffer(nil, 1<<20)
	for line := 1; lines.Scan(); line++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var c judged
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return rep, fmt.Errorf("第%d行读不出来：%w", line, err)
		}
		facts, err := b.TakeFacts(c.Facts)
		if err != nil {
			return rep, fmt.Errorf("第%d行（%s）：%w", line, c.ID, err)
		}
		rep.try(b, c, facts)
	}
	rep.count()
	return rep, lines.Err()
}

// Add takes in what another file gave.
func (rep *Report) Add(other Report) {
	rep.N += other.N
	rep.Questions += other.Questions
	rep.MostQuestions = max(rep.MostQuestions, other.MostQuestions)
	rep.WrongFromFacts = append(rep.WrongFromFacts, other.WrongFromFacts...)
	rep.WrongFromDescription = append(rep.WrongFromDescription, other.WrongFromDescription...)
	rep.count()
}

func (rep *Report) count() {
	if rep.N == 0 {
		return
	}
	n := float64(rep.N)
	rep.FromFacts = 1 - float64(len(rep.WrongFromFacts))/n
	rep.FromDescription = 1 - float64(len(rep.WrongFromDescription))/n
	rep.MeanQuestions = float64(rep.Questions) / n
}

func (rep *Report) try(b *rule.Book, c judged, facts rule.Facts) {
	rep.N++
	if !c.right(rule.Decide(b, facts)) {
		rep.WrongFromFacts = append(rep.WrongFromFacts, c.ID)
	}
	r, asked := interview(b, c.Description, facts)
	rep.MostQuestions = max(rep.MostQuestions, asked)
	rep.Questions += asked
	if !c.right(r) {
		rep.WrongFromDescription = append(rep.WrongFromDescription, c.ID)
	}
}

// interview leads from a description, answering questions from facts.
func interview(b *rule.Book, description string, facts rule.Facts) (rule.Recommendation, int) {
	given := rule.Facts{}
	for {
		r := Lead(b, given, description)
		if r.Status != rule.Need || len(given) > len(b.Facts) {
			return r, len(given)
		}
		given[r.Ask.Fact] = rule.Unknown
		if v := facts[r.Ask.Fact]; v != "" {
			given[r.Ask.Fact] = v
		}
	}
}

func (c judged) right(r rule.Recommendation) bool {
	if (r.Status != rule.OutOfScope) != c.Expect.InScope {
		return false
	}
	if len(c.Expect.FormAny) > 0 && (len(r.Form) == 0 || !slices.Contains(c.Expect.FormAny, r.Form[0])) {
		return false
	}
	for _, h := range c.Expect.Head {
		if !slices.Contains(r.Head, h) {
			return false
		}
	}
	return same(r.Push, c.Expect.Push) && same(r.Guide, c.Expect.Guide) && r.Both == c.Expect.Both
}

func same(x, y []string) bool {
	x, y = slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y))
	return slices.Equal(x, y)
}
