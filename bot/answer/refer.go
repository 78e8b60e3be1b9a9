package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// How a question names a document, and what of it may be asked for.
var (
	titleMarks  = text.NewPattern(`《([^》]{2,60})》`)
	shortNumber = text.NewPattern(`(?:^|[^\d])(\d{1,4})号(?:文|文件)`)
	numberNamed = text.NewPattern(`[〔\[（(]((?:19|20)\d{2})[〕\]）)]\s*第?(\d{1,4})号`)

	asksNumber = text.NewPattern(`文号|几号文|多少号文|发文字号|字号|编号是`)
	asksIssued = text.NewPattern(`(?:哪年|哪一年|哪天|几月|几号|什么时候|啥时候|何时|几时|什么时间)[^，。？?]{0,4}(?:印发|发布|下发|出台|发的|制定|成文|落款)` +
		`|(?:印发|发布|发文|成文|落款)(?:的)?(?:时间|日期)`)
	asksEffective = text.NewPattern(`(?:什么时候|啥时候|何时|几时|哪天|哪年)[^，。？?]{0,4}(?:施行|实施|生效|执行)|(?:施行|生效|实施)(?:的)?(?:时间|日期)`)
	asksIssuer    = text.NewPattern(`(?:谁|哪个(?:单位|部门|机关)|哪里|哪儿)[^，。？?]{0,3}(?:印发|发布|下发|出台|发的|制定)|发文(?:机关|单位)`)
	asksValid     = text.NewPattern(`还(?:有效|算数|管用|能用|执行)|有没有效|失效|作废|废止了|是不是现行|被(?:什么|哪[个份])?(?:文件)?替代|现行(?:的)?吗|过期`)
)

// refer answers a question that names a document by its title or number: what
// is known of the document, a place in it, or its own words. It passes on
// where no document is named, or the one that is does not answer.
func (a *Answerer) refer(ctx context.Context, typed, q string) (found, bool) {
	d, title := a.named(typed)
	if d == nil {
		if title == "" {
			return found{}, false
		}
		return a.notHeld(title), true
	}
	if f, ok := a.about(d, q); ok {
		return f, true
	}
	if knowledge.NamesPlace(q) {
		clauses, ok := d.Place(q)
		if !ok {
			return found{status: NotStated, query: q, say: fmt.Sprintf(sayNoPlace, d.Name())}, true
		}
		f := found{status: Answered, query: q, whole: true, say: a.ended(d)}
		for _, c := range clauses {
			f.cited = append(f.cited, ref{doc: d, clause: c})
		}
		return f, true
	}
	rest := a.clean(strings.TrimSpace(titleMarks.ReplaceAllString(typed, " ")))
	if utf8.RuneCountInString(rest) < 3 || d.Shipped {
		return found{}, false
	}
	f := a.within(ctx, []*knowledge.Document{d}, rest)
	return f, f.status == Answered
}

// named gives the one document that a question names. Where it names one in
// title marks that is not held, it gives the title alone.
func (a *Answerer) named(q string) (*knowledge.Document, string) {
	if m := numberNamed.FindStringSubmatch(q); m != nil {
		var with []*knowledge.Document
		for _, d := range a.library.Documents {
			if n := numberNamed.FindStringSubmatch(d.Number); n != nil && n[1] == m[1] && n[2] == m[2] {
				with = append(with, d)
			}
		}
		if len(with) == 1 {
			return with[0], ""
		}
	}
	if m := shortNumber.FindStringSubmatch(q); m != nil {
		var with []*knowledge.Document
		for _, d := range a.library.Documents {
			if strings.HasSuffix(d.Number, "〕"+m[1]+"号") {
				with = append(with, d)
			}
		}
		if len(with) == 1 {
			return with[0], ""
		}
	}
	if m := titleMarks.FindStringSubmatch(q); m != nil {
		if d := a.titled(m[1]); d != nil {
			return d, ""
		}
		if utf8.RuneCountInString(m[1]) < 4 {
			return nil, "" // 《通知》: some document, not a title
		}
		return nil, m[1]
	}
	return a.spokenOf(q), ""
}

// titled gives the document whose title is, or has, the words; of several the
// one in force that was issued last.
func (a *Answerer) titled(title string) *knowledge.Document {
	var all []*knowledge.Document
	for _, d := range a.library.Documents {
		if d.Title == title {
			all = append(all, d)
		}
	}
	for _, d := range a.library.Documents {
		if len(all) == 0 && utf8.RuneCountInString(title) >= 5 && strings.Contains(d.Title, title) {
			all = append(all, d)
		}
	}
	return newest(all)
}

// newest gives the document in force that was issued last; of those that are
// no longer, the last. Nil for none.
func newest(all []*knowledge.Document) *knowledge.Document {
	var best *knowledge.Document
	for _, d := range all {
		switch {
		case best == nil, d.Validity == knowledge.InForce && best.Validity != knowledge.InForce:
			best = d
		case (d.Validity == knowledge.InForce) == (best.Validity == knowledge.InForce) && d.Issued > best.Issued:
			best = d
		}
	}
	return best
}

