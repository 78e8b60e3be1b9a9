package engine

import (
	"cmp"
	"strings"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

var (
	issuing   = text.NewPattern(`^.{0,40}?关于(?:(印发)|(?:切实|进一步)?做好|(?:组织)?开展|召开|举办)?`)
	titleTail = text.NewPattern(`的(?:通知|函|公告|通告|意见)$`)
	innerName = text.NewPattern(`(?:^|[印下]发|发布|公布|颁发|批转|修订|通过)《([^《》]{3,40})》`)
	innerMark = strings.NewReplacer("《", "〈", "》", "〉")
)

// shortTitle is a title without the office that issues it: what it issues, where that
// is another text, else what it is about, with the word for what it is.
func shortTitle(t string) string {
	if m := innerName.FindStringSubmatch(t); m != nil {
		return m[1]
	}
	s := issuing.ReplaceAllString(t, "")
	if m := issuing.FindStringSubmatch(t); m != nil && m[1] != "" {
		s = titleTail.ReplaceAllString(s, "")
	}
	if size(s) < 4 {
		return t
	}
	return innerMark.Replace(s)
}

// source names the place of an entry as a reply does.
func source(e *knowledge.Entry) string { return NameOf(e.Document) + placeOfEntry(e) }

// placeOfEntry is where an entry stands, without the title that the whole text
// may stand under.
func placeOfEntry(e *knowledge.Entry) string {
	d := e.Document
	i := e.From
	if e.Kind != knowledge.EntryList {
		i = e.To
	}
	s := d.Clauses[i].Locator
	for _, t := range []string{d.Title, shortTitle(d.Title)} {
		if rest := strings.TrimPrefix(s, t); rest != "" {
			s = rest
		}
	}
	return s
}

// nameApart is a document's name with whose it is and its year, so that two of
// one sort are told apart.
func nameApart(d *knowledge.Document) string {
	issuer := strings.FieldsFunc(d.Issuer, func(r rune) bool { return strings.ContainsRune("、，　 ", r) })
	name := d.Whose() + cmp.Or(d.Short, "《"+shortTitle(d.Title)+"》")
	if d.From == "" && len(issuer) > 0 && !strings.Contains(name, firstOf(issuer[0], 2)) {
		name = issuer[0] + name
	}
	if len(d.Issued) >= 4 {
		name += "（" + d.Issued[:4] + "年）"
	}
	return name
}

// NameOf is what a reply calls a document: its title without the office that issues
// it, behind the place that it holds for where the title does not say.
func NameOf(d *knowledge.Document) string {
	if d.Short != "" {
		return d.Whose() + d.Short
	}
	title := shortTitle(d.Title)
	if d.From != "" {
		return d.Whose() + "《" + title + "》"
	}
	for _, s := range []string{strings.TrimPrefix(d.Title, "中共"), strings.TrimPrefix(d.Issuer, "中共")} {
		if of := officePlace(s); of != "" && !strings.HasPrefix(s, "关于") {
			if strings.Contains(title, firstOf(of, 2)) {
				of = ""
			}
			return of + "《" + title + "》"
		}
	}
	return "《" + title + "》"
}

// whosePlace is the place at the beginning of an office's name; townPlace the one
// below it: 云溪区望江街道办事处 is no office of the district.
var (
	whosePlace = text.NewPattern(`^[\p{Han}]{1,7}?(?:省|市|县|区|镇|乡|街道|园区|开发区)`)
	townPlace  = text.NewPattern(`^([\p{Han}]{1,7}?[市县区][\p{Han}]{2,5}?(?:镇|乡|街道))(?:人民政府|办事处|党|妇|委|工委|社区|民政|综合)`)
)

func officePlace(office string) string {
	if m := townPlace.FindStringSubmatch(office); m != nil {
		return m[1]
	}
	return whosePlace.FindString(office)
}

// Lengths of a reply, in characters.
const (
	longestQuote = 160
	longestReply = 400
	mostQuotes   = 2
)

// answered writes a reply of which the first candidate is the answer: the
// first line, then what it rests on where that says more.
func (c *comparison) answered(best []*candidate) (lead, text string, basis []Basis) {
	lead, basis = c.firstLines(best)
	whole := c.lineOf(best[0], true).whole
	var places []*knowledge.Entry
	quotes := ""
	for i, x := range best[:min(mostQuotes, len(best))] {
		e := x.view.entry
		quote := quotation(e)
		switch {
		case i > 0 && x.view.doc != best[0].view.doc: // it says the same
		case i == 0 && (whole || size(quote) > longestQuote) || told(lead, e):
			places = append(places, e)
		case size(quote) <= longestQuote && size(lead+quotes+quote) < longestReply-60:
			quotes += "\n“" + quote + "”（" + source(e) + "）"
		}
	}
	if apart(basis) {
		return lead, lead, basis
	}
	return lead, lead + sources(places) + quotes, basis
}

// apart says whether a line is told for each of two documents, which name
// themselves.
func apart(basis []Basis) bool {
	return len(basis) > 0 && basis[0].Document != basis[len(basis)-1].Document
}

// sources names the places of entries of one document.
func sources(entries []*knowledge.Entry) string {
	if len(entries) == 0 {
		return ""
	}
	s := "（" + source(entries[0])
	for _, e := range entries[1:] {
		s += "、" + placeOfEntry(e)
	}
	return s + "）"
}

// told says whether a line has all that an entry says.
func told(line string, e *knowledge.Entry) bool {
	if e.Kind == knowledge.EntryRow {
		for _, x := range cellsOf(e.Text) {
			if !serial.MatchString(x.value) && !strings.Contains(line, x.value) {
				return false
			}
		}
		return true
	}
	return e.Kind == knowledge.EntryList || strings.Contains(index.Compact(line), index.Compact(quotation(e)))
}

// quotation is an entry's text as it is quoted: without its number and the
// heading that runs into it.
func quotation(e *knowledge.Entry) string {
	s := withoutNumber(e.Text)
	if m := runningHead.FindStringSubmatch(s); m != nil && !shortVerdict.MatchString(m[1]+"。") {
		s = s[len(m[1])+len("。"):]
	}
	return strings.TrimRight(s, "；，;,")
}
