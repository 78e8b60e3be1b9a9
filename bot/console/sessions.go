package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"time"

	"zujian/knowledge/text"
)

// newDoors opens the doors that were open when the program last ran: sessions last
// that long without a request and are written to a file, if one is named.
func newDoors(now func() time.Time, lasts time.Duration, file, salt string) *doors {
	d := &doors{cookie: cookieOffice, now: now, knocks: newKnocks(now), lasts: lasts, file: file, salt: salt, all: map[string]*session{}}
	var seen map[string]time.Time
	if data, err := os.ReadFile(file); err == nil && json.Unmarshal(data, &seen) == nil {
		for key, at := range seen {
			if now().Sub(at) <= lasts && len(d.all) < mostSessions {
				d.all[key] = newSession(at)
			}
		}
	}
	return d
}

// key is what is kept of a cookie: from it nobody makes the cookie.
func (d *doors) key(cookie string) string {
	mac := hmac.New(sha256.New, []byte(d.salt))
	mac.Write([]byte(cookie))
	return hex.EncodeToString(mac.Sum(nil))
}

// save writes down who may come in. That it cannot is no reason to keep him out.
func (d *doors) save() {
	if d.file == "" {
		return
	}
	seen := map[string]time.Time{}
	for key, x := range d.all {
		seen[key] = x.seen
	}
	if data, err := json.Marshal(seen); err == nil {
		_ = text.WriteWhole(d.file, data)
	}
}

// close writes down who was seen when.
func (d *doors) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.save()
}
