package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// How an issuer's keys are kept. A key that nobody has seen is looked for at
// once, but a caller that makes names up can't make this server fetch all the
// time.
const (
	fresh     = time.Hour        // keys are fetched again after that
	retry     = 30 * time.Second // and not before that
	stale     = 24 * time.Hour   // old keys serve that long when new ones can't be fetched
	fetchTime = 3 * time.Second
	maxKeySet = 512 << 10 // bytes
	minRSA    = 2048      // bits
)

// keySet is the keys that an issuer publishes. It is an oidc.KeySet.
type keySet struct {
	issuer string
	at     string // the address of the keys; empty: the issuer tells
	algs   []jose.SignatureAlgorithm
	http   *http.Client
	now    func() time.Time

	mu      sync.Mutex // held while fetching: who comes meanwhile waits for the same keys
	keys    []jose.JSONWebKey
	fetched time.Time
	tried   time.Time
}

func newKeySet(i *IssuerEntry, over http.RoundTripper, now func() time.Time) *keySet {
	k := &keySet{issuer: i.Issuer, at: i.JWKS, now: now}
	k.http = &http.Client{Transport: over, Timeout: fetchTime,
		// The file names addresses, and a redirect would lead to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	names := i.Algorithms
	if len(names) == 0 {
		names = algorithms
	}
	for _, a := range names {
		k.algs = append(k.algs, jose.SignatureAlgorithm(a))
	}
	return k
}

var (
	errKeysAway  = errors.New("auth: the issuer's keys can't be had")
	errSignature = errors.New("auth: no key of the issuer made this signature")
)

// VerifySignature returns what a token holds if one of the keys signed it.
func (k *keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	signed, err := jose.ParseSignedCompact(token, k.algs)
	if err != nil || len(signed.Signatures) != 1 {
		return nil, errSignature
	}
	head := signed.Signatures[0].Header
	candidates, err := k.find(ctx, head.KeyID, head.Algorithm)
	if err != nil {
		return nil, err
	}
	for _, key := range candidates {
		if payload, err := signed.Verify(key); err == nil {
			return payload, nil
		}
	}
	return nil, errSignature
}

// find lists the keys that could have signed: by name, or all of the algorithm
// if the token names none. It fetches keys if it has to.
func (k *keySet) find(ctx context.Context, kid, alg string) ([]any, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	found, age := k.named(kid, alg), now.Sub(k.fetched)
	if (len(found) == 0 || age > fresh) && now.Sub(k.tried) > retry {
		k.tried = now
		if keys, err := k.get(ctx); err == nil {
			k.keys, k.fetched, age = keys, now, 0
			found = k.named(kid, alg)
		}
	}
	if k.keys == nil || age > stale {
		return nil, errKeysAway
	}
	return found, nil
}

func (k *keySet) named(kid, alg string) (out []any) {
	for i := range k.keys {
		key := &k.keys[i]
		if (kid == "" || key.KeyID == kid) && (key.Use == "" || key.Use == "sig") && (key.Algorithm == "" || key.Algorithm == alg) && fits(key.Key, alg) {
			out = append(out, key.Key)
		}
	}
	return out
}

// fits reports whether a public key is one for the algorithm.
func fits(key any, alg string) bool {
	switch x := key.(type) {
	case *rsa.PublicKey:
		return strings.HasPrefix(alg, "RS") && x.N.BitLen() >= minRSA
	case *ecdsa.PublicKey:
		return map[int]string{256: "ES256", 384: "ES384", 521: "ES512"}[x.Curve.Params().BitSize] == alg
	case ed25519.PublicKey:
		return alg == "EdDSA"
	}
	return false
}

// get fetches the keys. It goes on when the caller that waited for them first
// gives up: others wait too.
func (k *keySet) get(ctx context.Context) ([]jose.JSONWebKey, error) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), fetchTime)
	defer stop()
	at := k.at
	if at == "" {
		var told struct {
			Issuer string `json:"issuer"`
			JWKS   string `json:"jwks_uri"`
		}
		if err := k.fetch(ctx, strings.TrimSuffix(k.issuer, "/")+"/.well-known/openid-configuration", &told); err != nil {
			return nil, err
		}
		if told.Issuer != k.issuer || !isAddress(told.JWKS) {
			return nil, errKeysAway
		}
		at = told.JWKS
	}
	var set jose.JSONWebKeySet
	if err := k.fetch(ctx, at, &set); err != nil {
		return nil, err
	}
	if len(set.Keys) == 0 {
		return nil, errKeysAway
	}
	return set.Keys, nil
}

func (k *keySet) fetch(ctx context.Context, at string, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return err
	}
	resp, err := k.http.Do(r)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxKeySet+1))
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK || len(data) > maxKeySet {
		return errKeysAway
	}
	return json.Unmarshal(data, into)
}
