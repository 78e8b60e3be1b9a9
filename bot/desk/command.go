package desk

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// pairingWords take a code of store.NewPairingCode.
var pairingWords = regexp.MustCompile(`^配对[\s：:]*([0-9]{4,12})$`)

// command carries out a message that is a command.
func (d *Desk) command(ctx context.Context, in chat.Inbound, text string) (made, bool) {
	switch strings.ToLower(strings.Trim(text, " ？?。！!")) {
	case "", "帮助", "help", "怎么用", "使用说明":
		return says(sayHelp), true
	}
	if code := pairingWords.FindStringSubmatch(text); code != nil {
		return says(d.pair(ctx, in, code[1])), true
	}
	if code := bindWords.FindStringSubmatch(text); code != nil {
		return says(d.bind(ctx, in, code[1])), true
	}
	if m, ok := d.operate(ctx, in, text); ok {
		return m, ok
	}
	if order, ok := orderIn(text); ok && d.opts.Orders != nil && d.opts.Orders(order) {
		return says(sayNoOperator), true
	}
	if d.opts.Word == nil {
		return made{}, false
	}
	reply, ok := d.opts.Word(ctx, in, text, func() bool { return d.mayOrder(ctx, in) })
	return says(reply), ok
}

// orderWords are a command of an operator: 管理 alone, or with what to do.
var orderWords = regexp.MustCompile(`^管理(?:[\s\x{3000}：:]+(.*))?$`)

// orderIn gives the command in a text: its first word, and behind one blank, of
// whatever kind it was typed, what it is for.
func orderIn(text string) (string, bool) {
	m := orderWords.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	order := strings.TrimSpace(m[1])
	if at := strings.IndexFunc(order, unicode.IsSpace); at > 0 {
		order = order[:at] + " " + strings.TrimSpace(order[at:])
	}
	return order, true
}

// answersOrder are what an operator answers to a command.
var answersOrder = []string{"确认", "确认多次", "确认全体", "取消"}

// operate lets an operator give a command. For anybody else the text is a
// question like any other.
func (d *Desk) operate(ctx context.Context, in chat.Inbound, text string) (made, bool) {
	if !d.orders(ctx, in, text) {
		return made{}, false
	}
	order, _ := orderIn(text)
	if reply, ok := d.orderBinding(in, order); ok {
		return says(reply), true
	}
	reply, ok := d.opts.Operator(ctx, in, order)
	if !ok {
		reply = sayUnknownCommand
	}
	return says(reply), true
}

// orders says whether a text is a command of an operator: what he adds to the
// documents may speak of danger and secrecy.
func (d *Desk) orders(ctx context.Context, in chat.Inbound, text string) bool {
	return orderWords.MatchString(text) && d.opts.Operator != nil && d.mayOrder(ctx, in)
}

func (d *Desk) mayOrder(ctx context.Context, in chat.Inbound) bool {
	if d.local(in) {
		return true
	}
	known, err := d.opts.Records.IsOperator(ctx, in.Channel, in.Proof)
	if err != nil {
		d.log.Error("cannot look for an operator", "channel", in.Channel, "error", err.Error())
	}
	return known
}

// pair makes the writer an operator. A group is no place for it: others read
// along.
func (d *Desk) pair(ctx context.Context, in chat.Inbound, code string) string {
	if d.local(in) {
		return sayNoNeedToPair
	}
	if in.Group || in.Proof == "" {
		return sayPairDirectly
	}
	who := store.Operator{Channel: in.Channel, Proof: in.Proof}
	if !in.Fleeting && in.Chat != in.Ref {
		who.Chat = in.Chat
	}
	ok, err := d.opts.Records.Pair(ctx, who, code, d.now())
	if err != nil {
		d.log.Error("cannot pair", "channel", in.Channel, "error", err.Error())
		return sayTrouble
	}
	if ok {
		d.log.Info("an operator was paired", "channel", in.Channel, "fleeting", in.Fleeting)
		if in.Fleeting {
			return sayPairedForNow
		}
		return sayPaired
	}
	if d.pairing.wrong(d.now()) {
		d.log.Warn("too many wrong pairing codes; the code is void", "channel", in.Channel)
		if err := d.opts.Records.VoidPairing(ctx); err != nil {
			d.log.Error("cannot void the code", "error", err.Error())
		}
	}
	return sayNotPaired
}

const wrongCodes = 5

// pairingGuard counts wrong codes, whoever sends them.
type pairingGuard struct {
	mu    sync.Mutex
	n     int
	since time.Time
}

// wrong reports whether the code must be void after one more wrong one.
func (g *pairingGuard) wrong(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now.Sub(g.since) > store.PairingLasts {
		g.n, g.since = 0, now
	}
	g.n++
	return g.n%wrongCodes == 0
}
