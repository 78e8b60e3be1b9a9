package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"sync"
	"time"

	"zujian/bot/chat"
)

var (
	bindOrder = regexp.MustCompile(`^绑定[\s\x{3000}：:]+(\S.*)$`)
	// bindWords are said in a group by whoever an operator gave the code.
	bindWords = regexp.MustCompile(`^绑定[\s\x{3000}：:]*([0-9]{6})$`)
)

// bindingLasts is how long a code may be said.
const bindingLasts = 10 * time.Minute

// binding is the code that an operator last asked for.
type binding struct {
	mu    sync.Mutex
	group string // its name in the configuration
	code  string // empty: none
	until time.Time
	wrong int
}

// newCode gives a code for a group; the one before is void.
func (b *binding) newCode(group string, now time.Time) string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // it never fails
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.group, b.code, b.until, b.wrong = group, fmt.Sprintf("%06d", n), now.Add(bindingLasts), 0
	return b.code
}

// take gives the group of a code, which is void then, as it is after too many
// wrong ones.
func (b *binding) take(code string, now time.Time) (group string, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.code != "" && now.Before(b.until) && code == b.code {
		b.code = ""
		return b.group, true
	}
	if b.wrong++; b.wrong >= wrongCodes {
		b.code = ""
	}
	return "", false
}

// orderBinding is an operator's 管理 绑定 群名; false means that it is none.
func (d *Desk) orderBinding(in chat.Inbound, order string) (string, bool) {
	m := bindOrder.FindStringSubmatch(order)
	if m == nil || d.opts.Bind == nil {
		return "", false
	}
	group := strings.Trim(m[1], "“”\" ")
	switch {
	case in.Group:
		return sayBindDirectly, true
	case d.opts.Scoped(group) == nil:
		return fmt.Sprintf(sayNothingToBind, group), true
	}
	return fmt.Sprintf(sayBindThere, group, d.habits.Load().Name, d.binding.newCode(group, d.now())), true
}

// bind has a group be known by more than its name.
func (d *Desk) bind(ctx context.Context, in chat.Inbound, code string) string {
	if !in.Group || !in.Named || d.opts.Bind == nil {
		return sayNoNeedToBind
	}
	group, ok := d.binding.take(code, d.now())
	if !ok {
		return sayNotBound
	}
	if err := d.opts.Bind(ctx, in, group); err != nil {
		d.log.Error("cannot bind a group", "channel", in.Channel, "error", err.Error())
		return sayTrouble
	}
	d.log.Info("a group was bound", "channel", in.Channel)
	return sayBound
}

// tellUnbound tells once of a group whose name has documents of its own, and of
// which nobody said that it is that one.
func (d *Desk) tellUnbound(in chat.Inbound) {
	_, told := d.unbound.LoadOrStore(in.Chat, true)
	d.log.Warn("a group has the name of one with documents of its own and is not bound", "channel", in.Channel)
	if !told && d.opts.Unbound != nil {
		d.opts.Unbound(in)
	}
}
