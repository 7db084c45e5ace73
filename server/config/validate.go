package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strconv"
	"time"
)

// MinSecret is the fewest characters of a shared secret.
const MinSecret = 32

// Validate checks the settings one by one and together. Its error lists all
// that is wrong.
func (c *Config) Validate() error {
	return errors.Join(
		c.checkAddr("grpc-addr", c.GRPCAddr),
		c.checkAddr("http-addr", c.HTTPAddr),
		checkOrigins("cors-origins", c.CORSOrigins),
		c.checkTLS(),
		c.checkCDS(),
		c.checkDemo(),
		checkDir("content", c.Content),
		checkDir("data-dir", c.DataDir),
		c.checkStore(),
		c.checkTimes(),
		c.checkSizes(),
		c.checkTelemetry(),
	)
}

func (c *Config) checkAddr(name, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("--%s must be host:port", name)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("--%s must end in a port from 0 to 65535", name)
	}
	if c.Insecure || c.AuthFile != "" || isLoopback(host) {
		return nil
	}
	return fmt.Errorf("--%s can be reached from other machines, and nobody has to say who they are: use a loopback address such as 127.0.0.1:%s, or give --auth-file or --insecure", name, port)
}

func (c *Config) checkDemo() error {
	none := c.DemoInsurerTokenFile == "" && c.DemoProviderTokenFile == ""
	both := c.DemoInsurerTokenFile != "" && c.DemoProviderTokenFile != ""
	switch asked := c.AuthFile != ""; {
	case !none && !(c.Demo && asked):
		return errors.New("--demo-insurer-token-file and --demo-provider-token-file are for --demo with --auth-file")
	case c.Demo && asked && !both:
		return errors.New("--demo with --auth-file needs --demo-insurer-token-file and --demo-provider-token-file: the pages have to say who they are, too")
	}
	return nil
}

func (c *Config) checkTLS() error {
	switch {
	case (c.TLSCertFile == "") != (c.TLSKeyFile == ""):
		return errors.New("--tls-cert-file and --tls-key-file need each other")
	case c.TLSClientCAFile != "" && (c.TLSCertFile == "" || c.AuthFile == ""):
		return errors.New("--tls-client-ca-file needs --tls-cert-file, and --auth-file to say what its clients may do")
	}
	return nil
}

// isLoopback reports whether host is this machine. An empty host means every
// interface, so it is not.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func checkOrigins(name string, origins []string) error {
	for i, origin := range origins {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != origin {
			return fmt.Errorf("--%s: entry %d must be a scheme and a host such as https://portal.example, without path or *", name, i+1)
		}
	}
	return nil
}

func checkDir(name, dir string) error {
	if dir == "" {
		return nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("--%s must be a directory that exists", name)
	}
	return nil
}

func (c *Config) checkStore() error {
	switch {
	case !c.RedisURL.Empty() && c.Key.Empty():
		return errors.New("--redis-url needs --secret-file: servers that share decisions must be able to read each other's entries, " +
			"so give all of them the same secret, made once by: head -c 32 /dev/urandom | base64 > rightvoice.secret")
	case !c.Key.Empty() && len(c.Key.Reveal()) < MinSecret:
		return fmt.Errorf("--secret must have at least %d characters", MinSecret)
	case c.RedisBudget < time.Millisecond || c.RedisBudget > time.Second:
		return errors.New("--redis-budget must be from 1ms to 1s")
	}
	return nil
}

func (c *Config) checkTimes() error {
	var errs []error
	for _, t := range []struct {
		name  string
		value time.Duration
	}{
		{"request-timeout", c.RequestTimeout}, {"batch-timeout", c.BatchTimeout}, {"header-timeout", c.HeaderTimeout},
		{"read-timeout", c.ReadTimeout}, {"idle-timeout", c.IdleTimeout},
	} {
		if t.value < 10*time.Millisecond || t.value > time.Hour {
			errs = append(errs, fmt.Errorf("--%s must be from 10ms to 1h", t.name))
		}
	}
	if c.MaxLag < 5*time.Second || c.MaxLag > 24*time.Hour {
		errs = append(errs, errors.New("--max-lag must be from 5s to 24h"))
	}
	if c.DrainTimeout < 0 || c.DrainTimeout > time.Hour {
		errs = append(errs, errors.New("--drain-timeout must be from 0 to 1h"))
	}
	if c.DrainDelay < 0 || c.DrainDelay > time.Hour {
		errs = append(errs, errors.New("--drain-delay must be from 0 to 1h"))
	}
	return errors.Join(errs...)
}

func (c *Config) checkSizes() error {
	var errs []error
	for _, s := range []struct {
		name            string
		value, min, max int
	}{
		{"store-entries", c.StoreEntries, 1, 1 << 30},
		{"max-body", c.MaxBody, 1 << 10, 64 << 20},
		{"max-in-flight", c.MaxInFlight, 1, 1 << 20},
		{"max-streams", c.MaxStreams, 1, 1 << 20},
		{"memory-limit", c.MemoryLimit, 32, 1 << 20},
		{"decision-log-days", c.DecisionLogDays, 1, 3650},
	} {
		if s.value < s.min || s.value > s.max {
			errs = append(errs, fmt.Errorf("--%s must be from %d to %d", s.name, s.min, s.max))
		}
	}
	return errors.Join(errs...)
}

func (c *Config) checkTelemetry() error {
	var level slog.Level
	if level.UnmarshalText([]byte(c.LogLevel)) != nil {
		return errors.New("--log-level must be debug, info, warn or error")
	}
	if !(c.TraceRatio >= 0 && c.TraceRatio <= 1) {
		return errors.New("--trace-ratio must be from 0 to 1")
	}
	if c.OTLPEndpoint == "" {
		return nil
	}
	if u, err := url.Parse(c.OTLPEndpoint); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New("--otlp-endpoint must be http://host:port or https://host:port")
	}
	return nil
}
