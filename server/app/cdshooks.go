package app

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/server/cdshooks"
	"github.com/rightvoice/rightvoice/server/cdshooks/trust"
	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/recommend"
)

// buildCDS serves EHRs beside REST, outside of the gateway's mapping: their
// errors, methods and limits are those of CDS Hooks. It needs the address that
// was bound. Without a list of issuers nobody can tell who calls, so that it is
// served on this machine only, or where everything is open.
func (a *App) buildCDS() error {
	if !a.cfg.ServesCDS() {
		a.tel.Log.Info("CDS Hooks is not served: other machines can reach this one, and --cds-issuers does not say whom to trust")
		return nil
	}
	o := cdshooks.Options{
		Decider: a.service, Listener: a.service, Telemetry: a.tel, Guard: a.chain.Outside("cdshooks", cdshooks.Calls()...),
		BaseURL: strings.TrimSuffix(a.cfg.CDSBaseURL, "/"), Origins: a.cfg.CDSOrigins, Timeout: a.cfg.RequestTimeout, Now: a.now,
		MemberSystem: a.cfg.CDSMemberSystem,
	}
	if o.BaseURL == "" {
		o.BaseURL = "http://" + a.HTTPAddr()
	}
	var err error
	if o.MemberKey, err = a.memberKey(); err != nil {
		return err
	}
	if a.cfg.CDSIssuers != "" {
		if o.Gate, err = a.openGate(); err != nil {
			return err
		}
	}
	ehr, err := cdshooks.New(o)
	if err != nil {
		return err
	}
	a.http.Handler = beside(a.http.Handler, a.closing(ehr))
	return nil
}

// beside serves what is below the path of CDS Hooks by ehr, and the rest as
// before.
func beside(rest, ehr http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == cdshooks.Path || strings.HasPrefix(r.URL.Path, cdshooks.Path+"/") {
			ehr.ServeHTTP(w, r)
			return
		}
		rest.ServeHTTP(w, r)
	})
}

// memberKey is the key of the names of members that only an EHR knows: made of
// the newest secret, so that servers which share decisions share the names; nil
// if there is no secret, which makes one up for this process.
func (a *App) memberKey() ([]byte, error) {
	newest, _, _ := strings.Cut(strings.TrimSpace(a.cfg.Key.Reveal()), "\n")
	if newest == "" {
		return nil, nil
	}
	return hkdf.Key(sha256.New, []byte(strings.TrimSpace(newest)), nil, "rightvoice cds-hooks member 1", sha256.Size)
}

func (a *App) openGate() (*trust.Gate, error) {
	issuers, err := trust.ReadIssuers(a.cfg.CDSIssuers)
	if err != nil {
		return nil, fmt.Errorf("--cds-issuers: %w", err)
	}
	replays := trust.NewReplays(a.now)
	if !a.cfg.RedisURL.Empty() {
		replays = &sharedReplays{here: replays, store: a.store, now: a.now}
	}
	gate, err := trust.New(trust.Options{Issuers: issuers, Replays: replays, Now: a.now})
	if err != nil {
		return nil, fmt.Errorf("--cds-issuers: %w", err)
	}
	return gate, nil
}

// sharedReplays remembers tokens that were used on any server of one Redis. A
// token is claimed there as a decision is: whoever comes second finds that it is
// taken. While Redis is away each server remembers its own.
type sharedReplays struct {
	here  trust.Replays
	store recommend.Sharer
	now   func() time.Time
}

// First reports whether a token is new, here and elsewhere.
func (s *sharedReplays) First(ctx context.Context, id [32]byte, until time.Time) (bool, error) {
	if first, err := s.here.First(ctx, id, until); !first || err != nil {
		return first, err
	}
	now := s.now()
	key := memory.Key{Tenant: "\x00cds-hooks", Member: hex.EncodeToString(id[:]), Topics: []string{"jti"}, Rules: "jti"}
	mine := memory.Entry{DecisionID: rand.Text(), Revision: key.Rules, DecidedAt: now, ValidUntil: until}
	return s.store.Claim(ctx, memory.Claim{Key: key, Fresh: mine, TTL: until.Sub(now)}).Status != memory.Hit, nil
}
