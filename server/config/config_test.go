package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestNothingHasToBeSet(t *testing.T) {
	c, err := Parse(nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(c, Default()) {
		t.Fatalf("got %+v, want the defaults %+v", c, Default())
	}
	if c.GRPCAddr != "127.0.0.1:9090" || c.HTTPAddr != "127.0.0.1:8080" || c.Insecure || c.MaxBody != 1<<20 {
		t.Fatalf("the defaults are %+v", c)
	}
}

func TestFlagsWinOverVariablesWinOverTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings")
	write(t, file, "# all three\ngrpc-addr 127.0.0.1:1\nhttp-addr 127.0.0.1:2\nlog-level debug\nreflection true\n")
	t.Setenv("RIGHTVOICE_GRPC_ADDR", "127.0.0.1:3")
	t.Setenv("RIGHTVOICE_HTTP_ADDR", "127.0.0.1:4")
	t.Setenv("RIGHTVOICE_CORS_ORIGINS", "https://a.example, https://b.example")
	c, err := Parse([]string{"-config", file, "-grpc-addr", "127.0.0.1:5"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if c.GRPCAddr != "127.0.0.1:5" || c.HTTPAddr != "127.0.0.1:4" || c.LogLevel != "debug" || !c.Reflection {
		t.Errorf("got %+v", c)
	}
	if want := []string{"https://a.example", "https://b.example"}; !reflect.DeepEqual(c.CORSOrigins, want) {
		t.Errorf("origins %v, want %v", c.CORSOrigins, want)
	}
}

// TestEverySettingCanBeSet sets each row of the table by its variable alone,
// so that no row can lack its flag or point at the wrong field.
func TestEverySettingCanBeSet(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "secret")
	write(t, file, strings.Repeat("k", MinSecret)+"\n")
	special := map[string]string{"config": file + ".conf", "content": dir, "data-dir": dir, "redis-url-file": file, "secret-file": file,
		"log-level": "error", "otlp-endpoint": "http://127.0.0.1:4317", "cors-origins": "https://a.example", "trace-ratio": "0.5",
		"secret": strings.Repeat("s", MinSecret), "cds-base-url": "https://cds.example", "cds-issuers": file, "cds-origins": "https://a.example", "decision-log-days": "7",
		"revisions-url-file": file, "demo-insurer-token-file": file, "demo-provider-token-file": file, "max-lag": "10s"}
	write(t, special["config"], "")
	var table Config
	for _, f := range table.fields() {
		t.Run(f.name, func(t *testing.T) {
			value := special[f.name]
			if value == "" {
				value = map[string]string{"*string": "127.0.0.1:7", "*bool": "true", "*int": "4096", "*time.Duration": "77ms", "*config.Secret": "redis://127.0.0.1"}[fmt.Sprintf("%T", f.value)]
			}
			t.Setenv(f.env(), value)
			if strings.HasPrefix(f.name, "redis-url") {
				t.Setenv("RIGHTVOICE_SECRET", strings.Repeat("s", MinSecret))
			}
			if f.name == "cds-issuers" {
				t.Setenv("RIGHTVOICE_CDS_BASE_URL", "https://cds.example")
			}
			if strings.HasPrefix(f.name, "demo-") {
				t.Setenv("RIGHTVOICE_DEMO", "true")
				t.Setenv("RIGHTVOICE_AUTH_FILE", file)
				for _, side := range []string{"insurer", "provider"} {
					if !strings.HasPrefix(f.name, "demo-"+side) {
						t.Setenv("RIGHTVOICE_DEMO_"+strings.ToUpper(side)+"_TOKEN_FILE", file)
					}
				}
			}
			if strings.HasPrefix(f.name, "tls-") {
				t.Setenv("RIGHTVOICE_AUTH_FILE", file)
				t.Setenv("RIGHTVOICE_TLS_CERT_FILE", file)
				t.Setenv("RIGHTVOICE_TLS_KEY_FILE", file)
			}
			c, err := Parse(nil, io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			if reflect.DeepEqual(c, Default()) {
				t.Error("the variable changed nothing")
			}
		})
	}
}

func TestSecretsComeFromFiles(t *testing.T) {
	dir := t.TempDir()
	url, key := filepath.Join(dir, "url"), filepath.Join(dir, "key")
	write(t, url, "redis://user:canary@127.0.0.1:6379/0\n")
	write(t, key, strings.Repeat("canary", 6)+"\n")
	c, err := Parse([]string{"--redis-url-file", url, "--secret-file", key}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if c.RedisURL.Reveal() != "redis://user:canary@127.0.0.1:6379/0" || len(c.Key.Reveal()) != 36 {
		t.Error("the secrets were not read")
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", c, "key", c.Key)
	for _, shown := range []string{fmt.Sprintf("%v %+v %#v %s", c, c, c, c.Key), log.String()} {
		if strings.Contains(shown, "canary") {
			t.Errorf("a secret is shown: %s", shown)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	dir := t.TempDir()
	short, unknown, empty := filepath.Join(dir, "short"), filepath.Join(dir, "unknown"), filepath.Join(dir, "empty")
	write(t, short, "canary")
	write(t, unknown, "grpc-adr 127.0.0.1:1\n")
	write(t, empty, "\n")
	for name, try := range map[string]struct {
		args string
		want string
	}{
		"a flag nobody knows":          {"--grpc-adr 127.0.0.1:1", "grpc-adr"},
		"a line nobody knows":          {"--config " + unknown, "grpc-adr"},
		"an argument":                  {"now", "takes none"},
		"no port":                      {"--grpc-addr 127.0.0.1", "host:port"},
		"a port too large":             {"--http-addr 127.0.0.1:70000", "0 to 65535"},
		"every interface":              {"--http-addr :8080", "--insecure"},
		"another machine":              {"--grpc-addr 10.0.0.1:9090", "--insecure"},
		"a name":                       {"--grpc-addr localhost.example:9090", "--insecure"},
		"a certificate without a key":  {"--tls-cert-file " + short, "--tls-key-file"},
		"clients nobody can name":      {"--tls-cert-file " + short + " --tls-key-file " + short + " --tls-client-ca-file " + short, "--auth-file"},
		"any web page":                 {"--cors-origins *", "--cors-origins"},
		"an origin with a path":        {"--cors-origins https://a.example/x", "--cors-origins"},
		"a demo that can't call":       {"--demo --auth-file " + short, "--demo-insurer-token-file"},
		"a demo with half its tokens":  {"--demo --auth-file " + short + " --demo-insurer-token-file " + short, "--demo-provider-token-file"},
		"tokens for no demo":           {"--auth-file " + short + " --demo-insurer-token-file " + short + " --demo-provider-token-file " + short, "--demo"},
		"tokens nobody asks for":       {"--demo --demo-insurer-token-file " + short + " --demo-provider-token-file " + short, "--auth-file"},
		"EHRs that can't know the URL": {"--cds-issuers " + short, "--cds-base-url"},
		"a list that is missing":       {"--cds-base-url https://a.example --cds-issuers " + dir + "/none", "--cds-issuers"},
		"EHRs over http":               {"--cds-base-url http://cds.example", "https"},
		"an address without scheme":    {"--cds-base-url cds.example", "--cds-base-url"},
		"any EHR in a browser":         {"--cds-origins *", "--cds-origins"},
		"content that is missing":      {"--content " + dir + "/none", "--content"},
		"a file as data directory":     {"--data-dir " + short, "--data-dir"},
		"Redis without a secret":       {"--redis-url redis://127.0.0.1", "needs --secret-file"},
		"a short secret":               {"--secret-file " + short, "32 characters"},
		"an empty secret":              {"--secret-file " + empty, "empty"},
		"a missing secret":             {"--secret-file " + dir + "/none", "no such file"},
		"a secret twice":               {"--secret canary --secret-file " + short, "one of them"},
		"a budget too long":            {"--redis-budget 2s", "--redis-budget"},
		"no time":                      {"--request-timeout 0s", "--request-timeout"},
		"a negative drain":             {"--drain-timeout -1s", "--drain-timeout"},
		"a negative delay":             {"--drain-delay -1s", "--drain-delay"},
		"no requests":                  {"--max-in-flight 0", "--max-in-flight"},
		"a body too large":             {"--max-body 1000000000", "--max-body"},
		"a level nobody knows":         {"--log-level loud", "--log-level"},
		"a share above one":            {"--trace-ratio 1.5", "--trace-ratio"},
		"a share that is no number":    {"--trace-ratio NaN", "--trace-ratio"},
		"a collector without a scheme": {"--otlp-endpoint 127.0.0.1:4317", "--otlp-endpoint"},
	} {
		_, err := Parse(strings.Fields(try.args), io.Discard)
		if err == nil || !strings.Contains(err.Error(), try.want) {
			t.Errorf("%s: got %v, want a word on %s", name, err, try.want)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error shows a secret", name)
		}
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	_, err := Parse(strings.Fields("--log-level loud --max-body 1 --grpc-addr x"), io.Discard)
	for _, want := range []string{"--log-level", "--max-body", "--grpc-addr"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v says nothing of %s", err, want)
		}
	}
}

func TestInsecureListensAnywhere(t *testing.T) {
	c, err := Parse(strings.Fields("--insecure --grpc-addr :9090 --http-addr [::]:8080 --drain-timeout 0s"), io.Discard)
	if err != nil || !c.Insecure || c.DrainTimeout != 0*time.Second {
		t.Fatalf("got %+v, %v", c, err)
	}
	for _, addr := range []string{"localhost:1", "[::1]:1", "127.9.9.9:1"} {
		if _, err := Parse([]string{"--grpc-addr", addr}, io.Discard); err != nil {
			t.Errorf("%s is loopback, got %v", addr, err)
		}
	}
}

func TestHelp(t *testing.T) {
	var out strings.Builder
	if _, err := Parse([]string{"-h"}, &out); !errors.Is(err, flag.ErrHelp) {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{"--grpc-addr (127.0.0.1:9090)", "RIGHTVOICE_GRPC_ADDR", "--insecure"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the help lacks %s", want)
		}
	}
}

// TestReadmeShowsTheTable fails when a setting changed and README.md did not.
func TestReadmeShowsTheTable(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(readme), "<!-- settings: printed by rightvoice serve --help-config -->\n")
	block, _, end := strings.Cut(rest, "<!-- end of settings -->")
	if !ok || !end {
		t.Fatal("README.md has no block of settings")
	}
	if block != Reference() {
		t.Errorf("README.md differs from the table; put in:\n%s", Reference())
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
