package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// endpoint is a language model's address that behaves in some way.
func endpoint(t *testing.T, h http.HandlerFunc) (dir string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	dir = t.TempDir()
	t.Setenv("ZUJIAN_DATA", dir)
	write(t, filepath.Join(dir, "zujian.toml"), fmt.Sprintf("[llm]\nbase_url = %q\nmodel = \"m\"\nseconds = 1\n", s.URL+"/v1"))
	return dir
}

var markedSentence = regexp.MustCompile(`\[([A-Z0-9]{4})\] ([^\\]*)`)

// says answers with what makes of the first marked sentence.
func says(of func(token, sentence string) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		text := "好"
		var request struct {
			Messages []struct{ Content string }
		}
		if json.Unmarshal(body, &request) == nil && len(request.Messages) == 2 {
			if m := markedSentence.FindStringSubmatch(request.Messages[1].Content); m != nil {
				line, _, _ := strings.Cut(m[2], "\n")
				text = of(m[1], line)
			}
		}
		content, _ := json.Marshal(text)
		fmt.Fprintf(w,
			"data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", content)
	}
}

const parkQuestion = "园区里的企业由谁指导组建妇联"

func TestModelWordsAnAnswer(t *testing.T) {
	endpoint(t, says(func(token, s string) string { return "[" + token + "] 讲话要求：" + s }))
	got := did(t, exitDone, "", "ask", parkQuestion)
	if !strings.HasPrefix(got, "讲话要求：园区内的两新组织") || !strings.Contains(got, "（讲话第3点第2句）") {
		t.Error(got)
	}
	if got := did(t, exitDone, "", "doctor"); !strings.Contains(got, "正常　语言模型：m 能答") {
		t.Error(got)
	}
	cases := filepath.Join(t.TempDir(), "c.jsonl")
	write(t, cases, `{"id":"1","turns":["`+parkQuestion+`"],"expect":"answer","evidence":["园区内的两新组织,由园区负责指导和推动两新组织组建妇联。"]}`+"\n")
	if got := did(t, exitDone, "", "eval", "--llm", cases); !strings.Contains(got, "1 道里有 1 道由它换了说法，依据或者结论不同的 0 道") {
		t.Error(got)
	}
}

// TestModelThatLiesHangsOrFails leaves the answer as it is without one.
func TestModelThatLiesHangsOrFails(t *testing.T) {
	t.Setenv("ZUJIAN_DATA", t.TempDir())
	alone := did(t, exitDone, "", "ask", parkQuestion)
	for name, h := range map[string]http.HandlerFunc{
		"lies":  says(func(token, _ string) string { return "[" + token + "] 园区内的两新组织由乡镇负责。" }),
		"hangs": func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); <-r.Context().Done() },
		"fails": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
	} {
		endpoint(t, h)
		if got := did(t, exitDone, "", "ask", parkQuestion); got != alone {
			t.Errorf("%s: %s", name, got)
		}
	}
	endpoint(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }) // whichever of them came last
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "要处理　语言模型") {
		t.Error(got)
	}
}

// TestModelIsAskedSoOftenADay holds over starts.
func TestModelIsAskedSoOftenADay(t *testing.T) {
	var calls atomic.Int32
	answer := says(func(token, s string) string { return "[" + token + "] " + s })
	dir := endpoint(t, func(w http.ResponseWriter, r *http.Request) { calls.Add(1); answer(w, r) })
	config := filepath.Join(dir, "zujian.toml")
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, config, string(data)+"daily = 2\n")
	for range 3 {
		did(t, exitDone, "", "ask", parkQuestion)
	}
	if calls.Load() != 2 {
		t.Errorf("asked %d times", calls.Load())
	}
}
