package wecom

import (
	"encoding/json"
	"io"
	"net/http"

	"zujian/bot/simulator"
)

// WebhookPath is where webhooks are.
const WebhookPath = "/cgi-bin/webhook/send"

// webhook is the far end of a group robot's webhook.
func (s *Sim) webhook(w http.ResponseWriter, r *http.Request) {
	var in struct {
		MsgType string `json:"msgtype"`
		Text    struct {
			Content  string   `json:"content"`
			Mentions []string `json:"mentioned_list"`
		} `json:"text"`
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	code, lost := 0, false
	if err != nil || json.Unmarshal(data, &in) != nil || in.MsgType != "text" || in.Text.Content == "" {
		code = 40008
	}
	s.Do(func() {
		if code == 0 {
			code = s.push(r.FormValue("key"), in.Text.Content, in.Text.Mentions)
		}
		lost = code == 0 && simulator.Take(&s.Lose)
	})
	simulator.Finish(r, lost, false)
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(obj{"errcode": code, "errmsg": "simulated"})
}

// push takes a text for the group whose webhook has the key.
func (s *Sim) push(key, text string, mentions []string) int {
	if s.faults.code != 0 {
		return s.faults.code
	}
	for _, g := range s.groups {
		switch {
		case g.Key == "" || g.Key != key:
			continue
		case len(text) > 2048:
			return 40058
		}
		return s.keep(Sent{Chat: g.ID, By: "webhook", Text: text, Mentions: mentions}, webhookLimits)
	}
	return 93000
}
