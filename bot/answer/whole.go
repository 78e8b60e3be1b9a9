package answer

import (
	"fmt"
	"slices"
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

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
		titles = append(titles, "《"+briefName(d)+"》")
	}
	more := ""
	if len(all) > mostTitles {
		more = "等"
	}
	return fmt.Sprintf("手里有%d份%s：%s%s。\n您问的是哪一份？请带上标题再问，比如：%s讲了什么？", len(all), word, strings.Join(titles, "、"), more, titles[0])
}
