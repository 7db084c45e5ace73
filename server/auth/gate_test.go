package auth

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	ctx   = context.Background()
	today = time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC)
)

// open makes a gate of a file with this text.
func open(t *testing.T, text string, change func(*Options)) (*Gate, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "access.yaml")
	write(t, file, text)
	o := Options{File: file, Now: func() time.Time { return today }}
	if change != nil {
		change(&o)
	}
	g, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return g, file
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// why is the reason of a refusal.
func why(t *testing.T, err error) string {
	t.Helper()
	var r *Refusal
	switch {
	case err == nil:
		return "let in"
	case !errors.As(err, &r):
		t.Fatalf("no refusal: %v", err)
	case strings.Contains(err.Error(), "canary"):
		t.Errorf("what was sent is repeated: %v", err)
	}
	return r.Reason.String()
}

func newToken(t *testing.T) (token, hash string) {
	t.Helper()
	token, hash, err := NewToken()
	if err != nil {
		t.Fatal(err)
	}
	return token, hash
}

func TestTokens(t *testing.T) {
	token, hash := newToken(t)
	old, oldHash := newToken(t)
	other, _ := newToken(t)
	counted := map[Reason]int{}
	g, _ := open(t, fmt.Sprintf(`
tokens:
  - {name: portal, sha256: %s, side: insurer, roles: {default: [evaluator], east: [evaluator, viewer]}}
  - {name: old, sha256: %s, kind: person, roles: {"*": [auditor]}, expires: 2026-12-31}
`, hash, oldHash), func(o *Options) { o.Refused = func(r Reason) { counted[r]++ } })
	p, err := g.Authenticate(ctx, "Bearer "+token, nil)
	if err != nil || p.Name != "portal" || p.Side != Insurer || p.Kind != Program || p.In("east") != Evaluator|Viewer || p.In("west") != 0 {
		t.Fatalf("%+v %v", p, err)
	}
	for header, want := range map[string]string{
		"bearer  " + token:                     "let in",
		"":                                     "CREDENTIALS_MISSING",
		"Bearer":                               "TOKEN_INVALID",
		"Bearer ":                              "TOKEN_INVALID",
		"Basic " + token:                       "TOKEN_INVALID",
		token:                                  "TOKEN_INVALID",
		"Bearer " + other:                      "TOKEN_INVALID",
		"Bearer " + old:                        "TOKEN_EXPIRED",
		"Bearer " + token + "x":                "TOKEN_INVALID",
		"Bearer " + token[:len(token)-1]:       "TOKEN_INVALID",
		"Bearer " + hash:                       "TOKEN_INVALID",
		"Bearer rvt_canary":                    "TOKEN_INVALID",
		"Bearer " + strings.Repeat("c", 1<<20): "TOKEN_INVALID",
		"Bearer canary.canary.canary":          "TOKEN_INVALID",
	} {
		if _, err := g.Authenticate(ctx, header, nil); why(t, err) != want {
			t.Errorf("%.30q: %v, want %s", header, why(t, err), want)
		}
	}
	if counted[BadToken] != 11 || counted[ExpiredToken] != 1 || counted[NoCredentials] != 1 {
		t.Errorf("%v", counted)
	}
}

func TestCertificates(t *testing.T) {
	g, _ := open(t, `
certificates:
  - {name: feed, san: "spiffe://clinic.example/feed", side: provider, roles: {default: [evaluator]}}
  - {name: host, san: feed.clinic.example, side: provider, roles: {default: [evaluator]}}
`, nil)
	spiffe, _ := url.Parse("spiffe://clinic.example/feed")
	for name, try := range map[string]struct {
		c    *x509.Certificate
		want string
	}{
		"by its URI":  {&x509.Certificate{URIs: []*url.URL{spiffe}}, "feed"},
		"by its name": {&x509.Certificate{DNSNames: []string{"x.example", "feed.clinic.example"}}, "host"},
		"unknown":     {&x509.Certificate{DNSNames: []string{"canary.example"}}, ""},
		"no names":    {&x509.Certificate{}, ""},
	} {
		p, err := g.Authenticate(ctx, "", try.c)
		if try.want == "" && why(t, err) != "CERTIFICATE_UNKNOWN" || try.want != "" && (err != nil || p.Name != try.want) {
			t.Errorf("%s: %v %v", name, p, err)
		}
	}
	if _, err := g.Authenticate(ctx, "Bearer rvt_x", &x509.Certificate{URIs: []*url.URL{spiffe}}); why(t, err) != "TOKEN_INVALID" {
		t.Error("a bad token is let in for a good certificate")
	}
}

