package redisstore

import (
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// target is where Redis is.
type target struct {
	addrs                              []string
	cluster                            bool
	master                             string // name that Sentinels know the master by
	username, password                 string
	sentinelUsername, sentinelPassword string
	db                                 int
	tls                                bool
}

// parseURL understands
//
//	redis://[user[:password]@]host[:port][/db]             one server
//	redis://[…@]host[:port],host[:port],…                  a Cluster, by some of its nodes
//	redis-cluster://[…@]host[:port]                        a Cluster, by one of its nodes
//	redis://[…@]host[:port],…[/db]?master_name=NAME        Sentinels (port 26379 unless said)
//	redis-sentinel://[…@]host[:port],…/NAME[/db]           the same
//
// with rediss for TLS. Sentinels that want credentials of their own take
// sentinel_username and sentinel_password as parameters. No error repeats any
// part of the URL, for it may hold a password.
func parseURL(text string) (target, error) {
	var to target
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return to, errors.New("a Redis URL starts with redis:// or rediss://")
	}
	// The standard parser takes one host only, so it is given a stand-in.
	authority, path := cutAt(rest, "/?#")
	user, hosts := "", authority
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		user, hosts = authority[:i+1], authority[i+1:]
	}
	u, err := url.Parse("redis://" + user + "host" + path)
	if err != nil || u.Fragment != "" {
		return to, errors.New("the Redis URL has a part that is not a URL's; special characters in a password are written as %XX")
	}
	to.username = u.User.Username()
	to.password, _ = u.User.Password()
	sentinel, err := to.readScheme(scheme)
	if err != nil {
		return to, err
	}
	if err := to.readQuery(u.Query()); err != nil {
		return to, err
	}
	if err := to.readPath(strings.Trim(u.Path, "/"), sentinel); err != nil {
		return to, err
	}
	return to, to.readHosts(hosts)
}

// cutAt cuts text before the first of any of chars.
func cutAt(text, chars string) (before, after string) {
	if i := strings.IndexAny(text, chars); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

func (to *target) readScheme(scheme string) (sentinel bool, err error) {
	base, kind, _ := strings.Cut(strings.Replace(scheme, "+", "-", 1), "-")
	to.tls = base == "rediss"
	to.cluster = kind == "cluster"
	switch {
	case base != "redis" && base != "rediss", kind != "" && kind != "cluster" && kind != "sentinel":
		return false, errors.New("a Redis URL starts with redis, redis-cluster or redis-sentinel, or with rediss for TLS")
	}
	return kind == "sentinel", nil
}

func (to *target) readQuery(q url.Values) error {
	for name, values := range q {
		field := map[string]*string{
			"master_name": &to.master, "sentinel_username": &to.sentinelUsername, "sentinel_password": &to.sentinelPassword,
		}[name]
		if field == nil || len(values) != 1 {
			return errors.New("a Redis URL takes each of master_name, sentinel_username and sentinel_password once, and no other parameter")
		}
		*field = values[0]
	}
	return nil
}

// readPath reads [db], or NAME[/db] after redis-sentinel.
func (to *target) readPath(path string, sentinel bool) error {
	if sentinel {
		var name string
		if name, path, _ = strings.Cut(path, "/"); name != "" {
			to.master = name
		}
		if to.master == "" {
			return errors.New("redis-sentinel://hosts/NAME needs the name of the master")
		}
	}
	if path == "" {
		return nil
	}
	db, err := strconv.Atoi(path)
	if err != nil || db < 0 {
		return errors.New("the path of a Redis URL is the number of a database")
	}
	to.db = db
	return nil
}

func (to *target) readHosts(hosts string) error {
	port := "6379"
	if to.master != "" {
		port = "26379"
	}
	for host := range strings.SplitSeq(hosts, ",") {
		addr := host
		if _, _, err := net.SplitHostPort(host); err != nil {
			addr = net.JoinHostPort(strings.Trim(host, "[]"), port)
		}
		h, p, err := net.SplitHostPort(addr)
		isName := !strings.Contains(h, ":") || net.ParseIP(h) != nil
		if n, bad := strconv.Atoi(p); err != nil || h == "" || !isName || bad != nil || n < 1 || n > 65535 {
			return errors.New("a Redis URL needs host or host:port, or several separated by commas")
		}
		to.addrs = append(to.addrs, addr)
	}
	to.cluster = to.cluster || len(to.addrs) > 1 && to.master == ""
	switch {
	case to.cluster && to.master != "":
		return errors.New("a Redis URL is of a Cluster or of Sentinels, not of both")
	case to.cluster && to.db != 0:
		return errors.New("a Redis Cluster has no database but 0")
	case to.master == "" && to.sentinelUsername+to.sentinelPassword != "":
		return errors.New("sentinel_username and sentinel_password need master_name")
	}
	return nil
}

// tlsConfig is the TLS to use if a caller has no wishes; nil for none. The name
// to verify is that of each host.
func (to *target) tlsConfig() *tls.Config {
	if !to.tls {
		return nil
	}
	return &tls.Config{MinVersion: tls.VersionTLS12}
}

// Loopback reports whether every host of a Redis URL is this machine.
func Loopback(text string) (bool, error) {
	to, err := parseURL(text)
	if err != nil {
		return false, err
	}
	for _, addr := range to.addrs {
		host, _, _ := net.SplitHostPort(addr)
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return false, nil
		}
	}
	return true, nil
}
