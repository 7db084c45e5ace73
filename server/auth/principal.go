package auth

import (
	"context"
	"slices"
	"strings"
)

// Side is the side that a credential asks for.
type Side uint8

const (
	NoSide   Side = iota // asks nothing about members
	Insurer              //
	Provider             //
	Both                 // one organisation that is both, and may ask as either
)

var sides = []string{"", "insurer", "provider", "integrated"}

func (s Side) String() string { return sides[s] }

// Kind tells people from programs.
type Kind uint8

const (
	Program Kind = iota
	Person
)

var kinds = []string{"program", "person"}

func (k Kind) String() string { return kinds[k] }

// Roles is a set of roles in one tenant.
type Roles uint8

const (
	Viewer    Roles = 1 << iota // reads rules and their history
	Author                      // writes drafts
	Approver                    // reviews them
	Publisher                   // brings them into force
	Admin                       // decides who has to approve, and forgets members
	Evaluator                   // a portal, app or feed: asks and tells about members
	Auditor                     // reads what was decided and changed

	noRoles  Roles = 0
	allRoles Roles = 1<<7 - 1
)

var roleNames = []string{"viewer", "author", "approver", "publisher", "admin", "evaluator", "auditor"}

// Names lists the roles of the set.
func (r Roles) Names() []string {
	var out []string
	for i, name := range roleNames {
		if r>>i&1 == 1 {
			out = append(out, name)
		}
	}
	return out
}

func (r Roles) String() string { return strings.Join(r.Names(), ", ") }

// AnyTenant stands for every tenant in the roles of a principal.
const AnyTenant = "*"

// DefaultTenant is the tenant of a request that names none.
const DefaultTenant = "default"

// AnyCapacity stands for every capacity. Nobody gets it from a file: it is of
// those who use a server that asks nobody who they are.
const AnyCapacity = "*"

// Principal is who is calling. It is shared by calls: nobody changes it.
type Principal struct {
	Name       string // visible ASCII without spaces, fit for the audit log
	Kind       Kind
	Side       Side
	Roles      map[string]Roles    // by tenant
	Capacities map[string][]string // in which they approve and reject, by tenant: clinical, legal …
}

// In is what the principal may be in a tenant.
func (p *Principal) In(tenant string) Roles { return p.Roles[tenant] | p.Roles[AnyTenant] }

// May reports whether the principal may call a method in a tenant.
func (p *Principal) May(method, tenant string) bool { return p.In(tenant)&methods[method] != 0 }

// SpeaksAs lists the capacities that the principal may approve and reject in at a
// tenant, in order.
func (p *Principal) SpeaksAs(tenant string) []string {
	all := slices.Concat(p.Capacities[tenant], p.Capacities[AnyTenant])
	slices.Sort(all)
	return slices.Compact(all)
}

type principalKey struct{}

// With is a context that knows who is calling.
func With(ctx context.Context, p *Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// local is whoever uses a server that asks nobody who they are.
var local = &Principal{Name: "local", Kind: Person, Side: Both, Roles: map[string]Roles{AnyTenant: allRoles}, Capacities: map[string][]string{AnyTenant: {AnyCapacity}}}

// From is who is calling. Where nobody has to say who they are, which is on
// loopback only, it is a principal named local who may do everything.
func From(ctx context.Context) *Principal {
	if p, ok := ctx.Value(principalKey{}).(*Principal); ok {
		return p
	}
	return local
}
