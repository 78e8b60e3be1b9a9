package llm

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
)

// ErrPage is for a web page where an answer should be: of a proxy, of a portal
// that wants a login, or of a wrong address.
var ErrPage = errors.New("llm: a web page came instead of an answer")

// Refusal is an error that came with the status of a success.
type Refusal struct{ Code string } // as the endpoint names it, never its words

func (r *Refusal) Error() string { return "llm: refused with status 200: " + r.Code }

// honest tells a failure that comes as a success for what it is.
type honest struct{ next http.RoundTripper }

// RoundTrip sends a request and looks at what kind of answer comes.
func (h *honest) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := h.next.RoundTrip(r)
	if err != nil {
		return resp, err
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if denied := resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden; denied && kind == "text/html" {
		resp.Body.Close()
		return nil, ErrPage // of a proxy: an endpoint says so in JSON
	}
	if resp.StatusCode != http.StatusOK {
		return resp, nil
	}
	wantsStream := strings.Contains(r.Header.Get("Accept"), "event-stream")
	begins := byte(0) // of a body whose kind is not said, or is said wrongly
	if wantsStream && kind != "text/event-stream" {
		begins, resp.Body = peek(resp.Body)
	}
	switch {
	case kind == "text/html", begins == '<':
		resp.Body.Close()
		return nil, ErrPage
	case wantsStream && (kind == "application/json" || begins == '{'):
		defer resp.Body.Close()
		return nil, refusalIn(resp.Body)
	}
	return resp, nil
}

// peek gives the first sign of a body that is no blank, and the body whole; 0
// where there is none.
func peek(body io.ReadCloser) (byte, io.ReadCloser) {
	buffered := bufio.NewReader(body)
	whole := struct {
		io.Reader
		io.Closer
	}{buffered, body}
	for n := 1; n <= 64; n++ {
		got, err := buffered.Peek(n)
		if err != nil {
			return 0, whole
		}
		if c := got[n-1]; c > ' ' && c < 0x80 {
			return c, whole
		}
	}
	return 0, whole
}

var codeWord = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,40}$`)

// refusalIn reads the code of an error; only a plain word of it is passed on.
func refusalIn(body io.Reader) error {
	var answer struct {
		Error struct {
			Code any    `json:"code"`
			Type string `json:"type"`
		} `json:"error"`
	}
	_ = json.NewDecoder(io.LimitReader(body, 64<<10)).Decode(&answer) // what cannot be read has no code
	return refusal(answer.Error.Code, answer.Error.Type)
}

// refusal gives the first code that is one.
func refusal(codes ...any) error {
	for _, c := range codes {
		if code, ok := c.(string); ok && codeWord.MatchString(code) {
			return &Refusal{code}
		}
	}
	return &Refusal{"unknown"}
}

var (
	thought    = regexp.MustCompile(`(?s)<(think|thinking|reasoning)>.*?</(?:think|thinking|reasoning)>`)
	thoughtEnd = regexp.MustCompile(`(?s)^.*</(?:think|thinking|reasoning)>`)
	unended    = regexp.MustCompile(`(?s)<(?:think|thinking|reasoning)>.*$`)
	fence      = regexp.MustCompile("(?m)^```[a-z]*\\s*$")
	item       = regexp.MustCompile(`(?m)^[ \t]*(?:[-*+•]|#{1,6}|\d{1,2}[.、)])[ \t]*(\[)`) // a mark of a list before a token
	emphasis   = regexp.MustCompile("(\\*{1,3}|_{2,3}|~~|`)([^*_~`\n]+)(\\*{1,3}|_{2,3}|~~|`)")
)

// thinks begins what a model thinks aloud.
var thinks = regexp.MustCompile(`^\s*<(?:think|thinking|reasoning)>`)

// answers reports whether a text that is still coming has got past what the
// model thinks aloud, and has anything behind it.
func answers(text string) bool {
	for _, mark := range []string{"<think>", "<thinking>", "<reasoning>"} {
		if strings.HasPrefix(mark, strings.TrimSpace(text)) {
			return false // it may still become one
		}
	}
	return !thinks.MatchString(text) || thoughtEnd.MatchString(text)
}

// spoken is what a model says, without what it thought before and the marks
// that it sets words off with.
func spoken(text string) string {
	text = thought.ReplaceAllString(text, "")
	text = thoughtEnd.ReplaceAllString(text, "") // some templates leave the beginning out
	text = unended.ReplaceAllString(text, "")
	text = emphasis.ReplaceAllString(fence.ReplaceAllString(text, ""), "$2")
	return strings.TrimSpace(item.ReplaceAllString(text, "$1"))
}
