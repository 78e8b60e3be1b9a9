package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// piece writes one piece of a stream.
func piece(w io.Writer, text, finish string) {
	reason := "null"
	if finish != "" {
		reason = `"` + finish + `"`
	}
	content, _ := json.Marshal(text)
	fmt.Fprintf(w, "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":%s}]}\n\n", content, reason)
	w.(http.Flusher).Flush()
}

func good(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/event-stream")
	piece(w, "由园区", "")
	piece(w, "负责", "stop")
	io.WriteString(w, "data: [DONE]\n\n")
}

func serve(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	c := New(Options{BaseURL: s.URL + "/v1", Model: "m", Key: "k", Deadline: 600 * time.Millisecond, FirstToken: 250 * time.Millisecond, Stall: 200 * time.Millisecond,
		Spent: &inMemory{}})
	t.Cleanup(func() {
		c.Close()
		s.CloseClientConnections()
		s.Close()
	})
	return c
}

// TestFaults has an endpoint fail in every way that was met: each call ends
// with an error within its deadline.
func TestFaults(t *testing.T) {
	until := func(r *http.Request) { <-r.Context().Done() }
	for name, h := range map[string]http.HandlerFunc{
		"hang": func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); until(r) },
		"429":  func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "30"); w.WriteHeader(429) },
		"500":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"401": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(401)
			io.WriteString(w, `{"error":{"message":"no"}}`)
		},
		"html 502": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(502)
			io.WriteString(w, "<html>bad gateway</html>")
		},
		"cut": func(w http.ResponseWriter, _ *http.Request) { piece(w, "由园区", "") },
		"by length": func(w http.ResponseWriter, _ *http.Request) {
			piece(w, "由园区", "length")
			io.WriteString(w, "data: [DONE]\n\n")
		},
		"garbage":   func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "data: ???\n\n") },
		"no stream": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"error":{"message":"overloaded"}}`) },
		"empty success": func(w http.ResponseWriter, _ *http.Request) {
			piece(w, "", "stop")
			io.WriteString(w, "data: [DONE]\n\n")
		},
		"numeric id": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "data: {\"id\":7,\"choices\":[]}\n\n") },
		"10 MB": func(w http.ResponseWriter, _ *http.Request) {
			for range 10 << 10 {
				piece(w, strings.Repeat("x", 1<<10), "")
			}
		},
		"slow drip": func(w http.ResponseWriter, r *http.Request) {
			tick := time.NewTicker(50 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-r.Context().Done():
					return
				case <-tick.C:
					piece(w, "慢", "")
				}
			}
		},
		"stands still": func(w http.ResponseWriter, r *http.Request) { piece(w, "由", ""); until(r) },
	} {
		t.Run(name, func(t *testing.T) {
			c := serve(t, h)
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			text, err := c.Ask(ctx, "s", "u")
			if err == nil || text != "" {
				t.Errorf("%q, %v", text, err)
			}
			if ctx.Err() != nil {
				t.Error("the call had no end of its own")
			}
		})
	}
}

// TestModelsThatThink have them think aloud before they answer.
func TestModelsThatThink(t *testing.T) {
	for name, h := range map[string]func(http.ResponseWriter){
		"in a block": func(w http.ResponseWriter) {
			piece(w, "<think>园区？\n街道？</think>\n由园区", "")
			piece(w, "负责", "stop")
		},
		"without start": func(w http.ResponseWriter) { piece(w, "想一想</think>由园区", ""); piece(w, "负责", "stop") },
		"at great length": func(w http.ResponseWriter) {
			piece(w, "<think>", "")
			for range 40 {
				piece(w, strings.Repeat("想", 500), "")
			}
			piece(w, "</think>由园区", "")
			piece(w, "负责", "stop")
		},
		"aloud with pauses": func(w http.ResponseWriter) {
			piece(w, "<th", "")
			piece(w, "ink>想", "")
			<-time.After(300 * time.Millisecond) // longer than an answer may stand still
			piece(w, "</think>由园区", "")
			piece(w, "负责", "stop")
		},
		"as code":    func(w http.ResponseWriter) { piece(w, "由`园区`负责", "stop") },
		"emphasised": func(w http.ResponseWriter) { piece(w, "由**园区**", ""); piece(w, "__负责__", "stop") },
		"apart and long": func(w http.ResponseWriter) {
			for range 8 { // longer together than a stall may be
				io.WriteString(w, "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"想\"}}]}\n\n")
				w.(http.Flusher).Flush()
				<-time.After(40 * time.Millisecond)
			}
			good(w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) { h(w); io.WriteString(w, "data: [DONE]\n\n") })
			if got, err := c.Ask(context.Background(), "s", "u"); got != "由园区负责" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// TestFailuresThatLookLikeSuccess are told for what they are.
func TestFailuresThatLookLikeSuccess(t *testing.T) {
	page := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<html>请先登录上网</html>")
	})
	if _, err := page.Ask(context.Background(), "s", "u"); !errors.Is(err, ErrPage) {
		t.Errorf("a page: %v", err)
	}
	for body, want := range map[string]string{"<!doctype html><p>502": "web page", `{"error":{"code":"overloaded"}}`: "overloaded"} {
		unsaid := serve(t, func(w http.ResponseWriter, _ *http.Request) { // by a proxy that says another kind
			w.Header().Set("Content-Type", "application/octet-stream")
			io.WriteString(w, "\n"+body)
		})
		if _, err := unsaid.Ask(context.Background(), "s", "u"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
	refused := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"error":{"message":"key sk-123 is out of money","code":"insufficient_quota"}}`)
	})
	_, err := refused.Ask(context.Background(), "s", "u")
	if r := (*Refusal)(nil); !errors.As(err, &r) || r.Code != "insufficient_quota" || strings.Contains(err.Error(), "sk-123") {
		t.Errorf("an error with status 200: %v", err)
	}
}

