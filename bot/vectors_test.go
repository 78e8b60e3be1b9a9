package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// embeds makes vectors of the pairs of characters of a text, and leaves the rest
// to another handler. It counts the texts.
func embeds(texts *atomic.Int32, rest http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/embeddings") {
			rest(w, r)
			return
		}
		var in struct{ Input []string }
		body, _ := io.ReadAll(r.Body)
		if json.Unmarshal(body, &in) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		type one struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		}
		var out []one
		for i, t := range in.Input {
			texts.Add(1)
			x, r := make([]float32, 64), []rune(t)
			for k := range r {
				h := fnv.New32a()
				io.WriteString(h, string(r[k:min(k+2, len(r))]))
				x[h.Sum32()%64]++
			}
			out = append(out, one{i, x})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": out})
	}
}

func withVectors(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	dir := endpoint(t, h)
	config := filepath.Join(dir, "zujian.toml")
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, config, string(data)+"embed_model = \"e\"\n")
	return dir
}

// TestVectorsFromTheEndpoint makes them once, uses them, and says what the
// endpoint can do.
func TestVectorsFromTheEndpoint(t *testing.T) {
	var texts atomic.Int32
	dir := withVectors(t, embeds(&texts, says(func(token, s string) string { return "[" + token + "] " + s })))
	if got := did(t, exitDone, "", "doctor"); !strings.Contains(got, "正常　向量：e 能算，64 维") || !strings.Contains(got, "算好了 0 句；没算的") ||
		!strings.Contains(got, "一共送出") {
		t.Error(got)
	}
	if got := did(t, exitDone, "", "knowledge", "vectors"); !strings.Contains(got, "算好了，一共") {
		t.Error(got)
	}
	made := texts.Load()
	did(t, exitDone, "", "knowledge", "vectors")
	if texts.Load() != made {
		t.Errorf("%d texts were asked for again", texts.Load()-made)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "index", "vectors-*")); len(left) != 1 {
		t.Errorf("files: %v", left)
	}
	set := t.TempDir()
	var passages, queries strings.Builder
	for i, s := range []string{"园区内的两新组织由园区负责", "律师事务所由行业综合党委指导", "联合组建一般不超过五家"} {
		fmt.Fprintf(&passages, "{\"id\":%d,\"text\":%q}\n", i, s)
	}
	fmt.Fprintf(&queries, "{\"q\":\"律师事务所谁指导\",\"gold\":[[1]]}\n")
	write(t, filepath.Join(set, "p.jsonl"), passages.String())
	write(t, filepath.Join(set, "q.jsonl"), queries.String())
	cases := filepath.Join(set, "c.jsonl")
	write(t, cases, `{"id":"1","turns":["`+parkQuestion+`"],"expect":"answer","evidence":["园区内的两新组织,由园区负责指导和推动两新组织组建妇联。"]}`+"\n")
	got := did(t, exitDone, "", "eval", "--llm", "--passages", filepath.Join(set, "p.jsonl"), "--queries", filepath.Join(set,
		"q.jsonl"), cases)
	for _, want := range []string{"/向量，1 问：hit@1 1.000", "/字词加向量，1 问：hit@1 1.000", "依据或者结论不同的 0 道", "不接模型 1 道：第一条对 1.000"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	log, _ := os.ReadFile(filepath.Join(dir, "zujian.log"))
	if strings.Contains(string(log), "园区") {
		t.Error("the log holds words")
	}
}

// TestVectorsThatFail leaves answers as they are by words, and says what to do.
func TestVectorsThatFail(t *testing.T) {
	t.Setenv("ZUJIAN_DATA", t.TempDir())
	const question = "单独组建要多少名女职工"
	alone := did(t, exitDone, "", "ask", question)
	withVectors(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	if got := did(t, exitDone, "", "ask", question); got != alone {
		t.Errorf("%s\n%s", got, alone)
	}
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "要处理　向量：e 没有算出来：没有这个地址或者模型") {
		t.Error(got)
	}
	if got := did(t, exitFailed, "", "knowledge", "vectors"); !strings.Contains(got, "下次接着算") {
		t.Error(got)
	}
}
