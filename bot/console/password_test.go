package console

import (
	"strings"
	"testing"
)

// TestHiddenPassword holds that what is stored lets in the password and nothing
// else, and does not hold it.
func TestHiddenPassword(t *testing.T) {
	const password = "正确的口令足够长了吧一二"
	stored := Hide(password)
	if strings.Contains(stored, password) || stored == Hide(password) {
		t.Errorf("stored: %s", stored)
	}
	for typed, want := range map[string]bool{password: true, "": false, password + " ": false, stored: false} {
		if fits(stored, typed) != want || fits(password, typed) != want {
			t.Errorf("%q lets in: %v, want %v", typed, fits(stored, typed), want)
		}
	}
	if fits("", "") {
		t.Error("no password lets everybody in")
	}
	for given, want := range map[string]bool{stored: true, password: true, "太短": false, stored[:40]: false,
		strings.Replace(stored, "m=19456", "m=4000000", 1): false, strings.Replace(stored, "v=19", "v=16", 1): false} {
		if Fit(given) != want || !want && strings.HasPrefix(given, hidePrefix) && fits(given, password) {
			t.Errorf("%s may be used: %v, want %v", given, Fit(given), want)
		}
	}
}
