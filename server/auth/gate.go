package auth

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
)

// Options are what a Gate is made of. File is required.
type Options struct {
	File      string            // see File
	PollEvery time.Duration     // how often it is looked at; 0 means 2 s
	HTTP      http.RoundTripper // fetches keys; nil is the standard one
	Log       *slog.Logger      // told of reloads; nil tells nobody
	Now       func() time.Time  // nil means time.Now
	Refused   func(Reason)      // counts refusals; nil counts none

	// Loaded is told of each file that is read, with its SHA-256 and, if it has a
	// mistake, what that is. nil tells nobody.
	Loaded func(sum [32]byte, err error)
}

// Gate knows who may do what. It is safe for concurrent use.
type Gate struct {
	o    Options
	book atomic.Pointer[book]
	sum  [32]byte // of the file, as it was last looked at
}

// book is one state of the file, ready to be asked.
type book struct {
	tokens  map[[32]byte]*credential // by their hashes
	certs   map[string]*Principal    // by a name of the certificate
	issuers map[string]*issuer
	limits  *limiter
}

type credential struct {
	hash    [32]byte
	who     *Principal
	expires time.Time // zero: never
}

// Open reads the file. Nothing is fetched yet.
func Open(o Options) (*Gate, error) {
	if o.PollEvery <= 0 {
		o.PollEvery = 2 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Loaded == nil {
		o.Loaded = func([32]byte, error) {}
	}
	if o.Refused == nil {
		o.Refused = func(Reason) {}
	}
	g := &Gate{o: o}
	_, err := g.load()
	return g, err
}

// Watch takes over changes of the file until ctx ends. A file with a mistake
// leaves the last good one in force.
func (g *Gate) Watch(ctx context.Context) {
	timer := time.NewTicker(g.o.PollEvery)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		switch changed, err := g.load(); {
		case err != nil && changed:
			g.o.Log.Error("the credentials file has a mistake; the last good one stays in force", slog.String("cause", err.Error()))
		case changed:
			g.o.Log.Info("the credentials file was read again")
		}
	}
}

// load reads the file if it changed.
func (g *Gate) load() (changed bool, err error) {
	data, err := os.ReadFile(g.o.File)
	if err != nil {
		gone := sha256.Sum256([]byte(err.Error()))
		changed, g.sum = gone != g.sum, gone
		return changed, err
	}
	sum := sha256.Sum256(data)
	if sum == g.sum {
		return false, nil
	}
	g.sum = sum
	f, err := ReadFile(g.o.File, data)
	g.o.Loaded(sum, err)
	if err != nil {
		return true, err
	}
	g.book.Store(g.newBook(f))
	return true, nil
}

func (g *Gate) newBook(f *File) *book {
	b := &book{tokens: map[[32]byte]*credential{}, certs: map[string]*Principal{}, issuers: map[string]*issuer{}}
	for _, t := range f.Tokens {
		roles, _ := rolesOf(t.Roles) // checked when the file was read
		c := &credential{who: &Principal{Name: t.Name, Side: sideOf(t.Side), Roles: roles, Capacities: t.Capacities}, expires: t.Expires}
		if t.Kind == Person.String() {
			c.who.Kind = Person
		}
		if _, err := hex.Decode(c.hash[:], []byte(t.SHA256)); err == nil {
			b.tokens[c.hash] = c
		}
	}
	for _, c := range f.Certificates {
		roles, _ := rolesOf(c.Roles)
		b.certs[c.SAN] = &Principal{Name: c.Name, Side: sideOf(c.Side), Roles: roles, Capacities: c.Capacities}
	}
	for i := range f.Issuers {
		b.issuers[f.Issuers[i].Issuer] = newIssuer(&f.Issuers[i], &g.o)
	}
	rates := map[string]Rate{}
	for tenant, r := range f.Limits {
		if r.Burst == 0 {
			r.Burst = 2 * r.PerSecond
		}
		r.Burst = max(r.Burst, 1)
		rates[tenant] = r
	}
	b.limits = newLimiter(rates, g.o.Now)
	if old := g.book.Load(); old != nil && reflect.DeepEqual(old.limits.rates, rates) {
		b.limits = old.limits // what was used stays used
	}
	return b
}

// Changed reports whether the file was read again since a moment that Moment
// told, so that who was let in then has to be looked at again.
func (g *Gate) Changed(since Moment) bool { return g.book.Load() != since.book }

// Moment is now, for Changed.
func (g *Gate) Moment() Moment { return Moment{g.book.Load()} }

// Moment is a state of the file.
type Moment struct{ book *book }

