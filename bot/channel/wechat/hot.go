package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/channel"
)

// kept is what lasts between runs. User names of groups last as long as the
// login does, and with them what they are bound to.
type kept struct {
	openwechat.HotReloadStorageItem
	Bound map[string]string
}

// keepHot writes the session down, so that the next start needs no scan. The
// file holds the keys of the account: it is for its owner only.
func (c *Channel) keepHot(s *session) error {
	if c.opts.HotFile == "" {
		return nil
	}
	s.jar.mu.Lock()
	s.roster.mu.Lock()
	err := channel.Keep(c.opts.HotFile, kept{openwechat.HotReloadStorageItem{Jar: s.jar.inner, BaseRequest: s.request,
		LoginInfo: s.info, WechatDomain: s.caller.Client.Domain, SyncKey: s.first.SyncKey, UUID: s.uuid}, s.roster.bound})
	s.roster.mu.Unlock()
	s.jar.mu.Unlock()
	if err != nil {
		return fmt.Errorf("keep the login: %w", err)
	}
	s.kept = time.Now()
	return nil
}

// readHot gives the session of an earlier run; nil where there is none that
// can be used.
func (c *Channel) readHot() *kept {
	if c.opts.HotFile == "" {
		return nil
	}
	data, err := os.ReadFile(c.opts.HotFile)
	if err != nil {
		return nil
	}
	var item kept
	err = json.Unmarshal(data, &item)
	if err != nil || item.Jar == nil || item.BaseRequest == nil || item.LoginInfo == nil || item.WechatDomain == "" {
		c.dropHot()
		return nil
	}
	return &item
}

func (c *Channel) dropHot() {
	if c.opts.HotFile == "" {
		return
	}
	if err := os.Remove(c.opts.HotFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Log.Warn("cannot remove the old login", "error", err.Error())
	}
}
