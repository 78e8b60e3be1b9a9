package chat

import (
	"net"
	"testing"
	"time"
)

// TestConnectionsAreBounded opens more connections than are taken: the last waits
// until another is closed.
func TestConnectionsAreBounded(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := Bounded(inner)
	defer l.Close()
	taken := make(chan net.Conn, mostConnections+1)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			taken <- c
		}
	}()
	for range mostConnections + 1 {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	var open []net.Conn
	for range mostConnections {
		open = append(open, <-taken)
	}
	select {
	case <-taken:
		t.Error("one too many was taken")
	case <-time.After(50 * time.Millisecond):
	}
	open[0].Close()
	open[0] = <-taken
	for _, c := range open {
		c.Close()
	}
}
