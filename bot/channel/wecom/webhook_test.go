package wecom_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wecom"
)

func newWebhook(t *testing.T, sim *simulator.Sim, log *bytes.Buffer, groups map[string]string) *wecom.Webhook {
	t.Helper()
	for name, key := range groups {
		groups[name] = "http://localhost" + simulator.WebhookPath + "?key=" + key
	}
	w, err := wecom.NewWebhook(wecom.WebhookOptions{Dial: sim.Dial, Groups: groups, Log: slog.New(slog.NewJSONHandler(&locked{to: log}, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWebhookPushes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim, log := newSim(t), &bytes.Buffer{}
		w := newWebhook(t, sim, log, map[string]string{name: "key-one", "西河镇网格员群": "key-two", "没了的群": "no-such-key"})
		send := func(chatName, text string) error {
			_, err := w.Send(context.Background(), chat.Target{Chat: chatName, Group: true}, text)
			return err
		}
		const words = "请各村本月25日前报进度，*原样*"
		if err := send(name, words); err != nil || sim.Sent()[0].Chat != group || sim.Sent()[0].Text != words {
			t.Errorf("%v, %+v", err, sim.Sent())
		}
		if err := send(name, "@所有人 交表"); err != nil || !slices.Equal(sim.Sent()[1].Mentions, []string{"@all"}) {
			t.Errorf("%v, %+v", err, sim.Sent())
		}
		for what, target := range map[string]string{"not configured": "北河群", "removed": "没了的群"} {
			if err := send(target, words); !errors.Is(err, chat.ErrNoTarget) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := w.Send(t.Context(), chat.Target{Chat: name}, words); !errors.Is(err, chat.ErrNoTarget) {
			t.Errorf("direct: %v", err)
		}
		if w.Report().State == chat.Refused {
			t.Error("one group's trouble became that of all")
		}
		sim.AnswerSends(40001)
		if err := send(name, words); !errors.Is(err, chat.ErrNoTarget) {
			t.Errorf("40001: %v", err)
		}
		sim.AnswerSends(0)
		sim.LoseSends(1)
		if err := send(name, words); err == nil || chat.NotSent(err) {
			t.Errorf("an answer that was lost is said to be certain: %v", err)
		}
		sim.SetDown(true)
		if err := send(name, words); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("no network: %v", err)
		}
		for _, secret := range []string{"key-one", "no-such-key", words, "http://"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("%q is in the log\n%s", secret, log)
			}
		}
	})
}

func TestWebhookLimitsAreOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := newSim(t)
		w := newWebhook(t, sim, &bytes.Buffer{}, map[string]string{name: "key-one", "西河镇网格员群": "key-two"})
		for n := range 20 {
			if _, err := w.Send(t.Context(), aGroup(), "提醒"); err != nil {
				t.Fatalf("message %d: %v", n, err)
			}
		}
		_, err := w.Send(t.Context(), aGroup(), "提醒")
		if own := (chat.TooOften{}); !errors.As(err, &own) || own.After <= 0 || own.After > time.Minute {
			t.Errorf("the 21st: %v", err)
		}
		if _, err := w.Send(t.Context(), chat.Target{Chat: "西河镇网格员群", Group: true}, "提醒"); err != nil {
			t.Errorf("the other group: %v", err)
		}
		pass(time.Minute)
		if _, err := w.Send(t.Context(), aGroup(), "提醒"); err != nil || sim.Over() > 0 {
			t.Errorf("after a minute: %v, %d beyond the limit", err, sim.Over())
		}
	})
}

func TestWebhookCutsLongTexts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := newSim(t)
		w := newWebhook(t, sim, &bytes.Buffer{}, map[string]string{name: "key-one"})
		text := strings.Repeat("请各村本月25日前报进度😀。", 200)
		if _, err := w.Send(t.Context(), aGroup(), text); err != nil {
			t.Fatal(err)
		}
		var whole strings.Builder
		for _, s := range sim.Sent() {
			if len(s.Text) > 2048 || !utf8.ValidString(s.Text) {
				t.Errorf("a part of %d bytes", len(s.Text))
			}
			_, rest, _ := strings.Cut(s.Text, "）")
			whole.WriteString(rest)
		}
		if whole.String() != text || len(sim.Sent()) < 2 {
			t.Errorf("%d parts are not the whole", len(sim.Sent()))
		}
	})
}

// TestWebhookStrangeAnswers meets servers that are not WeCom's.
func TestWebhookStrangeAnswers(t *testing.T) {
	for what, answer := range map[string]http.HandlerFunc{
		"a page":   func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>502</html>")) },
		"an error": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, `{"errcode":0}`, http.StatusBadGateway) },
		"no code":  func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"errmsg":"ok"}`)) },
		"endless":  func(w http.ResponseWriter, _ *http.Request) { w.Write(bytes.Repeat([]byte("x"), 1<<20)) },
		"sent on": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.com/", http.StatusTemporaryRedirect)
		},
		"cut in the body": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			w.Write([]byte(`{"errcode":0}`))
		},
	} {
		server := httptest.NewServer(answer)
		w, err := wecom.NewWebhook(wecom.WebhookOptions{Groups: map[string]string{name: server.URL + "/?key=geheim"}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Send(t.Context(), aGroup(), "提醒")
		if err == nil || chat.NotSent(err) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", what, err)
		}
		server.Close()
	}
}

func TestWebhookAddresses(t *testing.T) {
	for _, address := range []string{"", "geheim", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?geheim", "https:///?key=geheim", "ftp://geheim\x7f"} {
		_, err := wecom.NewWebhook(wecom.WebhookOptions{Groups: map[string]string{name: address}})
		if err == nil || strings.Contains(err.Error(), "geheim") || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := wecom.NewWebhook(wecom.WebhookOptions{Groups: map[string]string{name: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"}}); err != nil {
		t.Error(err)
	}
}
