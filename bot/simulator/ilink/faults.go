package ilink

// faults are what goes wrong at present.
type faults struct {
	down      bool // the network
	limit     bool // sends are answered "too often"
	holdSends int  // sends that arrive and get no answer
	loseSends int  // sends that arrive while their answer is lost
	duplicate int  // messages that come twice
	replay    int  // messages that the next login delivers again
	dropBuf   int  // answers of getupdates without get_updates_buf
	refuse    bool // a scan asks for a code that nobody has
	answers   []answer
}

// answer is one that is given instead of the right one. An empty path is any.
type answer struct {
	path   string
	left   int
	status int
	body   string
}

// Answer has the next n requests of a path be answered with a status and a
// body; an empty path means any request.
func (s *Sim) Answer(path string, n, status int, body string) {
	s.do(func() { s.faults.answers = append(s.faults.answers, answer{path, n, status, body}) })
}

// Garbage has the next n answers make no sense.
func (s *Sim) Garbage(n int) { s.Answer("", n, 200, "\x00\xff{]") }

// BadGateway has the next n answers be a proxy's error page.
func (s *Sim) BadGateway(n int) {
	s.Answer("", n, 502, "<html><body><h1>502 Bad Gateway</h1></body></html>")
}

// Logout ends the session: its requests are answered with -14.
func (s *Sim) Logout() { s.do(func() { s.token, s.scanned = "", false }) }

// SetDown takes the network away or gives it back.
func (s *Sim) SetDown(down bool) { s.do(func() { s.faults.down = down }) }

// LimitSends has every send be answered "too often".
func (s *Sim) LimitSends(on bool) { s.do(func() { s.faults.limit = on }) }

// LoseSends has the next n sends arrive while their answers are lost.
func (s *Sim) LoseSends(n int) { s.do(func() { s.faults.loseSends = n }) }

// HoldSends has the next n sends arrive and get no answer, for as long as the
// program waits.
func (s *Sim) HoldSends(n int) { s.do(func() { s.faults.holdSends = n }) }

// Duplicate has each of the next n messages come twice under one id.
func (s *Sim) Duplicate(n int) { s.do(func() { s.faults.duplicate = n }) }

// Replay has the next login deliver the last n messages once more.
func (s *Sim) Replay(n int) { s.do(func() { s.faults.replay = n }) }

// DropBuf has the next n answers with messages come without get_updates_buf.
func (s *Sim) DropBuf(n int) { s.do(func() { s.faults.dropBuf = n }) }

// RefuseLogin has a scan ask for a code that the program cannot give.
func (s *Sim) RefuseLogin(refuse bool) { s.do(func() { s.faults.refuse = refuse }) }
