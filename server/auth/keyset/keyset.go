package keyset

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// How keys are kept.
const (
	Fresh     = time.Hour        // keys are fetched again after that
	Retry     = 30 * time.Second // and not before that
	Stale     = 24 * time.Hour   // old keys serve that long when new ones can't be fetched
	fetchTime = 3 * time.Second
	maxBytes  = 512 << 10
)

// ErrAway means that the keys can't be had: trying again later may help.
var ErrAway = errors.New("keyset: the keys can't be had")

// Options say whose keys. At or Issuer is needed.
type Options struct {
	At     string            // the address of the keys; empty: the issuer tells
	Issuer string            // whose OpenID configuration tells the address
	HTTP   http.RoundTripper // nil is the standard one
	Now    func() time.Time  // nil means time.Now
}

// Set is the keys of one issuer. It is safe for concurrent use.
type Set struct {
	o    Options
	http *http.Client

	mu      sync.Mutex // held while fetching: who comes meanwhile waits for the same keys
	keys    []jose.JSONWebKey
	fetched time.Time // when keys came
	tried   time.Time // when they were last asked for
}

// New makes a Set. Nothing is fetched yet.
func New(o Options) *Set {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Set{o: o, http: &http.Client{Transport: o.HTTP, Timeout: fetchTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Find lists the keys that may have made a signature: those of a name, or all if
// it is empty, that are for the algorithm. None is no error.
func (s *Set) Find(ctx context.Context, kid, alg string) ([]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Now()
	found, age := Among(s.keys, kid, alg), now.Sub(s.fetched)
	if (len(found) == 0 || age > Fresh) && now.Sub(s.tried) > Retry {
		s.tried = now
		if keys, err := s.get(ctx); err == nil {
			s.keys, s.fetched, age = keys, now, 0
			found = Among(keys, kid, alg)
		}
	}
	if s.keys == nil || age > Stale {
		return nil, ErrAway
	}
	return found, nil
}

// Away reports whether keys were asked for and are not to be had.
func (s *Set) Away() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.tried.IsZero() && (s.keys == nil || s.o.Now().Sub(s.fetched) > Stale)
}

// get fetches the keys. It goes on when the caller that waited for them first
// gives up: others wait too.
func (s *Set) get(ctx context.Context) ([]jose.JSONWebKey, error) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), fetchTime)
	defer stop()
	at := s.o.At
	if at == "" {
		var told struct {
			Issuer string `json:"issuer"`
			JWKS   string `json:"jwks_uri"`
		}
		data, err := s.fetch(ctx, strings.TrimSuffix(s.o.Issuer, "/")+"/.well-known/openid-configuration")
		if err != nil || json.Unmarshal(data, &told) != nil || told.Issuer != s.o.Issuer || !IsAddress(told.JWKS) {
			return nil, ErrAway
		}
		at = told.JWKS
	}
	data, err := s.fetch(ctx, at)
	if err != nil {
		return nil, err
	}
	return Parse(data)
}

func (s *Set) fetch(ctx context.Context, at string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "application/json")
	resp, err := s.http.Do(r)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBytes+1))
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK || len(data) > maxBytes {
		return nil, ErrAway
	}
	return data, nil
}
