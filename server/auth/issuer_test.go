package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// idp is an issuer that publishes its keys.
type idp struct {
	*httptest.Server
	mu      sync.Mutex
	set     jose.JSONWebKeySet
	fetches int
	away    bool
}

func newIDP(t *testing.T) *idp {
	t.Helper()
	p := &idp{}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

func (p *idp) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.away:
		w.WriteHeader(http.StatusBadGateway)
	case r.URL.Path == "/.well-known/openid-configuration":
		json.NewEncoder(w).Encode(map[string]string{"issuer": p.URL, "jwks_uri": p.URL + "/keys"})
	default:
		p.fetches++
		json.NewEncoder(w).Encode(p.set)
	}
}

// key makes a key and publishes it.
func (p *idp) key(t *testing.T, kid string, alg jose.SignatureAlgorithm) jose.Signer {
	t.Helper()
	var private crypto.Signer
	var err error
	switch alg {
	case jose.RS256:
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	case jose.ES256:
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case jose.EdDSA:
		_, private, err = ed25519.GenerateKey(rand.Reader)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	p.set.Keys = append(p.set.Keys, jose.JSONWebKey{Key: private.Public(), KeyID: kid, Use: "sig"})
	p.mu.Unlock()
	return signer(t, private, kid, alg)
}

func signer(t *testing.T, key any, kid string, alg jose.SignatureAlgorithm) jose.Signer {
	t.Helper()
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// claims are good ones.
func (p *idp) claims() map[string]any {
	return map[string]any{"iss": p.URL, "aud": "rightvoice", "sub": "ann", "groups": []string{"authors", "others"},
		"iat": today.Add(-time.Minute).Unix(), "exp": today.Add(10 * time.Minute).Unix()}
}

func header(t *testing.T, s jose.Signer, claims map[string]any) string {
	t.Helper()
	token, err := jwt.Signed(s).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + token
}

// gate trusts the issuer.
func (p *idp) gate(t *testing.T, jwks string, now func() time.Time) *Gate {
	t.Helper()
	text := `
issuers:
  - issuer: ` + p.URL + `
    audience: rightvoice
    ` + jwks + `
    grants:
      - {claim: groups, value: authors, roles: {default: [author, viewer]}}
      - {claim: groups, value: reviewers, roles: {default: [approver]}}
      - {claim: azp, value: portal, side: insurer, roles: {default: [evaluator]}}
      - {claim: azp2, value: app, side: provider, roles: {default: [evaluator]}}
`
	g, _ := open(t, text, func(o *Options) { o.Now = now })
	return g
}

func clock() time.Time { return today }

func TestTokensOfIssuers(t *testing.T) {
	p := newIDP(t)
	signers := map[jose.SignatureAlgorithm]jose.Signer{}
	for _, alg := range []jose.SignatureAlgorithm{jose.RS256, jose.ES256, jose.EdDSA} {
		signers[alg] = p.key(t, string(alg), alg)
	}
	for _, jwks := range []string{"jwks: " + p.URL + "/keys", ""} {
		g := p.gate(t, jwks, clock)
		for alg, s := range signers {
			who, err := g.Authenticate(ctx, header(t, s, p.claims()), nil)
			if err != nil || who.Name != "ann@"+strings.TrimPrefix(p.URL, "http://") || who.Kind != Person || who.Side != NoSide || who.In("default") != Author|Viewer {
				t.Errorf("%s: %+v %v", alg, who, err)
			}
		}
	}
	g := p.gate(t, "", clock)
	portal := p.claims()
	portal["azp"] = "portal"
	if who, err := g.Authenticate(ctx, header(t, signers[jose.ES256], portal), nil); err != nil || who.Side != Insurer || who.In("default")&Evaluator == 0 {
		t.Errorf("%+v %v", who, err)
	}
	portal["azp2"] = "app"
	if who, err := g.Authenticate(ctx, header(t, signers[jose.ES256], portal), nil); err != nil || who.Side != NoSide {
		t.Errorf("both sides at once: %+v %v", who, err)
	}
	odd := p.claims()
	odd["sub"], odd["groups"], odd["roles"] = "canary with spaces", nil, []string{"admin"}
	if who, err := g.Authenticate(ctx, header(t, signers[jose.ES256], odd), nil); err != nil || len(who.Roles) > 0 || !isName(who.Name) || strings.Contains(who.Name, "canary") {
		t.Errorf("%+v %v", who, err)
	}
}

func TestBadTokensOfIssuers(t *testing.T) {
	p, other := newIDP(t), newIDP(t)
	good := p.key(t, "k", jose.ES256)
	elsewhere := other.key(t, "k", jose.ES256)
	g := p.gate(t, "", clock)
	with := func(name string, value any) map[string]any {
		c := p.claims()
		if c[name] = value; value == nil {
			delete(c, name)
		}
		return c
	}
	valid := header(t, good, p.claims())
	forged := valid[:len(valid)-6] + "AAAAAA"
	parts := strings.Split(valid, ".")
	shared := signer(t, []byte(strings.Repeat("k", 32)), "k", jose.HS256)
	for name, try := range map[string]struct{ header, want string }{
		"good":                  {valid, "let in"},
		"another signature":     {forged, "TOKEN_INVALID"},
		"another's key":         {header(t, elsewhere, p.claims()), "TOKEN_INVALID"},
		"another issuer":        {header(t, elsewhere, other.claims()), "TOKEN_INVALID"},
		"for somebody else":     {header(t, good, with("aud", "canary")), "TOKEN_INVALID"},
		"expired":               {header(t, good, with("exp", today.Add(-time.Second).Unix())), "TOKEN_EXPIRED"},
		"without an end":        {header(t, good, with("exp", nil)), "TOKEN_EXPIRED"},
		"not yet":               {header(t, good, with("nbf", today.Add(time.Hour).Unix())), "TOKEN_INVALID"},
		"about nobody":          {header(t, good, with("sub", nil)), "TOKEN_INVALID"},
		"signed with a secret":  {header(t, shared, p.claims()), "TOKEN_INVALID"},
		"not signed":            {"Bearer eyJhbGciOiJub25lIn0." + parts[1] + ".", "TOKEN_INVALID"},
		"another payload":       {parts[0] + "." + strings.Split(header(t, good, with("sub", "canary")), ".")[1] + "." + parts[2], "TOKEN_INVALID"},
		"too many parts":        {valid + ".x", "TOKEN_INVALID"},
		"an issuer that is odd": {header(t, good, with("iss", 7)), "TOKEN_INVALID"},
	} {
		_, err := g.Authenticate(ctx, try.header, nil)
		if got := why(t, err); got != try.want {
			t.Errorf("%s: %s, want %s", name, got, try.want)
		}
	}
}

// TestKeysAreFetchedSeldom sends tokens with keys that nobody has.
func TestKeysAreFetchedSeldom(t *testing.T) {
	p := newIDP(t)
	now := today
	good := p.key(t, "k", jose.ES256)
	g := p.gate(t, "", func() time.Time { return now })
	if _, err := g.Authenticate(ctx, header(t, good, p.claims()), nil); err != nil {
		t.Fatal(err)
	}
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	for range 50 {
		if _, err := g.Authenticate(ctx, header(t, signer(t, private, "made-up", jose.EdDSA), p.claims()), nil); why(t, err) != "TOKEN_INVALID" {
			t.Fatal(err)
		}
	}
	if p.fetches != 1 {
		t.Errorf("%d fetches", p.fetches)
	}
	fresh := p.key(t, "k2", jose.ES256)
	now = now.Add(31 * time.Second)
	if _, err := g.Authenticate(ctx, header(t, fresh, p.claims()), nil); err != nil || p.fetches != 2 {
		t.Errorf("a new key: %v after %d fetches", err, p.fetches)
	}
	p.mu.Lock()
	p.away = true
	p.mu.Unlock()
	now = now.Add(2 * time.Hour)
	late := p.claims()
	late["exp"] = now.Add(time.Hour).Unix()
	if _, err := g.Authenticate(ctx, header(t, good, late), nil); err != nil {
		t.Errorf("the issuer is away for a while: %v", err)
	}
	now = now.Add(25 * time.Hour)
	late["exp"] = now.Add(time.Hour).Unix()
	if _, err := g.Authenticate(ctx, header(t, good, late), nil); why(t, err) != "TOKEN_KEYS_UNAVAILABLE" {
		t.Errorf("the issuer is away for a day: %v", err)
	}
}

// TestGoodTokensAreRememberedForAMinute and not longer than they live.
func TestGoodTokensAreRememberedForAMinute(t *testing.T) {
	p := newIDP(t)
	now := today
	good := p.key(t, "k", jose.ES256)
	g := p.gate(t, "", func() time.Time { return now })
	short := p.claims()
	short["exp"] = today.Add(10 * time.Second).Unix()
	h := header(t, good, short)
	one, err := g.Authenticate(ctx, h, nil)
	two, _ := g.Authenticate(ctx, h, nil)
	if err != nil || one != two {
		t.Errorf("checked twice: %v", err)
	}
	now = now.Add(11 * time.Second)
	if _, err := g.Authenticate(ctx, h, nil); why(t, err) != "TOKEN_EXPIRED" {
		t.Errorf("%v", err)
	}
	i := g.book.Load().issuers[p.URL]
	for n := range 3 * maxSeen {
		i.remember([32]byte{byte(n), byte(n >> 8), byte(n >> 16)}, checked{})
	}
	if len(i.seen)+len(i.before) > 2*maxSeen {
		t.Errorf("%d tokens are remembered", len(i.seen)+len(i.before))
	}
}
