package drive

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/rules/casefile"
)

// TestOtherMachinesAreRefused: a load reaches another machine only if that was
// asked for.
func TestOtherMachinesAreRefused(t *testing.T) {
	for address, local := range map[string]bool{
		"127.0.0.1:9090": true, "[::1]:9090": true, "127.8.9.1:1": true, "localhost:9090": true,
		"10.0.0.1:9090": false, "0.0.0.0:9090": false, "[::]:9090": false, "example.invalid:9090": false, "localhost.example.invalid:1": false,
		"http://127.0.0.1:8080": true, "http://localhost:8080/": true, "http://[::1]:8080": true,
		"http://10.0.0.1:8080": false, "https://127.0.0.1.example.invalid": false, "http://2130706433:80": false,
	} {
		var err error
		if strings.Contains(address, "://") {
			_, err = REST(t.Context(), address, Options{})
		} else {
			_, err = GRPC(t.Context(), address, Options{})
		}
		if local && err != nil || !local && !errors.Is(err, ErrRemote) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := REST(t.Context(), "https://10.0.0.1", Options{AllowRemote: true, Token: "x"}); err != nil {
		t.Error(err)
	}
	if _, err := REST(t.Context(), "http://10.0.0.1", Options{AllowRemote: true, Token: "x"}); err == nil {
		t.Error("a token would cross the network in plain text")
	}
	for _, address := range []string{"", "9090", ":9090", "http://", "ftp://127.0.0.1", "http://a@127.0.0.1", "http://127.0.0.1/?x=1"} {
		_, asGRPC := GRPC(t.Context(), address, Options{AllowRemote: true})
		_, asREST := REST(t.Context(), address, Options{AllowRemote: true})
		if asGRPC == nil || asREST == nil {
			t.Errorf("%q is an address: %v, %v", address, asGRPC, asREST)
		}
	}
}

// TestRedirectsAreNotFollowed: they could lead to another machine.
func TestRedirectsAreNotFollowed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer secret" || r.URL.Path != "/v1/recommendations" {
			t.Errorf("%s with %q", r.URL.Path, r.Header.Get("Authorization"))
		}
		http.Redirect(w, r, "http://example.invalid/", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	p, err := REST(t.Context(), server.URL, Options{Token: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := p.Recommend(t.Context(), &pb.RecommendRequest{}); Kind(err) != "HTTP 307" {
		t.Errorf("%v", err)
	}
}

func TestKindsHoldNothingThatWasSent(t *testing.T) {
	for want, err := range map[string]error{
		"HTTP 503":         StatusError(503),
		"gRPC Unavailable": status.Error(codes.Unavailable, "canary"),
		"timeout":          context.DeadlineExceeded,
		"no answer":        errors.New("canary"),
	} {
		if got := Kind(err); got != want {
			t.Errorf("%v is %s, want %s", err, got, want)
		}
	}
}

func TestQuestions(t *testing.T) {
	day := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	m, err := Question("q", &casefile.Ask{Topic: "sleep", Text: "words", Asker: "provider", Language: "es",
		Context: []casefile.Given{{Name: "coverage_status", Value: "active"}, {Name: "benefit_available", Value: []string{"gym"}}, {Name: "care_gap", Value: []string{}},
			{Name: "bmi", Value: 31.5}, {Name: "a1c_pct", Value: int64(6)}, {Name: "age_years", Value: int64(40)}, {Name: "pcp_known", Value: true}, {Name: "own_fact", Value: "blue"}},
		Diagnoses: []casefile.Diagnosis{{System: "snomed", Code: "44054006", Onset: day}}})
	if err != nil {
		t.Fatal(err)
	}
	c := m.Context
	if m.Asker != pb.Asker_ASKER_PROVIDER || c.GetCoverageStatus() != pb.CoverageStatus_COVERAGE_STATUS_ACTIVE || c.BenefitAvailable[0] != "gym" || c.KnownEmpty[0] != "care_gap" ||
		c.GetBmi() != 31.5 || c.GetA1CPct() != 6 || c.GetAgeYears() != 40 || !c.GetPcpKnown() || m.Attributes["own_fact"].GetEnumValue() != "blue" ||
		m.Diagnoses[0].System != pb.Diagnosis_SNOMED || m.Diagnoses[0].Onset != "2026-02-01" || m.Diagnoses[0].Abated != "" {
		t.Errorf("%v", m)
	}
	if _, err := Question("q", &casefile.Ask{Context: []casefile.Given{{Name: "coverage_status", Value: "canary"}}}); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("%v", err)
	}
}

// readied keeps what is made ready.
type readied struct{ members map[string]bool }

func (r *readied) Ready(m *pb.RecommendRequest) (Request, error) {
	r.members[m.MemberRef] = true
	return func(context.Context) error { return nil }, nil
}

func TestRequestsAskAboutManyMembers(t *testing.T) {
	cases := []casefile.Case{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	for members, want := range map[int][2]int{0: {3, 1}, 1: {3, 1}, 10: {30, 10}, 100_000: {maxRequests, maxRequests}} {
		to := &readied{map[string]bool{}}
		all, err := Requests(to, cases, members)
		if err != nil || len(all) != want[0] || len(to.members) != want[1] {
			t.Errorf("%d members: %d requests about %d, %v", members, len(all), len(to.members), err)
		}
	}
}
