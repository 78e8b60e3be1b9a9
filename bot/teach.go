package main

import (
	"cmp"
	"fmt"
	"strings"

	"zujian/bot/answer"
	"zujian/bot/office"
	"zujian/bot/teach"
	"zujian/knowledge"
)

type addedCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists what the office added one by one.
func (c *addedCmd) Run(p *office.Office) error {
	added, err := p.Additions()
	if err != nil {
		return err
	}
	words := ""
	for _, x := range added.All {
		words += fmt.Sprintf("%d. %s：%s\n", x.Number, x.Kind, x)
	}
	words = strings.TrimSuffix(cmp.Or(words, "还没有自己加的。在网页的“没答上的”里加。"), "\n")
	return show(p, c.JSON, map[string]any{"added": append([]knowledge.Added{}, added.All...)}, words)
}

type dropCmd struct {
	Number int `arg:"" name:"第几条" help:"用 knowledge added 看"`
}

// Run takes one of them out.
func (c *dropCmd) Run(p *office.Office) error {
	say, err := p.Forget(c.Number)
	if err == nil {
		fmt.Fprintln(p.Out, say)
	}
	return err
}

type draftCmd struct {
	Out  string `short:"o" name:"output" help:"写到哪个文件；不写就显示在屏幕上" placeholder:"文件"`
	Hand bool   `help:"不用模型，给一份空着的，自己填"`
	ID   string `arg:"" name:"编号" help:"文件的编号，用 knowledge list 看"`
}

// Run drafts what people may ask of a document and what it does not state.
func (c *draftCmd) Run(p *office.Office) error {
	l, _, _, err := held(p)
	if err != nil {
		return err
	}
	d, err := office.Find(l, c.ID)
	if err != nil {
		return err
	}
	if c.Hand {
		return p.GiveDraft(teach.ByHand(d), c.Out)
	}
	m, err := p.Drafter("bot knowledge draft --hand " + d.ID)
	if err != nil {
		return err
	}
	f, err := teach.Document(p.Ctx, m, l, d, tell(p, "写草稿"))
	return p.GiveWritten(f, err, c.Out, "bot knowledge draft --hand "+d.ID)
}

// tell says how a long work goes.
func tell(p *office.Office, what string) func(done, of int) {
	return func(done, of int) { fmt.Fprintf(p.Err, "%s %d/%d\n", what, done, of) }
}

type acceptCmd struct {
	JSON  bool   `name:"json" help:"只输出一个 JSON 对象"`
	Force bool   `help:"有的新问法领不到，或者有的老问法会领到别处去，也收"`
	File  string `arg:"" name:"草稿" help:"看过、改好的草稿文件"`
}

// Run takes a draft in that an operator has looked at, once it was tried.
func (c *acceptCmd) Run(p *office.Office) error {
	data, err := office.ReadFile(c.File)
	if err != nil {
		return err
	}
	f, err := teach.Read(data)
	if err != nil {
		return office.Refuse("%s：%v", c.File, err)
	}
	if f.Empty() {
		return office.Refuse("草稿里没有填好的东西，asks 都还空着。")
	}
	r, kept, err := p.Teach(p.Ctx, f.Proposal(), c.Force)
	if err != nil {
		return err
	}
	if err := show(p, c.JSON, map[string]any{"accepted": len(kept) > 0, "result": r}, r.String()); err != nil {
		return err
	}
	if len(kept) == 0 {
		return office.Refuse("没有收，什么也没有改：上面列的新问法领不到该到的地方，或者老问法会领到别处去。请改一改草稿里说得太宽的问法或者同义词；确实要收，加 --force。")
	}
	if !c.JSON {
		which := fmt.Sprintf("第%d条", kept[0].Number)
		if last := kept[len(kept)-1]; last.Number > kept[0].Number {
			which += fmt.Sprintf("到第%d条", last.Number)
		}
		fmt.Fprintf(p.Out, "收进去了，%s。服务开着的话，几秒钟后就用上。看用 bot knowledge added，拿掉一条用 bot knowledge drop 几。\n", which)
	}
	return nil
}

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

// Run lists what was not answered.
func (c *unansweredListCmd) Run(p *office.Office) error {
	groups, answered, _, err := p.Unanswered()
	if err != nil {
		return err
	}
	return show(p, c.JSON, map[string]any{"groups": append([]teach.Cluster{}, groups...), "answered_now": answered},
		office.UnansweredWords(groups, answered))
}

// Run drafts where what was not answered may lead.
func (c *unansweredDraftCmd) Run(p *office.Office) error {
	groups, _, l, err := p.Unanswered()
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		return office.Refuse("没有没答上的问题，不用写草稿。")
	}
	if c.Hand {
		return p.GiveDraft(teach.ByHandFor(l, groups), c.Out)
	}
	m, err := p.Drafter("bot unanswered draft --hand")
	if err != nil {
		return err
	}
	f, err := teach.Unanswered(p.Ctx, m, l, groups, tell(p, "写草稿"))
	return p.GiveWritten(f, err, c.Out, "bot unanswered draft --hand")
}

type vectorsCmd struct{}

// Run has the vectors made that are missing. The service does so by itself.
func (c *vectorsCmd) Run(p *office.Office) error {
	l, v, err := p.VectorsOf()
	if err != nil {
		return err
	}
	if v == nil {
		return office.Refuse("配置里 [llm] 没有写 embed_model，没有向量可以算。不接也照样能答。")
	}
	return p.FillVectors(v, answer.Passages(l), true)
}
