package keyset

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// minRSA is the size of the smallest RSA key that is taken, in bits.
const minRSA = 2048

// Parse reads a JWK set. Keys of kinds that are not known are left out; a set
// without a list of keys is an error.
func Parse(data []byte) ([]jose.JSONWebKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil || set.Keys == nil {
		return nil, errors.New("keyset: this is no set of keys")
	}
	out := []jose.JSONWebKey{}
	for _, raw := range set.Keys {
		var k jose.JSONWebKey
		if json.Unmarshal(raw, &k) == nil {
			out = append(out, k)
		}
	}
	return out, nil
}

// Among lists the public keys that may have made a signature: those of a name,
// or all if it is empty, that are for the algorithm.
func Among(keys []jose.JSONWebKey, kid, alg string) (out []any) {
	for i := range keys {
		if (kid == "" || keys[i].KeyID == kid) && usable(&keys[i], alg) {
			out = append(out, keys[i].Key)
		}
	}
	return out
}

// usable reports whether a key is public, for signatures, and of the kind and
// size that the algorithm takes.
func usable(k *jose.JSONWebKey, alg string) bool {
	if k.Use != "" && k.Use != "sig" || k.Algorithm != "" && k.Algorithm != alg {
		return false
	}
	switch x := k.Key.(type) {
	case *rsa.PublicKey:
		return strings.HasPrefix(alg, "RS") && x.N.BitLen() >= minRSA
	case *ecdsa.PublicKey:
		return map[int]string{256: "ES256", 384: "ES384", 521: "ES512"}[x.Curve.Params().BitSize] == alg
	case ed25519.PublicKey:
		return alg == "EdDSA"
	}
	return false
}

// IsAddress takes absolute addresses without a user or fragment: with https, and
// with http on this machine.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && here
}
