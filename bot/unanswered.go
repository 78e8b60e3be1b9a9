package main

import (
	"fmt"

	"zujian/bot/draft"
	"zujian/knowledge"
)

type unansweredCmd struct {
	List  unansweredListCmd  `cmd:"" default:"withargs" help:"列出没答上的问题，问得像的放在一起"`
	Draft unansweredDraftCmd `cmd:"" help:"给没答上的问题写一份草稿：该领到哪一句，哪个词是一个意思"`
}

type unansweredListCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

type unansweredDraftCmd struct {
	Out  string `short:"o" name:"output" help:"写到哪个文件；不写就显示在屏幕上" placeholder:"文件"`
	Hand bool   `help:"不用模型，每组放在最接近的那句下面，自己挑"`
}

// mostRead is how many unanswered questions are looked at, the most frequent
// first.
const mostRead = 500

// unanswered gives the groups of what was not answered and is not yet, how many
// questions are answered by now, and the documents.
func (p *program) unanswered() ([]draft.Cluster, int, *knowledge.Library, error) {
	p.alone = true // what they give is asked without a model
	defer func() { p.alone = false }()
	db, err := p.openStore()
	if err != nil {
		return nil, 0, nil, err
	}
	defer db.Close()
	rows, err := db.Unanswered(p.ctx, mostRead)
	if err != nil {
		return nil, 0, nil, refuse("没答上的问题读不出来：%v", err)
	}
	l, err := p.library()
	if err != nil {
		return nil, 0, nil, err
	}
	b, err := p.book(l)
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
	groups, answered := draft.Gather(p.ctx, a, all)
	return groups, answered, l, nil
}

// Run lists what was not answered.
func (c *unansweredListCmd) Run(p *program) error {
	groups, answered, _, err := p.unanswered()
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(p.out, map[string]any{"groups": append([]draft.Cluster{}, groups...), "answered_now": answered})
	}
	for i, g := range groups {
		fmt.Fprintf(p.out, "%d. %s（%d次，现在：%s）\n", i+1, g.Questions[0], g.Times, statusNames[g.Now])
		for _, q := range g.Questions[1:] {
			fmt.Fprintf(p.out, "   %s\n", q)
		}
		if g.Nearest.Quote != "" {
			fmt.Fprintf(p.out, "   最接近：《%s》%s“%s”\n", g.Nearest.Document, g.Nearest.Locator, g.Nearest.Quote)
		}
	}
	switch {
	case len(groups) == 0:
		fmt.Fprintln(p.out, "没有没答上的问题。")
	default:
		fmt.Fprintln(p.out, "要补，用 bot unanswered draft -o 草稿.yaml，看过以后 bot knowledge accept 草稿.yaml。")
	}
	if answered > 0 {
		fmt.Fprintf(p.out, "另有 %d 个以前没答上，现在答得出，不列了。\n", answered)
	}
	return nil
}

// Run drafts where what was not answered may lead.
func (c *unansweredDraftCmd) Run(p *program) error {
	groups, _, l, err := p.unanswered()
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		return refuse("没有没答上的问题，不用写草稿。")
	}
	if c.Hand {
		return p.giveDraft(draft.ByHandFor(l, groups), c.Out)
	}
	m, err := p.drafter("bot unanswered draft --hand")
	if err != nil {
		return err
	}
	f, err := draft.Unanswered(p.ctx, m, l, groups, p.tell("写草稿"))
	return p.giveWritten(f, err, c.Out, "bot unanswered draft --hand")
}
