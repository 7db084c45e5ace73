package trust

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// minRSA is the size of the smallest RSA key that is taken, in bits.
const minRSA = 2048

// keyName is what makes a key the one that a token names.
type keyName struct {
	kid string
	alg jose.SignatureAlgorithm
}

type keys map[keyName]any

// usable picks the public keys that can check a signature of ours. A kid that
// stands for two keys stands for neither.
func usable(all []jose.JSONWebKey) keys {
	out, twice := keys{}, map[keyName]bool{}
	for _, k := range all {
		name := keyName{k.KeyID, fits(k.Key)}
		if name.kid == "" || name.alg == "" || k.Use != "" && k.Use != "sig" || k.Algorithm != "" && k.Algorithm != string(name.alg) {
			continue
		}
		if _, had := out[name]; had {
			twice[name] = true
		}
		out[name] = k.Key
	}
	for name := range twice {
		delete(out, name)
	}
	return out
}

// fits is the algorithm that a public key can check; empty if none of ours.
func fits(key any) jose.SignatureAlgorithm {
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P384() {
			return jose.ES384
		}
	case *rsa.PublicKey:
		if k.N.BitLen() >= minRSA {
			return jose.RS384
		}
	}
	return ""
}

func (k keys) find(h *jose.Header) any {
	return k[keyName{h.KeyID, jose.SignatureAlgorithm(h.Algorithm)}]
}

// How published keys are kept. A kid nobody has seen is looked for at once, but
// a caller that makes kids up can't make this server fetch all the time.
const (
	fresh     = time.Hour        // keys are fetched again after that
	retry     = 30 * time.Second // and not before that
	stale     = 24 * time.Hour   // old keys serve that long when new ones can't be fetched
	fetchTime = 2 * time.Second
	maxKeySet = 256 << 10 // bytes
)

// published is the keys at one address.
type published struct {
	at   string
	http *http.Client
	now  func() time.Time

	mu      sync.Mutex // held while fetching: who comes meanwhile waits for the same keys
	keys    keys
	fetched time.Time // when keys came
	tried   time.Time // when they were last asked for
}

func newPublished(at string, over http.RoundTripper, now func() time.Time) *published {
	client := &http.Client{Transport: over, Timeout: fetchTime,
		// The list names addresses, and a redirect would lead to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &published{at: at, http: client, now: now}
}

// find is the key that a token names. It fetches the keys if it has to.
func (p *published) find(ctx context.Context, h *jose.Header) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	key, age := p.keys.find(h), now.Sub(p.fetched)
	if (key == nil || age > fresh) && now.Sub(p.tried) > retry {
		p.tried = now
		if got, err := p.get(ctx); err == nil {
			p.keys, p.fetched = got, now
			key, age = got.find(h), 0
		}
	}
	switch {
	case p.keys == nil || age > stale:
		return nil, refuse(KeysAway)
	case key == nil:
		return nil, refuse(UnknownKey)
	}
	return key, nil
}

var errNoKeys = errors.New("no key set")

// get fetches the keys. One call that ends must not spoil it for those who wait.
func (p *published) get(ctx context.Context) (keys, error) {
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodGet, p.at, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxKeySet+1))
	if err != nil || resp.StatusCode != http.StatusOK || len(body) > maxKeySet {
		return nil, errNoKeys
	}
	set, err := parseKeySet(body)
	if err != nil {
		return nil, err
	}
	return usable(set.Keys), nil
}

// parseKeySet reads a JWK set. Keys of kinds that are not known are left out.
func parseKeySet(data []byte) (jose.JSONWebKeySet, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil || set.Keys == nil {
		return jose.JSONWebKeySet{}, errNoKeys
	}
	var out jose.JSONWebKeySet
	for _, raw := range set.Keys {
		var k jose.JSONWebKey
		if json.Unmarshal(raw, &k) == nil {
			out.Keys = append(out.Keys, k)
		}
	}
	return out, nil
}

// checkAddress refuses addresses that keys must not come from.
func checkAddress(at string) error {
	u, err := url.Parse(at)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "":
		return errors.New("a jku must be an absolute URL without user and fragment")
	case u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	}
	return errors.New("a jku must be an https URL; http is for this machine only")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
