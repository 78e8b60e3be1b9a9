package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zujian/bot/answer"
	"zujian/bot/draft"
	"zujian/bot/llm"
	"zujian/index"
	"zujian/knowledge"
)

type draftCmd struct {
	Out  string `short:"o" name:"output" help:"写到哪个文件；不写就显示在屏幕上" placeholder:"文件"`
	Hand bool   `help:"不用模型，给一份空着的，自己填"`
	ID   string `arg:"" name:"编号" help:"文件的编号，用 knowledge list 看"`
}

// Run drafts what people may ask of a document and what it does not state.
func (c *draftCmd) Run(p *program) error {
	l, _, _, err := p.held()
	if err != nil {
		return err
	}
	d, err := named(l, c.ID)
	if err != nil {
		return err
	}
	if c.Hand {
		return p.giveDraft(draft.ByHand(d), c.Out)
	}
	m, err := p.drafter("bot knowledge draft --hand " + d.ID)
	if err != nil {
		return err
	}
	f, err := draft.Document(p.ctx, m, l, d, p.tell("写草稿"))
	return p.giveWritten(f, err, c.Out, "bot knowledge draft --hand "+d.ID)
}

// giveWritten gives what a model wrote, and says where it failed.
func (p *program) giveWritten(f draft.File, err error, file, byHand string) error {
	switch {
	case p.ctx.Err() != nil:
		return p.ctx.Err()
	case err != nil && f.Empty():
		return refuse("草稿没有写成：%s。什么也没有改。过一会儿再试，或者用 %s 自己写。", modelTrouble(err), byHand)
	case err != nil:
		fmt.Fprintf(p.err, "有的句子没有写成：%s。写成的在下面。\n", modelTrouble(err))
	}
	return p.giveDraft(f, file)
}

// drafter gives the model that writes drafts, with more patience than an answer
// has, or says what to do without one.
func (p *program) drafter(byHand string) (*llm.Client, error) {
	if p.config.LLM.BaseURL == "" {
		return nil, refuse("没有接语言模型，写不了草稿。两个办法：\n1. 自己写：%s -o 草稿.yaml，填好以后 bot knowledge accept 草稿.yaml。\n2. 接一个模型：在 %s 里写上 [llm]，看 README 的“语言模型”。", byHand, p.configFile)
	}
	return p.newModel("", draftWaits)
}

// draftWaits is how long one part of a draft may take.
const draftWaits = time.Minute

// tell says how a long work goes.
func (p *program) tell(what string) func(done, of int) {
	return func(done, of int) { fmt.Fprintf(p.err, "%s %d/%d\n", what, done, of) }
}

// giveDraft writes a draft to a file that does not exist yet, or to the screen.
func (p *program) giveDraft(f draft.File, file string) error {
	asks, gaps, words := f.Count()
	if f.Empty() {
		return refuse("没有写出可以用的草稿。可以用 --hand 自己写。")
	}
	data, err := f.Encode()
	if err != nil {
		return refuse("%v", err)
	}
	if file == "" {
		_, err := p.out.Write(data)
		return err
	}
	h, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return refuse("%s 已经有了，请换一个文件名，免得把改过的盖掉。", file)
	}
	if err != nil {
		return refuse("%s 写不进去：%v", file, err)
	}
	_, err = h.Write(data)
	if err := errors.Join(err, h.Close()); err != nil {
		return refuse("%s 写不进去：%v", file, err)
	}
	fmt.Fprintf(p.out, "草稿写在 %s：问法 %d 种，缺项 %d 个，同义词 %d 个。请逐条看过、改好，再用 bot knowledge accept %s 收进去。没有收以前，回答和原来一样。\n", file, asks, gaps, words, file)
	return nil
}

type acceptCmd struct {
	JSON  bool   `name:"json" help:"只输出一个 JSON 对象"`
	Force bool   `help:"有的老问法会领到别处去，也收"`
	File  string `arg:"" name:"草稿" help:"看过、改好的草稿文件"`
}

// Run takes a draft in that an operator has looked at, once it was tried.
func (c *acceptCmd) Run(p *program) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	f, err := draft.Read(data)
	if err != nil {
		return refuse("%s：%v", c.File, err)
	}
	r, taken, err := p.accept(f, c.Force)
	if err != nil {
		return err
	}
	if c.JSON {
		if err := writeJSON(p.out, map[string]any{"accepted": taken, "result": r}); err != nil {
			return err
		}
	} else {
		printTrial(p, r)
	}
	if !taken {
		return refuse("没有收，什么也没有改：上面列的老问法会领到别处去。请改一改草稿里说得太宽的问法或者同义词；确实要收，加 --force。")
	}
	if !c.JSON {
		fmt.Fprintln(p.out, "收进去了。服务开着的话，几秒钟后就用上。要改，改数据文件夹里的 .yaml；前一份留作 .bak。")
	}
	return nil
}

