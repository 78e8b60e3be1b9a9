package llm

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

func TestEmbed(t *testing.T) {
	var body atomic.Value
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		body.Store(string(b))
		io.WriteString(w, `{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0]}]}`)
	})
	if _, err := c.Embed(t.Context(), []string{"a"}); !errors.Is(err, ErrNoEmbedding) {
		t.Error(err)
	}
	c.o.EmbedModel = "e"
	sent := 0
	c.o.Sent = func(what string, n int) {
		if what == Embedding {
			sent += n
		}
	}
	got, err := c.Embed(t.Context(), []string{"园区", "电话13812345678，找王小红书记"})
	if err != nil || len(got) != 2 || got[0][0] != 1 || got[1][1] != 1 {
		t.Errorf("%v %v", got, err)
	}
	if s := body.Load().(string); strings.Contains(s, "138") || strings.Contains(s, "王小红") || !strings.Contains(s, `"e"`) {
		t.Errorf("sent %s", s)
	}
	if sent == 0 {
		t.Error("nobody was told")
	}
	if _, err := c.Embed(t.Context(), nil); err == nil {
		t.Error("no texts were taken")
	}
}

// TestEmbedFaults has replies that are no vectors for the texts; none is taken,
// and the chat goes on.
func TestEmbedFaults(t *testing.T) {
	for name, reply := range map[string]string{
		"too few":      `{"data":[{"index":0,"embedding":[1]}]}`,
		"twice":        `{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`,
		"out of range": `{"data":[{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}]}`,
		"two lengths":  `{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}`,
		"empty":        `{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`,
		"garbage":      `{{{`,
		"error":        `{"error":{"message":"no"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/chat/completions") {
					good(w)
					return
				}
				io.WriteString(w, reply)
			})
			c.o.EmbedModel = "e"
			for range restAfter {
				if got, err := c.Embed(context.Background(), []string{"甲", "乙"}); err == nil {
					t.Errorf("%v", got)
				}
			}
			if _, err := c.Embed(context.Background(), []string{"甲", "乙"}); !errors.Is(err, ErrResting) {
				t.Error(err)
			}
			if _, err := c.Ask(context.Background(), "s", "u"); err != nil {
				t.Error(err)
			}
		})
	}
}
