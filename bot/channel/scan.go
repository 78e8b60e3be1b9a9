package channel

import (
	"context"
	"errors"
	"time"

	"zujian/bot/chat"
)

const (
	qrLasts      = 5 * time.Minute // then WeChat gives a new one
	codesInARow  = 3               // shown one after another to nobody
	codeInterval = 30 * time.Minute
)

// Scan shows a QR code and asks until it is scanned and confirmed; cause, which
// may be nil, is why one is needed. It fails with ErrUnscanned where nobody does.
func (l *Loop[S]) Scan(ctx context.Context, show string, cause error, scanned func() (bool, error)) error {
	l.say(chat.WaitingScan, cause, show)
	l.unseen++
	old := time.Now().Add(qrLasts)
	chat.Pause(ctx, time.Second) // nobody scans faster, and requests stay a second apart
	for failures := 0; time.Now().Before(old); {
		began := time.Now()
		done, err := scanned()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case done, errors.Is(err, ErrUnscanned), Over(err):
			return err
		case err != nil:
			failures++
			chat.Pause(ctx, chat.Backoff(failures))
		default:
			failures = 0
			chat.Pause(ctx, time.Second-time.Since(began))
		}
	}
	return ErrUnscanned
}

// unscanned shows the next code soon, or where several were shown to nobody,
// waits for a person.
func (l *Loop[S]) unscanned(ctx context.Context, err error) {
	l.failures = 0
	if l.unseen < codesInARow {
		chat.Pause(ctx, shortPause)
		return
	}
	l.say(chat.LoggedOut, err, "")
	l.waitForPerson(ctx, codeInterval)
}
