package official_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/channel/official"
	"zujian/bot/chat"
	sims "zujian/bot/simulator/official"
)

const honest = "<xml><ToUserName>gh</ToUserName><FromUserName>oZhao</FromUserName><CreateTime>946684800</CreateTime><MsgType>text</MsgType><Content>归谁管</Content><MsgId>1</MsgId></xml>"

// spoil are ways in which a callback is not WeChat's, or not of now.
var spoil = map[string]func(rng *rand.Rand) *http.Request{
	"unsigned": func(*rand.Rand) *http.Request { return post("", []byte(honest)) },
	"plain mode": func(*rand.Rand) *http.Request {
		_, q := sims.Callback([]byte(honest), time.Now())
		return post(q, []byte(honest))
	},
	"another's signature": func(rng *rand.Rand) *http.Request {
		body, q := sims.Callback([]byte(honest), time.Now())
		v := values(q)
		v.Set("msg_signature", fmt.Sprintf("%040x", rng.Uint64()))
		return post(v.Encode(), body)
	},
	"a changed body": func(rng *rand.Rand) *http.Request {
		body, q := sims.Callback([]byte(honest), time.Now())
		at := bytes.Index(body, []byte("<Encrypt>")) + 9 + rng.IntN(40)
		body[at] = 'A' + (body[at]-'A'+1)%26
		return post(q, body)
	},
	"a body under the query of another": func(*rand.Rand) *http.Request {
		_, q := sims.Callback([]byte(honest), time.Now())
		body, _ := sims.Callback([]byte(strings.Replace(honest, "归谁管", "别的", 1)), time.Now())
		return post(q, body)
	},
	"old": func(rng *rand.Rand) *http.Request {
		body, q := sims.Callback([]byte(honest), time.Now().Add(-6*time.Minute-time.Duration(rng.IntN(1e6))*time.Second))
		return post(q, body)
	},
	"of the future": func(*rand.Rand) *http.Request {
		body, q := sims.Callback([]byte(honest), time.Now().Add(time.Hour))
		return post(q, body)
	},
	"an old one with a new time": func(*rand.Rand) *http.Request {
		body, q := sims.Callback([]byte(honest), time.Now().Add(-time.Hour))
		v := values(q)
		v.Set("timestamp", fmt.Sprint(time.Now().Unix()))
		return post(v.Encode(), body)
	},
	"huge": func(*rand.Rand) *http.Request {
		_, q := sims.Callback([]byte(honest), time.Now())
		return post(q, bytes.Repeat([]byte("<xml>"), 100_000))
	},
	"entities": func(*rand.Rand) *http.Request {
		_, q := sims.Callback([]byte(honest), time.Now())
		return post(q, []byte(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;&b;</Encrypt></xml>`))
	},
	"noise": func(rng *rand.Rand) *http.Request {
		noise := make([]byte, rng.IntN(4000))
		for i := range noise {
			noise[i] = byte(rng.UintN(256))
		}
		_, q := sims.Callback([]byte(honest), time.Now())
		return post(q, noise)
	},
	"another method": func(*rand.Rand) *http.Request {
		body, q := sims.Callback([]byte(honest), time.Now())
		r := post(q, body)
		r.Method = http.MethodPut
		return r
	},
	"an echo unsigned": func(rng *rand.Rand) *http.Request {
		v := url.Values{"echostr": {"给我看看"}, "timestamp": {fmt.Sprint(time.Now().Unix())}, "nonce": {"1"}, "signature": {fmt.Sprintf("%040x", rng.Uint64())}}
		return httptest.NewRequest(http.MethodGet, "/wechat/callback?"+v.Encode(), nil)
	},
}

func post(query string, body []byte) *http.Request {
	return httptest.NewRequest(http.MethodPost, "/wechat/callback?"+query, bytes.NewReader(body))
}

func values(q string) url.Values {
	v, err := url.ParseQuery(q)
	if err != nil {
		panic(err)
	}
	return v
}

// TestHostileCallbacks knocks a thousand times at each door: nothing is
// answered, and nothing comes through. The honest one among them does, once.
func TestHostileCallbacks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := sims.New(sims.Options{})
		a, err := official.New(account(sim, alone))
		if err != nil {
			t.Fatal(err)
		}
		k, err := official.NewService(service(sim, ""))
		if err != nil {
			t.Fatal(err)
		}
		r := (&rig{t: t, sim: sim, ch: a}).run()
		defer r.close()
		var names []string
		for name := range spoil {
			names = append(names, name)
		}
		rng := rand.New(rand.NewPCG(1, 2))
		for i := range 1000 {
			name := names[i%len(names)]
			for _, door := range []http.Handler{a.Handler(), k.Handler()} {
				w := httptest.NewRecorder()
				door.ServeHTTP(w, spoil[name](rng))
				if w.Code != http.StatusForbidden || w.Body.Len() > 0 {
					t.Errorf("%s: %d %q", name, w.Code, w.Body)
				}
			}
		}
		if len(r.got) > 0 {
			t.Errorf("came through: %+v", r.got)
		}
		body, q := sims.Callback([]byte(honest), time.Now())
		answers := map[int]int{}
		for range 3 { // as WeChat asks, and an hour later as a thief does
			w := httptest.NewRecorder()
			a.Handler().ServeHTTP(w, post(q, body))
			answers[w.Code]++
		}
		pass(time.Minute)
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, post(q, body))
		if len(r.got) != 1 || answers[http.StatusOK] != 3 || w.Code != http.StatusForbidden || w.Body.Len() > 0 {
			t.Errorf("%d came through, answers %v, replayed %d", len(r.got), answers, w.Code)
		}
	})
}

// TestAddressIsChecked is what the administration page does when the address is
// entered.
func TestAddressIsChecked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := official.New(account(sims.New(sims.Options{}), alone))
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/wechat/callback?"+sims.Check("8231"), nil))
		if text, err := io.ReadAll(w.Body); w.Code != http.StatusOK || err != nil || string(text) != "8231" {
			t.Errorf("%d %q %v", w.Code, text, err)
		}
	})
}

var _ chat.Channel = (*official.Account)(nil)
