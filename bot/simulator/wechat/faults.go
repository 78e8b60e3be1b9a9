package wechat

// faults are what goes wrong with WeChat alone.
type faults struct {
	sendRet    int // what sends are answered with
	replayBack int64
}

// Logout ends the session. Requests of it are answered with code: 1100 logged
// out on the telephone, 1101 logged in elsewhere, 1102 cookie invalid, 1203
// account restricted.
func (s *Sim) Logout(code int) {
	s.Do(func() { s.sid, s.ended, s.scanned = "", code, false })
}

// AnswerSends has every send answered with code, such as 1205; 0 ends it.
func (s *Sim) AnswerSends(code int) { s.Do(func() { s.faults.sendRet = code }) }

// Replay has the next login deliver the last n messages once more.
func (s *Sim) Replay(n int) { s.Do(func() { s.faults.replayBack = int64(n) }) }
