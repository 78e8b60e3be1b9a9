package office

import (
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

// Drafter gives the model that writes drafts, with more patience than an answer
// has, or says what to do without one.
func (p *Office) Drafter(byHand string) (*llm.Client, error) {
	if p.Config().LLM.BaseURL == "" {
		return nil, Refuse("没有接语言模型，写不了草稿。两个办法：\n1. 自己写：%s -o 草稿.yaml，填好以后 bot knowledge accept 草稿.yaml。\n2. 接一个模型：在 %s 里写上 [llm]，看 bot help 语言模型。", byHand, p.ConfigFile)
	}
	return p.newModel("", draftWaits)
}

// draftWaits is how long one part of a draft may take.
const draftWaits = time.Minute

// AcceptDraft tries a draft and lays it down, unless other ways of asking would lead
// elsewhere; force lays it down all the same. Nothing is changed where taken is
// false or it fails.
func (p *Office) AcceptDraft(f draft.File, force bool) (r draft.Result, taken bool, err error) {
	if f.Empty() {
		return r, false, Refuse("草稿里没有填好的东西，asks 都还空着。")
	}
	l, err := p.Library()
	if err != nil {
		return r, false, err
	}
	if err := f.Check(l); err != nil {
		return r, false, Refuse("草稿不能收：%v。", err)
	}
	if r, err = p.tryDraft(f, l); err != nil {
		return r, false, err
	}
	if len(r.Moved) > 0 && !force {
		return r, false, nil
	}
	if err := p.editing(func() error { return f.Lay(p.besideOf, filepath.Join(p.Data, "words.yaml")) }); err != nil {
		return r, false, Refuse("没有收成：%v", err)
	}
	return r, true, nil
}

// besideOf gives where the files beside a document are, without their ends.
func (p *Office) besideOf(id string) (string, error) {
	_, _, s, err := p.Held()
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
func (p *Office) shippedBeside() string { return filepath.Join(p.Data, "asks") }

// tryDraft compares answers without and with a draft, both without a model.
func (p *Office) tryDraft(f draft.File, l *knowledge.Library) (draft.Result, error) {
	words, err := p.words()
	if err != nil {
		return draft.Result{}, err
	}
	before, err := p.InMemory(l, words)
	if err != nil {
		return draft.Result{}, err
	}
	laid, err := f.On(l)
	if err != nil {
		return draft.Result{}, Refuse("草稿不能收：%v。", err)
	}
	if words, err = p.draftedWords(f); err != nil {
		return draft.Result{}, err
	}
	after, err := p.InMemory(laid, words)
	if err != nil {
		return draft.Result{}, err
	}
	return draft.Try(p.Ctx, f, l, before, after), nil
}

// draftedWords gives the synonyms with those of a draft.
func (p *Office) draftedWords(f draft.File) (*index.Words, error) {
	dir, err := os.MkdirTemp("", "zujian-words-")
	if err != nil {
		return nil, Refuse("没有地方放临时文件：%v", err)
	}
	defer os.RemoveAll(dir)
	var files []string
	if own := filepath.Join(p.Data, "words.yaml"); exists(own) {
		files = append(files, own)
	}
	if len(f.Words) > 0 {
		more := filepath.Join(dir, "words.yaml")
		if err := (draft.File{Words: f.Words}).Lay(nil, more); err != nil {
			return nil, Refuse("%v", err)
		}
		files = append(files, more)
	}
	added, err := p.Additions()
	if err != nil {
		return nil, err
	}
	w, err := index.LoadWords(added.Synonyms(), files...)
	if err != nil {
		return nil, Refuse("%v", err)
	}
	return w, nil
}

// InMemory answers from a library by its words alone, on an index in memory.
func (p *Office) InMemory(l *knowledge.Library, w *index.Words) (*answer.Answerer, error) {
	b, err := p.BookOrFault(l)
	if err != nil {
		return nil, err
	}
	a, err := answer.InMemory(l, w, b)
	if err != nil {
		return nil, Refuse("%v", err)
	}
	p.Closers = append(p.Closers, a)
	return a, nil
}

// TrialWords says what accepting a draft does.
func TrialWords(r draft.Result) string {
	var b strings.Builder
	if r.Asked > 0 {
		fmt.Fprintf(&b, "新问法 %d 种，领得到的 %d 种。\n", r.Asked, r.Led)
	}
	for _, q := range r.Lost {
		fmt.Fprintf(&b, "还领不到：%s\n", q)
	}
	for _, g := range r.Gained {
		text, _, _ := strings.Cut(g.Text, "\n")
		fmt.Fprintf(&b, "问：%s\n收以前：%s，收以后：%s。%s\n", g.Question, statusNames[g.Before], statusNames[g.After], text)
	}
	if r.Tried > 0 {
		fmt.Fprintf(&b, "原来的问法有 %d 种，试了 %d 种，领的地方没变的 %d 种。\n", r.All, r.Tried, r.Kept)
	}
	for _, q := range r.Moved {
		fmt.Fprintf(&b, "会领到别处：%s\n", q)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// statusNames are the statuses as an operator reads them.
var statusNames = map[answer.Status]string{
	answer.Answered:   "答得出",
	answer.NotStated:  "文件没有写到",
	answer.Unsure:     "没有把握",
	answer.OutOfScope: "不在范围",
	answer.Dialog:     "进组建对话",
	answer.Private:    "涉及个人",
	answer.Secret:     "涉密",
	answer.Urgent:     "紧急",
	answer.Error:      "没答成",
}

// besideStamp changes whenever a file beside a document, the synonyms or the
// rules do.
func (p *Office) besideStamp() string {
	var b strings.Builder
	for _, pattern := range []string{filepath.Join(p.folder(), "*.yaml"), filepath.Join(p.shippedBeside(), "*.yaml"),
		filepath.Join(p.Data, "words.yaml"), filepath.Join(p.Data, "glossary.yaml"), p.additionsFile(), p.formationFile()} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if info, err := os.Stat(f); err == nil {
				fmt.Fprintf(&b, "%s %d %s\n", filepath.Base(f), info.Size(), info.ModTime().Format(time.RFC3339Nano))
			}
		}
	}
	return b.String()
}
