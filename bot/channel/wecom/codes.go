package wecom

import (
	"errors"
	"fmt"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// Codes of errcode. Those from 40000 on are in WeCom's list of global codes;
// those from 846600 on are not published, and are known from what users of its
// SDK met.
const (
	codeBusy         = -1
	codeSecret       = 40001
	codeChat         = 40050 // no such chatid
	codeTooOften     = 45009
	codeTooMany      = 45033 // at once
	codeNoUser       = 60111
	codeOutside      = 81013 // nobody of those may hear the robot
	codeNoWebhook    = 93000 // the address of the webhook is not known
	codeNotInGroup   = 86008 // the robot is not in the group
	codeReqID        = 846605
	codeOften        = 846607
	codeLate         = 846608 // the stream is older than six minutes
	codeUnsubscribed = 846609
)

// errUnsubscribed says that WeCom no longer knows the connection. It is
// chat.ErrUnreachable: a new one helps.
var errUnsubscribed = fmt.Errorf("%w (not subscribed)", chat.ErrUnreachable)

// coded is a code as the cause of an error of package chat.
type coded struct {
	error
	code int
}

func (c coded) Unwrap() error { return c.error }

// Error gives the code with it.
func (c coded) Error() string { return fmt.Sprintf("%s (%d)", c.error.Error(), c.code) }

// meaning is what the answer to a send says. Whatever its code, an answer that
// is not zero says that the message was not taken.
func meaning(code int) error {
	switch code {
	case 0:
		return nil
	case codeTooOften, codeTooMany, codeOften:
		return coded{chat.TooOften{Chat: true, Code: code}, code}
	case codeBusy:
		return coded{chat.ErrUnreachable, code}
	case codeUnsubscribed:
		return coded{errUnsubscribed, code}
	case codeSecret:
		return coded{chat.ErrRefused, code}
	case codeChat, codeNoUser, codeOutside, codeNoWebhook, codeNotInGroup:
		return coded{chat.ErrNoTarget, code}
	}
	return coded{chat.ErrRejected, code}
}

// late reports whether a message can no longer be answered under its req_id.
func late(code int) bool { return code == codeReqID || code == codeLate }

// subscribed is what the answer to a subscription says. WeCom does not list its
// codes: what is not known to pass means that the robot is refused, so that a
// wrong secret is not tried over and over.
func subscribed(code int) error {
	switch code {
	case 0:
		return nil
	case codeTooOften, codeTooMany, codeOften:
		return coded{chat.ErrTooOften, code}
	case codeBusy:
		return coded{chat.ErrUnreachable, code}
	}
	return coded{chat.ErrRefused, code}
}

// cause names an error for the log and the operator. It holds no address and
// nothing that was written.
func cause(err error) string {
	if c := (coded{}); errors.As(err, &c) {
		return fmt.Sprint(c.code)
	}
	for _, known := range []error{channel.ErrTaken, errDead, errLost, errNoAnswer, errNotReady, errNotAlone, errUnwritten, errUnsubscribed,
		errStrange, chat.TooOften{}} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	if chat.NotSent(err) {
		return err.Error()
	}
	return fmt.Sprintf("%T", err)
}

var errStrange = errors.New("the answer makes no sense")