// refuse counts a refusal.
func (g *Gate) refuse(r *Refusal) error {
	g.o.Refused(r.Reason)
	return r
}

// Authenticate finds out who is calling, by the Authorization header or, if
// there is none, by the client certificate, which the caller has checked against
// its authorities. The error is a *Refusal.
func (g *Gate) Authenticate(ctx context.Context, authorization string, certificate *x509.Certificate) (*Principal, error) {
	b := g.book.Load()
	switch {
	case authorization != "":
		who, err := g.token(ctx, b, authorization)
		if err == nil {
			return who, nil
		}
		var r *Refusal
		if !errors.As(err, &r) {
			r = &Refusal{Reason: BadToken}
		}
		return nil, g.refuse(r)
	case certificate != nil:
		if who := b.certificate(certificate); who != nil {
			return who, nil
		}
		return nil, g.refuse(&Refusal{Reason: BadCertificate})
	}
	return nil, g.refuse(&Refusal{Reason: NoCredentials})
}

func (g *Gate) token(ctx context.Context, b *book, authorization string) (*Principal, error) {
	token, ok := bearer(authorization)
	if !ok || len(token) > maxToken {
		return nil, &Refusal{Reason: BadToken}
	}
	hash := sha256.Sum256([]byte(token))
	if strings.HasPrefix(token, tokenPrefix) {
		return b.static(hash, g.o.Now())
	}
	if i := b.issuers[issuerOf(token)]; i != nil {
		return i.check(ctx, token, hash)
	}
	return nil, &Refusal{Reason: BadToken}
}

// static looks a token up by its hash. How long a map takes tells of hashes
// only, of which nobody can choose the beginning; the comparison that counts
// takes the same time for all.
func (b *book) static(hash [32]byte, now time.Time) (*Principal, error) {
	c := b.tokens[hash]
	if c == nil || subtle.ConstantTimeCompare(c.hash[:], hash[:]) != 1 {
		return nil, &Refusal{Reason: BadToken}
	}
	if !c.expires.IsZero() && !now.Before(c.expires) {
		return nil, &Refusal{Reason: ExpiredToken, Who: c.who}
	}
	return c.who, nil
}

// certificate looks for one of the names in a certificate.
func (b *book) certificate(c *x509.Certificate) *Principal {
	var names []string
	for _, u := range c.URIs {
		names = append(names, u.String())
	}
	for _, name := range append(append(names, c.DNSNames...), c.EmailAddresses...) {
		if who := b.certs[name]; who != nil {
			return who
		}
	}
	return nil
}

// Permit reports whether somebody may call a method in a tenant, as a nil error
// or a *Refusal.
func (g *Gate) Permit(p *Principal, method, tenant string) error {
	needs := methods[method]
	has := p.In(tenant)
	switch {
	case needs == noRoles:
		return g.refuse(&Refusal{Reason: NobodyMay})
	case has == noRoles:
		return g.refuse(&Refusal{Reason: OtherTenant})
	case has&needs == noRoles:
		return g.refuse(&Refusal{Reason: RoleMissing, Needs: needs})
	}
	return nil
}

// PermitSomewhere is Permit for any one tenant: for what is begun before it is
// known which tenant it is about.
func (g *Gate) PermitSomewhere(p *Principal, method string) error {
	needs := methods[method]
	if needs == noRoles {
		return g.refuse(&Refusal{Reason: NobodyMay})
	}
	for _, has := range p.Roles {
		if has&needs != noRoles {
			return nil
		}
	}
	return g.refuse(&Refusal{Reason: RoleMissing, Needs: needs})
}

// Speak reports whether somebody may ask for a side in a tenant; NoSide means
// that the question leaves it open. The answer is the side to ask for. Portals,
// apps and feeds speak for their own side only; those who work on the rules
// speak for none, and may see what either would be told.
func (g *Gate) Speak(p *Principal, tenant string, asked Side) (Side, error) {
	switch {
	case p.Side == Both, p.Side == NoSide && p.In(tenant)&Evaluator == 0:
		return asked, nil
	case p.Side != NoSide && (asked == NoSide || asked == p.Side):
		return p.Side, nil
	}
	return NoSide, g.refuse(&Refusal{Reason: OtherSide})
}

// Take counts n questions of a tenant. The error is a *Refusal that says when
// there is room for them.
func (g *Gate) Take(tenant string, n int) error {
	if wait := g.book.Load().limits.take(tenant, n); wait > 0 {
		return g.refuse(&Refusal{Reason: TooMany, RetryAfter: wait})
	}
	return nil
}