// titleFrame is what titles share and does not tell one from another.
var titleFrame = text.NewPattern(`^关于(?:进一步)?|的?(?:通知|意见|办法|规定|方案|细则|讲话|决定|要点|规划)$|印发|[《》“”（）()]|(?:19|20)\d{2}年?`)

// spokenOf gives the office's own document whose title a question says without
// title marks, with the word for what it is: 换届通知, 管理办法.
func (a *Answerer) spokenOf(q string) *knowledge.Document {
	var all []*knowledge.Document
	core := ""
	for _, t := range a.titles() {
		shared := longestShared(t.core, q)
		n := utf8.RuneCountInString(shared)
		if strings.Contains(q, t.of.Title) || n >= 4 && t.kind != "" && (strings.Contains(q, shared+t.kind) ||
			strings.Contains(q, shared+"的"+t.kind)) || n >= 6 && t.kind != "" && strings.Contains(q, t.kind) {
			if len(all) > 0 && t.core != core { // several that are not versions of one title: none is meant
				return nil
			}
			all, core = append(all, t.of), t.core
		}
	}
	return newest(all)
}

// saidTitle is a document's title as it is said: without what titles share, and with
// the word for what it is.
type saidTitle struct {
	of         *knowledge.Document
	core, kind string
}

// titlesOf gives those of an office's own documents.
func titlesOf(l *knowledge.Library) []saidTitle {
	var all []saidTitle
	for _, d := range l.Documents {
		if !d.Shipped {
			all = append(all, saidTitle{d, titleFrame.ReplaceAllString(d.Title, ""), kindWord.FindString(d.Title)})
		}
	}
	return all
}

var kindWord = text.NewPattern(`(?:通知|意见|办法|规定|方案|细则|决定|要点|规划|条例|章程)`)

// notHeld says that a document is known by its title alone, or not at all.
func (a *Answerer) notHeld(title string) found {
	for _, d := range a.library.Documents {
		for i, c := range d.Clauses {
			if searched(d) && strings.Contains(c.Text, "《") && strings.Contains(c.Text, title) {
				return found{status: NotStated, say: fmt.Sprintf(sayTitleOnly, title), related: []ref{{doc: d, clause: i}}, query: title}
			}
		}
	}
	return found{status: NotStated, say: fmt.Sprintf(sayNotHeld, title), far: true, query: title}
}

const (
	sayTitleOnly = "《%s》只知道标题，手里没有正文，所以说不出里面的内容。"
	sayNotHeld   = "手里没有《%s》。有正文的话，请管理员加进来再问。"
	sayUnwritten = "%s上没有写%s。"
)

// about answers what is asked of the document itself.
func (a *Answerer) about(d *knowledge.Document, q string) (found, bool) {
	for _, x := range []struct {
		asks        *text.Pattern
		name, value string
		written     string
	}{
		{asksNumber, "文号", d.Number, d.Number},
		{asksEffective, "施行日期", longDay(d.Effective), ""},
		{asksIssued, "落款日期", longDay(d.Issued), d.DateLine},
		{asksIssuer, "发文机关", d.Issuer, d.Issuer},
	} {
		if !x.asks.MatchString(q) {
			continue
		}
		if x.value == "" {
			return found{status: NotStated, query: q, say: fmt.Sprintf(sayUnwritten, d.Name(), x.name), far: true}, true
		}
		f := found{status: Answered, query: q, say: fmt.Sprintf("%s的%s是%s。", d.Name(), x.name, x.value), bare: true}
		if x.written != "" {
			f.cited = []ref{{doc: d, clause: -1, place: x.name, piece: x.written}}
		} else if c := slices.IndexFunc(d.Clauses, func(c knowledge.Clause) bool { return strings.Contains(c.Text, x.value) }); c >= 0 {
			f.cited = []ref{{doc: d, clause: c}}
		}
		return f, true
	}
	if asksValid.MatchString(q) {
		f := found{status: Answered, query: q, say: engine.NameOf(d) + "：" + a.validity(d) + "。", bare: true,
			cited: []ref{{doc: d, clause: -1, place: "标题", piece: d.Title}}}
		if s, ok := a.saidOf(d); ok && s.Ends && s.By != d { // which may leave something in force for a while
			by := ref{doc: s.By, clause: s.Clause}
			f.say, f.cited = f.say+"\n原话是：“"+by.text()+"”", []ref{by, f.cited[0]}
		}
		return f, true
	}
	return found{}, false
}

