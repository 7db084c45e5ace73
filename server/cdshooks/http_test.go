package cdshooks

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/rightvoice/rightvoice/server/cdshooks/trust"
)

func TestPathsAndMethods(t *testing.T) {
	b := newBench(t, nil)
	body := call("patient-view", m{"encounters": nil, "conditions": nil})
	for _, try := range []struct {
		method, path string
		want         int
		allow        string
	}{
		{"GET", Path, 200, ""}, {"HEAD", Path, 200, ""}, {"POST", Path, 405, "GET"}, {"GET", Path + "/", 404, ""},
		{"GET", Path + "/patient-view", 405, "POST"}, {"DELETE", Path + "/patient-view/feedback", 405, "POST"},
		{"POST", Path + "/patient-view", 200, ""}, {"POST", Path + "/order-sign", 404, ""}, {"POST", Path + "/order-sign/feedback", 404, ""},
		{"POST", Path + "/patient-view/feedback/x", 404, ""}, {"POST", Path + "/patient-view/other", 404, ""},
		{"POST", Path + "/encounter-discharge", 400, ""}, // that service is for another hook
	} {
		w := b.send(try.method, try.path, body)
		if w.Code != try.want || w.Header().Get("Allow") != try.allow || w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: %d %v", try.method, try.path, w.Code, w.Header())
		}
	}
}

// endless is a body of spaces.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	n := min(len(p), e.left)
	e.left -= n
	for i := range p[:n] {
		p[i] = ' '
	}
	return n, map[bool]error{true: http.ErrBodyReadAfterClose}[n == 0]
}

func TestBodiesAreLimited(t *testing.T) {
	b := newBench(t, nil)
	for name, try := range map[string]struct {
		length  int64
		size    int
		headers []string
		want    int
	}{
		"declared too large": {100 << 20, 0, nil, http.StatusRequestEntityTooLarge},
		"too large":          {-1, 100 << 20, nil, http.StatusRequestEntityTooLarge},
		"cut off":            {-1, 10, nil, http.StatusBadRequest},
		"another type":       {-1, 10, []string{"Content-Type", "text/plain"}, http.StatusUnsupportedMediaType},
		"compressed":         {-1, 10, []string{"Content-Encoding", "gzip"}, http.StatusUnsupportedMediaType},
	} {
		body := &endless{try.size}
		r := httptest.NewRequest("POST", Path+"/patient-view", body)
		r.ContentLength = try.length
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		if try.headers != nil {
			r.Header.Set(try.headers[0], try.headers[1])
		}
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		if w.Code != try.want || try.size-body.left > MaxBody+1<<20 {
			t.Errorf("%s: %d %s after %d bytes", name, w.Code, w.Body, try.size-body.left)
		}
	}
	if !b.room.TryAcquire(maxBodies) {
		t.Fatal("room was not given back")
	}
	w := b.send("POST", Path+"/patient-view", "{}")
	if reason, _ := refusal(t, w); w.Code != http.StatusTooManyRequests || reason != "OVERLOADED" || w.Header().Get("Retry-After") == "" {
		t.Errorf("without room: %d %s", w.Code, w.Body)
	}
}

