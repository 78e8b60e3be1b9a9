package office

import (
	"context"
	"fmt"
	"strings"

	"zujian/bot/console"
	"zujian/bot/teach"
	"zujian/knowledge"
)

// mostRead is how many unanswered questions are looked at, the most frequent
// first.
const mostRead = 500

// Unanswered gives the groups of what was not answered and is not yet, how many
// questions are answered by now, and the documents.
func (p *Office) Unanswered() ([]teach.Cluster, int, *knowledge.Library, error) {
	p.Alone = true // what they give is asked without a model
	defer func() { p.Alone = false }()
	db, err := p.OpenStore()
	if err != nil {
		return nil, 0, nil, err
	}
	defer db.Close()
	rows, err := db.Unanswered(p.Ctx, mostRead)
	if err != nil {
		return nil, 0, nil, Refuse("没答上的问题读不出来：%v", err)
	}
	l, b, err := p.Rules()
	if err != nil {
		return nil, 0, nil, err
	}
	a, err := p.answererWith(l, b)
	if err != nil {
		return nil, 0, nil, err
	}
	var all []teach.Counted
	for _, q := range rows {
		all = append(all, teach.Counted{Text: q.Text, Times: q.Times})
	}
	groups, answered := teach.Gather(p.Ctx, a, all)
	return groups, answered, l, nil
}

// UnansweredWords lists groups of questions for a person.
func UnansweredWords(groups []teach.Cluster, answered int) string {
	var b strings.Builder
	for i, g := range groups {
		fmt.Fprintf(&b, "%d. %s（%d次，现在：%s）\n", i+1, g.Questions[0], g.Times, teach.Status(g.Now))
		for _, q := range g.Questions[1:] {
			fmt.Fprintf(&b, "   %s\n", q)
		}
		if g.Nearest.Quote != "" {
			fmt.Fprintf(&b, "   最接近：《%s》%s“%s”\n", g.Nearest.Document, g.Nearest.Locator, g.Nearest.Quote)
		}
	}
	if len(groups) == 0 {
		b.WriteString("没有没答上的问题。")
	} else {
		b.WriteString("要补，用 bot unanswered draft -o 草稿.yaml，看过以后 bot knowledge accept 草稿.yaml。")
	}
	if answered > 0 {
		fmt.Fprintf(&b, "\n另有 %d 个以前没答上，现在答得出，不列了。", answered)
	}
	return b.String()
}

// mostOpen is how many questions without an answer another's page shows.
const mostOpen = 50

// NotAnswered gives the questions that were not answered, as they are kept: masked. It
// opens no documents, since it is asked of many offices.
func (s *Service) NotAnswered(ctx context.Context) ([]console.Question, error) {
	all, err := s.DB.Unanswered(ctx, mostOpen)
	if err != nil {
		return nil, err
	}
	var out []console.Question
	for _, q := range all {
		out = append(out, console.Question{Text: q.Text, Times: q.Times, Last: q.Last})
	}
	return out, nil
}
