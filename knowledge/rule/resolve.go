package rule

import (
	"slices"
	"time"

	"zujian/knowledge"
)

// index finds facts and layers by id and refuses doubles.
func (b *Book) index([]*knowledge.Document) error {
	b.facts, b.layers = map[string]int{}, map[string]int{}
	for i, f := range b.Facts {
		if _, ok := b.facts[f.ID]; ok || f.ID == "" {
			return f.at.errorf("事实的 id 不能空，也不能重复：“%s”", f.ID)
		}
		b.facts[f.ID] = i
		if err := f.check(); err != nil {
			return err
		}
	}
	for i, l := range b.Layers {
		if _, ok := b.layers[l.ID]; ok {
			return mark{name: "规则文件"}.errorf("layers 里的“%s”写了两次", l.ID)
		}
		b.layers[l.ID] = i
	}
	for _, id := range []string{scopeLayer, ownerLayer, pushLayer, guideLayer, formLayer, headLayer} {
		if _, ok := b.layers[id]; !ok {
			return mark{name: "规则文件"}.errorf("layers 里缺“%s”", id)
		}
	}
	if len(b.Facts) > mostFacts || len(b.Layers) > mostLayers {
		return mark{name: "规则文件"}.errorf("事实最多%d个，层最多%d个", mostFacts, mostLayers)
	}
	return nil
}

func (f *Fact) check() error {
	if f.Question == "" || f.Name == "" || f.Why == "" {
		return f.at.errorf("事实“%s”要写 name、question 和 why", f.ID)
	}
	if f.Number != (len(f.Values) == 0) || len(f.Values) > 64 {
		return f.at.errorf("事实“%s”要么写 number: true，要么写出1到64个 values", f.ID)
	}
	for _, o := range f.Options {
		if f.index(o.Value) < 0 {
			return f.at.in("options").errorf("选项“%s”指的值“%s”不在 values 里", o.Say, o.Value)
		}
	}
	said := map[string]string{}
	for _, v := range f.Values {
		for _, w := range v.Say {
			if other, ok := said[w]; ok && other != v.Value {
				return f.at.in("values").errorf("“%s”同时是“%s”和“%s”的说法，只能留一个", w, other, v.Value)
			}
			said[w] = v.Value
		}
	}
	return nil
}

// resolve makes conditions ready and finds every sentence in its document.
func (b *Book) resolve(docs []*knowledge.Document) error {
	for i := range b.Facts {
		if err := b.resolveFact(&b.Facts[i]); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.ID == "" || seen[r.ID] {
			return r.at.errorf("规则的 id 不能空，也不能重复：“%s”", r.ID)
		}
		seen[r.ID] = true
		if err := b.resolveRule(r, docs); err != nil {
			return err
		}
	}
	for i := range b.Ties {
		if err := b.resolveTie(&b.Ties[i]); err != nil {
			return err
		}
	}
	if err := b.checkNames(); err != nil {
		return err
	}
	if h := b.Headcount; h != nil {
		if h.Women < 1 {
			return h.at.errorf("headcount 的 women 要写一个正整数")
		}
		var err error
		h.source, err = cite(docs, h.Document, h.Sentence, h.at)
		return err
	}
	return nil
}

// checkNames refuses a name for a result no rule gives, and a list of words
// nothing reads.
func (b *Book) checkNames() error {
	for result, at := range b.namesAt {
		if !slices.ContainsFunc(b.Rules, func(r Rule) bool { return r.Result == result && result != "" }) {
			return at.errorf("names 里的“%s”不是任何规则的结果", result)
		}
	}
	for list, at := range b.wordsAt {
		if !slices.Contains(wordLists, list) {
			return at.errorf("words 里没有叫“%s”的词表", list)
		}
	}
	return nil
}

func (b *Book) resolveFact(f *Fact) error {
	also := map[string]map[string]string{}
	for _, v := range f.Values {
		also["值“"+v.Value] = v.Also
	}
	for _, o := range f.Options {
		also["选项“"+o.Say] = o.Also
	}
	for of, others := range also {
		for fact, value := range others {
			i, ok := b.facts[fact]
			if !ok || b.Facts[i].encode(value) < 0 {
				return f.at.errorf("%s”的 also 里，“%s: %s”不是已有的事实和值", of, fact, value)
			}
		}
	}
	for _, c := range []struct {
		key  string
		when *Condition
		into *node
	}{{"senseless", f.Senseless, &f.senseless}, {"ask_when", f.AskWhen, &f.askWhen}} {
		if c.when == nil {
			continue
		}
		n, err := b.compile(*c.when)
		if err != nil {
			return f.at.in(c.key).errorf("%s", err)
		}
		*c.into = n
	}
	p := f.Presume
	if p == nil {
		return nil
	}
	if p.value = f.encode(p.Value); p.value < 0 {
		return f.at.errorf("事实“%s”的 presume 值“%s”不在 values 里", f.ID, p.Value)
	}
	p.unless = node{op: opNot, kids: []node{{op: opTrue}}}
	if p.Unless == nil {
		return nil
	}
	n, err := b.compile(*p.Unless)
	if err != nil {
		return f.at.in("presume").errorf("%s", err)
	}
	p.unless = n
	return nil
}

func (b *Book) resolveRule(r *Rule, docs []*knowledge.Document) error {
	var ok bool
	var err error
	if r.layer, ok = b.layers[r.Layer]; !ok {
		return r.at.in("layer").errorf("没有叫“%s”的层", r.Layer)
	}
	if r.when, err = b.compile(r.When); err != nil {
		return r.at.in("when").errorf("规则“%s”：%s", r.ID, err)
	}
	if r.Given == "" || (r.Result == "" && r.Inference == "") {
		return r.at.errorf("规则“%s”要写 given；没有 result 的要在 inference 里说明文件没有写", r.ID)
	}
	for _, day := range []string{r.From, r.To} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return r.at.errorf("规则“%s”的日期“%s”要写成 2024-05-30 这样", r.ID, day)
		}
	}
	if r.From != "" && r.To != "" && r.From > r.To {
		return r.at.in("from").errorf("规则“%s”永远不会用上：from 在 to 之后", r.ID)
	}
	r.source, err = cite(docs, r.Document, r.Sentence, r.at)
	return err
}

func (b *Book) resolveTie(t *Tie) error {
	var ok bool
	var err error
	if t.layer, ok = b.layers[t.Layer]; !ok {
		return t.at.in("layer").errorf("没有叫“%s”的层", t.Layer)
	}
	if t.Say == "" {
		return t.at.errorf("“%s”要写 say，说明哪里没有定下来", t.ID)
	}
	if t.when, err = b.compile(t.When); err != nil {
		return t.at.in("when").errorf("“%s”：%s", t.ID, err)
	}
	return nil
}

// cite finds a sentence in its document.
func cite(docs []*knowledge.Document, id, sentence string, at mark) (source, error) {
	for _, d := range docs {
		if d.ID != id {
			continue
		}
		p, ok := d.Find(sentence)
		if !ok {
			return source{}, at.in("sentence").errorf("《%s》里没有这句话，或者不止一处：“%s”", d.Title, sentence)
		}
		c := knowledge.Citation{Document: d.Title, Locator: d.Clauses[p.Clause].Locator, Quote: p.Text}
		return source{c, d.Name(), d.Note}, nil
	}
	return source{}, at.in("document").errorf("没有编号是“%s”的文件", id)
}
