package knowledge

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
)

var panics atomic.Int64

// Panics is how many panics Caught was told of since the program started.
func Panics() int64 { return panics.Load() }

// Caught writes a panic that was caught, and that somebody is told of in other
// words, to the log: its type and where it came from, never what was thrown,
// which may hold words of a message. It is for the deferred function that
// recovered.
func Caught(thrown any) {
	panics.Add(1)
	slog.Warn("a panic was caught", "kind", fmt.Sprintf("%T", thrown), "stack", string(debug.Stack()))
}
