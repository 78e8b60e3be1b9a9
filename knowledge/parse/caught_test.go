package parse

import (
	"bytes"
	"encoding/gob"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// TestCaughtPanicReachesTheLog has a reader catch a panic as damage, tells it as
// the process beside does, and holds that the log has where it was and no word of
// the file.
func TestCaughtPanicReachesTheLog(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	var log, wire bytes.Buffer
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	thrown := func(string, []byte, func(string)) (r *Reading, err error) {
		defer func() {
			if thrown := recover(); thrown != nil {
				err = caught(thrown, ErrDamaged)
			}
		}()
		panic("某人的电话")
	}
	_, err := safely(thrown, "a.doc", nil, nil)
	if log.Len() > 0 {
		t.Errorf("the process that reads logs: %s", log.String())
	}
	var back told
	if err := errors.Join(gob.NewEncoder(&wire).Encode(tell(err)), gob.NewDecoder(&wire).Decode(&back)); err != nil {
		t.Fatal(err)
	}
	err = failed(back)
	noteFailure("某人.doc", nil, err)
	if !errors.Is(err, ErrDamaged) || err.Error() != ErrDamaged.Error() {
		t.Errorf("the person is told %v", err)
	}
	if s := log.String(); !strings.Contains(s, "TestCaughtPanicReachesTheLog") || strings.Contains(s, "某人") {
		t.Errorf("the log has %s", s)
	}
}
