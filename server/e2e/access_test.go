package e2e

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/config"
)

// accessFile writes the credentials of a portal, an app and an author, and
// returns their tokens.
func accessFile(t *testing.T, more string) (file string, tokens map[string]string) {
	t.Helper()
	file, tokens = filepath.Join(t.TempDir(), "access.yaml"), map[string]string{}
	text := "tokens:\n"
	for name, rights := range map[string]string{
		"portal": "side: insurer, roles: {default: [evaluator]}",
		"app":    "side: provider, roles: {default: [evaluator]}",
		"author": "kind: person, roles: {default: [author]}",
	} {
		token, hash, err := auth.NewToken()
		if err != nil {
			t.Fatal(err)
		}
		tokens[name] = token
		text += fmt.Sprintf("  - {name: %s, sha256: %s, %s}\n", name, hash, rights)
	}
	if err := os.WriteFile(file, []byte(text+more), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, tokens
}

// caller is a gRPC client with a token.
func (n *node) caller(t *testing.T, token string, config *tls.Config) *rightvoice.Client {
	t.Helper()
	o := rightvoice.Options{Address: n.app.GRPCAddr(), Attempts: 1, Timeout: 10 * time.Second, TLS: config}
	if token != "" {
		o.Token = func(context.Context) (string, error) { return token, nil }
	}
	c, err := rightvoice.Dial(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// TestWhoMayAskWhat asks the same over both transports.
func TestWhoMayAskWhat(t *testing.T) {
	file, tokens := accessFile(t, "")
	n := start(t, func(c *config.Config) { c.AuthFile = file })
	asInsurer, asProvider := `{"asker":"ASKER_INSURER","topic":"sleep"}`, `{"asker":"ASKER_PROVIDER","topic":"sleep"}`
	elsewhere := `{"asker":"ASKER_INSURER","topic":"sleep","tenant":"canary"}`
	for name, try := range map[string]struct {
		token, body string
		http        int
		code        codes.Code
		why         string
	}{
		"the portal":               {tokens["portal"], asInsurer, 200, codes.OK, ""},
		"the app":                  {tokens["app"], asProvider, 200, codes.OK, ""},
		"the portal as provider":   {tokens["portal"], asProvider, 403, codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"the app as insurer":       {tokens["app"], asInsurer, 403, codes.PermissionDenied, "SIDE_NOT_ALLOWED"},
		"a tenant of others":       {tokens["portal"], elsewhere, 403, codes.PermissionDenied, "TENANT_NOT_ALLOWED"},
		"an author":                {tokens["author"], asInsurer, 403, codes.PermissionDenied, "ROLE_MISSING"},
		"nobody":                   {"", asInsurer, 401, codes.Unauthenticated, "CREDENTIALS_MISSING"},
		"somebody unknown":         {"rvt_canary", asInsurer, 401, codes.Unauthenticated, "TOKEN_INVALID"},
		"a token of somebody else": {"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJjYW5hcnkifQ.canary", asInsurer, 401, codes.Unauthenticated, "TOKEN_INVALID"},
	} {
		var headers []string
		if try.token != "" {
			headers = []string{"Authorization", "Bearer " + try.token}
		}
		r := n.send(t, "POST", recommendations, try.body, headers...)
		if r.status != try.http || try.why != "" && refusalOf(t, r).reason != try.why || strings.Contains(string(r.body), "canary") {
			t.Errorf("%s over REST: %d %s", name, r.status, r.body)
		}
		if challenge := r.header.Get("WWW-Authenticate"); (challenge != "") != (try.http == 401) || strings.Contains(challenge, "invalid_token") != (try.why == "TOKEN_INVALID") {
			t.Errorf("%s: WWW-Authenticate: %q", name, challenge)
		}
		in := &pb.RecommendRequest{Asker: pb.Asker_ASKER_INSURER, Topic: "sleep"}
		if try.body == asProvider {
			in.Asker = pb.Asker_ASKER_PROVIDER
		}
		if try.body == elsewhere {
			in.Tenant = "canary"
		}
		if _, err := n.caller(t, try.token, nil).Recommend(context.Background(), in); status.Code(err) != try.code {
			t.Errorf("%s over gRPC: %v", name, err)
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/openapi.json"} {
		if r := n.send(t, "GET", path, ""); r.status != 200 {
			t.Errorf("%s: %d", path, r.status)
		}
	}
	if r := n.send(t, "GET", "/cds-services", ""); r.status == 200 {
		t.Error("CDS Hooks lets everyone in")
	}
	all := n.metrics(t)
	if !strings.Contains(all, `rightvoice_refused_total{reason="SIDE_NOT_ALLOWED"} 4`) || !strings.Contains(all, `rightvoice_refused_total{reason="TOKEN_INVALID"} 4`) {
		t.Error("refusals are not counted")
	}
	if log := n.log.String() + all; strings.Contains(log, "canary") || strings.Contains(log, "rvt_") {
		t.Error("a token or tenant can be read by operators")
	}
}

func TestTenantsHaveRates(t *testing.T) {
	file, tokens := accessFile(t, "limits: {default: {per_second: 0.01, burst: 2}}\n")
	n := start(t, func(c *config.Config) { c.AuthFile = file })
	ask := func() reply {
		return n.send(t, "POST", recommendations, `{"asker":"ASKER_INSURER"}`, "Authorization", "Bearer "+tokens["portal"])
	}
	if a, b := ask(), ask(); a.status != 200 || b.status != 200 {
		t.Fatalf("%d %d", a.status, b.status)
	}
	r := ask()
	if r.status != http.StatusTooManyRequests || refusalOf(t, r).reason != "RATE_LIMITED" || r.header.Get("Retry-After") != "100" {
		t.Errorf("%d %s, again after %s", r.status, r.body, r.header.Get("Retry-After"))
	}
}

// TestTokensCanBeTakenBack while the server runs.
func TestTokensCanBeTakenBack(t *testing.T) {
	file, tokens := accessFile(t, "")
	n := start(t, func(c *config.Config) { c.AuthFile = file })
	ask := func() int {
		return n.send(t, "POST", recommendations, `{"asker":"ASKER_INSURER"}`, "Authorization", "Bearer "+tokens["portal"]).status
	}
	if got := ask(); got != 200 {
		t.Fatal(got)
	}
	if err := os.WriteFile(file, []byte("tokens: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(15 * time.Second); ask() != 401; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the token is still good")
		}
	}
}

// authority signs certificates.
type authority struct {
	t    *testing.T
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	dir  string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t, dir: t.TempDir()}
	a.cert, a.key = a.issue("ca", &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	return a
}

// issue makes a certificate and writes it and its key to NAME.pem and NAME.key.
func (a *authority) issue(name string, c *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	c.SerialNumber, c.NotBefore, c.NotAfter = big.NewInt(time.Now().UnixNano()), time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{name + ".pem": {Type: "CERTIFICATE", Bytes: der}, name + ".key": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(a.dir, file), pem.EncodeToMemory(block), 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	out, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return out, key
}

// client trusts the authority and shows the certificate of that name.
func (a *authority) client(name string) *tls.Config {
	a.t.Helper()
	c := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
	c.RootCAs.AddCert(a.cert)
	if name != "" {
		pair, err := tls.LoadX509KeyPair(filepath.Join(a.dir, name+".pem"), filepath.Join(a.dir, name+".key"))
		if err != nil {
			a.t.Fatal(err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c
}

// TestClientCertificates asks over TLS with a certificate that is listed, one
// that is not, one of another authority, and none.
func TestClientCertificates(t *testing.T) {
	ours, others := newAuthority(t), newAuthority(t)
	ours.issue("server", &x509.Certificate{IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	client := []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	feed := &url.URL{Scheme: "spiffe", Host: "clinic.example", Path: "/app"}
	ours.issue("app", &x509.Certificate{URIs: []*url.URL{feed}, ExtKeyUsage: client})
	ours.issue("stranger", &x509.Certificate{DNSNames: []string{"stranger.example"}, ExtKeyUsage: client})
	others.issue("app", &x509.Certificate{URIs: []*url.URL{feed}, ExtKeyUsage: client})
	file, tokens := accessFile(t, "certificates:\n  - {name: clinic, san: \"spiffe://clinic.example/app\", side: provider, roles: {default: [evaluator]}}\n")
	n := start(t, func(c *config.Config) {
		c.AuthFile, c.TLSCertFile, c.TLSKeyFile = file, filepath.Join(ours.dir, "server.pem"), filepath.Join(ours.dir, "server.key")
		c.TLSClientCAFile = filepath.Join(ours.dir, "ca.pem")
	})
	provider := &pb.RecommendRequest{Asker: pb.Asker_ASKER_PROVIDER, Topic: "sleep"}
	for name, try := range map[string]struct {
		tls   *tls.Config
		token string
		code  codes.Code
		http  int // 0: no connection
	}{
		"listed":               {ours.client("app"), "", codes.OK, 200},
		"not listed":           {ours.client("stranger"), "", codes.Unauthenticated, 401},
		"none":                 {ours.client(""), "", codes.Unauthenticated, 401},
		"none, but a token":    {ours.client(""), tokens["app"], codes.OK, 200},
		"of another authority": {&tls.Config{RootCAs: ours.client("").RootCAs, Certificates: others.client("app").Certificates}, "", codes.Unavailable, 0},
	} {
		_, err := n.caller(t, try.token, try.tls).Recommend(context.Background(), provider)
		if status.Code(err) != try.code {
			t.Errorf("%s over gRPC: %v", name, err)
		}
		if got := n.overTLS(t, try.tls, try.token, `{"asker":"ASKER_PROVIDER","topic":"sleep"}`); got != try.http {
			t.Errorf("%s over REST: %d", name, got)
		}
	}
	if got := n.overTLS(t, ours.client("app"), "", `{"asker":"ASKER_INSURER"}`); got != 403 {
		t.Errorf("the clinic asks as the insurer: %d", got)
	}
}

// overTLS asks over REST and returns the HTTP status, 0 if nothing came.
func (n *node) overTLS(t *testing.T, config *tls.Config, token, body string) int {
	t.Helper()
	c := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: config, DisableKeepAlives: true}}
	r, err := http.NewRequest("POST", "https://"+n.app.HTTPAddr()+recommendations, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := c.Do(r)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}
