package knowledge

import (
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

// A place named in a question: 第四点第二句, 第3段, 三要, 第二条, 最后一段.
var (
	placePoint    = text.NewPattern(`(?:第([一二三四五六七八九十百零\d]+)(?:个?点|大点|部分))|第([一二三四五六七八九十百零\d]+)(?:个方面|项)`)
	placeArticle  = text.NewPattern(`第([一二三四五六七八九十百零〇\d]+)([章节条])(?:之([一二三四五六七八九十\d]+))?`)
	placePara     = text.NewPattern(`第([一二三四五六七八九十\d]+)(?:个自然|自然)?段|(最后|末)一?(?:个自然|自然)?段`)
	placeRunIn    = text.NewPattern(`(?:第([一二三四五六七八九十\d])个?[“"]?[要带])|([一二三四五六七八九十])要(?:是|讲|说|指|带|里|什么|啥|怎|的|$)`)
	placeSentence = text.NewPattern(`(?:第([一二三四五六七八九十\d]+)|(头|首|最后|末)一?)句`)
)

// NamesPlace says whether a question names a place of a document, held or not.
func NamesPlace(question string) bool {
	places := []*text.Pattern{placePoint, placeArticle, placePara, placeRunIn}
	return slices.ContainsFunc(places, func(p *text.Pattern) bool { return p.MatchString(question) })
}

// Place gives the clauses a question names by their place, in reading order,
// and false where it names none or the document has no such place.
func (d *Document) Place(question string) ([]int, bool) {
	section, ok := d.placeSection(question)
	if !ok {
		return nil, false
	}
	if section, ok = d.partOf(section, question); !ok {
		return nil, false
	}
	clauses := d.under(section)
	m := placeSentence.FindStringSubmatch(question)
	if m == nil {
		return clauses, len(clauses) > 0
	}
	return d.sentence(clauses, section, m)
}

// The parts of an article: 第二款, 第（三）项.
var (
	placeParagraph = text.NewPattern(`第([一二三四五六七八九十\d]+)款`)
	placeItem      = text.NewPattern(`第?[（(]([一二三四五六七八九十\d]+)[)）]项?|第([一二三四五六七八九十]+)项`)
)

// partOf gives the part of an article that a question names; the article where
// it names none. It is false where there is no such part: no part of a place is
// dropped and the rest cited as the place.
func (d *Document) partOf(section int, question string) (int, bool) {
	if !placeArticle.MatchString(question) {
		return section, true
	}
	if m := placeParagraph.FindStringSubmatch(question); m != nil {
		part := -1
		for i, s := range d.Sections {
			if s.Parent == section && s.Label == "第"+text.Chinese(text.Whole(m[1]))+"款" {
				part = i
			}
		}
		if part < 0 && text.Whole(m[1]) != 1 {
			return 0, false
		}
		if part >= 0 {
			return d.itemOf(section, part, question)
		}
	}
	return d.itemOf(section, section, question)
}

// itemOf gives the item of an article that a question names, behind one of its
// paragraphs and before the next; the paragraph where it names none.
func (d *Document) itemOf(article, paragraph int, question string) (int, bool) {
	m := placeItem.FindStringSubmatch(question)
	if m == nil {
		return paragraph, true
	}
	n := text.Whole(m[1] + m[2])
	for i := paragraph + 1; i < len(d.Sections) && d.inside(i, article); i++ {
		l := d.Sections[i].Label
		if paragraph != article && strings.HasSuffix(l, "款") {
			break
		}
		if text.Whole(strings.Trim(l, "（）()")) == n && strings.ContainsAny(l, "（(") {
			return i, true
		}
	}
	return 0, false
}

// inside says whether a section stands in another, at any depth.
func (d *Document) inside(s, within int) bool {
	for s = d.Sections[s].Parent; s >= 0; s = d.Sections[s].Parent {
		if s == within {
			return true
		}
	}
	return false
}

func (d *Document) sentence(clauses []int, section int, m []string) ([]int, bool) {
	var own []int
	for _, c := range clauses {
		if d.Clauses[c].Section == section && d.Clauses[c].Number > 0 {
			own = append(own, c)
		}
	}
	n := 1
	switch {
	case m[1] != "":
		n = text.Whole(m[1])
	case m[2] == "最后" || m[2] == "末":
		n = len(own)
	}
	if n < 1 || n > len(own) {
		return nil, false
	}
	return own[n-1 : n], true
}

func (d *Document) placeSection(q string) (int, bool) {
	if m := placeArticle.FindStringSubmatch(q); m != nil {
		return d.labelled(func(l string) bool {
			x := placeArticle.FindStringSubmatch(l)
			return x != nil && x[2] == m[2] && text.Whole(x[1]) == text.Whole(m[1]) && text.Whole(x[3]) == text.Whole(m[3])
		})
	}
	if m := placePara.FindStringSubmatch(q); m != nil {
		if m[2] != "" {
			return d.labelled(func(l string) bool { return l == "末段" })
		}
		return d.labelled(func(l string) bool { return l == "第"+strconv.Itoa(text.Whole(m[1]))+"段" })
	}
	if m := placeRunIn.FindStringSubmatch(q); m != nil {
		n := text.Whole(m[1] + m[2])
		return d.labelled(func(l string) bool {
			x := runIn.FindStringSubmatch(l)
			return x != nil && text.Whole(strings.TrimRight(x[1], "要是")) == n
		})
	}
	if m := placePoint.FindStringSubmatch(q); m != nil {
		n := text.Whole(m[1] + m[2])
		return d.labelled(func(l string) bool {
			return l == "第"+strconv.Itoa(n)+"点" || (strings.HasSuffix(l, "、") && text.Whole(strings.TrimSuffix(l, "、")) == n)
		})
	}
	return 0, false
}

func (d *Document) labelled(is func(string) bool) (int, bool) {
	i := slices.IndexFunc(d.Sections, func(s Section) bool { return is(s.Label) })
	return i, i >= 0
}

// under gives the clauses of a section and of those inside it.
func (d *Document) under(section int) []int {
	var out []int
	for i, c := range d.Clauses {
		for s := c.Section; s >= 0; s = d.Sections[s].Parent {
			if s == section {
				out = append(out, i)
				break
			}
		}
	}
	return out
}
