package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

// login is an issuer of tokens.
type login struct {
	t   testing.TB
	url string
	key *ecdsa.PrivateKey
}

func newLogin(t testing.TB) *login {
	t.Helper()
	l := &login{t: t}
	var err error
	l.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var answer any = map[string]string{"issuer": l.url, "jwks_uri": l.url + "/keys"}
		if r.URL.Path == "/keys" {
			answer = jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: l.key.Public(), KeyID: "k", Use: "sig", Algorithm: "ES256"}}}
		}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

// token is one for somebody of some groups, with other claims in place of the
// usual ones.
func (l *login) token(key *ecdsa.PrivateKey, subject string, groups []string, other map[string]any) string {
	l.t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	must(l.t, err)
	claims := map[string]any{"iss": l.url, "aud": "rightvoice", "sub": subject, "groups": groups, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix()}
	for name, value := range other {
		claims[name] = value
	}
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	must(l.t, err)
	return text
}

// TestPeopleOfAnIssuer work on rules with tokens that an issuer signed: its file
// entry says what their groups may do, and in which capacity.
func TestPeopleOfAnIssuer(t *testing.T) {
	l := newLogin(t)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	h := newHouse(t, people{"aud": everyone["aud"]}, `issuers:
  - issuer: "`+l.url+`"
    audience: rightvoice
    grants:
      - {claim: groups, value: authors, roles: {default: [author]}}
      - {claim: groups, value: approvers, roles: {default: [approver]}}
      - {claim: groups, value: counsel, roles: {default: [approver]}, capacities: {default: [legal]}}
      - {claim: groups, value: publishers, roles: {default: [publisher]}}
      - {claim: groups, value: others, roles: {west: [author]}}
`, nil)
	h.published("default")
	at := "@" + l.url[len("http://"):]
	add := func(name string, key *ecdsa.PrivateKey, groups []string, more map[string]any) {
		h.tokens[name] = l.token(key, name, groups, more)
	}
	add("ana", l.key, []string{"authors"}, nil)
	add("ben", l.key, []string{"approvers"}, map[string]any{"capacities": []string{"legal"}, "roles": []string{"publisher"}})
	add("lea", l.key, []string{"counsel"}, nil)
	add("cy", l.key, []string{"publishers"}, nil)
	add("wes", l.key, []string{"others"}, nil)
	add("late", l.key, []string{"authors"}, map[string]any{"exp": time.Now().Add(-time.Hour).Unix()})
	add("early", l.key, []string{"authors"}, map[string]any{"nbf": time.Now().Add(time.Hour).Unix()})
	add("forger", other, []string{"authors"}, nil)
	add("late forger", other, []string{"authors"}, map[string]any{"exp": time.Now().Add(-time.Hour).Unix()})
	add("guest", l.key, []string{"authors"}, map[string]any{"aud": "another program"})
	add("nobody", l.key, nil, nil)

	d := h.began("ana", "default", sleepSays("Your plan has a class on sleep."))
	h.do("ana", "SubmitDraft", &pb.SubmitDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, &pb.SubmitDraftResponse{})
	create, approve := &pb.CreateDraftRequest{}, &pb.ApproveDraftRequest{DraftId: d.DraftId, Etag: d.Etag, As: "legal"}
	for name, try := range map[string]struct {
		as, method string
		in         proto.Message
		code       codes.Code
		reason     string
		tenant     string // whose change log has it; empty: none, for nobody knows who it was
		action     string
	}{
		"another tenant":      {"wes", "CreateDraft", create, codes.PermissionDenied, "TENANT_NOT_ALLOWED", "default", "CreateDraft"},
		"no group":            {"nobody", "CreateDraft", create, codes.PermissionDenied, "TENANT_NOT_ALLOWED", "default", "CreateDraft"},
		"a role claimed":      {"ben", "PublishDraft", &pb.PublishDraftRequest{DraftId: d.DraftId, Etag: d.Etag}, codes.PermissionDenied, "ROLE_MISSING", "default", "PublishDraft"},
		"a capacity claimed":  {"ben", "ApproveDraft", approve, codes.PermissionDenied, "CAPACITY_MISSING", "default", "approve"},
		"expired":             {"late", "CreateDraft", create, codes.Unauthenticated, "TOKEN_EXPIRED", "default", "CreateDraft"},
		"not yet valid":       {"early", "CreateDraft", create, codes.Unauthenticated, "TOKEN_INVALID", "", ""},
		"another key":         {"forger", "CreateDraft", create, codes.Unauthenticated, "TOKEN_INVALID", "", ""},
		"expired, and forged": {"late forger", "CreateDraft", create, codes.Unauthenticated, "TOKEN_INVALID", "", ""},
		"for another program": {"guest", "CreateDraft", create, codes.Unauthenticated, "TOKEN_INVALID", "", ""},
	} {
		for transport, call := range h.ways() {
			since := h.lastOf("default")
			s := call(try.as, try.method, proto.Clone(try.in), newAnswer(t, try.method))
			if s.Code() != try.code || reasonOf(s) != try.reason {
				t.Errorf("%s over %s: %v %s", name, transport, s, reasonOf(s))
			}
			if try.tenant != "" {
				h.isAudited(try.tenant, since, try.as+at, try.action, try.reason)
			} else if h.lastOf("default") != since {
				t.Errorf("%s: somebody unknown is in the change log", name)
			}
		}
	}
	h.do("lea", "ApproveDraft", approve, &pb.ApproveDraftResponse{})
	if v := h.put("default", d); v.Number != 2 || v.Reviews[0].As != "legal" || v.Reviews[0].By != "lea"+at {
		t.Errorf("%v", v)
	}
	me := &pb.GetMeResponse{}
	h.do("lea", "GetMe", &pb.GetMeRequest{}, me)
	if len(me.Capacities) != 1 || me.Capacities[0] != "legal" || me.Open || me.Name != "lea"+at {
		t.Errorf("%v", me)
	}
}
