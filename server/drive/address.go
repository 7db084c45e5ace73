package drive

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// ErrRemote means that an address leads to another machine, which nobody allowed.
var ErrRemote = errors.New("the address is not on this machine")

// local fails for a host that is, or may be, another machine.
func local(ctx context.Context, host string) error {
	if ip := net.ParseIP(host); ip != nil {
		if ip.IsLoopback() {
			return nil
		}
		return ErrRemote
	}
	if host != "localhost" {
		return ErrRemote
	}
	all, err := net.DefaultResolver.LookupIPAddr(ctx, host)
	if err != nil {
		return fmt.Errorf("localhost has no address: %w", err)
	}
	for _, a := range all {
		if !a.IP.IsLoopback() {
			return ErrRemote
		}
	}
	return nil
}

// hostOf is the host of a URL, or of host:port.
func hostOf(address string) (string, error) {
	if strings.Contains(address, "://") {
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return "", errors.New("a URL is http://host:port or https://host:port")
		}
		return u.Hostname(), nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil || host == "" {
		return "", errors.New("an address is host:port")
	}
	return host, nil
}
