package catalogue

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// mention is another document that a text names.
type mention struct {
	title string // as it stands between 《 and 》, or ""
	year  string // of it, where that stands before its title
	text  string // the sentence, for a number in it

	clause int // where it stands; 0 for the title
}

// about is what a text says of others: those it ends, and those it corrects.
type about struct{ ends, corrects []mention }

var (
	quotedTitle = text.NewPattern(`《([^》]+)》`)
	issuedYear  = text.NewPattern(`((?:19|20)\d{2})年[^，。；《》]{0,12}(?:印发|发布|下发|制定|出台|公布)`)
	titleYear   = text.NewPattern(`(?:19|20)\d{2}`)
	// ended is titles in a row, which the words after them end.
	ended = text.NewPattern(`((?:[^，。；《》]*《[^》]+》(?:[（(][^）)]*[）)])?[、和及与]?)+)，?` + ending)
	// endedNumber is the number of one, without its title.
	endedNumber = text.NewPattern(`[\p{Han}]{1,8}[〔\[]\d{4}[〕\]]\d+号(?:文件|文)?，?` + ending)
	// earlier is what holds of the same title from an earlier year: 2019年版村规民约.
	earlier = text.NewPattern(`((?:19|20)\d{2})年(?:版|(?:印发|发布|下发|制定|通过)的(?:同名|原|旧)?)[^，。；《》]{0,12}?` + ending)
	// endsItself is what a document says that holds no longer.
	endsItself = text.NewPattern(`^[^，。；：]{0,6}(?:本|此|该)(?:通知|办法|细则|规定|意见|方案|文件|指南|公告|规程|制度)[^，。；]{0,6}(?:已经?|自[^，。；]{2,16}起)` +
		`(?:失效|废止|停止执行|作废|被废止)|[（(【〔\[]\s*(?:此件|本文件?|全文)?(?:已经?)?(?:失效|废止|作废)\s*[）)】〕\]]`)
)

const ending = `(?:从|自[^，。；《》]{2,20}起)?，?(?:同时|即行|予以|自行|均|一并|即|也)*(?:废止|停止执行|失效)`

// Said is what one document says of another that is held: that it holds no longer,
// or that something in it was wrong.
type Said struct {
	By, Of *knowledge.Document
	Clause int  // of By, where it says so
	Ends   bool // or corrects it
}

// Among gives what documents in force say of others of them, and of themselves.
func Among(docs []*knowledge.Document) (all []Said) {
	for _, d := range docs {
		if d.Validity != knowledge.InForce || d.Kind == knowledge.Digest {
			continue
		}
		if at, ok := selfEnded(d); ok {
			all = append(all, Said{By: d, Of: d, Clause: at, Ends: true})
		}
		a := aboutOthers(d)
		if len(a.ends)+len(a.corrects) == 0 {
			continue
		}
		for _, o := range docs {
			e := asEntry(o)
			if o == d || o.Validity != knowledge.InForce || d.Issued != "" && o.Issued > d.Issued {
				continue
			}
			is := func(m mention) bool { return m.of(e) }
			if i := slices.IndexFunc(a.ends, is); i >= 0 {
				all = append(all, Said{By: d, Of: o, Clause: a.ends[i].clause, Ends: true})
			} else if i := slices.IndexFunc(a.corrects, is); i >= 0 {
				all = append(all, Said{By: d, Of: o, Clause: a.corrects[i].clause})
			}
		}
	}
	return all
}

func asEntry(d *knowledge.Document) Entry {
	return Entry{Title: d.Title, Number: d.Number, Issued: d.Issued}
}

// firstLinesOf is in how many of a document's first and last clauses it says of itself
// that it holds no longer.
const firstLinesOf = 3

// selfEnded says whether a document says of itself that it holds no longer, and in
// which clause; 0 for its title.
func selfEnded(d *knowledge.Document) (clause int, ok bool) {
	if endsItself.MatchString(d.Title) {
		return 0, true
	}
	for i, c := range d.Clauses {
		if (i < firstLinesOf || i >= len(d.Clauses)-firstLinesOf) && endsItself.MatchString(c.Text) {
			return i, true
		}
	}
	return 0, false
}

