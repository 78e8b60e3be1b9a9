package simulator

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"

	"zujian/knowledge"
)

// ErrDown is what a connection fails with while the network is down.
var ErrDown = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("network is unreachable")}

var errReset = errors.New("read: connection reset by peer")

// RoundTrip answers a request in the process, without a socket, so that a test
// may run in simulated time. path is what the far end calls the request.
func (f *Far) RoundTrip(r *http.Request, path string, far http.Handler) (*http.Response, error) {
	if Look(f, func() bool { return f.Down }) {
		f.Note(path, "")
		return nil, ErrDown
	}
	return InProcess(r, far)
}

// InProcess gives the answer of a handler in this process to a request.
func InProcess(r *http.Request, far http.Handler) (*http.Response, error) {
	in := r.Clone(r.Context())
	in.Host = r.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	out := &recorder{header: http.Header{}}
	done := make(chan error, 1)
	go func() {
		defer func() {
			if thrown := recover(); thrown != nil {
				if thrown != http.ErrAbortHandler {
					knowledge.Caught(thrown)
				}
				done <- errReset
			}
		}()
		far.ServeHTTP(out, in)
		done <- nil
	}()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
		return out.response(r), nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// recorder keeps an answer.
type recorder struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (o *recorder) Header() http.Header         { return o.header }
func (o *recorder) Write(p []byte) (int, error) { return o.body.Write(p) }
func (o *recorder) WriteHeader(status int)      { o.status = status }

func (o *recorder) response(r *http.Request) *http.Response {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	return &http.Response{StatusCode: o.status, Status: http.StatusText(o.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: o.header, Body: io.NopCloser(&o.body), ContentLength: int64(o.body.Len()), Request: r}
}
