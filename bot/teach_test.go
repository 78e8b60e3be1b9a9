package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// replies answers every request with what is made of its system and user text.
func replies(of func(system, user string) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var request struct {
			Messages []struct{ Content string }
		}
		text := "好"
		if json.Unmarshal(body, &request) == nil && len(request.Messages) == 2 {
			text = of(request.Messages[0].Content, request.Messages[1].Content)
		}
		content, _ := json.Marshal(text)
		fmt.Fprintf(w,
			"data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", content)
	}
}

// TestModelDraftsForAnOperator has a model draft, and nothing change before it
// is accepted.
func TestModelDraftsForAnOperator(t *testing.T) {
	dir := endpoint(t, replies(func(system, user string) string {
		var out []string
		for line := range strings.Lines(user) {
			m := markedSentence.FindStringSubmatch(line)
			if m != nil && strings.Contains(m[2], "园区负责指导和推动") && strings.Contains(system, "写短答") {
				return "[" + m[1] + "]｜由园区负责指导和推动。｜圈圈地里头推动的活归谁\n[" + m[1] + "]｜由3个园区负责指导和推动。｜圈圈地里头有几家来推动"
			}
			if m != nil && strings.Contains(m[2], "园区负责指导和推动") {
				out = append(out, "["+m[1]+"] 那个圈圈地里谁说了算", "["+m[1]+"] 打13812345678问谁")
			}
		}
		return strings.Join(append(out, "无"), "\n")
	}))
	alone := did(t, exitDone, "", "ask", "--json", "那个圈圈地里谁说了算")
	file := filepath.Join(t.TempDir(), "d.yaml")
	if got := did(t, exitDone, "", "knowledge", "draft", "speech", "-o", file); !strings.Contains(got, "问法 1 种") || !strings.Contains(got, "短答 1 条") {
		t.Error(got)
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), "那个圈圈地里谁说了算") || strings.Contains(string(data), "138") {
		t.Errorf("%s %v", data, err)
	}
	if got := did(t, exitDone, "", "ask", "--json", "那个圈圈地里谁说了算"); status(t, got) != status(t, alone) {
		t.Errorf("a draft is used before it is accepted: %s", got)
	}
	did(t, exitDone, "", "knowledge", "accept", file)
	if got := did(t, exitDone, "", "ask", "--json", "那个圈圈地里谁说了算"); status(t, got) != "answered" {
		t.Error(got)
	}
	if got := did(t, exitDone, "", "ask", "--json", "圈圈地里头推动的活归谁"); !strings.Contains(got, `"lead":"由园区负责指导和推动。"`) {
		t.Error(got)
	}
	log, err := os.ReadFile(filepath.Join(dir, "llm.json"))
	if err != nil || strings.Contains(string(log), "园区") || !strings.Contains(string(log), "characters") {
		t.Errorf("%s %v", log, err)
	}
}

func status(t *testing.T, out string) string {
	t.Helper()
	var a struct{ Status string }
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err, out)
	}
	return a.Status
}

// TestModelHearsADescription is asked back and does not count; a name that is
// typed does not leave.
func TestModelHearsADescription(t *testing.T) {
	const description = "东河市宏达电子有限公司，在开发区，联系人是王小红，红色堡垒还没立起来"
	t.Setenv("ZUJIAN_DATA", t.TempDir())
	alone := did(t, exitDone, "", "lead", "--json", description)
	left := ""
	endpoint(t, replies(func(_, user string) string {
		left += user
		return `{"party_org": {"value": "no", "words": "红色堡垒还没立起来"}}`
	}))
	got := did(t, exitDone, "", "lead", "--json", description)
	if !strings.Contains(got, `"heard":[{"fact":"party_org","value":"no"`) || !strings.HasPrefix(got, alone[:len(alone)-2]) {
		t.Errorf("%s\n%s", got, alone)
	}
	if got := did(t, exitDone, "对\n", "lead", description); !strings.Contains(got, "我理解还像是：") || !strings.Contains(got, "听您的话像是") {
		t.Error(got)
	}
	if strings.Contains(left, "宏达") || strings.Contains(left, "王小红") || !strings.Contains(left, "有限公司") {
		t.Errorf("left: %s", left)
	}
}
