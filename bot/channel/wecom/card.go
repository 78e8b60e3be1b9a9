package wecom

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A text that offers choices by number gets a card behind it, with a button for
// each. The text is whole without: where WeCom takes no card or shows none, people
// type the number. A card is a message of its own, since users of the SDK found
// that one within a stream is taken and then not shown on telephones. A click is
// answered by a change of the card and nothing else (模板卡片类型, 接收事件).

const (
	mostButtons   = 6  // of a card (button_list)
	longestButton = 10 // runes that a button shows
	longestTitle  = 26 // runes of main_title
	cardWithin    = 3 * time.Second
)

// choice is a line that offers one, as the dialog writes it: 2 没有.
var choice = regexp.MustCompile(`^(\d) \S`)

// choices gives the lines at the end of a text that offer choices, counted from
// 1, and the line before them; none where there are more than a card has buttons.
// One line may follow that says how to answer.
func choices(text string) (title string, all []string) {
	lines := strings.Split(text, "\n")
	if !choice.MatchString(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	first := len(lines)
	for first > 0 && choice.MatchString(lines[first-1]) {
		first--
	}
	all = lines[first:]
	for i, line := range all {
		if line[:1] != strconv.Itoa(i+1) {
			return "", nil
		}
	}
	if first == 0 || len(all) < 2 || len(all) > mostButtons {
		return "", nil
	}
	return lines[first-1], all
}

// cards are the cards that wait for a click, by task_id. What somebody writes or
// clicks answers the card that asks him.
type cards struct {
	mu   sync.Mutex
	open map[string]asked
}

// asked is whom a card asks, and where.
type asked struct{ chat, person string }

func (c *cards) put(task string, of asked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil || len(c.open) >= maxOpen {
		c.open = map[string]asked{}
	}
	c.open[task] = of
}

// whom gives whom a card asks; nobody where it waits for no click.
func (c *cards) whom(task string) asked {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open[task]
}

// answered closes what waits for somebody.
func (c *cards) answered(of asked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.open, func(_ string, other asked) bool { return other == of })
}

// offer sends a card behind a text that went out, where it offers choices to
// somebody known. Whatever becomes of the card, the text is there.
func (c *Channel) offer(ctx context.Context, l *link, to obj, of asked, text string) {
	title, all := choices(text)
	if all == nil || of.person == "" || l.cardless.Load() || c.limits.wait(of.chat, time.Now()) > 0 {
		return
	}
	task, buttons := l.newID("card"), []obj{}
	for i, line := range all {
		buttons = append(buttons, button(line, strconv.Itoa(i+1)))
	}
	ctx, stop := context.WithTimeout(ctx, cardWithin)
	defer stop()
	c.cards.put(task, of) // a click may come before the answer does
	code, err := l.push(ctx, l.newID(cmdSend), to, "template_card", card(title, task, buttons...))
	if err == nil && code != 0 {
		l.cardless.Store(true) // none on this connection: people need not wait for it
		c.Log.Warn("buttons are not taken", "code", code)
		return
	}
	c.limits.count(of.chat, time.Now())
}

func card(title, task string, buttons ...obj) obj {
	return obj{"card_type": "button_interaction", "task_id": task, "main_title": obj{"title": short(title, longestTitle)},
		"button_list": buttons}
}

func button(text, key string) obj {
	return obj{"text": short(text, longestButton), "style": 1, "key": key}
}

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// What a card says after a click.
const (
	sayPast   = "这一题过去了，请直接打字。"
	sayOthers = "这是问别人的，您要问请@我。"
	keyDone   = "done"
)

// clicked gives the number that somebody chose; empty where the card asks
// somebody else, or is past. The card is changed, within five seconds: for
// everybody where it is answered, else only for whoever clicked.
func (c *Channel) clicked(l *link, req string, of asked, task, key string) (number string) {
	title := sayPast
	switch whom := c.cards.whom(task); {
	case whom == of && slices.Contains([]string{"1", "2", "3", "4", "5", "6"}, key):
		number, title = key, "选好了："+key
	case whom != asked{}:
		title = sayOthers
	}
	update := obj{"response_type": "update_template_card", "template_card": card(title, task, button("知道了", keyDone))}
	if number == "" {
		update["userids"] = []string{of.person}
	}
	l.done.Go(func() { // the connection is read meanwhile
		if code, err := l.ask(l.Ctx, cmdUpdate, req, update); err != nil || code != 0 {
			c.Log.Warn("a card was not changed", "code", code)
		}
	})
	return number
}
