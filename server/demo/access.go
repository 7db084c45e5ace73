package demo

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rightvoice/rightvoice/server/auth"
)

// Gate knows whose a token is.
type Gate interface {
	Authenticate(ctx context.Context, authorization string, certificate *x509.Certificate) (*auth.Principal, error)
}

// access is what the pages are told so that they can call the API.
type access struct {
	Tenant string            `json:"tenant"`
	Tokens map[string]string `json:"tokens"` // by the side that asks with it
}

// access checks the tokens each time: what they may do can change while the
// server runs.
func (h *handler) access(ctx context.Context) ([]byte, error) {
	a := access{Tenant: auth.DefaultTenant, Tokens: map[string]string{}}
	if h.o.Gate == nil {
		return json.Marshal(a)
	}
	insurer, err := h.tenantOf(ctx, h.o.Insurer, auth.Insurer)
	if err != nil {
		return nil, err
	}
	provider, err := h.tenantOf(ctx, h.o.Provider, auth.Provider)
	if err != nil {
		return nil, err
	}
	if insurer != provider {
		return nil, errors.New("the tokens of both sides must be for the same tenant")
	}
	a.Tenant = insurer
	a.Tokens["ASKER_INSURER"], a.Tokens["ASKER_PROVIDER"] = h.o.Insurer, h.o.Provider
	return json.Marshal(a)
}

// tenantOf is the one tenant in which a token may ask for the side, provided
// that it may do nothing else.
func (h *handler) tenantOf(ctx context.Context, token string, side auth.Side) (string, error) {
	refused := fmt.Errorf("the %s's token must be that of an evaluator of one named tenant, for the %s's side, and nothing more: everybody who opens a page is given it", side, side)
	who, err := h.o.Gate.Authenticate(ctx, "Bearer "+token, nil)
	if err != nil {
		return "", fmt.Errorf("the %s's token: %w", side, err)
	}
	if who.Side != side || len(who.Roles) != 1 {
		return "", refused
	}
	for tenant, roles := range who.Roles {
		if roles == auth.Evaluator && tenant != auth.AnyTenant {
			return tenant, nil
		}
	}
	return "", refused
}
