package auth

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/rightvoice/rightvoice/server/auth/keyset"
)

// keySet checks signatures with the keys that an issuer publishes. It is an
// oidc.KeySet.
type keySet struct {
	*keyset.Set
	algs []jose.SignatureAlgorithm
}

func newKeySet(i *IssuerEntry, over http.RoundTripper, now func() time.Time) *keySet {
	k := &keySet{Set: keyset.New(keyset.Options{At: i.JWKS, Issuer: i.Issuer, HTTP: over, Now: now})}
	names := i.Algorithms
	if len(names) == 0 {
		names = algorithms
	}
	for _, a := range names {
		k.algs = append(k.algs, jose.SignatureAlgorithm(a))
	}
	return k
}

var errSignature = errors.New("auth: no key of the issuer made this signature")

// VerifySignature returns what a token holds if one of the keys signed it. A
// token that names no key may be signed by any of the algorithm.
func (k *keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	signed, err := jose.ParseSignedCompact(token, k.algs)
	if err != nil || len(signed.Signatures) != 1 {
		return nil, errSignature
	}
	head := signed.Signatures[0].Header
	candidates, err := k.Find(ctx, head.KeyID, head.Algorithm)
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
