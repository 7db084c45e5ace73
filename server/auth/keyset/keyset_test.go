package keyset

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// publisher is an issuer whose answers tests choose.
type publisher struct {
	*httptest.Server
	fetches atomic.Int64
	answer  atomic.Pointer[http.HandlerFunc]
}

func newPublisher(t *testing.T, answer http.HandlerFunc) *publisher {
	t.Helper()
	p := &publisher{}
	p.answer.Store(&answer)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.fetches.Add(1)
		(*p.answer.Load())(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

func keyOf(t *testing.T, kid string, public any) jose.JSONWebKey {
	t.Helper()
	return jose.JSONWebKey{Key: public, KeyID: kid, Use: "sig"}
}

func someKeys(t *testing.T) []jose.JSONWebKey {
	t.Helper()
	large, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	edwards, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return []jose.JSONWebKey{keyOf(t, "rsa", large.Public()), keyOf(t, "curve", curve.Public()), keyOf(t, "edwards", edwards)}
}

func sends(t *testing.T, keys []jose.JSONWebKey) http.HandlerFunc {
	t.Helper()
	data, err := json.Marshal(jose.JSONWebKeySet{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return func(w http.ResponseWriter, _ *http.Request) { w.Write(data) }
}

func away(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }

// TestFetchedOnceAndThenSeldom makes names of keys up, and takes the issuer away.
func TestFetchedOnceAndThenSeldom(t *testing.T) {
	p := newPublisher(t, sends(t, someKeys(t)))
	var now atomic.Pointer[time.Time]
	at := func(d time.Duration) { n := time.Unix(1e9, 0).Add(d); now.Store(&n) }
	at(0)
	s := New(Options{At: p.URL, Now: func() time.Time { return *now.Load() }})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if found, err := s.Find(context.Background(), "curve", "ES384"); err != nil || len(found) != 1 {
				t.Error(found, err)
			}
			if found, err := s.Find(context.Background(), "made-up", "ES384"); err != nil || len(found) != 0 {
				t.Error(found, err)
			}
		})
	}
	all.Wait()
	if n := p.fetches.Load(); n != 1 || s.Away() {
		t.Errorf("fetched %d times", n)
	}
	gone := http.HandlerFunc(away)
	p.answer.Store(&gone)
	for _, step := range []struct {
		at      time.Duration
		kid     string
		fetches int64
		err     error
	}{
		{Retry + time.Second, "made-up", 2, nil}, {Retry + 2*time.Second, "made-up", 2, nil}, {Fresh + time.Second, "rsa", 3, nil},
		{Stale, "rsa", 4, nil}, {Stale + time.Minute, "rsa", 5, ErrAway},
	} {
		at(step.at)
		alg := "RS256"
		if _, err := s.Find(context.Background(), step.kid, alg); !errors.Is(err, step.err) || p.fetches.Load() != step.fetches {
			t.Errorf("after %v: %v, fetched %d times, want %d", step.at, err, p.fetches.Load(), step.fetches)
		}
	}
	if !s.Away() {
		t.Error("keys a day old serve")
	}
	back := sends(t, someKeys(t))
	p.answer.Store(&back)
	at(Stale + time.Hour)
	if found, err := s.Find(context.Background(), "edwards", "EdDSA"); err != nil || len(found) != 1 || s.Away() {
		t.Error(found, err)
	}
}

// TestAnswersThatAreNoKeys leave nothing to check with.
func TestAnswersThatAreNoKeys(t *testing.T) {
	other := newPublisher(t, sends(t, someKeys(t)))
	for name, answer := range map[string]http.HandlerFunc{
		"an error": away,
		"no JSON":  func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("keys")) },
		"no list":  func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{}")) },
		"too much": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(`{"keys":[]}` + strings.Repeat(" ", maxBytes)))
		},
		"a redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) },
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			w.Write([]byte("{"))
		},
		"other kinds": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(`{"keys":[{"kty":"oct","k":"AA"},{"kty":"new"}]}`))
		},
	} {
		s := New(Options{At: newPublisher(t, answer).URL})
		found, err := s.Find(context.Background(), "", "RS256")
		if len(found) > 0 || (err == nil) != (name == "other kinds") || err != nil && !errors.Is(err, ErrAway) {
			t.Errorf("%s: %v %v", name, found, err)
		}
	}
	if other.fetches.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

// TestAnIssuerTellsTheAddress, and only the issuer that was asked.
func TestAnIssuerTellsTheAddress(t *testing.T) {
	keys := newPublisher(t, sends(t, someKeys(t)))
	for name, told := range map[string]map[string]string{
		"good":           {"jwks_uri": keys.URL},
		"another issuer": {"jwks_uri": keys.URL, "issuer": "https://other.example"},
		"in plain text":  {"jwks_uri": "http://keys.example"},
		"a file":         {"jwks_uri": "file:///etc/passwd"},
		"nothing":        {},
	} {
		var self *publisher
		self = newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
			if told["issuer"] == "" {
				told["issuer"] = self.URL
			}
			if r.URL.Path != "/.well-known/openid-configuration" {
				t.Errorf("asked for %s", r.URL.Path)
			}
			json.NewEncoder(w).Encode(told)
		})
		found, err := New(Options{Issuer: self.URL}).Find(context.Background(), "", "ES384")
		if (err == nil) != (name == "good") || (len(found) == 1) != (name == "good") {
			t.Errorf("%s: %v %v", name, found, err)
		}
	}
}

// TestKeysAreForOneAlgorithm of their own kind.
func TestKeysAreForOneAlgorithm(t *testing.T) {
	keys := someKeys(t)
	small := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 1023), E: 65537}
	secret := jose.JSONWebKey{Key: []byte("secret"), KeyID: "secret"}
	encrypts, named := keys[0], keys[0]
	encrypts.KeyID, encrypts.Use = "encrypts", "enc"
	named.KeyID, named.Algorithm = "named", "RS512"
	keys = append(keys, keyOf(t, "small", small), secret, encrypts, named)
	takes := map[string]string{"rsa": "RS256 RS384 RS512", "curve": "ES384", "edwards": "EdDSA", "named": "RS512"}
	for _, k := range keys {
		for _, alg := range []string{"RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA", "HS256", "none", ""} {
			want := alg != "" && strings.Contains(takes[k.KeyID], alg)
			if got := Among(keys, k.KeyID, alg); (len(got) == 1) != want {
				t.Errorf("%s for %q: %v", k.KeyID, alg, got)
			}
		}
	}
	if got := Among(keys, "", "RS512"); len(got) != 2 {
		t.Errorf("without a name: %v", got)
	}
}

func TestAddresses(t *testing.T) {
	for at, want := range map[string]bool{
		"https://login.example/keys": true, "http://localhost:1": true, "http://127.0.0.9/k": true, "http://[::1]/k": true,
		"http://login.example/keys": false, "http://localhost.example/": false, "https://me@login.example/": false, "https://login.example/#a": false,
		"file:///etc/passwd": false, "https:///keys": false, "": false, "keys": false,
	} {
		if IsAddress(at) != want {
			t.Errorf("%q: %v", at, !want)
		}
	}
}