func TestChangesOfTheFileAreTakenOver(t *testing.T) {
	token, hash := newToken(t)
	var log bytes.Buffer
	g, file := open(t, "tokens: []", func(o *Options) {
		o.PollEvery, o.Log = 5*time.Millisecond, slog.New(slog.NewTextHandler(&log, nil))
	})
	watching, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { g.Watch(watching); close(done) }()
	eventually := func(want string) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			_, err := g.Authenticate(ctx, "Bearer "+token, nil)
			if got := why(t, err); got == want {
				return
			} else if time.Now().After(end) {
				t.Fatalf("%s, want %s", got, want)
			}
		}
	}
	good := "tokens:\n  - {name: portal, sha256: " + hash + ", side: insurer, roles: {default: [evaluator]}}\n"
	write(t, file, good)
	eventually("let in")
	write(t, file, good+"  - {name: canary")
	time.Sleep(50 * time.Millisecond)
	eventually("let in")
	os.Remove(file)
	time.Sleep(50 * time.Millisecond)
	eventually("let in")
	write(t, file, "tokens: []\n")
	eventually("TOKEN_INVALID")
	stop()
	<-done
	if n := strings.Count(log.String(), "stays in force"); n < 1 || n > 4 {
		t.Errorf("%d complaints: %s", n, log.String())
	}
}

