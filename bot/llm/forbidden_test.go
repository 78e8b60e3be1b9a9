package llm

import (
	"context"
	"errors"
	"net"
	"testing"
)

func TestMetadataIsNoModel(t *testing.T) {
	for host, want := range map[string]bool{
		"169.254.169.254": true, "::ffff:169.254.169.254": true, "fe80::1": true, "fd00:ec2::254": true, "100.100.100.200": true, "0.0.0.0": true,
		"metadata.google.internal.": true, "METADATA.tencentyun.com": true,
		"127.0.0.1": false, "localhost": false, "10.0.0.5": false, "192.168.1.9": false, "api.example.com": false,
	} {
		if got := Forbidden(host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
	d := net.Dialer{Control: keepOut}
	if _, err := d.DialContext(context.Background(), "tcp", "169.254.169.254:80"); !errors.Is(err, ErrForbidden) {
		t.Errorf("dialled: %v", err)
	}
}
