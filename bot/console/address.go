package console

import (
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
)

// URL gives the address to open. On this machine's own address it holds the
// token of this start, which lets in whoever has it.
func (s *Server) URL() string {
	scheme := "http://"
	if s.certificate != nil {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(s.listener.Addr().String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = reachable()
	}
	base := scheme + net.JoinHostPort(host, port) + "/"
	if !s.local {
		return base
	}
	return base + "?token=" + s.token
}

// reachable gives an address by which others reach this machine, as far as it
// can be told.
func reachable() string {
	addresses, _ := net.InterfaceAddrs()
	for _, private := range []bool{true, false} {
		for _, a := range addresses {
			at, ok := a.(*net.IPNet)
			if ok && at.IP.To4() != nil && at.IP.IsGlobalUnicast() && at.IP.IsPrivate() == private {
				return at.IP.String()
			}
		}
	}
	return "127.0.0.1"
}

// ownNames are what this machine is called besides what is configured.
func ownNames() []string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return nil
	}
	return []string{name, name + ".local"}
}

// hosts refuses a request that was led here under another name, as a page
// elsewhere can have a browser do.
func (s *Server) hosts(next http.Handler) http.Handler {
	names := s.opts.Names // on this machine's own address as well: a server in front of it passes its own name on
	if !s.local {
		names = append(ownNames(), names...)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		ours := strings.EqualFold(host, "localhost") || ip != nil && (ip.IsLoopback() || !s.local) ||
			slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, host) })
		switch {
		case ours:
			next.ServeHTTP(w, r)
		case s.local:
			s.refuse(w, r, http.StatusForbidden, "这个网址不是本机的，打不开。请用启动时给出的网址；前面另有一台服务器、要用别的名字的，请管理员在 [console] 的 names 里写上。")
		default:
			s.refuse(w, r, http.StatusForbidden, "这个网址里的名字不认识，打不开。请用启动时给出的网址；要用别的名字，请管理员在 [console] 的 names 里写上。")
		}
	})
}
