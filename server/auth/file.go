package auth

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rightvoice/rightvoice/rules/strictyaml"
	"github.com/rightvoice/rightvoice/server/auth/keyset"
)

// File is the file that says who may do what:
//
//	tokens:        # made by rightvoice token new
//	  - {name: member-portal, sha256: 9f86…, side: insurer, roles: {default: [evaluator]}, expires: 2027-12-31}
//	  - {name: counsel, kind: person, sha256: 2c26…, roles: {default: [approver]}, capacities: {default: [legal]}}
//	certificates:  # by a URI, DNS name or e-mail address in the certificate
//	  - {name: clinic-feed, san: "spiffe://clinic.example/feed", side: provider, roles: {default: [evaluator]}}
//	issuers:       # of JSON Web Tokens; without jwks the address of the keys is asked of the issuer
//	  - issuer: https://login.example
//	    audience: rightvoice
//	    jwks: https://login.example/keys
//	    grants:
//	      - {claim: groups, value: content-authors, roles: {default: [author]}}
//	      - {claim: groups, value: counsel, roles: {default: [approver]}, capacities: {default: [legal]}}
//	      - {claim: sub, value: provider-app, side: provider, roles: {default: [evaluator]}}
//	limits:        # questions a second, by tenant; "*" for all that are not named
//	  "*": {per_second: 500, burst: 1000}
//
// Unknown keys are mistakes. Tokens of people have kind: person. Capacities are
// words of the tenant's own choice: who approves a draft may say that they do it
// as one of theirs, and a tenant may ask for approvals of some.
type File struct {
	Tokens       []TokenEntry       `yaml:"tokens"`
	Certificates []CertificateEntry `yaml:"certificates"`
	Issuers      []IssuerEntry      `yaml:"issuers"`
	Limits       map[string]Rate    `yaml:"limits"`
}

// TokenEntry is a token that was made here, by its hash.
type TokenEntry struct {
	Name    string              `yaml:"name,required"`
	SHA256  string              `yaml:"sha256,required"`
	Kind    string              `yaml:"kind"` // program, unless it says person
	Side    string              `yaml:"side"`
	Roles   map[string][]string `yaml:"roles,required"` // by tenant
	Expires time.Time           `yaml:"expires"`

	Capacities map[string][]string `yaml:"capacities"` // of approvers, by tenant
	strictyaml.Pos
}

// CertificateEntry is a client certificate, by one of its names.
type CertificateEntry struct {
	Name  string              `yaml:"name,required"`
	SAN   string              `yaml:"san,required"`
	Side  string              `yaml:"side"`
	Roles map[string][]string `yaml:"roles,required"`

	Capacities map[string][]string `yaml:"capacities"` // of approvers, by tenant
	strictyaml.Pos
}

// IssuerEntry is somebody whose JSON Web Tokens are taken.
type IssuerEntry struct {
	Issuer     string   `yaml:"issuer,required"`
	Audience   string   `yaml:"audience,required"`
	JWKS       string   `yaml:"jwks"`
	Algorithms []string `yaml:"algorithms"` // all that are taken, unless it names some
	Grants     []Grant  `yaml:"grants,required"`
	strictyaml.Pos
}

// Grant gives rights to tokens with a claim of that value, or with a list that
// holds it.
type Grant struct {
	Claim string              `yaml:"claim,required"`
	Value string              `yaml:"value,required"`
	Side  string              `yaml:"side"`
	Roles map[string][]string `yaml:"roles"`

	Capacities map[string][]string `yaml:"capacities"` // of approvers, by tenant
	strictyaml.Pos
}

// algorithms are those that tokens may be signed with: none that needs a shared
// secret, and not none.
var algorithms = []string{"RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA"}

// ReadFile reads the file. The error lists every mistake with its place.
func ReadFile(name string, data []byte) (*File, error) {
	var f File
	problems := strictyaml.Decode(name, data, &f)
	for _, p := range problems {
		if p.Severity == strictyaml.Error {
			return nil, fmt.Errorf("%s", p.String())
		}
	}
	return &f, f.check()
}

