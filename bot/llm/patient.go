package llm

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// patient tries once more where an endpoint asks for patience, after the time
// it names, if the request's deadline leaves room for it.
type patient struct{ next http.RoundTripper }

// RoundTrip sends a request, twice at most.
func (p *patient) RoundTrip(r *http.Request) (*http.Response, error) {
	again := r.Clone(r.Context())
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		again.Body = body
	}
	resp, err := p.next.RoundTrip(r)
	if err != nil || !mayPass(resp.StatusCode) || r.GetBody == nil {
		return resp, err
	}
	wait := retryAfter(resp.Header.Get("Retry-After"))
	if until, ok := r.Context().Deadline(); ok && time.Now().Add(wait).After(until) {
		return resp, nil
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10)
	resp.Body.Close()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case <-timer.C:
	}
	return p.next.RoundTrip(again)
}

// mayPass are the failures that may be over in a moment.
func mayPass(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// retryAfter reads the header: seconds, or a date. Half a second where there is
// none.
func retryAfter(s string) time.Duration {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(s); err == nil {
		return max(0, time.Until(at))
	}
	return time.Second / 2
}
