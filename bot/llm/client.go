// Package llm asks a language model behind an OpenAI-compatible address. It is
// the only user of go-openai. Nothing rests on it: every call may fail, and a
// caller goes on without it.
package llm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"zujian/bot/chat"
)

// Options set up a client. BaseURL and Model must be given; durations and
// limits of 0 are the usual ones.
type Options struct {
	BaseURL    string // such as http://127.0.0.1:11434/v1
	Model      string
	EmbedModel string // empty: texts are not turned into vectors
	Key        string

	Deadline   time.Duration // for one call, retries included; 8 s
	FirstToken time.Duration // until the answer begins; 6 s
	Stall      time.Duration // between two pieces of it; 3 s
	Concurrent int           // calls at once; 2
	Daily      int           // calls a day; 2000

	Now   func() time.Time // nil: time.Now
	Spent Spending         // counts the calls of a day; nil: nothing does

	// Sent is told of every request that leaves: what for, and how many
	// characters of text it holds. Nil is not told.
	Sent func(what string, characters int)
}

// What a request is for, as Sent is told.
const (
	Chat      = "chat"
	Embedding = "embedding"
)

// Spending counts the calls of each day and the characters that leave with
// them.
type Spending interface {
	// Take counts one more call of the day unless it is over most. Most below 0
	// is no limit, and the call counts for none.
	Take(day string, most, characters int) (bool, error)
}

// What a caller tells apart; all else is the endpoint's trouble.
var (
	ErrDaily   = errors.New("今天的次数用完了")
	ErrBusy    = errors.New("正在问别的")
	ErrResting = errors.New("刚才连着失败，先歇一会儿")
	// ErrUnfinished is for an answer that is empty, too long, or has no end.
	ErrUnfinished = errors.New("llm: no whole answer came")
)

// mostOutput is how many bytes an answer may have: beyond it a model rambles.
// mostThought is how many it may have with what the model thought in it.
const (
	mostOutput  = 16 << 10
	mostThought = 1 << 20
)

// Client asks one model. It is safe for concurrent use.
type Client struct {
	o     Options
	api   *openai.Client
	http  *http.Client
	slots chan struct{}
	lanes chan struct{} // for vectors: a document must not hold a question up

	chat, embed breaker // an endpoint may have one and not the other
}

// New makes a client. It does not connect.
func New(o Options) *Client {
	o.Deadline, o.FirstToken = cmp.Or(o.Deadline, 8*time.Second), cmp.Or(o.FirstToken, 6*time.Second)
	o.Stall, o.Concurrent, o.Daily = cmp.Or(o.Stall, 3*time.Second), cmp.Or(o.Concurrent, 2), cmp.Or(o.Daily, 2000)
	if o.Now == nil {
		o.Now = time.Now
	}
	config := openai.DefaultConfig(o.Key)
	config.BaseURL = strings.TrimRight(o.BaseURL, "/")
	config.EmptyMessagesLimit = 10_000 // some endpoints keep a slow answer alive with empty lines
	c := &Client{o: o, slots: make(chan struct{}, o.Concurrent), lanes: make(chan struct{}, o.Concurrent+1)}
	c.http = &http.Client{Transport: &patient{next: &honest{&http.Transport{
		DialContext:           (&net.Dialer{Timeout: 3 * time.Second, Control: keepOut}).DialContext,
		TLSHandshakeTimeout:   4 * time.Second,
		ResponseHeaderTimeout: o.FirstToken,
		MaxIdleConnsPerHost:   o.Concurrent,
		IdleConnTimeout:       30 * time.Second,
		Proxy:                 http.ProxyFromEnvironment,
	}}}}
	config.HTTPClient = c.http
	c.api = openai.NewClientWithConfig(config)
	return c
}

// Close lets go of idle connections.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

