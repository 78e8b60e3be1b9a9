package llm

import (
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
)

// ErrForbidden is for an address that no model has: that of a cloud machine's
// own metadata, which gives its keys to whoever asks.
var ErrForbidden = errors.New("llm: no model is at this address")

// metadata are the addresses and names of metadata outside the link-local range.
var (
	metadata = []netip.Addr{netip.MustParseAddr("100.100.100.200"), netip.MustParseAddr("192.0.0.192"),
		netip.MustParseAddr("fd00:ec2::254")}
	metadataNames = []string{"metadata", "metadata.google.internal", "metadata.tencentyun.com", "instance-data"}
)

// Forbidden reports whether a host, a name or an address, is one of these.
func Forbidden(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	addr, err := netip.ParseAddr(host)
	return slices.Contains(metadataNames, host) || err == nil && forbiddenAddr(addr)
}

func forbiddenAddr(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || slices.Contains(metadata, a)
}

// keepOut refuses a connection by the address that a name led to.
func keepOut(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if addr, err := netip.ParseAddr(host); err != nil || forbiddenAddr(addr) {
		return ErrForbidden
	}
	return nil
}
