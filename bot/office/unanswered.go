package office

import (
	"zujian/bot/draft"
	"zujian/knowledge"
)

// mostRead is how many unanswered questions are looked at, the most frequent
// first.
const mostRead = 500

// Unanswered gives the groups of what was not answered and is not yet, how many
// questions are answered by now, and the documents.
func (p *Office) Unanswered() ([]draft.Cluster, int, *knowledge.Library, error) {
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
	var all []draft.Counted
	for _, q := range rows {
		all = append(all, draft.Counted{Text: q.Text, Times: q.Times})
	}
	groups, answered := draft.Gather(p.Ctx, a, all)
	return groups, answered, l, nil
}