// Ask gives the model's answer to a user's text under a system text. Numbers of
// telephones and identity cards, and names, are masked before anything leaves.
func (c *Client) Ask(ctx context.Context, system, user string) (string, error) {
	system, user = masked(system), masked(user)
	leave, err := c.enter(&c.chat, c.slots, Chat, c.o.Daily, system, user)
	if err != nil {
		return "", err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, c.o.Deadline)
	defer cancel()
	text, err := c.stream(ctx, openai.ChatCompletionRequest{Model: c.o.Model, Stream: true, Temperature: 0.01,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: system},
			{Role: openai.ChatMessageRoleUser, Content: user},
		}})
	c.chat.note(err, c.o.Now())
	return text, err
}

// masked is a text as it may leave this machine.
func masked(s string) string { return chat.MaskNames(chat.Mask(s)) }

// enter takes a place and counts the call, or says why not. Leave gives the
// place back.
func (c *Client) enter(b *breaker, slots chan struct{}, what string, most int, texts ...string) (leave func(), err error) {
	now := c.o.Now()
	if b.resting(now) {
		return nil, ErrResting
	}
	leave = func() { <-slots }
	select {
	case slots <- struct{}{}:
	default:
		return nil, ErrBusy
	}
	characters := 0
	for _, t := range texts {
		characters += utf8.RuneCountInString(t)
	}
	if c.o.Spent != nil {
		if ok, err := c.o.Spent.Take(now.Format(time.DateOnly), most, characters); err != nil || !ok {
			leave()
			return nil, errors.Join(err, ErrDaily)
		}
	}
	if c.o.Sent != nil {
		c.o.Sent(what, characters)
	}
	return leave, nil
}

// stream reads an answer piece by piece. A stream that ends without a reason,
// says nothing, or stands still is a failure: go-openai takes a cut connection
// for a clean end, and an error sent with status 200 for an empty success.
func (c *Client) stream(ctx context.Context, request openai.ChatCompletionRequest) (string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s, err := c.api.CreateChatCompletionStream(ctx, request)
	if err != nil {
		return "", fmt.Errorf("ask the model: %w", err)
	}
	defer s.Close()
	// Until the answer begins the model may be thinking, seen or unseen: only the
	// deadline ends that.
	stall := time.AfterFunc(c.o.Deadline, func() { cancel(errors.New("the answer stands still")) })
	defer stall.Stop()
	var text strings.Builder
	ended, answering := false, false
	for {
		piece, err := s.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if e := (&openai.APIError{}); errors.As(err, &e) { // in the stream of a success
			return "", refusal(e.Code, e.Type)
		}
		if err != nil {
			return "", fmt.Errorf("read the answer: %w", errors.Join(err, context.Cause(ctx)))
		}
		if len(piece.Choices) == 0 {
			continue
		}
		said := piece.Choices[0].Delta.Content
		if text.WriteString(said); text.Len() > mostThought {
			return "", fmt.Errorf("%w: too long", ErrUnfinished)
		}
		if !answering && (text.Len() < len("<reasoning>")+len(said) || strings.Contains(said, ">")) {
			answering = answers(text.String())
		}
		if answering && said != "" {
			stall.Reset(c.o.Stall)
		}
		ended = ended || piece.Choices[0].FinishReason == openai.FinishReasonStop
	}
	said := spoken(text.String())
	switch {
	case len(said) > mostOutput:
		return "", fmt.Errorf("%w: too long", ErrUnfinished)
	case !ended:
		return "", fmt.Errorf("%w: cut", ErrUnfinished)
	case said == "":
		return "", fmt.Errorf("%w: empty", ErrUnfinished)
	}
	return said, nil
}

// Status is the HTTP status that a call failed with; 0 where it was something
// else. An error page that is no JSON is a RequestError.
func Status(err error) int {
	if e := (&openai.APIError{}); errors.As(err, &e) {
		return e.HTTPStatusCode
	}
	if e := (&openai.RequestError{}); errors.As(err, &e) {
		return e.HTTPStatusCode
	}
	return 0
}

// TimedOut says whether a call failed for want of time.
func TimedOut(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}