// accept tries a draft and lays it down, unless other ways of asking would lead
// elsewhere; force lays it down all the same. Nothing is changed where taken is
// false or it fails.
func (p *program) accept(f draft.File, force bool) (r draft.Result, taken bool, err error) {
	if f.Empty() {
		return r, false, refuse("草稿里没有填好的东西，asks 都还空着。")
	}
	l, err := p.library()
	if err != nil {
		return r, false, err
	}
	if err := f.Check(l); err != nil {
		return r, false, refuse("草稿不能收：%v。", err)
	}
	if r, err = p.tryDraft(f, l); err != nil {
		return r, false, err
	}
	if len(r.Moved) > 0 && !force {
		return r, false, nil
	}
	if err := f.Lay(p.besideOf, filepath.Join(p.data, "words.yaml")); err != nil {
		return r, false, refuse("没有收成：%v", err)
	}
	return r, true, nil
}

// besideOf gives where the files beside a document are, without their ends.
func (p *program) besideOf(id string) (string, error) {
	_, _, s, err := p.held()
	if err != nil {
		return "", err
	}
	if e := s.Entry(id); e != nil && e.File != "" {
		return filepath.Join(p.folder(), strings.TrimSuffix(e.File, filepath.Ext(e.File))), nil
	}
	return filepath.Join(p.shippedBeside(), id), nil
}

// shippedBeside is where an office lays what goes beside the documents that
// ship.
func (p *program) shippedBeside() string { return filepath.Join(p.data, "asks") }

// tryDraft compares answers without and with a draft, both without a model.
func (p *program) tryDraft(f draft.File, l *knowledge.Library) (draft.Result, error) {
	words, err := p.words()
	if err != nil {
		return draft.Result{}, err
	}
	before, err := p.bareAnswerer(l, words)
	if err != nil {
		return draft.Result{}, err
	}
	laid, err := f.On(l)
	if err != nil {
		return draft.Result{}, refuse("草稿不能收：%v。", err)
	}
	if words, err = p.draftedWords(f); err != nil {
		return draft.Result{}, err
	}
	after, err := p.bareAnswerer(laid, words)
	if err != nil {
		return draft.Result{}, err
	}
	return draft.Try(p.ctx, f, l, before, after), nil
}

// draftedWords gives the synonyms with those of a draft.
func (p *program) draftedWords(f draft.File) (*index.Words, error) {
	dir, err := os.MkdirTemp("", "zujian-words-")
	if err != nil {
		return nil, refuse("没有地方放临时文件：%v", err)
	}
	defer os.RemoveAll(dir)
	var files []string
	if own := filepath.Join(p.data, "words.yaml"); exists(own) {
		files = append(files, own)
	}
	if len(f.Words) > 0 {
		more := filepath.Join(dir, "words.yaml")
		if err := (draft.File{Words: f.Words}).Lay(nil, more); err != nil {
			return nil, refuse("%v", err)
		}
		files = append(files, more)
	}
	added, err := p.additions()
	if err != nil {
		return nil, err
	}
	w, err := index.LoadWordsWith(added.Synonyms(), files...)
	if err != nil {
		return nil, refuse("%v", err)
	}
	return w, nil
}

// bareAnswerer answers from a library by its words alone, on an index in memory.
func (p *program) bareAnswerer(l *knowledge.Library, w *index.Words) (*answer.Answerer, error) {
	b, err := p.bookOrFault(l)
	if err != nil {
		return nil, err
	}
	a, err := answer.New(l, w, b)
	if err != nil {
		return nil, refuse("%v", err)
	}
	x, err := index.OpenMemory(a.Entries())
	if err != nil {
		return nil, refuse("索引建不起来：%v", err)
	}
	p.closers = append(p.closers, x)
	a.SearchWith(x)
	return a, nil
}

func printTrial(p *program, r draft.Result) {
	if r.Asked > 0 {
		fmt.Fprintf(p.out, "新问法 %d 种，领得到的 %d 种。\n", r.Asked, r.Led)
	}
	for _, q := range r.Lost {
		fmt.Fprintf(p.out, "还领不到：%s\n", q)
	}
	for _, g := range r.Gained {
		text, _, _ := strings.Cut(g.Text, "\n")
		fmt.Fprintf(p.out, "问：%s\n收以前：%s，收以后：%s。%s\n", g.Question, statusNames[g.Before], statusNames[g.After], text)
	}
	if r.Tried > 0 {
		fmt.Fprintf(p.out, "原来的问法有 %d 种，试了 %d 种，领的地方没变的 %d 种。\n", r.All, r.Tried, r.Kept)
	}
	for _, q := range r.Moved {
		fmt.Fprintf(p.out, "会领到别处：%s\n", q)
	}
}

// statusNames are the statuses as an operator reads them.
var statusNames = map[answer.Status]string{answer.Answered: "答得出", answer.NotStated: "文件没有写到", answer.Unsure: "没有把握", answer.OutOfScope: "不在范围", answer.Dialog: "进组建对话",
	answer.Private: "涉及个人", answer.Secret: "涉密", answer.Urgent: "紧急", answer.Error: "没答成"}

// besideStamp changes whenever a file beside a document, the synonyms or the
// rules do.
func (p *program) besideStamp() string {
	var b strings.Builder
	for _, pattern := range []string{filepath.Join(p.folder(), "*.yaml"), filepath.Join(p.shippedBeside(), "*.yaml"), filepath.Join(p.data, "words.yaml"), p.additionsFile(), p.formationFile()} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if info, err := os.Stat(f); err == nil {
				fmt.Fprintf(&b, "%s %d %s\n", filepath.Base(f), info.Size(), info.ModTime().Format(time.RFC3339Nano))
			}
		}
	}
	return b.String()
}
