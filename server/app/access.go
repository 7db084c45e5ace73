package app

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/rightvoice/rightvoice/server/auth"
	"github.com/rightvoice/rightvoice/server/grpcapi"
)

// openAccess reads who may call, and the certificate of the server.
func (a *App) openAccess() (err error) {
	if a.cfg.TLSCertFile != "" {
		if a.tls, err = a.serverTLS(); err != nil {
			return err
		}
	}
	if a.cfg.AuthFile == "" {
		return nil
	}
	refused := a.tel.Counters("rightvoice_refused_total", "Requests that their caller may not make, by reason.", "reason", auth.Reasons()...)
	a.gate, err = auth.Open(auth.Options{File: a.cfg.AuthFile, Log: a.tel.Log, Now: a.now, Refused: func(r auth.Reason) { refused[r].Inc() }, Loaded: a.accessLoaded})
	return err
}

// access is what the interceptors ask; nil asks nobody.
func (a *App) access() *grpcapi.Access {
	if a.gate == nil {
		return nil
	}
	return &grpcapi.Access{Gate: a.gate, Denied: a.denied}
}

// credentials are those of gRPC connections.
func (a *App) credentials() credentials.TransportCredentials {
	if a.tls == nil {
		return insecure.NewCredentials()
	}
	return credentials.NewTLS(a.tls)
}

func (a *App) serveHTTP() error {
	if a.tls == nil {
		return a.http.Serve(a.httpListener)
	}
	return a.http.ServeTLS(a.httpListener, "", "")
}

// serverTLS asks clients for a certificate if there are authorities to check it
// against, and does without one: a token will do, too.
func (a *App) serverTLS() (*tls.Config, error) {
	pair := &keyPair{cert: a.cfg.TLSCertFile, key: a.cfg.TLSKeyFile, now: a.now}
	if _, err := pair.get(nil); err != nil {
		return nil, err
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: pair.get}
	if a.cfg.TLSClientCAFile == "" {
		return c, nil
	}
	pem, err := os.ReadFile(a.cfg.TLSClientCAFile)
	if err != nil {
		return nil, fmt.Errorf("--tls-client-ca-file: %w", err)
	}
	c.ClientCAs, c.ClientAuth = x509.NewCertPool(), tls.VerifyClientCertIfGiven
	if !c.ClientCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("--tls-client-ca-file: the file holds no certificate")
	}
	return c, nil
}

// keyPair is a certificate that is read again when its file changes.
type keyPair struct {
	cert, key string
	now       func() time.Time

	mu      sync.Mutex
	pair    *tls.Certificate
	changed time.Time // of the file that was read
	looked  time.Time
}

// lookEvery is how often the file is looked at.
const lookEvery = 10 * time.Second

// get is the newest certificate that can be read.
func (k *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if k.pair != nil && now.Sub(k.looked) < lookEvery {
		return k.pair, nil
	}
	k.looked = now
	info, err := os.Stat(k.cert)
	if err == nil && k.pair != nil && info.ModTime().Equal(k.changed) {
		return k.pair, nil
	}
	pair, perr := tls.LoadX509KeyPair(k.cert, k.key)
	if err = errors.Join(err, perr); err == nil {
		k.pair, k.changed = &pair, info.ModTime()
	}
	if k.pair == nil {
		return nil, fmt.Errorf("--tls-cert-file: %w", err)
	}
	return k.pair, nil
}
