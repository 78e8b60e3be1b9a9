package console

import (
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestOtherNamesAreRefused opens the page to others and has requests come under
// all kinds of names.
func TestOtherNamesAreRefused(t *testing.T) {
	dir := t.TempDir()
	s, err := Listen(Options{Address: "127.0.0.1:0", Password: "正确的口令足够长了吧一二", Names: []string{"zujian.lan"},
		TLS: Certificate{File: dir + "/c/cert.pem", Key: dir + "/c/key.pem", Make: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.local = false // as where others reach it
	for host, want := range map[string]int{"10.1.2.3:8791": http.StatusOK, "zujian.lan": http.StatusOK, "ZUJIAN.lan:8791": http.StatusOK,
		"localhost": http.StatusOK, "evil.example": http.StatusForbidden, "zujian.lan.evil.example": http.StatusForbidden} {
		r := httptest.NewRequest(http.MethodGet, "https://"+host+"/enter", nil)
		w := httptest.NewRecorder()
		s.handler().ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", host, w.Code, want)
		}
	}
	here, err := Listen(Options{Address: "127.0.0.1:0", Names: []string{"zujian.lan"}})
	if err != nil {
		t.Fatal(err)
	}
	defer here.Close()
	for host, want := range map[string]int{"zujian.lan": http.StatusOK, "127.0.0.1:8791": http.StatusOK,
		"10.1.2.3:8791": http.StatusForbidden, "evil.example": http.StatusForbidden} {
		w := httptest.NewRecorder()
		here.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://"+host+"/enter", nil))
		if w.Code != want {
			t.Errorf("on this machine's own address, %s: %d, want %d", host, w.Code, want)
		}
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	defer client.CloseIdleConnections()
	resp, err := client.Get(s.URL() + "enter")
	if err != nil {
		t.Fatalf("the address that is shown does not work: %v", err)
	}
	resp.Body.Close()
	if seen := resp.TLS.PeerCertificates[0].Raw; resp.StatusCode != http.StatusOK || fmt.Sprintf("% X", sha256.Sum256(seen)) != s.Fingerprint() {
		t.Errorf("%d, fingerprint %s", resp.StatusCode, s.Fingerprint())
	}
}

// TestGuessesAreCountedBeforeTheyAreCompared has 5,000 guesses come at once, and
// the right one after them. The log has where they came from, and none of them.
func TestGuessesAreCountedBeforeTheyAreCompared(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var log strings.Builder
	s, err := Listen(Options{Address: "127.0.0.1:0", Password: "正确的口令足够长了吧一二", Now: func() time.Time { return now }, Log: slog.New(slog.NewJSONHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	handler := s.handler()
	try := func(from, key string) int {
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/enter", strings.NewReader(url.Values{"key": {key}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		io.Copy(io.Discard, w.Body)
		return w.Code
	}
	var looked atomic.Int64
	var all sync.WaitGroup
	for i := range 5000 {
		all.Go(func() {
			if try("203.0.113.7:1", fmt.Sprint("猜", i)) == http.StatusForbidden {
				looked.Add(1)
			}
		})
	}
	all.Wait()
	if n := looked.Load(); n != freeTries {
		t.Errorf("%d of 5000 guesses were compared, want %d", n, freeTries)
	}
	right := s.opts.Password
	if s := log.String(); !strings.Contains(s, "203.0.113.7") || strings.Contains(s, "猜") {
		t.Errorf("the log has %.300s", s)
	}
	if code := try("203.0.113.7:2", right); code != http.StatusTooManyRequests {
		t.Errorf("the right one after too many wrong ones: %d", code)
	}
	if code := try("[2001:db8::1]:3", right); code != http.StatusSeeOther {
		t.Errorf("from elsewhere: %d", code)
	}
	for range 2 * freeTries { // from many addresses of one network
		try("[2001:db8:0:1::"+fmt.Sprint(looked.Add(1))+"]:3", "错的口令错的口令错的口令")
	}
	if code := try("[2001:db8:0:1::ffff]:3", right); code != http.StatusTooManyRequests {
		t.Errorf("from the same network: %d", code)
	}
	now = now.Add(firstPause + time.Second)
	if code := try("203.0.113.7:3", right); code != http.StatusSeeOther {
		t.Errorf("after the pause: %d", code)
	}
	for i := range 100 {
		try(fmt.Sprintf("198.51.100.%d:1", i), "错的口令错的口令错的口令")
	}
	if code := try("192.0.2.1:1", right); code != http.StatusTooManyRequests {
		t.Errorf("from everywhere at once: %d", code)
	}
}
