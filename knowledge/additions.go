package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"zujian/knowledge/lock"
	"zujian/knowledge/text"
)

// Additions are what an office added, one by one, beside the documents: ways of
// asking, what a document does not state, words that mean the same, short answers
// that a document carries, answers of its own. They are kept in one file of the
// data folder.
type Additions struct {
	Next int     `yaml:"next"` // the number of the next one
	All  []Added `yaml:"added"`
}

// AddedKind says what an addition is.
type AddedKind string

// The kinds of additions.
const (
	AddedAsk     AddedKind = "问法"   // Question leads to Piece of Document
	AddedGap     AddedKind = "没有写到" // Document does not state Topic, which Question asks for
	AddedSynonym AddedKind = "同义词"  // Same means Word
	AddedReply   AddedKind = "答复"   // Answer answers Question, says Source
	AddedWritten AddedKind = "短答"   // Answer comes first to Question; Piece of Document carries it
)

// Added is one addition. Which fields it has depends on its kind.
type Added struct {
	Number   int       `yaml:"number" json:"number"`
	Kind     AddedKind `yaml:"kind" json:"kind"`
	At       time.Time `yaml:"at" json:"at"`
	Question string    `yaml:"question,omitempty" json:"question,omitempty"`
	Document string    `yaml:"document,omitempty" json:"document,omitempty"`
	Piece    string    `yaml:"piece,omitempty" json:"piece,omitempty"`
	Topic    string    `yaml:"topic,omitempty" json:"topic,omitempty"`
	Word     string    `yaml:"word,omitempty" json:"word,omitempty"`
	Same     string    `yaml:"same,omitempty" json:"same,omitempty"`
	Answer   string    `yaml:"answer,omitempty" json:"answer,omitempty"`
	Source   string    `yaml:"source,omitempty" json:"source,omitempty"`
	Asks     []string  `yaml:"asks,omitempty" json:"asks,omitempty"`       // further ways of asking Question
	Pieces   []string  `yaml:"pieces,omitempty" json:"pieces,omitempty"`   // further ones
	Verdict  []string  `yaml:"verdict,omitempty" json:"verdict,omitempty"` // what Answer says beyond the pieces: 是, 不是
}

// Ways are all the ways of asking, none of a synonym.
func (a Added) Ways() []string { return notEmpty(a.Question, a.Asks) }

// Rests are all the pieces.
func (a Added) Rests() []string { return notEmpty(a.Piece, a.Pieces) }

func notEmpty(first string, rest []string) []string {
	return slices.DeleteFunc(append([]string{first}, rest...), func(s string) bool { return s == "" })
}

// asked says in Chinese what is asked.
func (a Added) asked() string {
	if len(a.Asks) > 0 {
		return fmt.Sprintf("问“%s”等%d种", a.Question, len(a.Ways()))
	}
	return "问“" + a.Question + "”"
}

// String says in Chinese what was added.
func (a Added) String() string {
	switch a.Kind {
	case AddedAsk:
		return fmt.Sprintf("%s，引“%s”", a.asked(), strings.Join(a.Rests(), "”“"))
	case AddedGap:
		return fmt.Sprintf("%s，答没有写到%s", a.asked(), a.Topic)
	case AddedSynonym:
		return fmt.Sprintf("“%s”就是“%s”", a.Same, a.Word)
	case AddedWritten:
		return fmt.Sprintf("%s，先答“%s”，引“%s”", a.asked(), a.Answer, strings.Join(a.Rests(), "”“"))
	}
	return fmt.Sprintf("问“%s”，答“%s”（依据：%s）", a.Question, a.Answer, a.Source)
}

// longestAdded is how many characters a field of an addition may have.
const longestAdded = 500

// The fields of an addition as a person knows them.
const (
	fieldQuestion = "问法"
	fieldDocument = "文件的编号"
	fieldPiece    = "原文里的句子"
	fieldTopic    = "没有写的是什么"
	fieldWord     = "文件里的词"
	fieldSame     = "大家说的词"
	fieldAnswer   = "答的话"
	fieldSource   = "依据"
)

