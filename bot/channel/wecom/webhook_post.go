package wecom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
)

const (
	webhookTimeout = 20 * time.Second
	largestAnswer  = 64 << 10 // bytes; WeCom's are under a hundred
)

// post makes the request once. No error of it holds the address, which is the
// key to the group: net/http's own errors would.
func (w *Webhook) post(ctx context.Context, address, text string) error {
	said := obj{"content": text}
	if ids := mentions(text); len(ids) > 0 {
		said["mentioned_list"] = ids
	}
	body, err := json.Marshal(obj{"msgtype": "text", "text": said})
	if err != nil {
		return chat.ErrRejected
	}
	connected := &atomic.Bool{}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { connected.Store(true) }})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return chat.ErrNoTarget
	}
	r.GetBody = nil // made once, whatever happens
	r.Header.Set("Content-Type", "application/json")
	resp, err := w.client.Do(r)
	if err != nil && !connected.Load() {
		return chat.ErrUnreachable // nothing was written
	}
	if err != nil {
		return errNoAnswer
	}
	defer resp.Body.Close()
	return answerOf(resp)
}

// answerOf reads the answer to a push. One that makes no sense says nothing of
// the message.
func answerOf(resp *http.Response) error {
	var answer struct {
		Code *int `json:"errcode"`
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, largestAnswer))
	if err != nil {
		return errNoAnswer
	}
	if resp.StatusCode != http.StatusOK || json.Unmarshal(data, &answer) != nil || answer.Code == nil {
		return errStrange
	}
	err = meaning(*answer.Code)
	if errors.Is(err, chat.ErrRefused) { // one webhook's trouble is not the channel's
		return coded{chat.ErrNoTarget, *answer.Code}
	}
	return err
}
