package ilink

// faults are what goes wrong with iLink alone.
type faults struct {
	limit  bool // sends are answered "too often"
	replay int  // messages that the next login delivers again
}

// Logout ends the session: its requests are answered with -14.
func (s *Sim) Logout() { s.Do(func() { s.token, s.scanned = "", false }) }

// LimitSends has every send be answered "too often".
func (s *Sim) LimitSends(on bool) { s.Do(func() { s.faults.limit = on }) }

// Replay has the next login deliver the last n messages once more.
func (s *Sim) Replay(n int) { s.Do(func() { s.faults.replay = n }) }
