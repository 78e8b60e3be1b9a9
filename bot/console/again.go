package console

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// refused is an answer to a form that was refused, whatever the page itself says
// of how it went.
type refused struct{ http.ResponseWriter }

func (w refused) WriteHeader(status int) {
	if status == http.StatusOK {
		status = http.StatusUnprocessableEntity
	}
	w.ResponseWriter.WriteHeader(status)
}

// again shows the page of a form that was refused once more, with why, and with
// what was typed still in it. It gives false where there is none.
func (s *Server) again(w http.ResponseWriter, r *http.Request, who *session, err error) bool {
	var why Told
	if r.Method != http.MethodPost || !errors.As(err, &why) || r.PostForm == nil ||
		strings.Contains(r.Header.Get("Accept"), "application/json") {
		return false
	}
	who.tell(true, "%s", why)
	who.mu.Lock()
	who.typed = r.PostForm
	who.mu.Unlock()
	page := r.Clone(r.Context())
	page.Method, page.Body, page.Form, page.PostForm = http.MethodGet, http.NoBody, nil, nil
	page.URL = s.formPage(r)
	page.RequestURI = page.URL.RequestURI()
	s.mux.ServeHTTP(refused{w}, page)
	return true
}

// formPage is the page on which a form stands.
func (s *Server) formPage(r *http.Request) *url.URL {
	u := &url.URL{Path: s.back(r)}
	switch {
	case r.URL.Path == "/say":
		u.Path = "/talk"
	case strings.HasPrefix(r.URL.Path, "/start/"):
		u.Path = "/start"
	case strings.HasPrefix(r.URL.Path, "/documents/") && r.PathValue("id") != "":
		u.Path = r.URL.Path
	case r.URL.Path == "/questions" && r.PostForm.Get("question") != "":
		u.RawQuery = url.Values{"q": {r.PostForm.Get("question")}}.Encode()
	case r.URL.Path == "/settings":
		u.RawQuery = url.Values{"open": {r.PostForm.Get("group")}}.Encode()
	case r.URL.Path == "/settings/text":
		u.RawQuery = "open=text"
	}
	return u
}

// takeTyped gives what stood in a form that was refused, once.
func (x *session) takeTyped() url.Values {
	x.mu.Lock()
	defer x.mu.Unlock()
	typed := x.typed
	x.typed = nil
	return typed
}
