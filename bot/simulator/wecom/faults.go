package wecom

import "time"

// faults are what goes wrong at present.
type faults struct {
	code      int           // what sends are answered with
	subscribe int           // what subscriptions are answered with
	mute      bool          // nothing is answered, pings least of all
	slow      time.Duration // before every answer
	cardless  bool          // cards are refused
}

// cut ends every connection without a word.
func (s *Sim) cut() {
	s.Mu.Lock()
	var all []*client
	for c := range s.clients {
		all = append(all, c)
	}
	s.Mu.Unlock()
	for _, c := range all {
		_ = c.ws.CloseNow()
	}
}

// AnswerSends has every send answered with code, such as 45009; 0 ends it.
func (s *Sim) AnswerSends(code int) { s.Do(func() { s.faults.code = code }) }

// AnswerSubscriptions has every subscription answered with code; 0 ends it.
func (s *Sim) AnswerSubscriptions(code int) { s.Do(func() { s.faults.subscribe = code }) }

// Mute has the robot's far end take everything and answer nothing.
func (s *Sim) Mute(mute bool) { s.Do(func() { s.faults.mute = mute }) }

// Slow has every answer take so long.
func (s *Sim) Slow(d time.Duration) { s.Do(func() { s.faults.slow = d }) }

// Raw sends the program a frame as it is given.
func (s *Sim) Raw(data []byte) {
	s.Mu.Lock()
	c := s.active
	s.Mu.Unlock()
	if c != nil {
		c.raw(data)
	}
}

// TakeOver has another program subscribe as the same robot: the one that was
// subscribed is told, and its connection closed.
func (s *Sim) TakeOver() {
	var old *client
	s.Do(func() { old, s.active = s.active, nil })
	if old != nil {
		old.dismiss(s.opts.BotID)
	}
}

// Forget has WeCom no longer know the connection that is subscribed, while it
// stands.
func (s *Sim) Forget() { s.Do(func() { s.active = nil }) }

func (c *client) dismiss(bot string) {
	c.write(obj{"cmd": "aibot_event_callback", "headers": obj{"req_id": "ev-taken"},
		"body": obj{"aibotid": bot, "msgtype": "event", "event": obj{"eventtype": "disconnected_event"}}})
	_ = c.ws.CloseNow()
}

// Expire has WeCom no longer take answers to the messages that were written so
// far under their req_id.
func (s *Sim) Expire() { s.Do(func() { clear(s.open) }) }
