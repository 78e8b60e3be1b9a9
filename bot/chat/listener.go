package chat

import (
	"net"

	"golang.org/x/net/netutil"
)

// mostConnections is how many connections one door takes at once. The files that
// the store and the indexes have to open are never crowded out: a system allows
// 1,024 at the least, and Go takes all that it allows.
const mostConnections = 256

// Bounded is a listener where more connections wait to be taken.
func Bounded(l net.Listener) net.Listener { return netutil.LimitListener(l, mostConnections) }
