package ilink

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// Codes of ret and errcode. -14 is in the protocol's types; -2 is what users of
// the interface report of too many sends.
const (
	codeLoggedOut = -14
	codeTooOften  = -2
)

// badCode is a code that the far end answered with and that says nothing to us.
type badCode int64

func (c badCode) Error() string { return fmt.Sprintf("code %d", int64(c)) }

// badStatus is an HTTP status other than 200.
type badStatus int

func (s badStatus) Error() string { return fmt.Sprintf("HTTP %d", int(s)) }

var (
	errTooLarge = errors.New("the answer is too large")
	errStrange  = errors.New("the answer makes no sense")
	errNoBuf    = errors.New("the answer has no new get_updates_buf")
	errDamaged  = errors.New("the kept login could not be read")
)

// ofCode gives the error of a code; nil for 0.
func ofCode(code int64) error {
	switch code {
	case 0:
		return nil
	case codeLoggedOut:
		return fmt.Errorf("%w (%d)", chat.ErrLoggedOut, code)
	case codeTooOften:
		return fmt.Errorf("%w (%d)", chat.ErrTooOften, code)
	}
	return badCode(code)
}

// meaning makes chat.ErrUnreachable of an error that came before a request was
// written; any other stays as it is.
func meaning(err error) error {
	if op := (&net.OpError{}); errors.As(err, &op) && op.Op == "dial" {
		return fmt.Errorf("%w (dial)", chat.ErrUnreachable)
	}
	if errors.As(err, new(*tls.CertificateVerificationError)) || errors.As(err, new(tls.RecordHeaderError)) {
		return fmt.Errorf("%w (TLS)", chat.ErrUnreachable)
	}
	return err
}

// cause names an error for the log and the operator. Errors of other packages
// are named by their type: their words may hold what the far end sent.
func cause(err error) string {
	for _, known := range []error{errTooLarge, errStrange, errNoBuf, errDamaged, channel.ErrUnscanned} {
		if errors.Is(err, known) {
			return err.Error()
		}
	}
	switch {
	case err == nil:
		return ""
	case chat.NotSent(err), errors.As(err, new(badCode)), errors.As(err, new(badStatus)):
		return err.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	}
	return fmt.Sprintf("%T", err)
}
