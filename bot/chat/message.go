// Package chat is the channel-neutral message and the interface of a channel.
// It holds the domain's words; adapters and the desk import it, never the
// other way.
package chat

import (
	"context"
	"time"
)

// Target is where a message goes. It stays valid across logins: Chat is the
// group's name, or for a direct chat the name by which the channel finds the
// person again. Ref is the channel's own handle of the chat in the present
// login, used while that login lasts and ignored afterwards; it may be empty.
type Target struct {
	Channel string
	Chat    string
	Group   bool
	Ref     string
}

// Kind is what a message is that holds no text, as a person calls it.
type Kind string

// The kinds that people send.
const (
	Voice   Kind = "语音"
	Picture Kind = "图片"
	Video   Kind = "视频"
	Sticker Kind = "表情"
	Paper   Kind = "文件" // that this channel does not fetch
	Card    Kind = "名片"
	Place   Kind = "位置"
	Records Kind = "聊天记录"
	Link    Kind = "链接"
)

// Inbound is one message as a channel received it: a text, a file, or both.
type Inbound struct {
	Channel string
	Chat    string // stable name of the chat, as in Target
	Group   bool
	Ref     string // as in Target
	// Twin tells chats of one name apart in the present login, where Chat does
	// not. It is the same for every message of a chat; empty: names are unique.
	Twin string
	// Named says that nothing but its present name tells a group from others, and
	// another may take that on: what is for one group alone is given only where it
	// is Bound, which is the name by which an operator bound this very group.
	Named   bool
	Bound   string
	ID      string // unique within the channel; empty where duplicates cannot happen
	Speaker string // who speaks, as stable as the channel can make it
	// Name is what people call the speaker, where the channel knows it: to be shown
	// while the message is dealt with, and not to be written down.
	Name string
	// Proof names the speaker in a way that another person cannot take on by
	// renaming himself. Operators are known by it. Empty means that the
	// channel has nothing of the kind.
	Proof string
	// Fleeting says that Proof holds only until the channel logs in again.
	Fleeting bool
	// Me is our display name in this chat; Beside are the names of other
	// members that begin with it.
	Me     string
	Beside []string
	// Addressed says that the channel itself knows the message to be for us.
	Addressed bool
	Own       bool // sent by our own account, from here or from the telephone
	Text      string
	// Quote is what the message quotes, without who said it. It is no part of what
	// the person says.
	Quote string
	File  *Attachment // nil where none came with it
	// Kind is what came where neither a text nor a file did.
	Kind Kind
	// Arrived says that somebody has just come into the chat: nothing is asked, and
	// he may be welcomed.
	Arrived bool
	// Once says that the far end takes one message in answer and no more: nothing
	// may go before the answer itself.
	Once bool
	// Recalls is the id of a message that its writer took back; nothing else is
	// set then but the channel.
	Recalls string
	Sent    time.Time
}

// Target is where a reply to the message goes.
func (in Inbound) Target() Target {
	return Target{Channel: in.Channel, Chat: in.Chat, Group: in.Group, Ref: in.Ref}
}

// Handler takes a message. It must return at once: a channel stops receiving
// while it runs.
type Handler func(Inbound)

// Receipt is the far end's word that it took a message.
type Receipt struct {
	ID string
	At time.Time
}

// Capabilities say what a channel can do.
type Capabilities struct {
	Group   bool          // has group chats
	Push    bool          // can speak first
	Longest int           // runes in one message; 0 means no limit
	Pace    time.Duration // shortest time between two messages sent; 0 means none
}

// Binder is a Channel whose groups are known by their names only. Bind has the
// group of a handle be known by the name that the configuration has for it, for
// as long as the handle lasts.
type Binder interface {
	Bind(ref, name string) error
}

// Channel carries messages. Run receives until ctx ends and never because the
// far end is down; Send fails with one of the errors of this package where the
// message is known not to have gone out, and with any other error where that
// is not known.
type Channel interface {
	Name() string
	Can() Capabilities
	Run(ctx context.Context, handle Handler) error
	Send(ctx context.Context, to Target, text string) (Receipt, error)
	Report() Report
}