// TestSpoken takes away marks and nothing of the words.
func TestSpoken(t *testing.T) {
	for text, want := range map[string]string{
		"- [QX7K] 由园区负责。\n2. **[AB3D]** 一般不超过5家。": "[QX7K] 由园区负责。\n[AB3D] 一般不超过5家。",
		"1. 由园区负责": "1. 由园区负责", "2*3=6": "2*3=6", "<think>只想不说": "", "3个<5个": "3个<5个",
	} {
		if got := spoken(text); got != want {
			t.Errorf("%q is spoken as %q, want %q", text, got, want)
		}
	}
}

func TestAsk(t *testing.T) {
	var sent atomic.Value
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent.Store(string(body) + r.Header.Get("Authorization"))
		good(w)
	})
	got, err := c.Ask(context.Background(), "规矩", "问题，电话13812345678")
	if err != nil || got != "由园区负责" {
		t.Errorf("%q %v", got, err)
	}
	if s := sent.Load().(string); strings.Contains(s, "13812345678") || !strings.HasSuffix(s, "Bearer k") {
		t.Errorf("sent %s", s)
	}
}

func TestTriesAgainOnce(t *testing.T) {
	var calls atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if calls.Add(1) == 1 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		good(w)
	})
	if got, err := c.Ask(context.Background(), "s", "u"); err != nil || got != "由园区负责" || calls.Load() != 2 {
		t.Errorf("%q %v after %d calls", got, err, calls.Load())
	}
}

func TestRestsAfterFailures(t *testing.T) {
	now := time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)
	var calls atomic.Int32
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { calls.Add(1); w.WriteHeader(http.StatusForbidden) })
	c.o.Now = func() time.Time { return now }
	for range restAfter {
		if _, err := c.Ask(context.Background(), "s", "u"); Status(err) != http.StatusForbidden {
			t.Fatal(err)
		}
	}
	if _, err := c.Ask(context.Background(), "s", "u"); !errors.Is(err, ErrResting) || calls.Load() != restAfter {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
	now = now.Add(restFor)
	if _, err := c.Ask(context.Background(), "s", "u"); Status(err) != http.StatusForbidden {
		t.Errorf("after the rest: %v", err)
	}
}

func TestLimits(t *testing.T) {
	inside, leave := make(chan bool), make(chan bool)
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		inside <- true
		<-leave
		good(w)
	})
	c.o.Daily, c.o.Deadline, c.o.FirstToken = 2, 20*time.Second, 20*time.Second
	c.http.Transport.(*patient).next.(*honest).next.(*http.Transport).ResponseHeaderTimeout = 20 * time.Second
	done := make(chan error, 2)
	for range 2 {
		go func() { _, err := c.Ask(context.Background(), "s", "u"); done <- err }()
		<-inside
	}
	if _, err := c.Ask(context.Background(), "s", "u"); !errors.Is(err, ErrBusy) {
		t.Errorf("a third call at once: %v", err)
	}
	close(leave)
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if _, err := c.Ask(context.Background(), "s", "u"); !errors.Is(err, ErrDaily) {
		t.Errorf("a third call of the day: %v", err)
	}
}

// inMemory counts the calls of one day.
type inMemory struct {
	mu   sync.Mutex
	day  string
	used int
}

func (m *inMemory) Take(day string, most, _ int) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if most < 0 {
		return true, nil
	}
	if m.day != day {
		m.day, m.used = day, 0
	}
	if m.used >= most {
		return false, nil
	}
	m.used++
	return true, nil
}
