package ilink

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zujian/bot/channel"
)

// kept is what lasts between runs. It holds keys of the account and of the
// people: the file is for its owner only.
type kept struct {
	Login  *kin               `json:"login,omitempty"`
	Bot    string             `json:"bot,omitempty"` // whose Buf and People these are
	Buf    string             `json:"get_updates_buf,omitempty"`
	People map[string]*person `json:"people,omitempty"` // by from_user_id
}

// kin is a login as a confirmed scan gives it.
type kin struct {
	Token   string `json:"bot_token"`
	BaseURL string `json:"baseurl,omitempty"` // empty: the usual one
	Bot     string `json:"ilink_bot_id"`
	User    string `json:"ilink_user_id,omitempty"` // who scanned
}

// keeper holds what is kept and writes every change down.
type keeper struct {
	file string
	log  *slog.Logger

	mu      sync.Mutex
	kept    kept
	damaged bool // the file could not be read
}

// read takes what an earlier run kept. A file that cannot be read is set aside,
// and its new name is given.
func (k *keeper) read() (aside string) {
	kept, err := readFile(k.file)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = kept
	if err == nil {
		return ""
	}
	k.damaged = true
	aside = k.file + ".damaged"
	k.log.Error("the kept login cannot be read and is set aside; a new login follows",
		"aside", filepath.Base(aside), "cause", fmt.Sprintf("%T", err))
	if err := os.Rename(k.file, aside); err != nil {
		k.log.Error("cannot set the kept login aside", "cause", fmt.Sprintf("%T", err))
	}
	return aside
}

// readFile gives what a file holds; nothing where there is none.
func readFile(file string) (kept, error) {
	k := kept{People: map[string]*person{}}
	if file == "" {
		return k, nil
	}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &k)
	}
	if err != nil {
		return kept{People: map[string]*person{}}, err
	}
	if k.People == nil {
		k.People = map[string]*person{}
	}
	for id, p := range k.People {
		if p == nil {
			delete(k.People, id)
		}
	}
	if k.Login != nil && (k.Login.Token == "" || k.Login.BaseURL != "" && !trusted(k.Login.BaseURL)) {
		k.Login = nil
	}
	return k, nil
}

// write writes everything down; the caller holds the lock. Failing to costs a
// scan, or a window, at the next start.
func (k *keeper) write() {
	if k.file == "" {
		return
	}
	if err := channel.Keep(k.file, k.kept); err != nil {
		k.log.Error("cannot keep the login", "cause", fmt.Sprintf("%T", err))
	}
}

// complaint says what is wrong with the file, for the first report.
func (k *keeper) complaint() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.damaged {
		return errDamaged
	}
	return nil
}

func (k *keeper) login() (kin, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept.Login == nil {
		return kin{}, false
	}
	return *k.kept.Login, true
}

// loggedIn keeps a new login. Where the robot is another one, what belongs to
// the last is of no use: people have to write to the new one first.
func (k *keeper) loggedIn(who kin) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept.Bot != who.Bot {
		k.kept.Buf = ""
		for _, p := range k.kept.People {
			p.close()
		}
	}
	k.kept.Login, k.kept.Bot, k.damaged = &who, who.Bot, false
	k.write()
}

// loggedOut forgets the login and nothing else.
func (k *keeper) loggedOut() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept.Login = nil
	k.write()
}

func (k *keeper) buf() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept.Buf
}

// took notes that everything up to buf was handed on. Empty changes nothing.
func (k *keeper) took(buf string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if buf == "" || buf == k.kept.Buf {
		return
	}
	k.kept.Buf = buf
	k.tidy(time.Now())
	k.write()
}