func TestCORS(t *testing.T) {
	const sandbox = "https://sandbox.cds-hooks.org"
	b := newBench(t, func(o *Options) { o.Origins = []string{sandbox} })
	ask := func(b *bench, origin string) *httptest.ResponseRecorder {
		return b.send("OPTIONS", Path+"/patient-view", nil, "Origin", origin, "Access-Control-Request-Method", "POST",
			"Access-Control-Request-Headers", "authorization,content-type,accept", "Access-Control-Request-Private-Network", "true")
	}
	w := ask(b, sandbox)
	for name, want := range map[string]string{"Allow-Origin": sandbox, "Allow-Methods": "GET, POST, OPTIONS", "Allow-Headers": "Authorization, Content-Type, Accept", "Allow-Private-Network": "true"} {
		if got := w.Header().Get("Access-Control-" + name); got != want || w.Code != http.StatusNoContent {
			t.Errorf("%d %s: %q, want %q", w.Code, name, got, want)
		}
	}
	if w := b.send("GET", Path, nil, "Origin", sandbox); w.Code != http.StatusOK || w.Header().Get("Access-Control-Allow-Origin") != sandbox || w.Header().Get("Vary") != "Origin" {
		t.Errorf("a call of a page on the list: %d %v", w.Code, w.Header())
	}
	for name, w := range map[string]*httptest.ResponseRecorder{"another page": ask(b, "https://evil.example"), "no list": ask(newBench(t, nil), sandbox), "null": ask(b, "null")} {
		if w.Code == http.StatusNoContent || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
}

// signed is a token for a URL.
func signed(t testing.TB, key any, alg jose.SignatureAlgorithm, bend func(*jwt.Claims, map[jose.HeaderKey]any), aud string) string {
	t.Helper()
	c := jwt.Claims{Issuer: "https://ehr.example", Audience: jwt.Audience{aud}, ID: rand.Text(), IssuedAt: jwt.NewNumericDate(today), Expiry: jwt.NewNumericDate(today.Add(time.Minute))}
	head := map[jose.HeaderKey]any{"kid": "k", "typ": "JWT"}
	if bend != nil {
		bend(&c, head)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, &jose.SignerOptions{ExtraHeaders: head})
	if err != nil {
		t.Fatal(err)
	}
	token, err := jwt.Signed(signer).Claims(c).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + token
}

func TestTokensOverHTTP(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	gate, err := trust.New(trust.Options{Now: func() time.Time { return today }, Issuers: []trust.Issuer{{Name: "https://ehr.example", Tenant: "east",
		Keys: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{KeyID: "k", Use: "sig", Key: &key.PublicKey}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, func(o *Options) { o.Gate = gate })
	server := httptest.NewServer(b)
	defer server.Close()
	const path = Path + "/encounter-discharge"
	post := func(token string) (int, string) {
		r, err := http.NewRequest("POST", server.URL+path, strings.NewReader(`{"hook":"encounter-discharge","hookInstance":"`+instance+
			`","context":{"userId":"Practitioner/1","patientId":"p1","encounterId":"e1"}}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		if token != "" {
			r.Header.Set("Authorization", token)
		}
		resp, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var body bytes.Buffer
		body.ReadFrom(resp.Body)
		if resp.StatusCode == http.StatusUnauthorized && !strings.HasPrefix(resp.Header.Get("WWW-Authenticate"), "Bearer") {
			t.Error("401 without WWW-Authenticate")
		}
		return resp.StatusCode, body.String()
	}
	good := signed(t, key, jose.ES384, nil, base+path)
	type head = map[jose.HeaderKey]any
	for _, try := range []struct {
		name, token, reason string
	}{
		{"good", good, ""},
		{"replayed", good, "TOKEN_REPLAYED"},
		{"none", "", "TOKEN_MISSING"},
		{"symmetric", signed(t, []byte(strings.Repeat("k", 48)), jose.HS384, nil, base+path), "TOKEN_ALGORITHM"},
		{"for another URL", signed(t, key, jose.ES384, nil, base+Path), "TOKEN_AUDIENCE"},
		{"expired", signed(t, key, jose.ES384, func(c *jwt.Claims, _ head) { c.Expiry = jwt.NewNumericDate(today.Add(-time.Hour)) }, base+path), "TOKEN_EXPIRED"},
		{"of a stranger", signed(t, key, jose.ES384, func(c *jwt.Claims, _ head) { c.Issuer = "https://canary.example" }, base+path), "TOKEN_ISSUER"},
		{"without kid", signed(t, key, jose.ES384, func(_ *jwt.Claims, h head) { delete(h, "kid") }, base+path), "TOKEN_WITHOUT_KID"},
		{"with a jku", signed(t, key, jose.ES384, func(_ *jwt.Claims, h head) { h["jku"] = "https://canary.example" }, base+path), "TOKEN_JKU"},
	} {
		code, body := post(try.token)
		switch {
		case try.reason == "" && (code != http.StatusOK || !strings.Contains(body, `"cards":[{`)):
			t.Errorf("%s: %d %s", try.name, code, body)
		case try.reason != "" && (code != http.StatusUnauthorized || !strings.Contains(body, `"`+try.reason+`"`) || strings.Contains(body, "canary")):
			t.Errorf("%s: %d %s, want %s", try.name, code, body, try.reason)
		}
	}
	if seen := *b.seen; len(seen) != 1 || seen[0].Tenant != "east" {
		t.Errorf("asked of the service: %d", len(seen))
	}
	if log := b.log.String(); strings.Contains(log, "canary") || strings.Contains(log, "eyJ") {
		t.Errorf("the log holds a token: %s", log)
	}
}

// full lets nobody in; broken panics.
type full struct{}

func (full) Run(context.Context, string, func(context.Context) int) int {
	return http.StatusTooManyRequests
}

type broken struct{}

func (broken) Run(context.Context, string, func(context.Context) int) int {
	return http.StatusInternalServerError
}

func TestWhatTheGuardRefuses(t *testing.T) {
	for want, guard := range map[int]Guard{http.StatusTooManyRequests: full{}, http.StatusInternalServerError: broken{}} {
		w := newBench(t, func(o *Options) { o.Guard = guard }).send("GET", Path, nil)
		if _, _ = refusal(t, w); w.Code != want {
			t.Errorf("%d, want %d", w.Code, want)
		}
	}
}
