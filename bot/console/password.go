package console

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
)

// What guessing a hidden password costs: 19 MB and two passes, as OWASP has it for
// Argon2id.
const (
	hideMemory = 19 << 10 // KiB
	hidePasses = 2
	hideLanes  = 1
	hideLength = 32 // bytes
	hidePrefix = "$argon2id$"
)

// Hide gives a password as it may be stored: from it nobody gets the password but
// by guessing.
func Hide(password string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	key := argon2.IDKey([]byte(password), salt, hidePasses, hideMemory, hideLanes, hideLength)
	return fmt.Sprintf(hidePrefix+"v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hideMemory, hidePasses, hideLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// Fit says whether a password may be used for an address that others reach. Of one
// that is hidden Hide's caller has seen to it.
func Fit(stored string) bool {
	if strings.HasPrefix(stored, hidePrefix) {
		return parseHidden(stored) != nil
	}
	return len([]rune(stored)) >= ShortestPassword
}

// hidden is a password as Hide gives it, or another program of the same kind.
type hidden struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

// parseHidden gives nil for what is none, or would cost more than a door may.
func parseHidden(stored string) *hidden {
	parts := strings.Split(strings.TrimPrefix(stored, hidePrefix), "$")
	if len(parts) != 4 || parts[0] != fmt.Sprint("v=", argon2.Version) {
		return nil
	}
	h := &hidden{}
	if _, err := fmt.Sscanf(parts[1], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes); err != nil {
		return nil
	}
	var wrong1, wrong2 error
	h.salt, wrong1 = base64.RawStdEncoding.DecodeString(parts[2])
	h.key, wrong2 = base64.RawStdEncoding.DecodeString(parts[3])
	costly := h.memory < 8 || h.memory > 64<<10 || h.passes < 1 || h.passes > 10 || h.lanes < 1
	if wrong1 != nil || wrong2 != nil || costly || len(h.salt) < 8 || len(h.key) < 16 {
		return nil
	}
	return h
}

// oneGuess lets one guess at a time take the memory that it takes.
var oneGuess sync.Mutex

// fits compares what was typed with the password, plain or hidden.
func fits(stored, typed string) bool {
	if !strings.HasPrefix(stored, hidePrefix) {
		return stored != "" && same(stored, typed)
	}
	h := parseHidden(stored)
	if h == nil {
		return false
	}
	oneGuess.Lock()
	defer oneGuess.Unlock()
	got := argon2.IDKey([]byte(typed), h.salt, h.passes, h.memory, h.lanes, uint32(len(h.key)))
	return subtle.ConstantTimeCompare(got, h.key) == 1
}
