package app

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/rightvoice/rightvoice/server/config"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

const atDischarge = `{"hook":"encounter-discharge","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
	"context":{"userId":"Practitioner/1","patientId":"canary-patient","encounterId":"e1"}}`

// serve sends one request to the handler of a server that does not listen.
func serve(a *App, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	a.http.Handler.ServeHTTP(w, r)
	return w
}

func TestCDSHooksIsServedBesideREST(t *testing.T) {
	var log bytes.Buffer
	c := testConfig()
	c.LogLevel = "debug"
	a := build(t, c, Options{LogTo: &log})
	if w := serve(a, "GET", "/cds-services", ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "encounter-discharge") {
		t.Errorf("discovery: %d %s", w.Code, w.Body)
	}
	w := serve(a, "POST", "/cds-services/encounter-discharge", atDischarge)
	var answer struct{ Cards []struct{ UUID string } }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK || len(answer.Cards) != 1 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := serve(a, "GET", "/v1/decisions/"+answer.Cards[0].UUID, ""); w.Code != http.StatusOK {
		t.Errorf("the card's decision over REST: %d %s", w.Code, w.Body)
	}
	for path, want := range map[string]int{"/healthz": 200, "/cds-servicesx": 404, "/cds-services/none": 405, "/v1/nothing": 404} {
		if w := serve(a, "GET", path, ""); w.Code != want {
			t.Errorf("GET %s: %d, want %d", path, w.Code, want)
		}
	}
	metrics := serve(a, "GET", "/metrics", "").Body.String()
	if !strings.Contains(metrics, `rightvoice_requests_total{code="OK",method="Invoke",transport="cdshooks"} 1`) {
		t.Error("calls of EHRs are not counted")
	}
	if strings.Contains(log.String()+metrics, "canary") {
		t.Error("the log or the metrics name the patient")
	}
}

// ehr is a client with a key, and the list that trusts it.
type ehr struct {
	key  *ecdsa.PrivateKey
	list string
}

func newEHR(t *testing.T) ehr {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{KeyID: "k", Use: "sig", Key: &key.PublicKey}}})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "issuers.json")
	if err := os.WriteFile(list, []byte(`{"issuers": [{"iss": "https://ehr.example", "jwks": `+string(set)+`}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return ehr{key, list}
}

func (e ehr) token(t *testing.T, aud string) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES384, Key: e.key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "k"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	token, err := jwt.Signed(signer).Claims(jwt.Claims{Issuer: "https://ehr.example", Audience: jwt.Audience{aud}, ID: rand.Text(),
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(time.Minute))}).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + token
}

func TestCDSHooksNeedsATokenOnceIssuersAreListed(t *testing.T) {
	e := newEHR(t)
	c := testConfig()
	c.CDSIssuers, c.CDSBaseURL = e.list, "https://cds.example/"
	a := build(t, c, Options{LogTo: io.Discard})
	const path = "/cds-services/encounter-discharge"
	token := e.token(t, "https://cds.example"+path)
	for _, try := range []struct {
		token string
		want  int
	}{{"", 401}, {e.token(t, "https://other.example"+path), 401}, {token, 200}, {token, 401}} {
		if w := serve(a, "POST", path, atDischarge, "Authorization", try.token); w.Code != try.want || w.Code == 401 && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%d, want %d: %s", w.Code, try.want, w.Body)
		}
	}
	if w := serve(a, "GET", "/healthz", ""); w.Code != 200 {
		t.Error("other paths need the token too")
	}
	c.CDSIssuers = filepath.Join(t.TempDir(), "none.json")
	if err := os.WriteFile(c.CDSIssuers, []byte(`{"issuers": [{"iss": "x"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(c, Options{LogTo: io.Discard}); err == nil || !strings.Contains(err.Error(), "--cds-issuers") {
		t.Errorf("a list without keys: %v", err)
	}
}

// TestATokenIsGoodForOneServerOfMany uses a token on one server and again on
// another that shares its Redis.
func TestATokenIsGoodForOneServerOfMany(t *testing.T) {
	redis := storetest.StartRedis(t)
	e := newEHR(t)
	c := testConfig()
	c.CDSIssuers, c.CDSBaseURL = e.list, "https://cds.example"
	c.RedisURL, c.Key = config.NewSecret(redis.URL()), config.NewSecret(strings.Repeat("s", config.MinSecret))
	c.RedisBudget = time.Second
	one, two := build(t, c, Options{}), build(t, c, Options{})
	token := e.token(t, "https://cds.example/cds-services")
	for i, try := range []struct {
		on   *App
		want int
	}{{one, 200}, {two, 401}, {one, 401}} {
		if w := serve(try.on, "GET", "/cds-services", "", "Authorization", token); w.Code != try.want {
			t.Errorf("use %d: %d, want %d: %s", i+1, w.Code, try.want, w.Body)
		}
	}
}

func TestCDSHooksIsNotServedToStrangers(t *testing.T) {
	c := testConfig()
	c.HTTPAddr = "0.0.0.0:0"
	if c.ServesCDS() {
		t.Error("everyone may call from other machines")
	}
	c.Insecure = true
	if !c.ServesCDS() {
		t.Error("--insecure does not let everyone call")
	}
}
