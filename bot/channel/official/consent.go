package official

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	"zujian/bot/channel"
)

// consent is who agreed to be reminded, by openid, kept in a file.
type consent struct {
	file string

	mu     sync.Mutex
	agreed map[string]time.Time
	broken error // the file could not be read: it is not written over
}

// readConsent reads the file. Where it cannot be read nobody has agreed.
func readConsent(file string) *consent {
	c := &consent{file: file, agreed: map[string]time.Time{}}
	if file == "" {
		return c
	}
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &c.agreed)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.broken = err
	}
	if c.agreed == nil {
		c.agreed = map[string]time.Time{}
	}
	return c
}

func (c *consent) has(person string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.agreed[person].IsZero()
}

// set keeps what a person said. It fails where that cannot be written down.
func (c *consent) set(person string, yes bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken != nil {
		return c.broken
	}
	if yes {
		c.agreed[person] = time.Now()
	} else {
		delete(c.agreed, person)
	}
	if c.file == "" {
		return nil
	}
	return channel.Keep(c.file, c.agreed)
}
