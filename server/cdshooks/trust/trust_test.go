package trust

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/rightvoice/rightvoice/server/auth/keyset"
)

const (
	iss    = "https://ehr.example"
	called = "https://cds.example/cds-services/rightvoice-patient-view"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// keychain makes keys once: RSA keys take long.
var keychain = sync.OnceValue(func() (k struct {
	ec, other, small *ecdsa.PrivateKey
	rsa              *rsa.PrivateKey
}) {
	k.ec, _ = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	k.other, _ = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	k.small, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	k.rsa, _ = rsa.GenerateKey(rand.Reader, 2048)
	return k
})

func public(kid string, key any) jose.JSONWebKey {
	return jose.JSONWebKey{KeyID: kid, Use: "sig", Key: key}
}

func keySet() jose.JSONWebKeySet {
	k := keychain()
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public("ec", &k.ec.PublicKey), public("rsa", &k.rsa.PublicKey), public("small", &k.small.PublicKey)}}
}

// draft is a token before it is signed; tests bend it.
type draft struct {
	alg    jose.SignatureAlgorithm
	key    any
	header map[jose.HeaderKey]any
	claims map[string]any
}

func goodDraft() draft {
	return draft{alg: jose.ES384, key: keychain().ec, header: map[jose.HeaderKey]any{"kid": "ec", "typ": "JWT"},
		claims: map[string]any{"iss": iss, "aud": called, "iat": noon.Unix(), "exp": noon.Add(5 * time.Minute).Unix(), "jti": rand.Text(), "tenant": "clinic"}}
}

func (d draft) sign(t testing.TB) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: d.alg, Key: d.key}, &jose.SignerOptions{ExtraHeaders: d.header})
	if err != nil {
		t.Fatal(err)
	}
	token, err := jwt.Signed(signer).Claims(d.claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + token
}

