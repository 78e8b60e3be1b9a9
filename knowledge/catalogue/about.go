package catalogue

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
)

// mention is another document that a text names.
type mention struct {
	title string // as it stands between 《 and 》, or ""
	year  string // of it, where that stands before its title
	text  string // the sentence, for a number in it
}

// about is what a text says of others: those it ends, and those it corrects.
type about struct{ ends, corrects []mention }

var (
	quotedTitle = regexp.MustCompile(`《([^》]+)》`)
	issuedYear  = regexp.MustCompile(`((?:19|20)\d{2})年[^，。；《》]{0,12}(?:印发|发布|下发|制定|出台|公布)`)
	titleYear   = regexp.MustCompile(`(?:19|20)\d{2}`)
	// ended is titles in a row, which the words after them end.
	ended = regexp.MustCompile(`((?:[^，。；《》]*《[^》]+》(?:[（(][^）)]*[）)])?[、和及与]?)+)，?(?:同时|即行|予以|自行|均|一并|即|也)*(?:废止|停止执行)`)
)

// aboutOthers reads what a document says of others.
func aboutOthers(d *knowledge.Document) (a about) {
	if strings.Contains(d.Title, "更正") {
		bare := strings.NewReplacer("更正", "", "公告", "通知", "说明", "通知").Replace(d.Title)
		a.corrects = append(mentions(d.Title), mention{title: strings.ReplaceAll(bare, "通知的通知", "通知")})
	}
	for _, c := range d.Clauses {
		for _, m := range ended.FindAllString(c.Text, -1) {
			a.ends = append(a.ends, mentions(m)...)
		}
		if strings.Contains(c.Text, "更正") {
			a.corrects = append(append(a.corrects, mentions(c.Text)...), mention{text: c.Text})
		}
	}
	return a
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
