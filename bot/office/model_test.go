package office

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"zujian/bot/llm"
)

// TestTheTrueFaultIsNamed has an endpoint be as they are met, and looks what an
// operator is told.
func TestTheTrueFaultIsNamed(t *testing.T) {
	says := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			io.WriteString(w, body)
		}
	}
	const stream = "text/event-stream"
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"a proxy that wants a login": {says(403, "text/html", "<html>请登录</html>"), "网页"},
		"a page for an answer":       {says(200, "text/html", "<html>请登录</html>"), "网页"},
		"a wrong key":                {says(401, "application/json", `{"error":{"message":"no"}}`), "密钥不对"},
		"no such model":              {says(404, "application/json", `{"error":{"message":"no"}}`), "没有这个地址或者模型"},
		"200 with an error":          {says(200, "application/json", `{"error":{"code":"insufficient_quota"}}`), "insufficient_quota"},
		"an error in the stream":     {says(200, stream, "data: {\"error\":{\"message\":\"sk-1\",\"type\":\"overloaded\"}}\n\n"), "overloaded"},
		"nothing in the stream":      {says(200, stream, "data: [DONE]\n\n"), "不完整"},
		"a proxy that fails":         {says(502, "text/html", "<html>502</html>"), "对方出错（502）"},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(c.answer)
			defer s.Close()
			if got := troubleOf(t, s.URL); !strings.Contains(got, c.want) || strings.Contains(got, "sk-1") {
				t.Errorf("told: %s", got)
			}
		})
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	for url, want := range map[string]string{gone.URL: "没有程序在听", secure.URL: "证书"} {
		if got := troubleOf(t, url); !strings.Contains(got, want) {
			t.Errorf("told: %s", got)
		}
	}
}

func troubleOf(t *testing.T, url string) string {
	t.Helper()
	m := llm.New(llm.Options{BaseURL: url + "/v1", Model: "m", Deadline: 5 * time.Second})
	defer m.Close()
	_, err := m.Ask(t.Context(), "s", "u")
	if err == nil {
		t.Fatal("no fault")
	}
	return ModelTrouble(err)
}
