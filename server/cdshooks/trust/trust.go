package trust

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/rightvoice/rightvoice/server/auth/keyset"
)

// Skew is how far the clocks of a client and of this server may differ.
const Skew = time.Minute

// MaxLifetime is the longest a token may live. What lives longer would have to
// be remembered longer.
const MaxLifetime = time.Hour

// maxID is the longest jti, in bytes.
const maxID = 256

// Issuer is somebody whose tokens are taken.
type Issuer struct {
	Name   string             // the iss of its tokens, to the letter
	Tenant string             // whose members its clients ask about; empty means the default tenant
	Keys   jose.JSONWebKeySet // handed over in person, if any
	JKUs   []string           // addresses where it publishes keys, to the letter; https, or http on this machine
}

// Client is who signed a call.
type Client struct {
	Issuer       string
	Tenant       string
	Organisation string // the tenant claim: which organisation of the issuer calls; may be empty
}

// Replays remembers tokens that were used.
type Replays interface {
	// First reports whether id is new, and remembers it until then. An error
	// means that nobody can tell.
	First(ctx context.Context, id [32]byte, until time.Time) (bool, error)
}

// Options are what a Gate is made of.
type Options struct {
	Issuers []Issuer
	Replays Replays           // nil remembers in this process
	HTTP    http.RoundTripper // fetches keys; nil is the standard one
	Now     func() time.Time  // nil means time.Now
}

// Gate lets calls of trusted clients in. It is safe for concurrent use.
type Gate struct {
	issuers map[string]*issuer
	replays Replays
	now     func() time.Time
}

type issuer struct {
	Issuer
	fetch map[string]*keyset.Set // by address
}

// algorithms are those that are taken: neither none nor any with a shared key.
var algorithms = []jose.SignatureAlgorithm{jose.ES384, jose.RS384}

// New makes a Gate. It fetches nothing yet.
func New(o Options) (*Gate, error) {
	g := &Gate{issuers: map[string]*issuer{}, replays: o.Replays, now: o.Now}
	if g.now == nil {
		g.now = time.Now
	}
	if g.replays == nil {
		g.replays = NewReplays(g.now)
	}
	for n, i := range o.Issuers {
		known, err := newIssuer(i, o.HTTP, g.now)
		if err != nil {
			return nil, fmt.Errorf("issuer %d: %w", n+1, err)
		}
		if g.issuers[i.Name] != nil {
			return nil, fmt.Errorf("issuer %d: its iss is on the list twice", n+1)
		}
		g.issuers[i.Name] = known
	}
	return g, nil
}

func newIssuer(i Issuer, over http.RoundTripper, now func() time.Time) (*issuer, error) {
	out := &issuer{Issuer: i, fetch: map[string]*keyset.Set{}}
	switch {
	case i.Name == "":
		return nil, errors.New("it has no iss")
	case len(i.Keys.Keys) > 0 && !usable(i.Keys.Keys):
		return nil, errors.New("none of its keys is a public P-384 or RSA key of 2048 bits or more with a kid")
	case len(i.Keys.Keys) == 0 && len(i.JKUs) == 0:
		return nil, errors.New("it has neither keys nor a jku")
	}
	for _, at := range i.JKUs {
		if err := checkAddress(at); err != nil {
			return nil, err
		}
		out.fetch[at] = keyset.New(keyset.Options{At: at, HTTP: over, Now: now})
	}
	return out, nil
}

// claims are what a token says.
type claims struct {
	jwt.Claims
	Organisation string `json:"tenant"`
}

// Check finds out who signed a call of the URL. The error is a *Refusal.
func (g *Gate) Check(ctx context.Context, authorization, called string) (Client, error) {
	token, from, err := g.parse(authorization)
	if err != nil {
		return Client{}, err
	}
	key, err := from.key(ctx, &token.Headers[0])
	if err != nil {
		return Client{}, err
	}
	var c claims
	if token.Claims(key, &c) != nil {
		return Client{}, refuse(Signature)
	}
	if err := g.checkClaims(&c, called); err != nil {
		return Client{}, err
	}
	first, err := g.replays.First(ctx, framed(from.Name, c.ID), c.Expiry.Time().Add(Skew))
	switch {
	case err != nil:
		return Client{}, refuse(Busy)
	case !first:
		return Client{}, refuse(Replayed)
	}
	return Client{Issuer: from.Name, Tenant: from.Tenant, Organisation: c.Organisation}, nil
}

// parse reads a token, and finds whom it says it is from. Nothing of it is
// believed yet.
func (g *Gate) parse(authorization string) (*jwt.JSONWebToken, *issuer, error) {
	scheme, text, _ := strings.Cut(authorization, " ")
	switch {
	case authorization == "":
		return nil, nil, refuse(Missing)
	case !strings.EqualFold(scheme, "Bearer"):
		return nil, nil, refuse(Malformed)
	}
	token, err := jwt.ParseSigned(strings.TrimSpace(text), algorithms)
	var other *jose.ErrUnexpectedSignatureAlgorithm
	switch {
	case errors.As(err, &other):
		return nil, nil, refuse(Algorithm)
	case err != nil || len(token.Headers) != 1:
		return nil, nil, refuse(Malformed)
	}
	h := &token.Headers[0]
	if kind, given := h.ExtraHeaders[jose.HeaderType]; given && kind != "JWT" {
		return nil, nil, refuse(Malformed)
	}
	if h.KeyID == "" {
		return nil, nil, refuse(NoKeyID)
	}
	var said claims
	if token.UnsafeClaimsWithoutVerification(&said) != nil {
		return nil, nil, refuse(Malformed)
	}
	from := g.issuers[said.Issuer]
	if from == nil {
		return nil, nil, refuse(UnknownIssuer)
	}
	return token, from, nil
}

// key finds the key that a token names.
func (i *issuer) key(ctx context.Context, h *jose.Header) (any, error) {
	at, named := h.ExtraHeaders["jku"]
	if named {
		where, ok := at.(string)
		if !ok || !slices.Contains(i.JKUs, where) {
			return nil, refuse(UnknownJKU)
		}
		return published(ctx, i.fetch[where], h)
	}
	if key := among(i.Keys.Keys, h); key != nil {
		return key, nil
	}
	if len(i.Keys.Keys) > 0 || len(i.JKUs) == 0 {
		return nil, refuse(UnknownKey)
	}
	return published(ctx, i.fetch[i.JKUs[0]], h)
}

// checkClaims checks what a token says, once it is known who says it.
func (g *Gate) checkClaims(c *claims, called string) error {
	now := g.now()
	switch {
	case !slices.Contains(c.Audience, called):
		return refuse(Audience)
	case c.Expiry == nil || c.IssuedAt == nil || c.ID == "" || len(c.ID) > maxID:
		return refuse(Incomplete)
	case !now.Before(c.Expiry.Time().Add(Skew)):
		return refuse(Expired)
	case c.IssuedAt.Time().After(now.Add(Skew)), c.NotBefore != nil && c.NotBefore.Time().After(now.Add(Skew)):
		return refuse(NotYet)
	case c.Expiry.Time().Sub(c.IssuedAt.Time()) > MaxLifetime, c.Expiry.Time().After(now.Add(MaxLifetime + Skew)):
		return refuse(TooLong)
	}
	return nil
}

// framed names a token without telling what it is.
func framed(parts ...string) [32]byte {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return [32]byte(h.Sum(nil))
}