// check looks for what the decoder can't know.
func (f *File) check() error {
	names := map[string]bool{}
	add := func(at strictyaml.Pos, name string) error {
		if names[name] || !isName(name) {
			return fmt.Errorf("%s: every name must be there once, and have 1 to 100 visible ASCII characters without spaces", at)
		}
		names[name] = true
		return nil
	}
	for _, t := range f.Tokens {
		if hash, err := hex.DecodeString(t.SHA256); err != nil || len(hash) != 32 || names["sha256 "+t.SHA256] {
			return fmt.Errorf("%s: sha256 must be the 64 digits that rightvoice token new printed, once", t.Pos)
		}
		names["sha256 "+t.SHA256] = true
		if t.Kind != "" && !slices.Contains(kinds, t.Kind) {
			return fmt.Errorf("%s: kind is program or person", t.Pos)
		}
		if err := firstOf(add(t.Pos, t.Name), checkRights(t.Pos, t.Side, t.Roles, t.Capacities)); err != nil {
			return err
		}
	}
	for _, c := range f.Certificates {
		if names["san "+c.SAN] || c.SAN == "" {
			return fmt.Errorf("%s: every san must be there once", c.Pos)
		}
		names["san "+c.SAN] = true
		if err := firstOf(add(c.Pos, c.Name), checkRights(c.Pos, c.Side, c.Roles, c.Capacities)); err != nil {
			return err
		}
	}
	for _, i := range f.Issuers {
		if err := i.check(names); err != nil {
			return err
		}
	}
	for tenant, r := range f.Limits {
		if !(r.PerSecond > 0) || !(r.Burst >= 0) {
			return fmt.Errorf("limits of %s: per_second must be above 0, burst at least 0", tenant)
		}
	}
	return nil
}

func (i *IssuerEntry) check(names map[string]bool) error {
	if !keyset.IsAddress(i.Issuer) || i.JWKS != "" && !keyset.IsAddress(i.JWKS) || names["issuer "+i.Issuer] {
		return fmt.Errorf("%s: issuer, which must be there once, and jwks are addresses with https, or with http on this machine", i.Pos)
	}
	names["issuer "+i.Issuer] = true
	for _, a := range i.Algorithms {
		if !slices.Contains(algorithms, a) {
			return fmt.Errorf("%s: algorithms can be %s", i.Pos, strings.Join(algorithms, ", "))
		}
	}
	for _, g := range i.Grants {
		if len(g.Roles) == 0 && g.Side == "" && len(g.Capacities) == 0 {
			return fmt.Errorf("%s: a grant gives roles, a side or capacities", g.Pos)
		}
		if err := checkCapacities(g.Pos, g.Capacities); err != nil {
			return err
		}
		if _, err := rolesOf(g.Roles); err != nil || g.Side != "" && !slices.Contains(sides, g.Side) {
			return fmt.Errorf("%s: roles are %s; a side is insurer, provider or integrated", g.Pos, strings.Join(roleNames, ", "))
		}
	}
	return nil
}

// checkCapacities checks their names.
func checkCapacities(at strictyaml.Pos, capacities map[string][]string) error {
	for tenant, all := range capacities {
		for _, c := range all {
			if !isCapacity(c) || tenant != AnyTenant && !isName(tenant) {
				return fmt.Errorf("%s: capacities, by tenant, are words of at most 64 small letters, digits, - and _", at)
			}
		}
	}
	return nil
}

func isCapacity(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || i > 0 && ('0' <= c && c <= '9' || c == '-' || c == '_')) {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 64
}

// checkRights checks the side, roles and capacities of one credential. A
// capacity without the role to use it is a slip of the pen.
func checkRights(at strictyaml.Pos, side string, roles, capacities map[string][]string) error {
	all, err := rolesOf(roles)
	if err != nil || len(all) == 0 || !slices.Contains(sides, side) {
		return fmt.Errorf("%s: roles are %s, by tenant; a side is insurer, provider or integrated", at, strings.Join(roleNames, ", "))
	}
	for _, r := range all {
		if r&Evaluator != 0 && side == "" {
			return fmt.Errorf("%s: an evaluator needs a side: insurer, provider or integrated", at)
		}
	}
	for tenant := range capacities {
		if (all[tenant]|all[AnyTenant])&Approver == 0 {
			return fmt.Errorf("%s: capacities are of approvers, at the same tenant", at)
		}
	}
	return checkCapacities(at, capacities)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// rolesOf reads roles by tenant.
func rolesOf(names map[string][]string) (map[string]Roles, error) {
	out := map[string]Roles{}
	for tenant, list := range names {
		if tenant != AnyTenant && !isName(tenant) {
			return nil, errors.New("no tenant")
		}
		for _, name := range list {
			i := slices.Index(roleNames, name)
			if i < 0 {
				return nil, errors.New("no such role")
			}
			out[tenant] |= 1 << i
		}
	}
	return out, nil
}

func sideOf(name string) Side { return Side(max(0, slices.Index(sides, name))) }

// isName reports whether s may name somebody: also in the audit log.
func isName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 100
}
