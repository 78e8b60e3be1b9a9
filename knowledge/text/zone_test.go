package text

import (
	"testing"
	"time"
)

// TestMomentIsInBeijing names times as an office reads its clock, wherever the
// machine thinks it stands.
func TestMomentIsInBeijing(t *testing.T) {
	at := time.Date(2024, 12, 31, 17, 5, 0, 0, time.UTC) // 1 January in Beijing
	for now, want := range map[time.Time]string{
		at.Add(time.Hour):                  "今天01:05",
		at.Add(30 * time.Hour):             "昨天01:05",
		at.AddDate(0, 0, 9):                "1月1日01:05",
		at.AddDate(2, 0, 0):                "2025年1月1日01:05",
		at.In(time.FixedZone("", -3*3600)): "今天01:05",
	} {
		if got := Moment(at, now); got != want {
			t.Errorf("%s is %s at %s", want, got, now)
		}
	}
}
