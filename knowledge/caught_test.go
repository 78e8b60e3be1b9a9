package knowledge

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// TestCaughtTellsWhereAndNotWhat holds that the log has the stack of a panic that
// was caught, and no word of what was thrown.
func TestCaughtTellsWhereAndNotWhat(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	var log bytes.Buffer
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	func() {
		defer func() {
			if thrown := recover(); thrown != nil {
				Caught(thrown)
			}
		}()
		panic("打电话给某人")
	}()
	if s := log.String(); !strings.Contains(s, "TestCaughtTellsWhereAndNotWhat") || strings.Contains(s, "某人") {
		t.Errorf("the log has %s", s)
	}
}
