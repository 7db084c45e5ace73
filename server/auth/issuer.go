package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// issuer checks the tokens of one issuer.
type issuer struct {
	host   string
	keys   *keySet
	verify *oidc.IDTokenVerifier
	grants []grant
	now    func() time.Time

	mu           sync.Mutex
	seen, before map[[32]byte]checked // tokens that were good lately
}

// checked is a token that was found good.
type checked struct {
	who   *Principal
	until time.Time
}

// remembered is how long a good token is not checked again, and maxSeen how many
// of them are remembered, twice.
const (
	remembered = time.Minute
	maxSeen    = 10_000
)

// leeway is how far the clock of an issuer may be ahead.
const leeway = 5 * time.Minute

// grant is a Grant that was read.
type grant struct {
	claim, value string
	side         Side
	roles        map[string]Roles
	capacities   map[string][]string
}

func newIssuer(e *IssuerEntry, o *Options) *issuer {
	i := &issuer{keys: newKeySet(e, o.HTTP, o.Now), now: o.Now, seen: map[[32]byte]checked{}}
	if u, err := url.Parse(e.Issuer); err == nil {
		i.host = u.Host
	}
	var algs []string
	for _, a := range i.keys.algs {
		algs = append(algs, string(a))
	}
	i.verify = oidc.NewVerifier(e.Issuer, i.keys, &oidc.Config{ClientID: e.Audience, SupportedSigningAlgs: algs, Now: o.Now,
		SkipExpiryCheck: true}) // check does it, once it is proved whose token it is
	for _, g := range e.Grants {
		roles, _ := rolesOf(g.Roles) // checked when the file was read
		i.grants = append(i.grants, grant{g.Claim, g.Value, sideOf(g.Side), roles, g.Capacities})
	}
	return i
}

// issuerOf is who a token says it is from, unchecked. A token that is none has
// none.
func issuerOf(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return ""
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return ""
	}
	var claims struct {
		Issuer string `json:"iss"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return ""
	}
	return claims.Issuer
}

// check finds out whose token it is.
func (i *issuer) check(ctx context.Context, token string, hash [32]byte) (*Principal, error) {
	now := i.now()
	if c, ok := i.known(hash); ok && now.Before(c.until) {
		return c.who, nil
	}
	good, err := i.verify.Verify(ctx, token)
	switch {
	case err != nil && i.keys.Away():
		return nil, &Refusal{Reason: KeysAway}
	case err != nil:
		return nil, &Refusal{Reason: BadToken}
	}
	claims := map[string]any{}
	var times struct {
		NotBefore float64 `json:"nbf"`
	}
	if err := errors.Join(good.Claims(&claims), good.Claims(&times)); err != nil || good.Subject == "" {
		return nil, &Refusal{Reason: BadToken}
	}
	who := i.principal(good.Subject, claims)
	switch {
	case !now.Before(good.Expiry):
		return nil, &Refusal{Reason: ExpiredToken, Who: who}
	case times.NotBefore > float64(now.Add(leeway).Unix()):
		return nil, &Refusal{Reason: BadToken}
	}
	until := now.Add(remembered)
	if good.Expiry.Before(until) {
		until = good.Expiry
	}
	i.remember(hash, checked{who, until})
	return who, nil
}

func (i *issuer) known(hash [32]byte) (checked, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	c, ok := i.seen[hash]
	if !ok {
		c, ok = i.before[hash]
	}
	return c, ok
}

func (i *issuer) remember(hash [32]byte, c checked) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.seen) >= maxSeen {
		i.seen, i.before = map[[32]byte]checked{}, i.seen
	}
	i.seen[hash] = c
}

// principal gives a token what the grants say. Two grants of different sides
// give none: which one was meant can't be told.
func (i *issuer) principal(subject string, claims map[string]any) *Principal {
	p := &Principal{Name: subject + "@" + i.host, Kind: Person, Roles: map[string]Roles{}, Capacities: map[string][]string{}}
	if !isName(p.Name) {
		sum := sha256.Sum256([]byte(subject))
		p.Name = fmt.Sprintf("%x@%.60s", sum[:12], i.host)
	}
	torn := false
	for _, g := range i.grants {
		if !holds(claims[g.claim], g.value) {
			continue
		}
		for tenant, roles := range g.roles {
			p.Roles[tenant] |= roles
		}
		for tenant, all := range g.capacities {
			p.Capacities[tenant] = append(p.Capacities[tenant], all...)
		}
		if g.side != NoSide {
			torn = torn || p.Side != NoSide && p.Side != g.side
			p.Side = g.side
		}
	}
	if torn {
		p.Side = NoSide
	}
	return p
}

// holds reports whether a claim is the value, or a list with it.
func holds(claim any, value string) bool {
	switch c := claim.(type) {
	case string:
		return c == value
	case []any:
		for _, x := range c {
			if s, ok := x.(string); ok && s == value {
				return true
			}
		}
	}
	return false
}