// needed are the fields that a kind of addition cannot be without.
var needed = map[AddedKind][]string{
	AddedAsk:     {fieldQuestion, fieldDocument, fieldPiece},
	AddedGap:     {fieldQuestion, fieldDocument, fieldTopic},
	AddedSynonym: {fieldWord, fieldSame},
	AddedReply:   {fieldQuestion, fieldAnswer, fieldSource},
	AddedWritten: {fieldQuestion, fieldDocument, fieldAnswer, fieldPiece},
}

// lacking gives those of the fields that are empty.
func (a Added) lacking(fields []string) (out []string) {
	value := map[string]string{fieldQuestion: a.Question, fieldDocument: a.Document, fieldPiece: a.Piece, fieldTopic: a.Topic,
		fieldWord: a.Word, fieldSame: a.Same, fieldAnswer: a.Answer, fieldSource: a.Source}
	for _, f := range fields {
		if strings.TrimSpace(value[f]) == "" {
			out = append(out, f)
		}
	}
	return out
}

// Check says in Chinese what an addition lacks; nil where nothing.
func (a Added) Check() error {
	need := needed[a.Kind]
	if need == nil {
		return fmt.Errorf("没有“%s”这一种，要写%s、%s、%s、%s、%s里的一种", a.Kind, AddedAsk, AddedWritten, AddedGap, AddedSynonym, AddedReply)
	}
	if lacks := a.lacking(need); len(lacks) > 0 {
		return fmt.Errorf("“%s”没有写全，少了%s", a.Kind, strings.Join(lacks, "、"))
	}
	for _, x := range append(slices.Concat(a.Ways(), a.Rests()), a.Document, a.Topic, a.Word, a.Same, a.Answer, a.Source) {
		if utf8.RuneCountInString(x) > longestAdded {
			return fmt.Errorf("写得太长了，一项最多%d个字", longestAdded)
		}
	}
	if a.Kind == AddedSynonym && a.Word == a.Same {
		return fmt.Errorf("两个词都是“%s”，要写两个不一样的词", a.Word)
	}
	if a.Kind == AddedSynonym && (utf8.RuneCountInString(a.Same) < 2 || strings.ContainsAny(a.Same+a.Word, " ，。？、")) {
		return errors.New("同义词一次写一个词，至少两个字，中间不带标点")
	}
	return nil
}

// ReadAdditions reads the file; one that is not there holds none.
func ReadAdditions(file string) (*Additions, error) {
	a := &Additions{Next: 1}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return nil, fmt.Errorf("自己加的问法读不出来：%w", err)
	}
	if err := text.ReadYAML(data, a); err != nil {
		return nil, fmt.Errorf("自己加的问法 %s 写得不对：%w", file, err)
	}
	return a, nil
}

// ChangeAdditions takes the lock, has f change what the file holds, and swaps
// the new one in. What f fails with is given back, and nothing is changed.
func ChangeAdditions(file string, f func(*Additions) error) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	unlock, err := lock.Take(file + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	a, err := ReadAdditions(file)
	if err != nil {
		return err
	}
	if err := f(a); err != nil {
		return err
	}
	data, err := yaml.Marshal(a)
	if err != nil {
		return err
	}
	head := "# 本单位自己加的问法、没有写到的、同义词和答复。由程序写，也可以手改。\n"
	return text.WriteWhole(file, append([]byte(head), data...))
}

// Add puts one in under the next number.
func (a *Additions) Add(x Added) Added {
	x.Number = a.Next
	a.Next++
	a.All = append(a.All, x)
	return x
}

// Drop takes one out; false where there is none of that number.
func (a *Additions) Drop(number int) (Added, bool) {
	i := slices.IndexFunc(a.All, func(x Added) bool { return x.Number == number })
	if i < 0 {
		return Added{}, false
	}
	x := a.All[i]
	a.All = slices.Delete(a.All, i, i+1)
	return x, true
}

