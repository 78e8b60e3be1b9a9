package console

import (
	"context"
	"io"
	"net/url"
	"time"

	"zujian/bot/answer"
	"zujian/bot/chat"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/rule"
)

// Desk takes a message and gives the replies; desk.Desk is one.
type Desk interface {
	Handle(ctx context.Context, in chat.Inbound) ([]string, error)
}

// Channel is the name of the console's conversation among the channels.
const Channel = "console"

// Office is what the pages show and change. An error that is Told is shown as
// it is; any other is logged and worded in general.
type Office interface {
	Documents
	Answers
	Reminders
	Channels
	Records
	Settings

	// Book gives the rules of formation as they hold today.
	Book() *rule.Book
	// Findings looks at everything, as doctor does.
	Findings(ctx context.Context) []Finding
}

// Documents is the catalogue.
type Documents interface {
	Held() (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error)
	// Changed has answers follow a change of the catalogue.
	Changed()
}

// Answers is the answering, looked at from inside, and what an operator adds to
// it.
type Answers interface {
	Look(ctx context.Context, question string) (answer.Look, error)
	Unanswered(ctx context.Context) ([]Question, error)
	// Preview says what an improvement would come to, and keeps nothing.
	Preview(ctx context.Context, i Improvement) (Preview, error)
	// Improve takes in what an operator adds and says what it came to. It refuses,
	// unless Insist says so, where that changes other answers or is of no use.
	Improve(ctx context.Context, i Improvement) (string, error)
	Improvements() ([]Improved, error)
	// DropImprovement takes one back.
	DropImprovement(ctx context.Context, id string) (string, error)
}

// Question is one that was not answered, with others that are much like it.
type Question struct {
	Text  string
	Times int
	Last  time.Time
	Alike []string
}

// Kinds of improvements.
const (
	Ask     = "ask"     // a way of asking for words of a document
	Gap     = "gap"     // what the documents do not state
	Synonym = "synonym" // a word for a word
	FAQ     = "faq"     // an answer of the office, with its source
	Written = "written" // a short answer that sentences of a document carry
)

// Improvement is what an operator adds. Which fields count depends on Kind.
type Improvement struct {
	Kind     string
	Question string   // ask, gap, faq, written: as people ask it
	Pieces   []string // ask, written: words of a document, verbatim; gap: the nearest, may be none
	Document string   // ask, gap, written: its id; empty: that which has the pieces
	Topic    string   // gap: what is missing, in a few words
	Answer   string   // faq, written
	Verdict  []string // written: what it says beyond the pieces, such as 不是
	Source   string   // faq: who says so, and when
	Words    []string // synonym: the word of the documents first
	Insist   bool     // keep it whatever else it changes
}

// Preview is what an improvement would come to.
type Preview struct {
	Say    string
	Answer string // what the question would be answered; empty: no question is asked
	Good   bool   // it does what it is for and changes nothing else
}

// Improved is one that was taken in.
type Improved struct {
	ID   string
	Kind string
	Say  string // in a sentence
	At   time.Time
}

// Reminders is what the calendar shows.
type Reminders interface {
	ListReminders(ctx context.Context) ([]Reminder, error)
	// OverReminders gives those that are done or were cancelled, newest first.
	OverReminders(ctx context.Context) ([]Reminder, error)
	// Propose understands a sentence and says it back; often means that it is
	// more than monthly and has to be confirmed as such.
	Propose(ctx context.Context, by, sentence string) (said string, often bool, err error)
	AddReminder(ctx context.Context, by, sentence string, often bool) (string, error)
	// ChangeReminder does 停, 恢复, 取消, 跳过 or 发, and 改, 推迟 or 内容 with the
	// words for it.
	ChangeReminder(ctx context.Context, id int64, do, words string) (string, error)
	// WriteCalendar writes the times to come as an iCalendar file.
	WriteCalendar(ctx context.Context, w io.Writer) error
	// Fires gives the times of all active reminders in [from, to).
	Fires(ctx context.Context, from, to time.Time) ([]Fire, error)
}

// Reminder is one reminder as it is listed.
type Reminder struct {
	ID                          int64
	When, Text, To, State, Last string
	Later                       string // why the next time is not the one planned
	Approver                    string
	Next                        time.Time // zero: none
	Paused                      bool
}

// Fire is one time of a reminder.
type Fire struct {
	At   time.Time
	ID   int64
	To   string
	Text string
}

// Channels is how the office is reached.
type Channels interface {
	ListChannels(ctx context.Context) ([]ChannelState, error)
	Relogin(ctx context.Context, name string) (string, error)
	Messages(ctx context.Context) (string, []Message, error)
	// Settle does 重发 or 放弃 for a message in doubt.
	Settle(ctx context.Context, id int64, do string) (string, error)
}

// ChannelState is how one channel stands.
type ChannelState struct {
	Name, Title string
	State       string // in words, with what to do
	Well        bool
	Scan        string   // text of a QR code that waits to be scanned
	More        []string // further lines, such as what may still be sent
	MayLogin    bool
}

// Message is one that did not go out, or may not have.
type Message struct {
	ID            int64
	To, Text, Why string
	At            time.Time
}

// Records is the record of answers.
type Records interface {
	Week(ctx context.Context, days int) (Week, error)
	ExportRecord(ctx context.Context, w io.Writer, from, to time.Time) error
	Code(ctx context.Context) (code string, minutes int, err error)
}

// Week is what was asked in some days, and how it was answered.
type Week struct {
	Asked, Answered, NotStated, Useful, Useless int

	Whys       []string   // why answers were useless
	Unanswered []Question // the most frequent first
}

// Else is how many were neither answered nor not stated.
func (w Week) Else() int { return max(0, w.Asked-w.Answered-w.NotStated) }

// Settings is the configuration as it is shown and changed.
type Settings interface {
	Settings() []SettingGroup
	About() About
	// ChangeSettings takes in one group of settings, by their keys; what the form
	// does not hold stays. Secrets come as secret:KEY:PART.
	ChangeSettings(group string, form url.Values) (string, error)
	// WriteConfig takes in the whole configuration as a text.
	WriteConfig(text string) (string, error)
	// Restart has the program begin anew, once the page was given.
	Restart() error
}

// About is what the program is and where its things are.
type About struct {
	Name       string // of the office; may be empty
	Below      bool   // other offices see what this one shares
	Version    string
	Data       string // the folder
	ConfigFile string
	Config     string // its text
	Fault      string // what is wrong with it; empty: nothing
}

// SettingGroup is what is set together.
type SettingGroup struct {
	ID, Title, Hint string
	Waits           bool // the program runs with something else than what is written
	Fields          []SettingField
}

// SettingField is one setting as it is written.
type SettingField struct {
	Key, Title, Hint string
	Kind             string // switch, number, lines or text
	Value            string // empty: the usual one holds
	Usual            string
	Running          string   // what the program runs with, where that is something else
	Secrets          []string // the parts of what stands in the file that it names; "" is the whole
	Stored           bool     // that file is there
}

// Finding is one thing that was looked at.
type Finding struct {
	What, Say string
	OK        bool
	Unused    bool // nothing is wrong, as it is not in use
}
