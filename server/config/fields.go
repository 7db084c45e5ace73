package config

import (
	"flag"
	"fmt"
	"strings"
	"time"
)

// field is one setting: its flag, its default and what it does.
type field struct {
	name  string // of the flag; the variable is made from it
	value any    // pointer into a Config
	def   string // the default as text
	help  string
}

// setting describes one setting and gives it its default.
func setting[T any](p *T, name string, def T, help string) field {
	*p = def
	return field{name: name, value: p, def: fmt.Sprint(def), help: help}
}

// fields is the table of all settings, with their defaults put into c.
func (c *Config) fields() []field {
	none := []string(nil)
	return []field{
		setting(&c.File, "config", "", "file with further settings, one `name value` a line; flags and variables win over it"),

		setting(&c.GRPCAddr, "grpc-addr", "127.0.0.1:9090", "address of gRPC; port 0 takes a free one"),
		setting(&c.HTTPAddr, "http-addr", "127.0.0.1:8080", "address of REST, health and metrics; port 0 takes a free one"),
		setting(&c.Insecure, "insecure", false, "listen beyond this machine although nobody has to say who they are; --auth-file is better"),
		setting(&c.AuthFile, "auth-file", "", "YAML file that says who may call and what they may do, read again when it changes; rightvoice token new makes entries. Empty asks nobody who they are, which is for a loopback address only"),
		setting(&c.TLSCertFile, "tls-cert-file", "", "PEM file with the certificate of both addresses, read again when it changes; empty serves without TLS"),
		setting(&c.TLSKeyFile, "tls-key-file", "", "PEM file with the key of the certificate"),
		setting(&c.TLSClientCAFile, "tls-client-ca-file", "", "PEM file with the authorities of client certificates, which --auth-file then may name"),
		list(&c.CORSOrigins, "cors-origins", none, "web origins whose pages may call REST, separated by commas, such as https://portal.example"),

		setting(&c.Demo, "demo", false, "serve the demo pages at /demo/: a member portal and a provider app with made-up people"),
		setting(&c.DemoInsurerTokenFile, "demo-insurer-token-file", "", "file that holds the token by which the demo pages ask for the insurer's side, needed with --auth-file. Everybody who opens a page is given the token, so it must be an evaluator's, in one tenant, best one of its own"),
		setting(&c.DemoProviderTokenFile, "demo-provider-token-file", "", "the same for the provider's side"),

		setting(&c.CDSBaseURL, "cds-base-url", "", "URL at which EHRs find this server, without /cds-services; tokens must be for a URL that begins so. Needed with --cds-issuers; empty takes the HTTP address"),
		setting(&c.CDSIssuers, "cds-issuers", "", "JSON file that lists whose tokens EHRs may call CDS Hooks with, and their keys; empty lets everyone call, and serves CDS Hooks on a loopback address or with --insecure only"),
		list(&c.CDSOrigins, "cds-origins", none, "web origins whose pages may call CDS Hooks, separated by commas, such as https://sandbox.cds-hooks.org"),
		setting(&c.CDSMemberSystem, "cds-member-system", "", "system of Patient.identifier whose value is the memberRef that portals send; without it EHRs and portals never mean the same member"),

		setting(&c.Content, "content", "", "directory of rules, advice and words to use instead of the built-in content. Where revisions are kept, it is what the first version begins with; without, a directory under git is watched and each commit that is checked out comes into force once it passes, and any other is read at the start"),
		setting(&c.DataDir, "data-dir", "", "directory that exists, for what must outlive the server: drafts and published revisions, the log of changes, and decisions to try drafts on. Empty keeps drafts and revisions until the server stops"),

		setting(&c.RevisionsURL, "revisions-url", Secret{}, "Redis in which a fleet keeps drafts and revisions, as for --redis-url; it must not evict and must keep an append-only file. --data-dir then holds this server's log of changes, without which it changes nothing. Empty keeps them in --data-dir"),
		setting(&c.RevisionsURLFile, "revisions-url-file", "", "file that holds the URL of the Redis of revisions"),
		setting(&c.RevisionsUnsafe, "revisions-unsafe", false, "keep revisions in a Redis that may lose them"),
		setting(&c.MaxLag, "max-lag", time.Minute, "longest time without a look at what is published, after which the server says that it is not ready; it keeps answering by the last good revision"),

		setting(&c.DecisionLog, "decision-log", "", "directory for what was decided from which facts, without members, to try drafts on; empty means decisions in --data-dir if that is set, none keeps nothing"),
		setting(&c.DecisionLogDays, "decision-log-days", 30, "days after which what was decided is deleted"),

		setting(&c.RedisURL, "redis-url", Secret{}, "Redis that servers share decisions through: redis://host:6379, redis-sentinel://host,host/NAME of the master, or redis-cluster://host by any node; rediss://host over TLS; empty uses the embedded store"),
		setting(&c.RedisURLFile, "redis-url-file", "", "file that holds the Redis URL"),
		setting(&c.RedisBudget, "redis-budget", 20*time.Millisecond, "longest time one answer waits for Redis"),
		setting(&c.Key, "secret", Secret{}, "text of at least 32 characters from which the keys for stored entries are made; the same on every server that shares a Redis. A flag shows in the process list: prefer the file"),
		setting(&c.KeyFile, "secret-file", "", "file that holds the secret"),
		setting(&c.StoreEntries, "store-entries", 100_000, "most decisions the embedded store remembers"),

		setting(&c.RequestTimeout, "request-timeout", 300*time.Millisecond, "longest time for one recommendation or look-up"),
		setting(&c.BatchTimeout, "batch-timeout", 10*time.Second, "longest time for one batch"),
		setting(&c.MaxBody, "max-body", 1<<20, "largest request, in bytes"),
		setting(&c.MaxInFlight, "max-in-flight", 1024, "most requests worked on at once; more are refused at once with RESOURCE_EXHAUSTED"),
		setting(&c.MaxStreams, "max-streams", 1000, "most requests at once on one gRPC connection"),
		setting(&c.HeaderTimeout, "header-timeout", 5*time.Second, "longest time for a connection to open and to send the headers of a request"),
		setting(&c.ReadTimeout, "read-timeout", 10*time.Second, "longest time to read one REST request, and to write its answer"),
		setting(&c.IdleTimeout, "idle-timeout", 2*time.Minute, "how long a connection without requests is kept"),
		setting(&c.DrainDelay, "drain-delay", 500*time.Millisecond, "how long requests are still taken after health says that the server is leaving"),
		setting(&c.DrainTimeout, "drain-timeout", 15*time.Second, "longest time to leave when told to stop, the delay included"),
		setting(&c.MemoryLimit, "memory-limit", 1024, "soft limit of memory in MiB, unless GOMEMLIMIT is set"),

		setting(&c.Reflection, "reflection", false, "let gRPC clients ask which methods there are"),
		setting(&c.LogLevel, "log-level", "info", "debug, info, warn or error"),
		setting(&c.OTLPEndpoint, "otlp-endpoint", "", "OTLP/gRPC collector for traces, as http://host:port or https://host:port; empty traces nothing"),
		setting(&c.TraceRatio, "trace-ratio", 0.01, "share of requests to trace, 0 to 1, where the caller has not decided"),
	}
}

