// Package config holds the settings of a server: where it listens, which
// content and store it uses, its limits, and what it tells operators.
//
// In: command line flags, RIGHTVOICE_… environment variables and a file, in
// this order of precedence. Out: one checked Config value. Every setting is one
// row of the table in fields.go, from which the flags, the names of the
// variables and the reference in README.md are made. No setting is required:
// the defaults serve the built-in content from an embedded store on loopback.
//
// Only the wiring and the command line read a Config. Everything else is given
// the values it needs.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/peterbourgon/ff/v3"
)

// EnvPrefix starts the names of all environment variables that are read.
const EnvPrefix = "RIGHTVOICE"

// Config is the checked settings of one server. fields.go documents each.
type Config struct {
	File string

	GRPCAddr    string
	HTTPAddr    string
	Insecure    bool
	CORSOrigins []string

	AuthFile        string
	TLSCertFile     string
	TLSKeyFile      string
	TLSClientCAFile string

	Demo                  bool
	DemoInsurerTokenFile  string
	DemoProviderTokenFile string
	DemoInsurerToken      Secret // out of its file
	DemoProviderToken     Secret

	CDSBaseURL      string
	CDSIssuers      string
	CDSOrigins      []string
	CDSMemberSystem string

	Content string
	DataDir string

	RevisionsURL     Secret
	RevisionsURLFile string
	RevisionsUnsafe  bool
	MaxLag           time.Duration

	DecisionLog     string
	DecisionLogDays int

	RedisURL     Secret
	RedisURLFile string
	RedisBudget  time.Duration
	Key          Secret
	KeyFile      string
	StoreEntries int

	RequestTimeout time.Duration
	BatchTimeout   time.Duration
	MaxBody        int
	MaxInFlight    int
	MaxStreams     int
	HeaderTimeout  time.Duration
	ReadTimeout    time.Duration
	IdleTimeout    time.Duration
	DrainDelay     time.Duration
	DrainTimeout   time.Duration
	MemoryLimit    int

	Reflection   bool
	LogLevel     string
	OTLPEndpoint string
	TraceRatio   float64
}

// Default is the configuration of a server started without any setting.
func Default() Config {
	var c Config
	c.fields()
	return c
}

// Parse reads settings from args, the environment and the file that --config
// names, and checks them. Asked for help it writes the usage to out and returns
// flag.ErrHelp. The error names every setting that is wrong, and no secret.
func Parse(args []string, out io.Writer) (Config, error) {
	var c Config
	set := flag.NewFlagSet("rightvoice serve", flag.ContinueOnError)
	set.SetOutput(io.Discard) // errors are returned, and printed once by the caller
	for _, f := range c.fields() {
		f.bind(set)
	}
	set.Usage = func() {}
	err := ff.Parse(set, args, ff.WithEnvVarPrefix(EnvPrefix), ff.WithConfigFileFlag("config"), ff.WithConfigFileParser(ff.PlainParser))
	switch {
	case errors.Is(err, flag.ErrHelp):
		writeUsage(out)
		return c, flag.ErrHelp
	case err != nil:
		return c, err
	case set.NArg() > 0:
		return c, fmt.Errorf("%d arguments beside the settings; serve takes none", set.NArg())
	}
	if err := c.readSecrets(); err != nil {
		return c, err
	}
	return c, c.Validate()
}

// readSecrets fills the secrets that were given as files.
func (c *Config) readSecrets() error {
	for _, s := range []struct {
		name, file string
		value      *Secret
	}{
		{"redis-url", c.RedisURLFile, &c.RedisURL},
		{"revisions-url", c.RevisionsURLFile, &c.RevisionsURL},
		{"secret", c.KeyFile, &c.Key},
		{"demo-insurer-token", c.DemoInsurerTokenFile, &c.DemoInsurerToken},
		{"demo-provider-token", c.DemoProviderTokenFile, &c.DemoProviderToken},
	} {
		if s.file == "" {
			continue
		}
		if !s.value.Empty() {
			return fmt.Errorf("--%s and --%s-file are both given; one of them is enough", s.name, s.name)
		}
		text, err := os.ReadFile(s.file)
		if err != nil {
			return fmt.Errorf("--%s-file: %w", s.name, err)
		}
		*s.value = NewSecret(strings.TrimSpace(string(text)))
		if s.value.Empty() {
			return fmt.Errorf("--%s-file: the file is empty", s.name)
		}
	}
	return nil
}
