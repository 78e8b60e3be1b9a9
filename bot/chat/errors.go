package chat

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Errors of Channel.Send that mean: the message did not go out.
var (
	ErrLoggedOut   = errors.New("chat: logged out")
	ErrRefused     = errors.New("chat: the account is refused")
	ErrTooOften    = errors.New("chat: sent too often")
	ErrUnreachable = errors.New("chat: the server cannot be reached")
	ErrNoTarget    = errors.New("chat: target not found")
	ErrAmbiguous   = errors.New("chat: several targets of that name")
	ErrRejected    = errors.New("chat: the far end does not take this message")
	// ErrWindowClosed is of channels where people have to write first, and may
	// then be answered for some time or some messages.
	ErrWindowClosed = errors.New("chat: the person has to write first")
)

// TooOften is ErrTooOften with what is known of it.
type TooOften struct {
	// After is when the message may go, by a limit that the channel itself keeps:
	// nothing was asked of the far end. 0: the far end said so, and not until when.
	After time.Duration
	// Chat says that the limit is that of this one chat: the others may go on.
	Chat bool
	Code int // the far end's
}

func (e TooOften) Error() string {
	if e.After > 0 {
		return ErrTooOften.Error() + " (our own limit)"
	}
	return fmt.Sprintf("%v (%d)", ErrTooOften, e.Code)
}

// Unwrap makes it ErrTooOften.
func (e TooOften) Unwrap() error { return ErrTooOften }

// passing are those that pass by themselves or with a new login, lasting the rest.
var (
	passing = []error{ErrLoggedOut, ErrRefused, ErrTooOften, ErrUnreachable}
	lasting = []error{ErrNoTarget, ErrAmbiguous, ErrRejected, ErrWindowClosed}
)

func isOf(err error, known []error) bool {
	return slices.ContainsFunc(known, func(k error) bool { return errors.Is(err, k) })
}

// NotSent reports whether err says for certain that nothing went out.
func NotSent(err error) bool { return isOf(err, passing) || isOf(err, lasting) }

// Passing reports whether err will pass by itself or with a new login, so that
// the message may wait and be sent later.
func Passing(err error) bool { return isOf(err, passing) && !isOf(err, lasting) }

// Explain says in Chinese what became of a message and what to do next.
func Explain(err error) string {
	switch {
	case errors.Is(err, ErrLoggedOut):
		return "已经退出登录，没有发出。请重新登录，微信是重新扫码。"
	case errors.Is(err, ErrRefused):
		return "对方服务器拒绝了这个号，没有发出。微信请在手机上看看是不是被限制了，企业微信请核对机器人的密钥。"
	case errors.Is(err, ErrTooOften):
		return "发得太勤，没有发出。过一会儿会接着发。"
	case errors.Is(err, ErrUnreachable):
		return "连不上服务器，没有发出。网络好了会接着发。"
	case errors.Is(err, ErrNoTarget):
		return "没有找到这个群或者这个人，没有发出。群名改过的，请按现在的名字重新设置；还找不到的，微信请先把群保存到通讯录，企业微信请看看机器人还在不在群里。"
	case errors.Is(err, ErrAmbiguous):
		return "有几个同名的群或者人，分不清发给哪一个，没有发出。请改掉其中一个名字。"
	case errors.Is(err, ErrRejected):
		return "对方服务器不收这一条，没有发出。请改短一点，或者换个说法再发。"
	case errors.Is(err, ErrWindowClosed):
		return "他有一天没来过话，或者已经回满了，现在不能发给他，没有发出。请他先写一句话过来；着急的，请换别的办法告诉他。"
	}
	return "不知道发出去没有。请到群里看一眼，没有的话再补发。"
}