func TestFilesWithMistakesAreRefused(t *testing.T) {
	_, h1 := newToken(t)
	_, h2 := newToken(t)
	token := func(rest string) string { return "tokens:\n  - {name: a, sha256: " + h1 + ", " + rest + "}\n" }
	issuer := func(rest string) string {
		return "issuers:\n  - {issuer: \"https://a.example\", audience: x, grants: [{claim: sub, value: a, roles: {default: [viewer]}}], " + rest + "}\n"
	}
	for name, text := range map[string]string{
		"an unknown key":         token("roles: {default: [viewer]}, rolls: 1"),
		"an unknown role":        token("roles: {default: [owner]}"),
		"an unknown side":        token("side: patient, roles: {default: [viewer]}"),
		"an unknown kind":        token("kind: robot, roles: {default: [viewer]}"),
		"no roles":               token("roles: {}"),
		"an evaluator of none":   token("roles: {default: [evaluator]}"),
		"a name with a space":    "tokens:\n  - {name: a b, sha256: " + h1 + ", roles: {default: [viewer]}}",
		"a short hash":           "tokens:\n  - {name: a, sha256: " + h1[:60] + ", roles: {default: [viewer]}}",
		"one name twice":         token("roles: {default: [viewer]}") + "  - {name: a, sha256: " + h2 + ", roles: {default: [viewer]}}",
		"one token twice":        token("roles: {default: [viewer]}") + "  - {name: b, sha256: " + h1 + ", roles: {default: [viewer]}}",
		"a certificate's name":   token("roles: {default: [viewer]}") + "certificates:\n  - {name: a, san: x, roles: {default: [viewer]}}",
		"no SAN":                 "certificates:\n  - {name: a, san: \"\", roles: {default: [viewer]}}",
		"an issuer over http":    strings.Replace(issuer(""), "https", "http", 1),
		"keys over http":         issuer("jwks: \"http://a.example/keys\""),
		"HS256":                  issuer("algorithms: [HS256]"),
		"no signature":           issuer("algorithms: [none]"),
		"one issuer twice":       issuer("") + strings.TrimPrefix(issuer(""), "issuers:\n"),
		"a grant of nothing":     strings.Replace(issuer(""), ", roles: {default: [viewer]}", "", 1),
		"a rate of nothing":      "limits:\n  default: {per_second: 0}",
		"a tenant with a space":  token("roles: {\"a b\": [viewer]}"),
		"a file that is no YAML": "tokens: [",
	} {
		if _, err := ReadFile("access.yaml", []byte(text)); err == nil {
			t.Errorf("%s is accepted: %s", name, text)
		}
	}
	for name, text := range map[string]string{
		"empty": "tokens: []", "an issuer": issuer(""), "an issuer here": strings.Replace(issuer(""), "https://a.example", "http://127.0.0.1:8", 1),
		"a viewer": token("roles: {default: [viewer]}"), "all tenants": token("side: integrated, roles: {\"*\": [evaluator]}"),
	} {
		if _, err := ReadFile("access.yaml", []byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(Options{File: filepath.Join(t.TempDir(), "none")}); err == nil {
		t.Error("opened without a file")
	}
}

func TestRates(t *testing.T) {
	now := today
	g, _ := open(t, `{limits: {default: {per_second: 10, burst: 20}, east: {per_second: 0.5}}}`, func(o *Options) { o.Now = func() time.Time { return now } })
	take := func(tenant string, n int) time.Duration {
		t.Helper()
		err := g.Take(tenant, n)
		if err == nil {
			return 0
		}
		var r *Refusal
		if why(t, err) != "RATE_LIMITED" || !errors.As(err, &r) || r.RetryAfter <= 0 {
			t.Errorf("%v", err)
			return 0
		}
		return r.RetryAfter
	}
	for i := range 20 {
		if w := take("default", 1); w != 0 {
			t.Fatalf("%d: wait %v", i, w)
		}
	}
	if w := take("default", 1); w != 100*time.Millisecond {
		t.Errorf("wait %v", w)
	}
	if w := take("default", 5); w != 500*time.Millisecond {
		t.Errorf("wait %v", w)
	}
	if take("west", 1000) != 0 || take("east", 1) != 0 || take("east", 1) != 2*time.Second {
		t.Error("tenants share a rate, or one that has none is limited")
	}
	now = now.Add(time.Second)
	if take("default", 10) != 0 || take("default", 1) == 0 {
		t.Error("a second brings ten")
	}
	now = now.Add(time.Hour)
	if take("default", 100) != 0 { // larger than the bucket, paid for afterwards
		t.Error("a batch never fits")
	}
	if w := take("default", 1); w < 8*time.Second {
		t.Errorf("wait %v after a batch of 100", w)
	}
}

func TestTenantsThatAreNotNamedAreLimitedEachByItself(t *testing.T) {
	g, _ := open(t, `{limits: {"*": {per_second: 1, burst: 1}}}`, nil)
	for i := range maxBuckets + 100 {
		if err := g.Take(fmt.Sprint("t", i), 1); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(g.book.Load().limits.buckets); n > maxBuckets {
		t.Errorf("%d buckets", n)
	}
}

func TestWhoIsCallingTravelsWithTheContext(t *testing.T) {
	if p := From(ctx); p.Name != "local" || !p.May(rules+"PublishDraft", "any") {
		t.Errorf("%+v", p)
	}
	me := &Principal{Name: "me"}
	if From(With(ctx, me)) != me {
		t.Error("somebody else")
	}
}

func BenchmarkAuthenticate(b *testing.B) {
	token, hash, err := NewToken()
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "access.yaml")
	if err := os.WriteFile(file, []byte("tokens:\n  - {name: portal, sha256: "+hash+", side: insurer, roles: {default: [evaluator]}}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	g, err := Open(Options{File: file})
	if err != nil {
		b.Fatal(err)
	}
	header := "Bearer " + token
	b.ReportAllocs()
	for b.Loop() {
		p, err := g.Authenticate(ctx, header, nil)
		if err != nil || g.Permit(p, recommendations+"Recommend", "default") != nil {
			b.Fatal(err)
		}
	}
}