// list is a setting with several values separated by commas.
func list(p *[]string, name string, def []string, help string) field {
	f := setting(p, name, def, help)
	f.def = strings.Join(def, ",")
	return f
}

// env is the name of the environment variable of the setting.
func (f field) env() string {
	return EnvPrefix + "_" + strings.ToUpper(strings.ReplaceAll(f.name, "-", "_"))
}

// secret reports whether the setting must not be shown.
func (f field) secret() bool {
	_, ok := f.value.(*Secret)
	return ok
}

// bind makes the flag of the setting.
func (f field) bind(set *flag.FlagSet) {
	switch p := f.value.(type) {
	case *string:
		set.StringVar(p, f.name, *p, f.help)
	case *bool:
		set.BoolVar(p, f.name, *p, f.help)
	case *int:
		set.IntVar(p, f.name, *p, f.help)
	case *float64:
		set.Float64Var(p, f.name, *p, f.help)
	case *time.Duration:
		set.DurationVar(p, f.name, *p, f.help)
	case *Secret:
		set.Var(p, f.name, f.help)
	case *[]string:
		set.Var((*commaList)(p), f.name, f.help)
	}
}

// commaList is a flag.Value of texts separated by commas.
type commaList []string

func (l *commaList) String() string { return strings.Join(*l, ",") }

func (l *commaList) Set(text string) error {
	*l = nil
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}
