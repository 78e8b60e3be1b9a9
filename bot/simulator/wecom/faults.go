package wecom

import "time"

// faults are what goes wrong at present.
type faults struct {
	down      bool          // the network
	lose      int           // sends that arrive while their answer is lost
	code      int           // what sends are answered with
	subscribe int           // what subscriptions are answered with
	duplicate int           // messages that come twice
	mute      bool          // nothing is answered, pings least of all
	slow      time.Duration // before every answer
}

// SetDown takes the network away or gives it back.
func (s *Sim) SetDown(down bool) {
	s.do(func() { s.faults.down = down })
	if down {
		s.Cut()
	}
}

// Cut ends every connection without a word.
func (s *Sim) Cut() {
	s.mu.Lock()
	var all []*client
	for c := range s.clients {
		all = append(all, c)
	}
	s.mu.Unlock()
	for _, c := range all {
		_ = c.ws.CloseNow()
	}
}

// LoseSends has the next n sends arrive while their answers are lost.
func (s *Sim) LoseSends(n int) { s.do(func() { s.faults.lose = n }) }

// AnswerSends has every send answered with code, such as 45009; 0 ends it.
func (s *Sim) AnswerSends(code int) { s.do(func() { s.faults.code = code }) }

// AnswerSubscriptions has every subscription answered with code; 0 ends it.
func (s *Sim) AnswerSubscriptions(code int) { s.do(func() { s.faults.subscribe = code }) }

// Duplicate has each of the next n messages come twice under one id.
func (s *Sim) Duplicate(n int) { s.do(func() { s.faults.duplicate = n }) }

// Mute has the robot's far end take everything and answer nothing.
func (s *Sim) Mute(mute bool) { s.do(func() { s.faults.mute = mute }) }

// Slow has every answer take so long.
func (s *Sim) Slow(d time.Duration) { s.do(func() { s.faults.slow = d }) }

// Raw sends the program a frame as it is given.
func (s *Sim) Raw(data []byte) {
	s.mu.Lock()
	c := s.active
	s.mu.Unlock()
	if c != nil {
		c.raw(data)
	}
}

// TakeOver has another program subscribe as the same robot: the one that was
// subscribed is told, and its connection closed.
func (s *Sim) TakeOver() {
	var old *client
	s.do(func() { old, s.active = s.active, nil })
	if old != nil {
		old.dismiss(s.opts.BotID)
	}
}

// Forget has WeCom no longer know the connection that is subscribed, while it
// stands.
func (s *Sim) Forget() { s.do(func() { s.active = nil }) }

func (c *client) dismiss(bot string) {
	c.write(obj{"cmd": "aibot_event_callback", "headers": obj{"req_id": "ev-taken"},
		"body": obj{"aibotid": bot, "msgtype": "event", "event": obj{"eventtype": "disconnected_event"}}})
	_ = c.ws.CloseNow()
}

// Expire has WeCom no longer take answers to the messages that were written so
// far under their req_id.
func (s *Sim) Expire() { s.do(func() { clear(s.open) }) }