func newGate(t testing.TB, issuers ...Issuer) *Gate {
	t.Helper()
	if issuers == nil {
		issuers = []Issuer{{Name: iss, Tenant: "east", Keys: keySet()}}
	}
	g, err := New(Options{Issuers: issuers, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func reason(err error) Reason {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Reason
	}
	return ""
}

func TestGoodTokensAreTaken(t *testing.T) {
	g := newGate(t)
	for name, bend := range map[string]func(*draft){
		"ES384":               func(*draft) {},
		"RS384":               func(d *draft) { d.alg, d.key, d.header["kid"] = jose.RS384, keychain().rsa, "rsa" },
		"several audiences":   func(d *draft) { d.claims["aud"] = []string{"https://x.example", called} },
		"no typ":              func(d *draft) { delete(d.header, "typ") },
		"expired by a second": func(d *draft) { d.claims["exp"] = noon.Add(-time.Second).Unix() },
		"a clock ahead":       func(d *draft) { d.claims["iat"] = noon.Add(30 * time.Second).Unix() },
	} {
		d := goodDraft()
		bend(&d)
		client, err := g.Check(context.Background(), d.sign(t), called)
		if err != nil || client != (Client{Issuer: iss, Tenant: "east", Organisation: "clinic"}) {
			t.Errorf("%s: %+v %v", name, client, err)
		}
	}
}

func TestBadTokensAreRefused(t *testing.T) {
	g := newGate(t)
	for name, try := range map[string]struct {
		bend func(*draft)
		want Reason
	}{
		"symmetric": {func(d *draft) { d.alg, d.key = jose.HS384, []byte(strings.Repeat("k", 64)) }, Algorithm},
		"signed with the public key as a secret": {func(d *draft) {
			d.alg, d.key = jose.HS256, elliptic.Marshal(elliptic.P384(), keychain().ec.X, keychain().ec.Y)
		}, Algorithm},
		"ES256":                         {func(d *draft) { d.alg, d.key, d.header["kid"] = jose.ES256, keychain().small, "small" }, Algorithm},
		"RS256":                         {func(d *draft) { d.alg, d.key, d.header["kid"] = jose.RS256, keychain().rsa, "rsa" }, Algorithm},
		"no kid":                        {func(d *draft) { delete(d.header, "kid") }, NoKeyID},
		"another kind of token":         {func(d *draft) { d.header["typ"] = "at+jwt" }, Malformed},
		"unknown kid":                   {func(d *draft) { d.header["kid"] = "canary" }, UnknownKey},
		"kid of another kind of key":    {func(d *draft) { d.header["kid"] = "rsa" }, UnknownKey},
		"kid of a key that is too weak": {func(d *draft) { d.header["kid"] = "small" }, UnknownKey},
		"another's signature":           {func(d *draft) { d.key = keychain().other }, Signature},
		"its own key in the header": {func(d *draft) {
			d.key, d.header["jwk"] = keychain().other, public("ec", &keychain().other.PublicKey)
		}, Signature},
		"unknown issuer":       {func(d *draft) { d.claims["iss"] = "https://canary.example" }, UnknownIssuer},
		"issuer with a slash":  {func(d *draft) { d.claims["iss"] = iss + "/" }, UnknownIssuer},
		"no issuer":            {func(d *draft) { delete(d.claims, "iss") }, UnknownIssuer},
		"jku not on the list":  {func(d *draft) { d.header["jku"] = "http://127.0.0.1:1/canary" }, UnknownJKU},
		"jku that is no text":  {func(d *draft) { d.header["jku"] = 7 }, UnknownJKU},
		"another audience":     {func(d *draft) { d.claims["aud"] = "https://cds.example/cds-services" }, Audience},
		"no audience":          {func(d *draft) { delete(d.claims, "aud") }, Audience},
		"no exp":               {func(d *draft) { delete(d.claims, "exp") }, Incomplete},
		"no iat":               {func(d *draft) { delete(d.claims, "iat") }, Incomplete},
		"no jti":               {func(d *draft) { delete(d.claims, "jti") }, Incomplete},
		"endless jti":          {func(d *draft) { d.claims["jti"] = strings.Repeat("j", maxID+1) }, Incomplete},
		"expired":              {func(d *draft) { d.claims["exp"] = noon.Add(-2 * time.Minute).Unix() }, Expired},
		"issued in the future": {func(d *draft) { d.claims["iat"] = noon.Add(2 * time.Minute).Unix() }, NotYet},
		"not before later":     {func(d *draft) { d.claims["nbf"] = noon.Add(2 * time.Minute).Unix() }, NotYet},
		"lives too long":       {func(d *draft) { d.claims["exp"] = noon.Add(2 * time.Hour).Unix() }, TooLong},
		"claims of wrong type": {func(d *draft) { d.claims["exp"] = "soon" }, Malformed},
	} {
		d := goodDraft()
		try.bend(&d)
		_, err := g.Check(context.Background(), d.sign(t), called)
		if reason(err) != try.want {
			t.Errorf("%s: %v, want %s", name, err, try.want)
		}
		if err != nil && (strings.Contains(err.Error(), "canary") || err.Error() == "") {
			t.Errorf("%s: the words repeat the token, or there are none: %q", name, err)
		}
	}
}

func TestThingsThatAreNoTokens(t *testing.T) {
	g := newGate(t)
	good := goodDraft().sign(t)
	part := strings.Split(strings.TrimPrefix(good, "Bearer "), ".")
	b64 := base64.RawURLEncoding.EncodeToString
	for text, want := range map[string]Reason{
		"":             Missing,
		"Basic dTpw":   Malformed,
		"Bearer":       Malformed,
		"Bearer x.y.z": Malformed,
		good + ".x":    Malformed,
		"Bearer " + part[0] + "." + part[1] + ".":                                                                Signature,
		"Bearer " + b64([]byte(`{"alg":"none","kid":"ec"}`)) + "." + part[1] + ".":                               Algorithm,
		"Bearer " + b64([]byte(`{"alg":"ES384","kid":"ec","crit":["x"],"x":1}`)) + "." + part[1] + "." + part[2]: Signature,
	} {
		if _, err := g.Check(context.Background(), text, called); reason(err) != want {
			t.Errorf("%.40q…: %v, want %s", text, err, want)
		}
	}
}

func TestATokenIsGoodForOneCall(t *testing.T) {
	g := newGate(t)
	d := goodDraft()
	token := d.sign(t)
	if _, err := g.Check(context.Background(), token, called+"x"); reason(err) != Audience {
		t.Fatal(err)
	}
	for i, want := range []Reason{"", Replayed, Replayed} {
		if _, err := g.Check(context.Background(), token, called); reason(err) != want {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if _, err := g.Check(context.Background(), d.sign(t), called); reason(err) != Replayed {
		t.Errorf("the same jti in another token: %v", err)
	}
}

func TestOneTokenSentOftenAtOnceIsTakenOnce(t *testing.T) {
	g, token := newGate(t), goodDraft().sign(t)
	var taken atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := g.Check(context.Background(), token, called); err == nil {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if taken.Load() != 1 {
		t.Errorf("taken %d times", taken.Load())
	}
}

func TestReplaysAreBounded(t *testing.T) {
	now := noon
	u := NewReplays(func() time.Time { return now }).(*used)
	u.limit = 3
	id := func(b byte) [32]byte { return [32]byte{b} }
	for b := range byte(3) {
		if first, err := u.First(context.Background(), id(b), noon.Add(time.Minute)); !first || err != nil {
			t.Fatal(first, err)
		}
	}
	if _, err := u.First(context.Background(), id(9), noon.Add(time.Minute)); err == nil {
		t.Error("a full memory forgot a token that has not expired")
	}
	now = noon.Add(2 * time.Minute)
	if first, err := u.First(context.Background(), id(9), now.Add(time.Minute)); !first || err != nil || len(u.until) != 1 {
		t.Errorf("expired tokens are kept: %v %v %d", first, err, len(u.until))
	}
}

// ehr publishes keys and counts how often they are asked for.
type ehr struct {
	*httptest.Server
	asked atomic.Int64
	serve atomic.Pointer[http.HandlerFunc]
}

func newEHR(t *testing.T) *ehr {
	e := &ehr{}
	e.publish(keySet())
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.asked.Add(1)
		(*e.serve.Load())(w, r)
	}))
	t.Cleanup(e.Close)
	return e
}

func (e *ehr) do(h http.HandlerFunc) { e.serve.Store(&h) }

func (e *ehr) publish(set jose.JSONWebKeySet) {
	e.do(func(w http.ResponseWriter, _ *http.Request) { json.NewEncoder(w).Encode(set) })
}

func TestPublishedKeys(t *testing.T) {
	e, now := newEHR(t), noon
	g, err := New(Options{Issuers: []Issuer{{Name: iss, JKUs: []string{e.URL + "/jwks"}}}, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(kid string, named bool) Reason {
		t.Helper()
		d := goodDraft()
		d.header["kid"], d.claims["iat"], d.claims["exp"] = kid, now.Unix(), now.Add(time.Minute).Unix()
		if named {
			d.header["jku"] = e.URL + "/jwks"
		}
		_, err := g.Check(context.Background(), d.sign(t), called)
		return reason(err)
	}
	expect := func(what string, got, want Reason, asked int64) {
		t.Helper()
		if got != want || e.asked.Load() != asked {
			t.Errorf("%s: %q after %d requests, want %q after %d", what, got, e.asked.Load(), want, asked)
		}
	}
	expect("the first", ask("ec", true), "", 1)
	expect("the second", ask("ec", false), "", 1)
	expect("an unknown kid at once", ask("new", true), UnknownKey, 1)
	e.publish(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public("new", &keychain().ec.PublicKey)}})
	now = now.Add(keyset.Retry + time.Second)
	expect("a new kid later", ask("new", true), "", 2)
	expect("a kid that was withdrawn", ask("ec", true), UnknownKey, 2)
	e.do(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusInternalServerError) })
	now = now.Add(2 * keyset.Fresh)
	expect("old keys while there are no new ones", ask("new", true), "", 3)
	now = now.Add(keyset.Stale)
	expect("keys that are too old", ask("new", true), KeysAway, 4)
}