// validity says how a document stands: as the catalogue has it, or as another
// document, or it itself, says.
func (a *Answerer) validity(d *knowledge.Document) string {
	switch d.Validity {
	case knowledge.Superseded:
		return "已经被替代，" + longDay(d.Ended) + "起不再执行"
	case knowledge.Repealed:
		return "已经废止，" + longDay(d.Ended) + "起不再执行"
	}
	if s, ok := a.saidOf(d); ok && s.Ends {
		return "目录里还标着现行，" + strings.TrimSuffix(standing(s), "。")
	}
	return "目录里标的是现行"
}

// longDay writes 2024-05-30 as 2024年5月30日; "" for none.
func longDay(day string) string {
	var y, m, d int
	if _, err := fmt.Sscanf(day, "%d-%d-%d", &y, &m, &d); err != nil {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, d)
}

// A turn that asks what a document says on the whole has words of these kinds and
// no others.
var (
	wholeDocument = text.NewPattern(`《[^《》]+》|讲话稿|讲话|文件|通知|材料|文稿|稿子|意见|办法|方案|规定|细则|指南|公告|纪要`)
	wholeBriefly  = text.NewPattern(`概括|总结|归纳|[一两几]句话|捋一?捋|捋`)
	wholeSaid     = text.NewPattern(`讲|说|谈|写|内容|大意|要点|重点|中心思想|意思|精神`)
	wholeAround   = text.NewPattern(`请|麻烦|劳驾|帮我|帮忙|给我|能不能|可不可以|可以|您|你|我|咱|先|再|用|一下|地|简单|大概|大致|介绍|这|那|上面|刚才|它|个|份|篇|次|` +
		`里面|里|中|上|整体|全文|到底|究竟|都|是|的|主要|总共|一共|整个|了|些|点|什么|啥|哪|几|东西|方面|有|吗|呢|呀|啊|嘛|来着|快|来|[？?。！!，,\s]`)
)

// asksWhole says whether a turn asks for a document on the whole, and by what word.
func asksWhole(turn string) (document string, asks bool) {
	document = wholeDocument.FindString(turn)
	rest := strings.Replace(turn, document, "", 1)
	briefly := wholeBriefly.MatchString(rest)
	if !briefly && (document == "" || !wholeSaid.MatchString(rest)) {
		return "", false
	}
	for _, words := range []*text.Pattern{wholeBriefly, wholeAround, wholeSaid} {
		rest = words.ReplaceAllString(rest, "")
	}
	return document, rest == ""
}

// theWhole answers a turn that asks for a document on the whole: the one that is
// named, else the one that was spoken of, else the office's own.
func (a *Answerer) theWhole(turn string, before found) (found, bool) {
	word, asks := asksWhole(turn)
	if !asks || a.engine == nil {
		return found{}, false
	}
	switch meant := a.meant(word, before); len(meant) {
	case 0:
		return found{}, false
	case 1:
		lead, basis := a.engine.Whole(meant[0])
		f := found{status: Answered, query: turn, lead: lead, text: lead, basis: basis}
		for _, b := range basis {
			r := ref{doc: meant[0], clause: b.Clause}
			if !slices.ContainsFunc(f.cited, r.same) {
				f.cited = append(f.cited, r)
			}
		}
		return f, lead != ""
	default:
		f := found{status: Unsure, query: turn, bare: true, text: sayWhich(word, meant)}
		for _, d := range meant[:min(mostRelated, len(meant))] {
			f.related = append(f.related, ref{doc: d})
		}
		return f, true
	}
}

// meant gives the documents that a word may mean: 这个通知, 文件.
func (a *Answerer) meant(word string, before found) []*knowledge.Document {
	called := func(d *knowledge.Document) bool {
		return word == "" || word == "文件" || word == "材料" || strings.Contains(d.Title, strings.TrimSuffix(word, "稿"))
	}
	if title := strings.Trim(word, "《》"); title != word {
		if d := a.titled(title); d != nil && searched(d) {
			return []*knowledge.Document{d}
		}
		return nil
	}
	if last := slices.Concat(before.cited, before.related); len(last) > 0 && called(last[0].doc) {
		return []*knowledge.Document{last[0].doc}
	}
	var all []*knowledge.Document
	for _, d := range a.library.Documents {
		switch {
		case !searched(d) || d.ID == knowledge.Replies || !called(d):
		case d.Shipped:
			return []*knowledge.Document{d} // what the office calls its own
		default:
			all = append(all, d)
		}
	}
	return all
}

// mostTitles is how many titles a question back names.
const mostTitles = 4

func sayWhich(word string, all []*knowledge.Document) string {
	var titles []string
	for _, d := range all[:min(mostTitles, len(all))] {
		titles = append(titles, engine.NameOf(d))
	}
	more := ""
	if len(all) > mostTitles {
		more = "等"
	}
	return fmt.Sprintf("手里有%d份%s：%s%s。\n您问的是哪一份？请带上标题再问，比如：%s讲了什么？", len(all), word, strings.Join(titles, "、"), more, titles[0])
}
