package knowledge

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// EntryKind is what an entry is in its document.
type EntryKind string

// The kinds of entries.
const (
	EntrySentence EntryKind = "sentence"
	EntryItem     EntryKind = "item"
	EntryRow      EntryKind = "row"
	EntryAnswer   EntryKind = "answer" // to a question that the document itself asks
	EntryList     EntryKind = "list"   // a lead-in with all its items, or a table whole
	EntryAttached EntryKind = "attached"
	EntryPurpose  EntryKind = "purpose" // says what the document is for
	EntryFrame    EntryKind = "frame"   // “现通知如下”: never an answer
	EntryHeading  EntryKind = "heading"
	EntrySigned   EntryKind = "signed" // below the text: issuer, day, copies
)

// Entry is what a question is answered with: a clause, a stretch of a long one,
// or a list, and what is needed to understand it. Text is verbatim.
type Entry struct {
	Document *Document
	Number   int // its position among the document's entries
	Kind     EntryKind
	From, To int      // the clauses it is made of, To included
	Text     string   // as the clauses have it, those of one line together
	Path     []string // the headings it stands under, the widest first
	Lead     string   // what its list hangs on, the question it answers, or how its paragraph begins
	Before   string   // the text just before and behind it
	After    string
	Items    []string // of a list: its items
}

// ID names an entry: the document and its number in it.
func (e *Entry) ID() string { return e.Document.ID + "#" + strconv.Itoa(e.Number) }

// Answers says whether the entry may be shown as an answer.
func (e *Entry) Answers() bool { return e.Kind != EntryFrame && e.Kind != EntryHeading }

// Locator is where the entry begins.
func (e *Entry) Locator() string { return e.Document.Clauses[e.From].Locator }

// Lengths, in characters.
const (
	longSentence = 95  // beyond it a sentence is also cut at its semicolons
	shortStretch = 14  // and no stretch is shorter
	longestList  = 420 // that is one entry
)

var (
	framing = text.NewPattern(`通知如下|公告如下|函告如下|如下(?:通知|方案|意见)|遵照执行|贯彻执行|认真(?:贯彻|组织|抓好|遵照)|印发给你们|请结合实际|现予印发|同志们[：:]|制定本(?:办法|细则|方案|规定` +
		`|规则|指南|规程|制度|章程)|谢谢大家`)
	purpose = text.NewPattern(`为|解决|掌握|推动|制定`)
)

// Entries cuts a document into its entries, in reading order, lists behind
// their items.
func (d *Document) Entries() []Entry {
	c := cutter{d: d}
	for i := 0; i < len(d.Clauses); i++ {
		i = c.clause(i)
	}
	c.lists()
	c.beside()
	return c.entries
}

type cutter struct {
	d       *Document
	entries []Entry
}

// clause makes the entries of a clause, and gives the last clause used: a
// heading that runs into its paragraph is one entry with the sentence behind.
func (c *cutter) clause(i int) int {
	x := &c.d.Clauses[i]
	if x.Kind == Heading || x.Kind == Question {
		if i+1 < len(c.d.Clauses) && c.d.Clauses[i+1].Line == x.Line && x.Line > 0 {
			c.add(EntrySentence, i, i+1, x.Text+c.d.Clauses[i+1].Text)
			return i + 1
		}
		c.add(EntryHeading, i, i, x.Text)
		return i
	}
	kind := EntryKind(cmp.Or(string(x.Kind), string(EntrySentence))) // both kinds have the same names
	if kind == EntrySentence && utf8.RuneCountInString(x.Text) < 90 && framing.MatchString(x.Text) {
		kind = EntryFrame
		if purpose.MatchString(x.Text) && utf8.RuneCountInString(x.Text) > 24 {
			kind = EntryPurpose
		}
	}
	for _, s := range stretches(x.Marker + x.Text) {
		c.add(kind, i, i, s)
	}
	return i
}

func (c *cutter) add(kind EntryKind, from, to int, text string) {
	e := Entry{Document: c.d, Number: len(c.entries), Kind: kind, From: from, To: to, Text: text}
	last := c.d.Clauses[to]
	e.Path = c.d.Path(last.Section)
	e.Lead = c.lead(&e)
	c.entries = append(c.entries, e)
}

// Path gives the headings that a section stands under, its own last.
func (d *Document) Path(section int) []string {
	var path []string
	for s := section; s >= 0; s = d.Sections[s].Parent {
		if h := d.Sections[s].Heading; h != "" {
			path = append([]string{h}, path...)
		}
	}
	return path
}

// longestLead bounds what of a paragraph's first sentence stands for it.
const longestLead = 40

// lead is what an entry hangs on.
func (c *cutter) lead(e *Entry) string {
	x := &c.d.Clauses[e.From]
	switch {
	case x.Lead > 0:
		return c.d.Clauses[x.Lead-1].Text
	case x.Kind == Answer:
		return c.d.Sections[x.Section].Heading
	}
	n := len(c.entries)
	if n == 0 || x.Line == 0 {
		return ""
	}
	first := n
	for first > 0 && c.d.Clauses[c.entries[first-1].From].Line == x.Line && c.entries[first-1].Kind != EntryHeading {
		first--
	}
	if first == n {
		return ""
	}
	return opening(c.entries[first].Text, longestLead)
}

// opening gives the first n characters of a text.
func opening(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// stretches cuts a long sentence at its semicolons.
func stretches(s string) []string {
	if utf8.RuneCountInString(s) <= longSentence || !strings.Contains(s, "；") {
		return []string{s}
	}
	var out []string
	for _, part := range strings.SplitAfter(s, "；") {
		if n := len(out); n > 0 && (utf8.RuneCountInString(out[n-1]) < shortStretch || utf8.RuneCountInString(part) < 10) {
			out[n-1] += part
			continue
		}
		out = append(out, part)
	}
	return out
}

// lists adds each lead-in with its items, and each table whole.
func (c *cutter) lists() {
	for i := range c.d.Clauses {
		end := i
		for end+1 < len(c.d.Clauses) && c.d.Clauses[end+1].Lead == i+1 {
			end++
		}
		if end > i+1 {
			c.list(i, i+1, end)
		}
	}
	for i := 0; i < len(c.d.Clauses); i++ {
		end := i
		for end < len(c.d.Clauses) && c.d.Clauses[end].Kind == Row && c.d.Clauses[end].Lead == 0 {
			end++
		}
		if end > i+1 {
			c.list(i, i, end-1)
		}
		i = max(i, end-1)
	}
}

func (c *cutter) list(from, first, last int) {
	text, n := "", 0
	var items []string
	for i := from; i <= last; i++ {
		t := c.d.Clauses[i].Text
		if i > from {
			text += "\n"
		}
		text += t
		n += utf8.RuneCountInString(t)
		if i >= first {
			items = append(items, t)
		}
	}
	if n > longestList {
		return
	}
	e := Entry{Document: c.d, Number: len(c.entries), Kind: EntryList, From: from, To: last, Text: text, Items: items}
	e.Path = c.d.Path(c.d.Clauses[from].Section)
	c.entries = append(c.entries, e)
}

// beside notes the neighbours.
func (c *cutter) beside() {
	last := -1
	for i := range c.entries {
		if c.entries[i].Kind == EntryList {
			continue
		}
		if last >= 0 {
			c.entries[i].Before, c.entries[last].After = c.entries[last].Text, c.entries[i].Text
		}
		last = i
	}
}

// Cite gives the citation of the entry.
func (e *Entry) Cite() Citation {
	return Citation{Document: e.Document.Title, Locator: e.Locator(), Quote: e.Text}
}
