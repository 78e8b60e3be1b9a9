package wecom

import "strings"

// card is a template card with buttons. One that a page or a telephone would not
// take shows nothing.
type card struct {
	Type string `json:"card_type"`
	Task string `json:"task_id"`
	Main struct {
		Title string `json:"title"`
	} `json:"main_title"`
	Buttons []struct {
		Text string `json:"text"`
		Key  string `json:"key"`
	} `json:"button_list"`
}

// shown is what a person reads; empty where WeCom would not take the card.
func (c card) shown() string {
	if c.Type != "button_interaction" || c.Task == "" || c.Main.Title == "" || len(c.Buttons) == 0 || len(c.Buttons) > 6 {
		return ""
	}
	out := c.Main.Title
	for _, b := range c.Buttons {
		if b.Text == "" || b.Key == "" {
			return ""
		}
		out += "［" + b.Text + "］"
	}
	return out
}

// TakeCards has cards be taken, as they are at first, or refused.
func (s *Sim) TakeCards(take bool) { s.Do(func() { s.faults.cardless = !take }) }

// update changes the card that was clicked, for some or, with no Users, for all.
func (s *Sim) update(f frame) int {
	task, ok := s.clicks[f.Headers.ReqID]
	if !ok || f.Body.Card.Task != task || f.Body.Card.shown() == "" {
		return 40008
	}
	delete(s.clicks, f.Headers.ReqID)
	for i := range s.sent {
		if s.sent[i].Task == task {
			s.sent[i].Changed = append(s.sent[i].Changed, Change{f.Body.Users, f.Body.Card.Main.Title})
		}
	}
	return 0
}

// Change is what a card says after a click, and to whom; nobody means everybody.
type Change struct {
	Users []string
	Title string
}

// Click has a person click the button of a key on a card that was sent.
func (s *Sim) Click(on Sent, user, key string) {
	s.Mu.Lock()
	group := s.group(on.Chat) != nil
	s.Mu.Unlock()
	body := obj{"chattype": "single", "event": obj{"eventtype": "template_card_event",
		"template_card_event": obj{"card_type": "button_interaction", "event_key": key, "task_id": on.Task}}}
	if group {
		body["chattype"], body["chatid"] = "group", on.Chat
	}
	s.event(user, body, func(req string) { s.clicks[req] = on.Task })
}

// clickOn has somebody on the page click the button that he names, as 点 2, on the
// card that came last; false where it is no click.
func (s *Sim) clickOn(user, text string) bool {
	key, ok := strings.CutPrefix(text, "点 ")
	sent := s.Sent()
	for i := len(sent) - 1; ok && i >= 0; i-- {
		if sent[i].Task != "" {
			s.Click(sent[i], user, strings.TrimSpace(key))
			return true
		}
	}
	return false
}
