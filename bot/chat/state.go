package chat

import "time"

// State is how a channel stands with the far end.
type State int

// The states of a channel.
const (
	Starting    State = iota // has not reached the far end yet
	WaitingScan              // a QR code waits to be scanned
	Online
	Unreachable // was online; the network or the server fails
	Limited     // told to slow down; receives, sends later
	LoggedOut   // a person has to log in again
	Refused     // the far end does not accept the account
)

var stateWords = [...]string{"正在连接", "等待扫码", "在线", "连不上", "发得太勤，暂缓", "已退出登录", "被拒绝登录"}

// String gives the state in Chinese, for a person.
func (s State) String() string {
	if s < 0 || int(s) >= len(stateWords) {
		return "不清楚"
	}
	return stateWords[s]
}

// Advice says in Chinese what the operator should do; empty means nothing.
func (s State) Advice() string {
	switch s {
	case WaitingScan:
		return "请用微信扫二维码，并在手机上确认。"
	case Unreachable:
		return "请看看这台机器的网络。网络好了会自己接上。"
	case Limited:
		return "不用处理，过一会儿会接着发。经常这样的话，请少拉几个群。"
	case LoggedOut:
		return "请重新登录，微信是重新扫码。没发出的话会在登录后接着发。"
	case Refused:
		return "微信请在手机上看这个号是不是被限制了，企业微信请核对机器人的密钥。没有问题的话，过几个小时再登录；不要反复试。"
	}
	return ""
}

// Down reports whether an operator has to hear of the state through another
// channel.
func (s State) Down() bool { return s == Unreachable || s == LoggedOut || s == Refused }

// Report is the present state of a channel.
type Report struct {
	State State
	Since time.Time
	Cause string // the far end's code or the kind of failure; no personal data
	Scan  string // text of the QR code while State is WaitingScan
	// Do says in Chinese what the operator should do where the channel knows
	// better than State.Advice; empty: it does not.
	Do string
}

// Advice says in Chinese what the operator should do; empty means nothing.
func (r Report) Advice() string {
	if r.Do != "" {
		return r.Do
	}
	return r.State.Advice()
}
