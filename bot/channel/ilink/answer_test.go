package ilink

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"zujian/bot/chat"
)

func TestIDsOfMessages(t *testing.T) {
	for text, want := range map[string]string{
		`{"message_id":18446744073709551615}`:                  "18446744073709551615",
		`{"message_id":"7400000000000000001","seq":3}`:         "7400000000000000001",
		`{"message_id":0,"seq":3,"create_time_ms":5}`:          "seq-3-5",
		`{"message_id":null,"seq":"3"}`:                        "seq-3-",
		`{"from_user_id":"a","item_list":[{"type":1}]}`:        "",
		`{"from_user_id":"a","create_time_ms":1764288000000}`:  "sum-",
		`{"from_user_id":"a","create_time_ms":1764288000000} `: "sum-",
	} {
		var m message
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := m.id(); got != want && (want != "sum-" || !strings.HasPrefix(got, want)) {
			t.Errorf("%s: id %q, want %q", text, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{`7`: "7", `"7"`: "7", `"007"`: "7", `-14`: "-14", `null`: "", `""`: ""} {
		var n number
		if err := json.Unmarshal([]byte(text), &n); err != nil || string(n) != want {
			t.Errorf("%s: %q, %v", text, n, err)
		}
	}
	for _, text := range []string{`1.5`, `1e3`, `"x"`, `{}`, `[1]`, `true`, `99999999999999999999`} {
		var n number
		if json.Unmarshal([]byte(text), &n) == nil {
			t.Errorf("%s was taken as %q", text, n)
		}
	}
}

// FuzzUpdates hands whatever a far end may send to a channel.
func FuzzUpdates(f *testing.F) {
	for _, seed := range []string{`{}`, `{"ret":-14}`, `{"errcode":"-2","msgs":[null]}`,
		`{"ret":0,"get_updates_buf":"x","msgs":[{"message_id":1,"from_user_id":"a","context_token":"t","create_time_ms":1764288000000,"item_list":[{"type":1,"text_item":{"text":"好"}},{"type":3,"voice_item":{"text":"话"}}]}]}`,
		`{"msgs":[{"from_user_id":"a","group_id":"g"},{"from_user_id":"b","message_type":2},{"from_user_id":"c","delete_time_ms":5,"item_list":[{"type":"1","text_item":null}]}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var news updates
		if decode(data, &news) != nil {
			return
		}
		c, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := &session{who: kin{Bot: "b"}}
		for _, raw := range news.Messages {
			c.receive(s, raw, func(in chat.Inbound) {
				if in.Recalls != "" && in.Chat == "" {
					return
				}
				if in.Text == "" && in.Kind == "" || in.Chat == "" || in.Chat != in.Speaker || in.Proof != "ilink:"+in.Chat || in.Group || in.Own || in.Sent.After(time.Now()) {
					t.Errorf("%s: %+v", raw, in)
				}
			})
		}
		if _, err := json.Marshal(c.keeper.kept); err != nil {
			t.Error(err)
		}
	})
}
