package wecom_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
)

func TestHostileFramesEndNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		for _, frame := range hostile {
			pass(2 * time.Minute) // each is the first trouble of a good connection
			r.sim.Raw([]byte(frame))
			pass(5 * time.Second)
			r.sim.Say(group, "li", "@组建助手 还在吗")
			if got := r.Received(); len(got) != 1 || got[0].Text != "还在吗" {
				t.Errorf("after %.40q: %+v", frame, got)
			}
			if err := r.send(aGroup(), "在"); err != nil {
				t.Errorf("after %.40q: %v", frame, err)
			}
		}
		r.wants(chat.Online)
	})
}

// hostile are frames that nobody should send.
var hostile = []string{
	"", "null", "[]", "{}", "7", `"x"`, "{", "\xff\xfe", strings.Repeat("[", 100_000),
	`{"cmd":"rm -rf","headers":{"req_id":"x"},"body":{}}`,
	`{"cmd":7}`, `{"cmd":"aibot_msg_callback"}`, `{"cmd":"aibot_msg_callback","body":null}`,
	`{"cmd":"aibot_msg_callback","headers":{},"body":{"chattype":"single"}}`,
	`{"cmd":"aibot_msg_callback","headers":null,"body":{"chattype":"group","from":{"userid":"x"},"msgtype":"text"}}`,
	`{"cmd":"aibot_msg_callback","headers":{"req_id":7},"body":[1,2]}`,
	`{"cmd":"aibot_event_callback","body":{"event":7}}`,
	`{"cmd":"aibot_event_callback","body":{"event":{"eventtype":"enter_chat"}}}`,
	`{"errcode":0}`, `{"headers":{"req_id":"never asked"},"errcode":-7}`, `{"errcode":"0"}`, `{"errcode":99999999999999999999}`,
	strings.Repeat("x", 30<<20), `{"cmd":"aibot_msg_callback","body":"` + strings.Repeat("x", 30<<20) + `"}`,
}

// TestSecretsStayOut has everything go wrong and looks at what was logged and
// said.
func TestSecretsStayOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const secret, words = "very-secret-secret", "东河镇有三十家"
		sim := newSim(t)
		r := newRig(t, sim, func(o *wecom.Options) { o.Secret = secret })
		pass(time.Minute)
		r.Close()
		right := newRig(t, sim, nil)
		var errs []error
		to := func() error { return right.send(aGroup(), words) }
		sim.Say(group, "li", "@组建助手 "+words)
		for _, code := range []int{45009, 40008, 81013, 846609} {
			sim.AnswerSends(code)
			errs = append(errs, to())
			pass(time.Minute)
		}
		sim.LoseSends(1)
		sim.AnswerSends(0)
		errs = append(errs, to())
		sim.SetDown(true)
		errs = append(errs, to())
		pass(time.Hour)
		right.Close()
		logs := r.log.String() + right.log.String() + errors.Join(errs...).Error()
		for _, s := range []string{secret, "simsecret", words, "simbot", "\"li\""} {
			if strings.Contains(logs, s) {
				t.Errorf("%q is in\n%s", s, logs)
			}
		}
		if !bytes.Contains([]byte(logs), []byte("channel state")) {
			t.Error("nothing was logged at all")
		}
	})
}
