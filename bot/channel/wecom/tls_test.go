package wecom

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wecom"
)

// TestOverTLS connects as to the real address: over TLS, to a server that
// offers HTTP/2, in which there is no WebSocket of this kind.
func TestOverTLS(t *testing.T) {
	sim := simulator.New(simulator.Options{})
	sim.Example()
	server := httptest.NewUnstartedServer(sim)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	online := make(chan bool, 1)
	ch, err := New(Options{BotID: simulator.ExampleBot, Secret: simulator.ExampleSecret, Address: "wss" + strings.TrimPrefix(server.URL, "https"),
		OnState: func(r chat.Report) { online <- r.State == chat.Online }})
	if err != nil {
		t.Fatal(err)
	}
	trust := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	ch.client.Transport.(*http.Transport).TLSClientConfig.RootCAs = trust
	ctx, stop := context.WithCancel(t.Context())
	got, done := make(chan chat.Inbound, 1), make(chan struct{})
	go func() { defer close(done); ch.Run(ctx, func(in chat.Inbound) { got <- in }) }()
	defer func() { stop(); <-done }()
	if !<-online {
		t.Fatal("the robot does not connect")
	}
	began := time.Now()
	sim.Say(simulator.ExampleGroup, "li", "@组建助手 归谁管")
	in := <-got
	if _, err := ch.Send(ctx, in.Target(), "园区"); err != nil {
		t.Fatal(err)
	}
	t.Logf("a message and its answer took %s", time.Since(began))
	if sent := sim.Sent(); len(sent) != 1 || sent[0].By != "respond" {
		t.Errorf("sent %+v", sent)
	}
}
