package wechat

import (
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// Codes of BaseResponse.Ret and synccheck's retcode, as seen in the field.
const (
	retLoggedOut    openwechat.Ret = 1100 // on the telephone
	retElsewhere    openwechat.Ret = 1101 // logged in elsewhere, or session over
	retCookie       openwechat.Ret = 1102
	retEnvironment  openwechat.Ret = 1203 // the account is restricted
	retTooOften     openwechat.Ret = 1205
	retTicket       openwechat.Ret = -14
	unknownContacts openwechat.Ret = 1 // parameter error: the target is not known
)

// meaning turns an error of openwechat into one of package chat where it is
// known that nothing went out; any other error stays as it is.
func meaning(err error) error {
	var ret openwechat.Ret
	if errors.As(err, &ret) {
		switch ret {
		case retLoggedOut, retElsewhere, retCookie, retTicket:
			return fmt.Errorf("%w (%d)", chat.ErrLoggedOut, int(ret))
		case retEnvironment:
			return fmt.Errorf("%w (%d)", chat.ErrRefused, int(ret))
		case retTooOften:
			return fmt.Errorf("%w (%d)", chat.ErrTooOften, int(ret))
		case unknownContacts:
			return fmt.Errorf("%w (%d)", chat.ErrNoTarget, int(ret))
		}
		return fmt.Errorf("code %d", int(ret))
	}
	if op := (&net.OpError{}); errors.As(err, &op) && op.Op == "dial" {
		return fmt.Errorf("%w (dial)", chat.ErrUnreachable)
	}
	return err
}

// cause names an error for the log and the operator without any address, for
// addresses of requests hold session keys.
func cause(err error) string {
	var ret openwechat.Ret
	switch {
	case errors.As(err, &ret):
		return strconv.Itoa(int(ret))
	case errors.Is(err, openwechat.NetworkErr):
		return "network"
	case chat.NotSent(err), errors.Is(err, errNoSyncKey), errors.Is(err, channel.ErrUnscanned), errors.Is(err, errStrange):
		return err.Error()
	}
	return fmt.Sprintf("%T", err)
}

var (
	errNoSyncKey = errors.New("the answer has no SyncKey")
	errStrange   = errors.New("the answer makes no sense")
)