// aboutOthers reads what a document says of others.
func aboutOthers(d *knowledge.Document) (a about) {
	if strings.Contains(d.Title, "更正") {
		bare := strings.NewReplacer("更正", "", "公告", "通知", "说明", "通知").Replace(d.Title)
		a.corrects = append(mentions(d.Title), mention{title: strings.ReplaceAll(bare, "通知的通知", "通知")})
	}
	for i, c := range d.Clauses {
		ends, corrects := len(a.ends), len(a.corrects)
		a.clause(d, c.Text)
		for j := range a.ends[ends:] {
			a.ends[ends+j].clause = i
		}
		for j := range a.corrects[corrects:] {
			a.corrects[corrects+j].clause = i
		}
	}
	return a
}

func (a *about) clause(d *knowledge.Document, text string) {
	for _, m := range ended.FindAllString(text, -1) {
		a.ends = append(a.ends, mentions(m)...)
	}
	for _, m := range endedNumber.FindAllString(text, -1) {
		a.ends = append(a.ends, mention{text: m})
	}
	if m := earlier.FindStringSubmatch(text); m != nil && len(a.ends) == 0 {
		a.ends = append(a.ends, mention{title: titleYear.ReplaceAllString(d.Title, ""), year: m[1]})
	}
	if strings.Contains(text, "更正") {
		a.corrects = append(append(a.corrects, mentions(text)...), mention{text: text})
	}
}

// mentions gives the titles in a stretch of text, each with the year before it.
func mentions(text string) (all []mention) {
	from := 0
	for _, at := range quotedTitle.FindAllStringSubmatchIndex(text, -1) {
		m := mention{title: text[at[2]:at[3]]}
		if y := issuedYear.FindStringSubmatch(text[from:at[0]]); y != nil {
			m.year = y[1]
		}
		from = at[1]
		all = append(all, m)
	}
	return all
}

// of says whether an entry is the document that is named. What stands before its
// title, the name of the office, may be left out.
func (m mention) of(e Entry) bool {
	if m.title == "" {
		return e.Number != "" && strings.Contains(m.text, e.Number)
	}
	if year := titleYear.FindString(m.title); year != "" && titleYear.MatchString(e.Title) && titleYear.FindString(e.Title) != year {
		return false
	}
	if m.year != "" && e.Issued != "" && !strings.HasPrefix(e.Issued, m.year) {
		return false
	}
	plain := strings.NewReplacer("〈", "", "〉", "")
	held, named := plain.Replace(bareTitle(e.Title)), plain.Replace(bareTitle(m.title))
	return utf8.RuneCountInString(named) >= shortName && (strings.HasSuffix(held, named) || strings.HasSuffix(held, named+"的通知"))
}

// named gives the ids of documents in force, no newer than one, that are among those
// named.
func (s *State) named(id string, all []mention) (out []string) {
	e := s.Entry(id)
	for _, o := range s.Entries {
		is := func(m mention) bool { return m.of(o) }
		if o.ID != id && o.Validity == knowledge.InForce && (o.Issued <= e.Issued || e.Issued == "") && slices.ContainsFunc(all, is) {
			out = append(out, o.ID)
		}
	}
	return out
}

// tell puts what a document says of others into what became of its file.
func (s *State) tell(o *Outcome) {
	for _, id := range s.named(o.ID, o.about.ends) {
		if !slices.Contains(o.Instead, id) {
			o.Instead = append(o.Instead, id)
		}
	}
	for _, id := range s.named(o.ID, o.about.corrects) {
		if !slices.Contains(o.Instead, id) {
			o.Doubts = append(o.Doubts, "像是更正了《"+s.Entry(id).Title+"》（"+id+"）。那一份还在用，请把那里改正了再收一次，用改好的替代它。")
		}
	}
}
