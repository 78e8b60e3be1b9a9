package chat

import (
	"context"
	"errors"
)

// LargestFile is how many bytes a file may have that is fetched from a channel.
const LargestFile = 20 << 20

// ErrFileTooLarge is Attachment.Fetch's for a file beyond what it was told to
// take.
var ErrFileTooLarge = errors.New("chat: the file is too large")

// Attachment is a file that came with a message. A channel sets it in
// Inbound.File and may leave Text empty; it fetches nothing until it is asked,
// so that files which are not for us never leave the far end.
type Attachment struct {
	Name string // as the sender named it: for people to read, never a path
	Size int64  // in bytes as the far end says; 0 where it does not
	// Fetch gives the whole file, at most so many bytes, else ErrFileTooLarge.
	// It may be called once, from another goroutine, after the handler returned.
	Fetch func(ctx context.Context, most int64) ([]byte, error)
}

// FileSender is a Channel that can also send a file. SendFile fails as Send
// does. A file goes out at once and never through the outbox: what offices put
// into one may name people, and nothing of it is to be written down.
type FileSender interface {
	SendFile(ctx context.Context, to Target, name string, data []byte) (Receipt, error)
}