// Holding gives the number of the one that says all that an addition says; 0 where
// there is none.
func (a *Additions) Holding(x Added) int {
	for _, y := range a.All {
		if y.Kind == x.Kind && y.Document == x.Document && y.Topic == x.Topic && y.Word == x.Word && y.Same == x.Same &&
			y.Answer == x.Answer && y.Source == x.Source && slices.Equal(y.Rests(), x.Rests()) && holdsAll(y.Ways(), x.Ways()) {
			return y.Number
		}
	}
	return 0
}

func holdsAll(list, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(list, s) })
}

// Synonyms gives the words that mean the same: ways of saying it by word.
func (a *Additions) Synonyms() map[string][]string {
	out := map[string][]string{}
	for _, x := range a.All {
		if x.Kind == AddedSynonym {
			out[x.Word] = append(out[x.Word], x.Same)
		}
	}
	return out
}

// Replies is the id of the document that an office's own answers make up.
const Replies = "replies"

// Reply is the kind of that document.
const Reply Kind = "答复"

// Apply puts the additions beside the documents. It gives those that fit none:
// their document, or its sentence, is no longer held.
func (l *Library) Apply(a *Additions) (lost []Added) {
	replies := &Document{ID: Replies, Title: "本单位的答复", Short: "本单位的答复", Kind: Reply, Validity: InForce, Note: "这是本单位自己的答复，不是文件。"}
	for _, x := range a.All {
		switch {
		case x.Kind == AddedReply:
			replies.answer(x)
		case l.Fit(x) != nil:
			lost = append(lost, x)
		}
	}
	if len(replies.Clauses) > 0 && l.Document(Replies) == nil {
		replies.Hash = hash([]byte(fmt.Sprint(replies.Clauses)))
		l.Documents = append(l.Documents, replies)
	}
	return lost
}

// Fit puts an addition beside its document; one that is for none fits any. It fails
// in Chinese where the document is not held, or its words are not there in exactly
// one place, or they do not carry what a short answer says.
func (l *Library) Fit(x Added) error {
	if x.Kind == AddedSynonym || x.Kind == AddedReply {
		return nil
	}
	d := l.Document(x.Document)
	if d == nil {
		return fmt.Errorf("没有编号是“%s”的文件", x.Document)
	}
	pieces, err := d.pieces(x.Rests())
	if err != nil {
		return err
	}
	switch x.Kind {
	case AddedAsk:
		d.Asked = append(d.Asked, Asked{Pieces: pieces, Asks: x.Ways(), Own: true})
	case AddedGap:
		d.Gaps = append(d.Gaps, Gap{Topic: x.Topic, Say: cmp.Or(x.Answer, d.lacks(x.Topic)), Near: pieces, Asks: x.Ways(), Own: true})
	case AddedWritten:
		if err := d.checkWritten(x.Answer, pieces, x.Ways(), x.Verdict); err != nil {
			return err
		}
		d.Written = append(d.Written, Written{Text: x.Answer, Verdict: x.Verdict, Pieces: pieces, Asks: x.Ways(), Own: true})
	}
	return nil
}

// lacks says that the document does not state something.
func (d *Document) lacks(topic string) string {
	return d.Name() + "里没有写" + strings.TrimRight(topic, "。") + "。"
}

// answer adds one of the office's own answers, under its number and with its
// source.
func (d *Document) answer(x Added) {
	label := fmt.Sprintf("第%d条答复", x.Number)
	d.Sections = append(d.Sections, Section{Label: label, Heading: strings.TrimRight(x.Question, "？?"), Parent: -1})
	c := Clause{Index: len(d.Clauses), Section: len(d.Sections) - 1, Number: 1, Text: x.Answer + "（依据：" + x.Source + "）", Locator: label}
	d.Clauses = append(d.Clauses, c)
	d.Asked = append(d.Asked, Asked{Pieces: []Piece{{c.Index, c.Text}}, Asks: []string{x.Question}, Own: true})
}
