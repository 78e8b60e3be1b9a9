// Package knowledge holds what a document is: its sections, its clauses (one
// sentence or list item each), where each stands, and what is known about it.
// It is the leaf of the house: everything else imports it, it imports nothing
// of the project.
package knowledge

import (
	"cmp"
	"strings"
)

// Kind is what sort of text a document is, in the field's own word.
type Kind string

// The kinds a document may have.
const (
	Speech     Kind = "讲话"
	Notice     Kind = "通知"
	Regulation Kind = "法规"
	Digest     Kind = "摘编" // facts of a public rule in our own words
)

// Validity says whether a document may be relied on today.
type Validity string

// The validities a document may have.
const (
	InForce    Validity = "现行"
	Repealed   Validity = "废止"
	Superseded Validity = "被替代"
)

// Document is one text as it is held: the words verbatim, cut into clauses
// that can be cited, and what its keeper wrote beside it.
type Document struct {
	ID       string // stable, short, ASCII: "speech"
	Title    string // as it stands on the document
	Short    string // how an answer names it: "讲话"
	Issuer   string // empty where the document does not say
	Number   string // 文号; empty where there is none
	Kind     Kind
	Issued   string // a day as 2024-05-30, or empty where the document does not say
	Validity Validity
	Scope    string // whom it binds, e.g. 全市

	Effective  string   // the day from which it holds; empty: from the day of issue
	Ended      string   // the day on which it was repealed or replaced
	ReplacedBy string   // the id of the document that replaced it
	Groups     []string // the groups that may see it; empty: every one

	Source  string // where the text was had from
	Note    string // what an answer from it must add, in one sentence
	Shipped bool   // part of the program, not of an office's folder
	Hash    string // SHA-256 of the file it was read from, hexadecimal
	From    string `json:"-"` // what the higher office is called that shares it: 市里; empty: none does

	DateLine  string   // the date as it stands at the foot; empty where none was read
	About     []string // of a digest: words that a question about it has, a set each
	Addressee string   // 主送机关, as the document has it
	Format    string   // what its file was: "DOCX"; empty where it was not said

	Sections []Section
	Clauses  []Clause // in reading order
	Asked    []Asked
	Gaps     []Gap
	Written  []Written
}

// Section is a part of a document under one heading.
type Section struct {
	Label   string // how a cadre names it: "第2点", "三要带队伍建设", "第四条"; "" for the opening
	Heading string // its heading without the number, or ""
	Parent  int    // index into Document.Sections, -1 at the top
	Level   int    // 0 at the top
}

// ClauseKind is what a clause is in its document.
type ClauseKind string

// The kinds of clauses.
const (
	Sentence ClauseKind = ""
	Heading  ClauseKind = "heading"
	Item     ClauseKind = "item"     // of a list
	Row      ClauseKind = "row"      // of a table: “列名：值；列名：值”
	Question ClauseKind = "question" // that the document itself asks and answers
	Answer   ClauseKind = "answer"
	Attached ClauseKind = "attached" // names an attachment
	Signed   ClauseKind = "signed"   // stands below the text: issuer, day, copies
)

// Clause is the smallest part that is cited: one sentence, or a heading that
// says something by itself.
type Clause struct {
	Index   int        // position in Document.Clauses
	Section int        // position in Document.Sections
	Number  int        // the sentence's number within its section, from 1; 0 for a heading
	Text    string     // verbatim
	Locator string     // "第3点第2句"
	Blanks  bool       // the text has blanks (x个, x%) where numbers once stood
	Kind    ClauseKind `json:",omitempty"`
	Line    int        `json:",omitempty"` // the paragraph it stands in, from 1
	Page    int        `json:",omitempty"` // of a scan: the page of the original that it was recognised on, from 1
	Marker  string     `json:",omitempty"` // the number before it, as it stands: “第三条　”; empty where the text has it
	Lead    int        `json:",omitempty"` // of an item or row: 1 and the index of the sentence that its list hangs on; 0: none
}

// Asked is what people ask of one or more clauses. It is searched, never
// quoted.
type Asked struct {
	Pieces []Piece  // the words that answer, most to the point first
	Asks   []string // the many ways of asking for them
	Own    bool     // an office added it: who asks in these very words gets it
}

// Gap is something a document is known not to state.
type Gap struct {
	Topic string   // what is missing, as a noun: "人数标准"
	Say   string   // the plain sentence a reader gets: "讲话里没有写人数标准。"
	Near  []Piece  // the nearest words the document does have; may be empty
	Asks  []string // the many ways of asking for it
	Own   bool     // an office added it: who asks in these very words gets it
}

// Written is a short answer in the keeper's own words, which its pieces carry.
type Written struct {
	Text    string   // one or two sentences: the first line of an answer
	Verdict []string // what it answers for beyond the pieces: 不是, 不是必须
	Pieces  []Piece  // the words it rests on
	Asks    []string // the many ways of asking for it
	Own     bool     // an office added it: who asks in these very words gets it
}

// Piece is a verbatim stretch of one clause.
type Piece struct {
	Clause int    // index into Document.Clauses
	Text   string // a substring of that clause
}

// Citation points a reader to the words an answer rests on.
type Citation struct {
	Document string `json:"document"` // the title
	Locator  string `json:"locator"`
	Quote    string `json:"quote"` // verbatim
}

// Cite gives the citation of a whole clause.
func (d *Document) Cite(clause int) Citation {
	c := d.Clauses[clause]
	return Citation{Document: d.Title, Locator: c.Locator, Quote: c.Text}
}

// Find gives the clause that holds text verbatim, and false where none or more
// than one does.
func (d *Document) Find(text string) (Piece, bool) {
	found := -1
	for i, c := range d.Clauses {
		if !strings.Contains(c.Text, text) {
			continue
		}
		if found >= 0 {
			return Piece{}, false
		}
		found = i
	}
	return Piece{Clause: found, Text: text}, found >= 0 && text != ""
}

// Name is how an answer names the document: its short name, or its title in
// title marks.
func (d *Document) Name() string {
	if d.Short != "" {
		return d.Whose() + d.Short
	}
	return d.Whose() + "《" + d.Title + "》"
}

// Whose is what stands before the name of a document that a higher office shares:
// 市里的通知, or before a short name 市里的. It is empty for an office's own.
func (d *Document) Whose() string {
	switch {
	case d.From == "":
		return ""
	case d.Short != "":
		return d.From + "的"
	}
	return d.From + "的" + cmp.Or(string(d.Kind), "文件")
}
