// Package faults is what tests have far ends do wrong.
package faults

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"zujian/bot/simulator"
)

// Always is for a meddler that stays until it is taken away.
const Always = 1 << 30

// Reply answers with a body that is not the far end's.
func Reply(status int, body string) simulator.Meddler {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// Answers that make no sense.
var (
	HTML    = Reply(http.StatusOK, "<html><body>502 Bad Gateway</body></html>")
	Garbage = Reply(http.StatusOK, "\x00\xff{]")
	Gateway = Reply(http.StatusBadGateway, "<html><body><h1>502 Bad Gateway</h1></body></html>")
)

// Without leaves fields out of the far end's answer, a JSON object.
func Without(fields ...string) simulator.Meddler {
	return func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		rec := httptest.NewRecorder()
		serve(rec, r)
		var answer map[string]json.RawMessage
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			panic(err)
		}
		for _, f := range fields {
			delete(answer, f)
		}
		json.NewEncoder(w).Encode(answer)
	}
}

// MostInASecond gives the largest number of requests within any second.
func MostInASecond(requests []simulator.Request) int {
	most := 0
	for i, from := 0, 0; i < len(requests); i++ {
		for requests[i].At.Sub(requests[from].At) >= time.Second {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}