func TestKeysThatMustNotBeTaken(t *testing.T) {
	other := newEHR(t)
	for name, serve := range map[string]http.HandlerFunc{
		"a redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) },
		"no JSON":    func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>")) },
		"no keys":    func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{}")) },
		"endless":    func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<20)) },
	} {
		e := newEHR(t)
		e.do(serve)
		d := goodDraft()
		d.header["jku"] = e.URL
		_, err := newGate(t, Issuer{Name: iss, JKUs: []string{e.URL}}).Check(context.Background(), d.sign(t), called)
		if reason(err) != KeysAway {
			t.Errorf("%s: %v", name, err)
		}
	}
	if other.asked.Load() != 0 {
		t.Error("a redirect was followed")
	}
	twice := keySet()
	twice.Keys = append(twice.Keys, public("ec", &keychain().other.PublicKey))
	if _, err := newGate(t, Issuer{Name: iss, Keys: twice}).Check(context.Background(), goodDraft().sign(t), called); reason(err) != UnknownKey {
		t.Errorf("a kid of two keys: %v", err)
	}
}

func TestListsThatAreRefused(t *testing.T) {
	for name, list := range map[string][]Issuer{
		"no iss":            {{Keys: keySet()}},
		"no keys":           {{Name: iss}},
		"twice":             {{Name: iss, Keys: keySet()}, {Name: iss, Keys: keySet()}},
		"a private key":     {{Name: iss, Keys: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public("ec", keychain().ec)}}}},
		"keys over http":    {{Name: iss, JKUs: []string{"http://ehr.example/jwks"}}},
		"a relative jku":    {{Name: iss, JKUs: []string{"/jwks"}}},
		"a password in jku": {{Name: iss, JKUs: []string{"https://u:p@ehr.example/jwks"}}},
	} {
		if _, err := New(Options{Issuers: list}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
