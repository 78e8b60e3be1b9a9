package llm

import (
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
	if err != nil || resp.StatusCode != http.StatusOK {
		return resp, err
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case kind == "text/html":
		resp.Body.Close()
		return nil, ErrPage
	case kind == "application/json" && strings.Contains(r.Header.Get("Accept"), "event-stream"):
		defer resp.Body.Close()
		return nil, refusalIn(resp.Body)
	}
	return resp, nil
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
	for _, c := range []any{answer.Error.Code, answer.Error.Type} {
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
	emphasis   = regexp.MustCompile(`(\*{1,3}|_{2,3}|~~)([^*_~\n]+)(\*{1,3}|_{2,3}|~~)`)
)

// spoken is what a model says, without what it thought before and the marks
// that it sets words off with.
func spoken(text string) string {
	text = thought.ReplaceAllString(text, "")
	text = thoughtEnd.ReplaceAllString(text, "") // some templates leave the beginning out
	text = unended.ReplaceAllString(text, "")
	text = fence.ReplaceAllString(text, "")
	return strings.TrimSpace(emphasis.ReplaceAllString(text, "$2"))
}
