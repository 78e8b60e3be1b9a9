package ilink

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/simulator/faults"
	simulator "zujian/bot/simulator/ilink"
)

func TestLogoutAsksForOneScan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{ManualScan: true})
		defer r.Close()
		r.sim.Scan()
		pass(time.Minute)
		r.wants(chat.WaitingScan, chat.Online)
		n := len(r.sim.Requests())
		r.sim.Logout()
		pass(20 * time.Hour)
		r.wants(chat.LoggedOut, chat.WaitingScan, chat.LoggedOut)
		if codes := r.count(n, "get_bot_qrcode"); codes > 42 || codes < 3 {
			t.Errorf("%d QR codes in 20 hours that nobody scanned", codes)
		}
		r.ch.Relogin()
		pass(time.Second)
		if report := r.ch.Report(); report.State != chat.WaitingScan || report.Scan == "" {
			t.Errorf("after Relogin: %+v", report)
		}
		r.sim.Scan()
		pass(2 * time.Minute)
		r.wants(chat.WaitingScan, chat.Online)
	})
}

func TestRefusedAccountIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.sim.Meddle("get_qrcode_status", faults.Always, faults.Reply(http.StatusOK, `{"status":"need_verifycode"}`))
		r.sim.Logout()
		pass(24 * time.Hour)
		if codes := r.count(0, "get_bot_qrcode"); codes > 6 {
			t.Errorf("%d logins tried in a day although the account is refused", codes)
		}
		r.wants(chat.Online, chat.Refused)
		if s := r.ch.Report().State; s != chat.Refused {
			t.Errorf("state %v", s)
		}
	})
}

// TestStatusesOfTheScan goes through every status that the protocol has.
func TestStatusesOfTheScan(t *testing.T) {
	for body, want := range map[string]chat.State{
		`{"status":"wait"}`:                                              chat.WaitingScan,
		`{"status":"scaned"}`:                                            chat.WaitingScan,
		`{"status":"something new"}`:                                     chat.WaitingScan,
		`{"status":"scaned_but_redirect"}`:                               chat.WaitingScan,
		`{"status":"expired"}`:                                           chat.WaitingScan,
		`{"status":"binded_redirect"}`:                                   chat.WaitingScan,
		`{"status":"verify_code_blocked"}`:                               chat.Refused,
		`{"status":"need_verifycode"}`:                                   chat.Refused,
		`{"status":"confirmed"}`:                                         chat.WaitingScan,
		`{"status":"confirmed","bot_token":"a\r\nb","ilink_bot_id":"b"}`: chat.WaitingScan,
		`{"ret":-14}`:                                                    chat.WaitingScan, // with the next code
		`{"ret":-1}`:                                                     chat.WaitingScan,
		`<html>`:                                                         chat.WaitingScan,
	} {
		synctest.Test(t, func(t *testing.T) {
			sim := simulator.Options{ManualScan: true}
			r := newRig(t, sim)
			defer r.Close()
			pass(time.Minute)
			r.sim.Meddle("get_qrcode_status", 1, faults.Reply(http.StatusOK, body))
			pass(38 * time.Second) // the poll that is under way ends, the next has the answer
			if got := r.ch.Report().State; got != want {
				t.Errorf("%s: state %s, want %s", body, got, want)
			}
			r.ch.Relogin()
			pass(5 * time.Second)
			r.sim.Scan()
			pass(2 * time.Minute)
			if got := r.ch.Report().State; got != chat.Online {
				t.Errorf("%s: state %s after a scan", body, got)
			}
		})
	}
}

// TestStrangeCodes does not draw what could play tricks on a terminal.
func TestStrangeCodes(t *testing.T) {
	for _, body := range []string{`{}`, `{"qrcode":"a"}`, `{"qrcode_img_content":"https://a"}`, `{"qrcode":"a","qrcode_img_content":"\u001b[2J"}`,
		`{"qrcode":"a","qrcode_img_content":"换行\n"}`, `{"ret":-1,"qrcode":"a","qrcode_img_content":"https://a"}`} {
		synctest.Test(t, func(t *testing.T) {
			sim := simulator.New(simulator.Options{})
			sim.Meddle("get_bot_qrcode", 1, faults.Reply(http.StatusOK, body))
			r := &rig{t: t, sim: sim}
			r.run()
			defer r.Close()
			if first := r.Reports()[0]; first.State != chat.Unreachable {
				t.Errorf("%s: %+v", body, first)
			}
			pass(time.Minute)
			r.wants(chat.Unreachable, chat.WaitingScan, chat.Online)
		})
	}
}

// TestCodeByPost is for a far end that gives QR codes only by POST.
func TestCodeByPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := simulator.New(simulator.Options{})
		sim.Meddle("get_bot_qrcode", 1, faults.Reply(http.StatusMethodNotAllowed, ""))
		r := &rig{t: t, sim: sim}
		r.run()
		defer r.Close()
		if s := r.ch.Report().State; s != chat.Online {
			t.Errorf("state %s", s)
		}
	})
}

func TestOnlyWeChatIsTrusted(t *testing.T) {
	for address, want := range map[string]bool{
		"https://ilinkai.weixin.qq.com": true, "https://hk.ilinkai.weixin.qq.com/": true, "https://ilink.wechat.com": true,
		"http://ilinkai.weixin.qq.com": false, "https://example.com": false, "https://qq.com.example.com": false, "https://evilqq.com": false,
		"https://a@ilinkai.weixin.qq.com": false, "https://ilinkai.weixin.qq.com:8443": false, "https://ilinkai.weixin.qq.com/x": false,
		"https://example.com/.qq.com": false, "": false, "https://": false, "https://127.0.0.1": false,
	} {
		if trusted(address) != want {
			t.Errorf("trusted(%q) is %v", address, !want)
		}
	}
}
