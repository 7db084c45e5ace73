package rightvoice

import (
	"crypto/tls"
	"testing"
)

// TestPlainTextStaysOnThisMachine: no address elsewhere is reached without TLS
// unless the caller says so.
func TestPlainTextStaysOnThisMachine(t *testing.T) {
	for _, try := range []struct {
		options Options
		want    string
	}{
		{Options{}, "insecure"},
		{Options{Address: "localhost:9090"}, "insecure"},
		{Options{Address: "[::1]:9090"}, "insecure"},
		{Options{Address: "127.8.9.1:9090"}, "insecure"},
		{Options{Address: "unix:///run/rightvoice.sock"}, "insecure"},
		{Options{Address: "rightvoice.example:9090"}, "tls"},
		{Options{Address: "localhost.example:9090"}, "tls"},
		{Options{Address: "10.0.0.1:9090"}, "tls"},
		{Options{Address: "0.0.0.0:9090"}, "tls"},
		{Options{Address: "dns:///localhost:9090"}, "tls"},
		{Options{Address: "rightvoice.example:9090", Plaintext: true}, "insecure"},
		{Options{TLS: &tls.Config{MinVersion: tls.VersionTLS13}}, "tls"},
	} {
		if got := try.options.withDefaults().transport().Info().SecurityProtocol; got != try.want {
			t.Errorf("%s (plaintext %v): %s, want %s", try.options.Address, try.options.Plaintext, got, try.want)
		}
	}
}
