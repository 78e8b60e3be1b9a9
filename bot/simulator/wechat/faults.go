package wechat

// faults are what goes wrong at present.
type faults struct {
	down       bool // the network
	sendRet    int  // what sends are answered with
	holdSends  int  // sends that arrive and get no answer
	loseSends  int  // sends that arrive while their answer is lost
	syncRet    int  // what synccheck is answered with
	dropKey    int  // answers of webwxsync without SyncKey
	duplicate  int  // messages that come twice
	refuse     bool // the login page does not accept the account
	garbage    int  // answers that are an HTML page
	replayBack int64
}

// Logout ends the session. Requests of it are answered with code: 1100 logged
// out on the telephone, 1101 logged in elsewhere, 1102 cookie invalid, 1203
// account restricted.
func (s *Sim) Logout(code int) {
	s.do(func() { s.sid, s.ended, s.scanned = "", code, false })
}

// SetDown takes the network away or gives it back.
func (s *Sim) SetDown(down bool) { s.do(func() { s.faults.down = down }) }

// AnswerSends has every send answered with code, such as 1205; 0 ends it.
func (s *Sim) AnswerSends(code int) { s.do(func() { s.faults.sendRet = code }) }

// LoseSends has the next n sends arrive while their answers are lost.
func (s *Sim) LoseSends(n int) { s.do(func() { s.faults.loseSends = n }) }

// HoldSends has the next n sends arrive and get no answer, for as long as the
// program waits.
func (s *Sim) HoldSends(n int) { s.do(func() { s.faults.holdSends = n }) }

// AnswerSync has every synccheck answered with code; 0 ends it.
func (s *Sim) AnswerSync(code int) { s.do(func() { s.faults.syncRet = code }) }

// DropSyncKey has the next n answers of webwxsync come without SyncKey.
func (s *Sim) DropSyncKey(n int) { s.do(func() { s.faults.dropKey = n }) }

// Duplicate has each of the next n messages come twice under one id.
func (s *Sim) Duplicate(n int) { s.do(func() { s.faults.duplicate = n }) }

// RefuseLogin has the login page refuse the account.
func (s *Sim) RefuseLogin(refuse bool) { s.do(func() { s.faults.refuse = refuse }) }

// Garbage has the next n answers be an HTML error page.
func (s *Sim) Garbage(n int) { s.do(func() { s.faults.garbage = n }) }

// Replay has the next login deliver the last n messages once more.
func (s *Sim) Replay(n int) { s.do(func() { s.faults.replayBack = int64(n) }) }
